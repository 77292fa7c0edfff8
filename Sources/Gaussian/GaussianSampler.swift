import CGSL
import CLAPACKE
import ExactAlgebra

/// Draws independent rows of a joint Gaussian, in double precision, reproducibly from a seed.
///
/// Standard normals come from GSL's ziggurat over the Mersenne twister; a Cholesky factor of Σ (LAPACK) mixes them.
public final class GaussianSampler {
  /// The number of columns of a sample.
  public let dimension: Int
  private let factor: [Double]
  private let generator: UnsafeMutablePointer<gsl_rng>

  /// A sampler of `gaussian` that starts at `seed`.
  ///
  /// - Throws: ``GaussianError/numericallySingular`` where double precision cannot factor Σ.
  public init(_ gaussian: JointGaussian, seed: UInt64) throws(GaussianError) {
    dimension = gaussian.dimension
    let size = Int32(gaussian.dimension)
    var factor = gaussian.covariance.values.joined().map(\.asDouble)
    guard factor.allSatisfy(\.isFinite),
      LAPACKE_dpotrf(LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), size, &factor, size) == 0
    else { throw .numericallySingular }
    guard let generator = gsl_rng_alloc(cgsl_mersenne_twister()) else { throw .numericallySingular }
    self.factor = factor
    self.generator = generator
    gsl_rng_set(generator, UInt(seed))
  }

  deinit { gsl_rng_free(generator) }

  /// `rows` independent rows, one after the other: `rows` × ``dimension`` numbers.
  public func sample(rows: Int) -> [Double] {
    var sample = (0..<rows * dimension).map { _ in gsl_ran_gaussian_ziggurat(generator, 1) }
    let (rows, columns) = (Int32(rows), Int32(dimension))
    cblas_dtrmm(
      CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, rows, columns, 1, factor, columns, &sample,
      columns)
    return sample
  }
}
