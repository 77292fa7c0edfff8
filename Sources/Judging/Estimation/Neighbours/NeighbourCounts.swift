// SPDX-License-Identifier: GPL-3.0-or-later
/// How many other rows lie around every row of a sample, as ``KSG`` counts them.
public struct NeighbourCounts: Sendable, Hashable {
  /// For every row, the number of others that are near in x.
  public let x: [Int32]
  /// For every row, the number of others that are near in y.
  public let y: [Int32]
}

/// The two ways to find neighbours: a tree where it prunes, all pairs where it does not.
enum NeighbourSearch: String, Sendable, CaseIterable {
  case tree, allPairs

  /// The faster one.
  ///
  /// Measured on Gaussian data of 2 to 20 columns in all, the two take equally long at about 17·columns³ rows.
  static func preferred(rows: Int, columns: Int) -> NeighbourSearch {
    rows > 17 * columns * columns * columns ? .tree : .allPairs
  }

  func counts(_ sample: PairedSample, k: Int, variant: KSG.Variant, threads: Int) -> NeighbourCounts {
    let sample = sample.withoutOverflow
    switch self {
    case .tree: return TreeCounting(sample, threads: threads).counts(k: k, variant: variant)
    case .allPairs: return AllPairs(sample).counts(k: k, variant: variant, threads: threads)
    }
  }

  func tiedCounts(_ sample: PairedSample, k: Int, threads: Int) -> TiedCounts {
    let sample = sample.withoutOverflow
    switch self {
    case .tree: return TreeCounting(sample, threads: threads).tiedCounts(k: k)
    case .allPairs: return AllPairs(sample).tiedCounts(k: k, threads: threads)
    }
  }
}

/// Counts with trees, one for the pairs and one for every side of several columns; a side of one column is sorted.
struct TreeCounting {
  let sample: PairedSample
  let threads: Int
  let pairs: KDTree
  /// x and y, each sorted where it has one column.
  let sorted: [SortedColumn?]

  init(_ sample: PairedSample, threads: Int) {
    (self.sample, self.threads) = (sample, threads)
    sorted = [SortedColumn?](unsafeUninitializedCapacity: 2) { sorted, initialized in
      forEachBlock(of: 2, size: 1, threads: threads) { block in
        for place in block {
          let side = place == 0 ? Side.x : .y
          let column = sample.dimension(of: side) == 1 ? SortedColumn(sample.values(of: side)) : nil
          sorted.initializeElement(at: place, to: column)
        }
      }
      initialized = 2
    }
    if let byX = sorted[0], let byY = sorted[1] {
      pairs = KDTree(sample.joined, byX: byX, byY: byY, y: sample.y)
    } else {
      pairs = KDTree(sample.joined, dimension: sample.xDimension + sample.yDimension, threads: threads)
    }
  }

  func counts(k: Int, variant: KSG.Variant) -> NeighbourCounts {
    let radius = pairs.nearest(k, threads: threads)
    func count(_ side: Side) -> [Int32] {
      let dimension = sample.dimension(of: side)
      let columns = side == .x ? 0..<dimension : sample.xDimension..<sample.xDimension + dimension
      let inclusive = variant == .rectangle
      let bound = inclusive ? pairs.reach(in: columns, within: radius, threads: threads) : radius
      return counts(side, within: bound, inclusive: inclusive)
    }
    return NeighbourCounts(x: count(.x), y: count(.y))
  }

  /// For every row, its neighbours where others may tie with the k-th, and the rows that are as near in x and in y.
  func tiedCounts(k: Int) -> TiedCounts {
    let radius = pairs.nearest(k, threads: threads)
    let within = pairs.counts(within: radius, inclusive: true, threads: threads)
    let neighbours = zip(radius, within).map { TiedNeighbours(radius: $0, within: Int($1), k: k) }
    let bounds = neighbours.map(\.bound)
    func count(_ side: Side) -> [Int32] { counts(side, within: bounds, inclusive: false).map { $0 + 1 } }
    return TiedCounts(own: neighbours.map { Int32($0.count) }, x: count(.x), y: count(.y))
  }

  private func counts(_ side: Side, within bound: [Double], inclusive: Bool) -> [Int32] {
    if let column = sorted[side == .x ? 0 : 1] {
      return column.counts(within: bound, inclusive: inclusive, threads: threads)
    }
    return KDTree(sample.values(of: side), dimension: sample.dimension(of: side), threads: threads)
      .counts(within: bound, inclusive: inclusive, threads: threads)
  }
}

extension PairedSample {
  /// The rows of (x, y), row after row.
  fileprivate var joined: [Double] {
    let (p, q) = (xDimension, yDimension)
    return [Double](unsafeUninitializedCapacity: count * (p + q)) { joined, initialized in
      for row in 0..<count {
        let target = row * (p + q)
        for c in 0..<p { joined.initializeElement(at: target + c, to: x[row * p + c]) }
        for c in 0..<q { joined.initializeElement(at: target + p + c, to: y[row * q + c]) }
      }
      initialized = count * (p + q)
    }
  }

  /// The sample, all of it quartered, which changes no comparison, where a difference of its numbers could overflow.
  fileprivate var withoutOverflow: PairedSample {
    let isLarge = { (value: Double) in abs(value) > 0x1p1021 }
    guard x.contains(where: isLarge) || y.contains(where: isLarge) else { return self }
    return mapping { $0 / 4 }
  }
}
