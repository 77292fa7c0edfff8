// SPDX-License-Identifier: GPL-3.0-or-later
/// How many questions each arithmetic answered.
public struct StageCounts: Sendable, Equatable {
  /// Of Doubles with error bounds, 128-bit whole numbers, Doubles of twice the precision, and FLINT.
  var double = 0, integer = 0, doubleDouble = 0, flint = 0

  /// Nothing answered.
  public init() {}

  /// How many questions `stage` answered.
  public subscript(stage: SignDecider.Stage) -> Int {
    switch stage {
    case .double: double
    case .integer: integer
    case .doubleDouble: doubleDouble
    case .flint: flint
    }
  }

  /// One count for each stage, in their order.
  public var all: [Int] { [double, integer, doubleDouble, flint] }

  /// The counts that ``all`` lists.
  ///
  /// - Precondition: there are four.
  public init(_ all: [Int]) {
    precondition(all.count == 4, "one count for each stage")
    (double, integer, doubleDouble, flint) = (all[0], all[1], all[2], all[3])
  }

  /// How many questions there were.
  public var total: Int { double + integer + doubleDouble + flint }

  /// Adds the counts of another run.
  public static func += (a: inout StageCounts, b: StageCounts) {
    a.double += b.double
    a.integer += b.integer
    a.doubleDouble += b.doubleDouble
    a.flint += b.flint
  }

  /// What was answered since `earlier`.
  public func since(_ earlier: StageCounts) -> StageCounts {
    var counts = self
    counts.double -= earlier.double
    counts.integer -= earlier.integer
    counts.doubleDouble -= earlier.doubleDouble
    counts.flint -= earlier.flint
    return counts
  }
}
