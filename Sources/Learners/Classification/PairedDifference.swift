import CGSL
import Students

/// The mean of a quantity over seeds, or of a difference that is taken seed by seed, with its error.
///
/// Both sides of a difference come from the same split, first weights and batches, so what these do to both cancels.
public struct PairedDifference: Sendable, Equatable {
  /// The mean.
  public let mean: Double
  /// The standard error of the mean over seeds.
  public let standardError: Double
  /// The number of seeds.
  public let count: Int

  /// The mean of values, one a seed.
  ///
  /// - Throws: ``ClassificationError/tooFewRows(_:needed:for:)`` for fewer than 2.
  public init(_ values: [Double]) throws(ClassificationError) {
    guard values.count >= 2 else { throw .tooFewRows(values.count, needed: 2, for: "a standard error over seeds") }
    var moments = RunningMoments()
    for value in values { moments.add(value) }
    (mean, standardError, count) = (moments.mean, moments.standardError, values.count)
  }

  /// The mean of `treated` − `baseline`, seed by seed.
  ///
  /// - Throws: ``ClassificationError`` where the numbers of seeds disagree or are less than 2.
  public init(_ treated: [Double], minus baseline: [Double]) throws(ClassificationError) {
    guard treated.count == baseline.count else {
      throw .sizeMismatch("\(treated.count) and \(baseline.count) seeds; a paired difference needs the same seeds")
    }
    try self.init(zip(treated, baseline).map { $0 - $1 })
  }

  /// Student's interval of the mean at coverage `level`.
  ///
  /// - Precondition: 0 < level < 1.
  public func interval(level: Double = 0.95) -> (lower: Double, upper: Double) {
    precondition(level > 0 && level < 1, "a coverage is between 0 and 1")
    let radius = gsl_cdf_tdist_Pinv((1 + level) / 2, Double(count - 1)) * standardError
    return (mean - radius, mean + radius)
  }
}
