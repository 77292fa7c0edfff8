// SPDX-License-Identifier: GPL-3.0-or-later
import Statistics
import Testing

@Suite struct SampleTests {
  @Test func pairedDifferences() throws {
    // Differences 1, 2, 3: mean 2, standard error 1/√3.
    let difference = try PairedDifference([2, 4, 6], minus: [1, 2, 3])
    #expect(difference.mean == 2 && abs(difference.standardError - 1 / 3.0.squareRoot()) < 1e-15)
    #expect(throws: SampleError.tooFew(1)) { try PairedDifference([1]) }
    #expect(throws: SampleError.unpaired(2, 3)) { try PairedDifference([1, 2], minus: [1, 2, 3]) }
  }

  /// One by one, and merged from parts of any size, against the definition in two passes.
  @Test func momentsAreThoseOfTheDefinition() {
    let values = (0..<40).map { 1e6 + Double($0 * $0 % 17) / 8 }
    let mean = values.reduce(0, +) / 40
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 39
    for cut in [0, 1, 2, 19, 40] {
      var (left, right) = (RunningMoments(), RunningMoments())
      for value in values[..<cut] { left.add(value) }
      for value in values[cut...] { right.add(value) }
      left.merge(right)
      #expect(left.count == 40 && abs(left.mean - mean) < 1e-9 && abs(left.variance - variance) < 1e-8)
      #expect(abs(left.standardError - (variance / 40).squareRoot()) < 1e-9)
    }
    #expect(RunningMoments().variance == 0 && RunningMoments().standardError == 0)
  }

  @Test func intervalsTellTheirSign() {
    #expect(IntervalEstimate(value: 2, lower: 1, upper: 3).excludesZero)
    #expect(IntervalEstimate(value: -2, lower: -3, upper: -1).excludesZero)
    #expect(!IntervalEstimate(value: 0, lower: 0, upper: 1).excludesZero)
    #expect(!IntervalEstimate(value: .nan, lower: .nan, upper: .nan).excludesZero)
  }
}
