// SPDX-License-Identifier: MIT

/// The mean of a quantity over seeds, or of a difference that is taken seed by seed, with its error.
///
/// Both sides of a difference come from the same seed, so what the seed does to both cancels.
public struct PairedDifference: Sendable, Equatable {
  /// The mean.
  public let mean: Double
  /// The standard error of the mean over seeds.
  public let standardError: Double
  /// The number of seeds.
  public let count: Int

  /// The mean of values, one a seed.
  ///
  /// - Throws: ``SampleError/tooFew(_:)`` for fewer than 2.
  public init(_ values: [Double]) throws(SampleError) {
    guard values.count >= 2 else { throw .tooFew(values.count) }
    var moments = RunningMoments()
    for value in values { moments.add(value) }
    (mean, standardError, count) = (moments.mean, moments.standardError, values.count)
  }

  /// The mean of `treated` − `baseline`, seed by seed.
  ///
  /// - Throws: ``SampleError`` where the numbers of seeds disagree or are less than 2.
  public init(_ treated: [Double], minus baseline: [Double]) throws(SampleError) {
    guard treated.count == baseline.count else { throw .unpaired(treated.count, baseline.count) }
    try self.init(zip(treated, baseline).map { $0 - $1 })
  }
}

/// Why values over seeds have no mean with an error.
public enum SampleError: Error, Equatable, CustomStringConvertible {
  /// Fewer than two values.
  case tooFew(Int)
  /// The two sides of a difference have different numbers of values.
  case unpaired(Int, Int)

  /// What was found, and the rule.
  public var description: String {
    switch self {
    case .tooFew(let count): "\(count) rows; a standard error over seeds needs at least 2"
    case .unpaired(let first, let second):
      "\(first) and \(second) seeds; a paired difference needs the same seeds"
    }
  }
}
