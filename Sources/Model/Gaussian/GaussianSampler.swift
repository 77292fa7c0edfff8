// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import CLAPACKE
import ExactAlgebra

/// Draws independent rows of a joint Gaussian, in double precision, reproducibly from a seed.
public final class GaussianSampler {
  /// The number of columns of a sample.
  public var dimension: Int { factor.dimension }
  private let factor: CovarianceFactor
  private let normals: NormalSource

  /// A sampler of `gaussian` that draws stream `index` under `seed`.
  ///
  /// - Throws: ``GaussianError/numericallySingular`` where double precision cannot factor Σ.
  public init(_ gaussian: JointGaussian, seed: UInt64, index: UInt64 = 0) throws(GaussianError) {
    factor = try CovarianceFactor(gaussian.covariance)
    normals = NormalSource(seed: seed, index: index)
  }

  /// `rows` independent rows, one after the other: `rows` × ``dimension`` numbers.
  public func sample(rows: Int) -> [Double] { factor.rows(rows, from: normals) }
}
