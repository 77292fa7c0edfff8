// SPDX-License-Identifier: GPL-3.0-or-later
import Gaussian

/// I(x; y | z) of a joint Gaussian: I(x; y, z) − I(x; z), each by ``GaussianPlugIn``.
///
/// For one column of x and of y it is −½ ln(1 − r²), r the partial correlation. With the correction the exact bias of both is
/// subtracted.
public struct ConditionalPlugIn: ConditionalInformationEstimator {
  /// What is done about the bias.
  public let correction: GaussianPlugIn.Correction

  /// An estimator with the given correction.
  public init(correction: GaussianPlugIn.Correction = .digamma) { self.correction = correction }

  /// `gaussian` or `gaussian-plain`, as ``GaussianPlugIn``.
  public var name: String { GaussianPlugIn(correction: correction).name }

  /// Estimates I(x; y | z) in nats; deterministic whatever the seed.
  ///
  /// - Throws: ``EstimationError`` as ``GaussianPlugIn/estimate(_:seed:)``; z's columns count after those of y.
  public func estimate(_ sample: ConditionedSample, seed: UInt64) throws(EstimationError) -> Estimate {
    let (pair, q, r) = (sample.pair, sample.pair.yDimension, sample.zDimension)
    var yz: [Double] = []
    for row in 0..<sample.count {
      yz += pair.y[row * q..<(row + 1) * q]
      yz += sample.z[row * r..<(row + 1) * r]
    }
    let plugIn = GaussianPlugIn(correction: correction)
    let both = try plugIn.estimate(
      PairedSample(x: pair.x, xDimension: pair.xDimension, y: yz, yDimension: q + r), seed: seed)
    let given = try plugIn.estimate(
      PairedSample(x: pair.x, xDimension: pair.xDimension, y: sample.z, yDimension: r), seed: seed)
    return try Estimate(
      nats: both.nats - given.nats,
      diagnostics: [.init("I(x; y, z)", both.nats), .init("I(x; z)", given.nats)])
  }
}
