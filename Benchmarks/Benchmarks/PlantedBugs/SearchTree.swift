// SPDX-License-Identifier: GPL-3.0-or-later
/// The binary search tree of Hughes, "How to Specify It!" (2019), and its eight bugs.
indirect enum SearchTree: Sendable {
  case leaf
  case node(SearchTree, Int, Int, SearchTree)

  init(_ items: [(Int, Int)]) { self = items.reduce(.leaf) { $0.inserting($1.0, $1.1, bug: 0) } }

  var items: [(Int, Int)] {
    switch self {
    case .leaf: []
    case .node(let left, let key, let value, let right): left.items + [(key, value)] + right.items
    }
  }

  func inserting(_ key: Int, _ value: Int, bug: Int) -> SearchTree {
    guard case .node(let left, let own, let old, let right) = self, bug != 1 else {
      return .node(.leaf, key, value, .leaf)
    }
    if key < own { return .node(left.inserting(key, value, bug: bug), own, old, right) }
    if key > own || bug == 2 { return .node(left, own, old, right.inserting(key, value, bug: bug)) }
    return bug == 3 ? self : .node(left, own, value, right)
  }

  func deleting(_ key: Int, bug: Int) -> SearchTree {
    guard case .node(let left, let own, let old, let right) = self else { return .leaf }
    let isLeft = bug == 5 ? key > own : key < own
    if key == own { return left.joined(right) }
    if bug == 4 { return isLeft ? left.deleting(key, bug: bug) : right.deleting(key, bug: bug) }
    return isLeft
      ? .node(left.deleting(key, bug: bug), own, old, right) : .node(left, own, old, right.deleting(key, bug: bug))
  }

  /// Everything in this tree comes before everything in the other.
  func joined(_ other: SearchTree) -> SearchTree {
    guard case .node(let left, let key, let value, let right) = self else { return other }
    return .node(left, key, value, right.joined(other))
  }

  func below(_ key: Int) -> SearchTree {
    guard case .node(let left, let own, let value, let right) = self else { return .leaf }
    return own >= key ? left.below(key) : .node(left, own, value, right.below(key))
  }

  func above(_ key: Int) -> SearchTree {
    guard case .node(let left, let own, let value, let right) = self else { return .leaf }
    return own <= key ? right.above(key) : .node(left.above(key), own, value, right)
  }

  func united(_ other: SearchTree, bug: Int) -> SearchTree {
    guard case .node(let left, let key, let value, let right) = self else { return other }
    guard case .node(let otherLeft, let otherKey, let otherValue, let otherRight) = other else { return self }
    switch bug {
    case 6: return joined(other)
    case 7:
      if key == otherKey { return .node(left.united(otherLeft, bug: 7), key, value, right.united(otherRight, bug: 7)) }
      if key < otherKey {
        return .node(left, key, value, right.united(.node(otherLeft, otherKey, otherValue, otherRight), bug: 7))
      }
      return other.united(self, bug: 7)
    case 8: return other.united(self, bug: 0)
    default:
      return .node(left.united(other.below(key), bug: 0), key, value, right.united(other.above(key), bug: 0))
    }
  }
}

func isSame(_ a: [(Int, Int)], _ b: [Int: Int]) -> Bool { a.count == b.count && a.allSatisfy { b[$0.0] == $0.1 } }
