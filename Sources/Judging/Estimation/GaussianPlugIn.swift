// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE
import Gaussian

/// The Gaussian plug-in estimator Î = ½ ln(det Sx · det Sy / det S), S the centred sample covariance.
///
/// The determinants come from Householder QR of the centred, scaled data, not from products of it, so that columns
/// which are nearly dependent lose half as many digits. Plain, its bias is about p1·p2/2n; ``Correction/digamma``
/// subtracts the exact bias under a joint Gaussian.
public struct GaussianPlugIn: MutualInformationEstimator {
  /// What is done about the bias.
  public enum Correction: String, Sendable, Hashable, CaseIterable {
    /// Nothing.
    case none
    /// The exact bias ½[Σ_{i≤p1} ψ((n−i)/2) + Σ_{i≤p2} ψ((n−i)/2) − Σ_{i≤p1+p2} ψ((n−i)/2)] is subtracted.
    case digamma
  }

  /// What is done about the bias.
  public let correction: Correction

  /// An estimator with the given correction.
  public init(correction: Correction = .digamma) { self.correction = correction }

  /// `gaussian` with the correction, `gaussian-plain` without.
  public var name: String { correction == .digamma ? "gaussian" : "gaussian-plain" }

  /// Consistent for jointly Gaussian variables.
  public var family: DistributionFamily { .gaussian }

  /// Estimates I(x; y) in nats; deterministic whatever the seed.
  ///
  /// The standard error is √(Σρ²/n + p1·p2/2n²), ρ the canonical correlations: the delta method with the variance that
  /// remains at independence.
  ///
  /// - Throws: ``EstimationError/tooFewRows(_:needed:by:)`` for n ≤ p1 + p2;
  ///   ``EstimationError/constantColumn(_:column:)`` or ``EstimationError/dependentColumn(_:column:)`` where the sample
  ///   covariance is singular, with the first column that makes it so.
  public func estimate(_ sample: PairedSample, seed: UInt64) throws(EstimationError) -> Estimate {
    let (p1, p2, n) = (sample.xDimension, sample.yDimension, sample.count)
    guard n > p1 + p2 else { throw .tooFewRows(n, needed: p1 + p2 + 1, by: "a covariance of \(p1) + \(p2) columns") }
    let columns = try StandardColumns(sample, .x).values + StandardColumns(sample, .y).values
    let joint = TriangularFactor(columns, rows: n, columns: p1 + p2)
    if let column = joint.firstDependentColumn {
      throw column < p1 ? .dependentColumn(.x, column: column) : .dependentColumn(.y, column: column - p1)
    }
    // In y's columns of the factor, the rows below x's are what x does not explain of y; all rows are y itself.
    let yPart = joint.block(columns: p1..<(p1 + p2))
    let y = TriangularFactor(yPart, rows: p1 + p2, columns: p2)
    let plain = y.logDeterminant(0..<p2) - joint.logDeterminant(p1..<(p1 + p2))
    let bias = GaussianPlugIn.bias(n: n, p1: p1, p2: p2)
    let squaredCorrelations = y.explained(yPart, rows: 0..<p1, of: p1 + p2)
    let count = Double(n)
    let variance = squaredCorrelations / count + Double(p1 * p2) / (2 * count * count)
    return try Estimate(
      nats: correction == .digamma ? plain - bias : plain, standardError: variance.squareRoot(),
      diagnostics: [.init("plain estimate", plain), .init("exact bias", bias)])
  }

  /// The exact bias of the plain estimator for n rows of jointly Gaussian vectors of p1 and p2 coordinates, in nats.
  ///
  /// - Precondition: p1, p2 ≥ 1 and n > p1 + p2.
  public static func bias(n: Int, p1: Int, p2: Int) -> Double {
    InformationBias.plugIn(n: n, p1: p1, p2: p2)
  }
}
