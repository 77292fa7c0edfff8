// SPDX-License-Identifier: GPL-3.0-or-later
/// A sample of x, y and a third variable z that is given: n rows each, all numbers finite.
///
/// An instance cannot be made otherwise.
public struct ConditionedSample: Sendable, Hashable {
  /// The rows of x and y.
  public let pair: PairedSample
  /// The rows of z, n × ``zDimension`` numbers.
  public let z: [Double]
  /// The number of columns of z, at least 1.
  public let zDimension: Int

  /// A sample of a pair and of what is given, rows one after the other.
  ///
  /// - Throws: ``EstimationError/invalidParameter(_:)`` where z does not fill as many rows as the pair has, or is not finite.
  public init(_ pair: PairedSample, z: [Double], zDimension: Int) throws(EstimationError) {
    guard zDimension >= 1 else { throw .invalidParameter("what is given has no columns; at least 1 is needed") }
    guard z.count == pair.count * zDimension else {
      throw .invalidParameter(
        "what is given has \(z.count) numbers, which are not \(pair.count) rows of \(zDimension); one row a sample is needed"
      )
    }
    if let place = z.firstIndex(where: { !$0.isFinite }) {
      throw .invalidParameter(
        "row \(place / zDimension), column \(place % zDimension) of what is given is \(z[place]); remove the row or fill it"
      )
    }
    (self.pair, self.z, self.zDimension) = (pair, z, zDimension)
  }

  /// The number of rows n, at least 2.
  public var count: Int { pair.count }

  /// The rows at `positions`, in this order.
  ///
  /// - Throws: ``EstimationError/tooFewRows(_:needed:by:)`` for fewer than 2.
  /// - Precondition: every position is a row.
  public func selecting(rows positions: some Collection<Int>) throws(EstimationError) -> ConditionedSample {
    ConditionedSample(
      valid: try pair.selecting(rows: positions),
      z: positions.flatMap { z[$0 * zDimension..<($0 + 1) * zDimension] }, zDimension)
  }

  /// The sample with y's rows in another order, x and z in theirs.
  ///
  /// - Precondition: `order` is an order of the rows.
  func withRowsOfY(in order: [Int]) -> ConditionedSample {
    ConditionedSample(valid: pair.withRowsOfY(in: order), z: z, zDimension)
  }

  private init(valid pair: PairedSample, z: [Double], _ zDimension: Int) {
    (self.pair, self.z, self.zDimension) = (pair, z, zDimension)
  }
}

/// A method that estimates the conditional mutual information I(x; y | z) from a sample.
///
/// Deterministic, as a ``MutualInformationEstimator`` is.
public protocol ConditionalInformationEstimator: Sendable {
  /// What it is called in tables.
  var name: String { get }

  /// Estimates I(x; y | z) in nats.
  ///
  /// - Throws: ``EstimationError`` where the estimate is not defined; never returns NaN.
  func estimate(_ sample: ConditionedSample, seed: UInt64) throws(EstimationError) -> Estimate
}
