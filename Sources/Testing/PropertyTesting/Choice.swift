// SPDX-License-Identifier: MIT

/// One recorded choice of a generator: a whole number, the range that it was drawn from, and the simplest number in it.
public struct Choice: Sendable, Hashable {
  /// The number.
  public let value: Int
  /// The numbers that were allowed.
  public let range: ClosedRange<Int>
  /// The number that shrinking moves towards.
  public let simplest: Int

  /// A choice; `value` and `simplest` outside of `range` are moved to its nearer end.
  public init(_ value: Int, in range: ClosedRange<Int>, simplest: Int) {
    self.range = range
    self.value = Choice.clamp(value, range)
    self.simplest = Choice.clamp(simplest, range)
  }

  static func clamp(_ value: Int, _ range: ClosedRange<Int>) -> Int {
    min(max(value, range.lowerBound), range.upperBound)
  }

  /// Whether there are more than two values to choose from: a quantity, not a decision.
  var isNumber: Bool { range.upperBound.distanceAsUInt(to: range.lowerBound) > 1 }

  /// |value − simplest|.
  var distance: UInt { value.distanceAsUInt(to: simplest) }

  /// The place of the value in the order simplest, simplest+1, simplest−1, simplest+2, …: what shrinking makes small.
  ///
  /// Where one side of the range is used up, the other side goes on alone.
  var rank: UInt {
    let below = range.lowerBound.distanceAsUInt(to: simplest)
    let above = range.upperBound.distanceAsUInt(to: simplest)
    let shared = min(below, above)
    return distance > shared ? shared + distance : value > simplest ? 2 * distance - 1 : 2 * distance
  }

  /// The value of `rank`, the inverse of ``rank``; the last one for ranks beyond the range.
  func value(ofRank rank: UInt) -> Int {
    let below = range.lowerBound.distanceAsUInt(to: simplest)
    let above = range.upperBound.distanceAsUInt(to: simplest)
    let shared = min(below, above)
    if below == above, rank > 2 * shared { return range.lowerBound }
    if rank > 2 * shared {
      let distance = min(rank - shared, max(below, above))
      return above >= below ? simplest.advanced(upBy: distance) : simplest.advanced(downBy: distance)
    }
    return rank % 2 == 1 ? simplest.advanced(upBy: (rank + 1) / 2) : simplest.advanced(downBy: rank / 2)
  }

  /// The value moved by `steps` towards the simplest one, at most onto it.
  func lowered(by steps: UInt) -> Int {
    let steps = min(steps, distance)
    return value > simplest ? value.advanced(downBy: steps) : value.advanced(upBy: steps)
  }
}

extension Int {
  /// |self − other|, which may exceed `Int.max`.
  func distanceAsUInt(to other: Int) -> UInt {
    self > other ? UInt(bitPattern: self &- other) : UInt(bitPattern: other &- self)
  }

  /// The number of `range` that differs from this one by a multiple of the range's width.
  func wrapped(into range: ClosedRange<Int>) -> Int {
    let (width, isAll) = range.upperBound.distanceAsUInt(to: range.lowerBound).addingReportingOverflow(1)
    if isAll || range.contains(self) { return self }
    let rest = distanceAsUInt(to: range.lowerBound) % width
    let steps = self < range.lowerBound && rest > 0 ? width - rest : rest
    return range.lowerBound.advanced(upBy: steps)
  }

  func advanced(upBy steps: UInt) -> Int { self &+ Int(bitPattern: steps) }
  func advanced(downBy steps: UInt) -> Int { self &- Int(bitPattern: steps) }
}
