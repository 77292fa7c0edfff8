// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Gaussian

/// The tasks of the benchmark of Czyż, Grabowski, Vogt, Beerenwinkel & Marx, "Beyond Normal: On the Evaluation of Mutual
/// Information Estimators" (NeurIPS 2023), rebuilt from their definitions, under the ids that the benchmark gives them.
extension EstimationTask {
  /// All 40, in the order in which they are published.
  public static let benchmark: [EstimationTask] = oneDimensional + [swissRoll] + multinormal + student + transformed

  /// The task called `id`; nil where there is none.
  public static func benchmark(_ id: String) -> EstimationTask? { benchmark.first { $0.id == id } }

  private static let normal = bivariateNormal(correlation: Rational(3, 4))

  private static let oneDimensional: [EstimationTask] = [
    normal,
    normal.normalCDF,
    additiveNoise("0.1", Rational(1, 10)),
    additiveNoise("0.75", Rational(3, 4)),
    EstimationTask(
      "1v1-bimodal-0.75", "Bimodal 1 × 1",
      normal.law.mapped(
        .bimodal(weight: 0.3, low: 0, high: 5), .bimodal(weight: 0.5, low: -1, high: 3))),
    normal.mapped(
      "wiggly", "Wiggly",
      .wiggly([(0.4, 1, 0), (0.2, 1.7, 1), (0.03, 3.3, -2.5)]),
      .wiggly([(-0.4, 0.4, 0), (0.17, 1.3, 3.5), (0.02, 4.3, -2.5)])),
    normal.halfCube,
    student(1, degrees: 1),
    student(1, degrees: 1).asinh,
  ]

  private static let swissRoll = EstimationTask(
    "swissroll_x-normal_cdf-1v1-normal-0.75", "Swiss roll 2 × 1", normal.normalCDF.law.mapped(.swissRoll, nil))

  private static let multinormal = [2, 3, 5, 25, 50].map(dense) + [2, 3, 5, 25].map(pairs)

  private static let student = [(2, 1), (2, 2), (3, 2), (3, 3), (5, 2), (5, 3)].map { student($0, degrees: $1) }

  private static let transformed: [EstimationTask] = {
    let bases = [3, 5, 25].map(pairs)
    return bases.map(\.normalCDF) + bases.map(\.halfCube) + bases.map(\.spiral) + bases.map(\.normalCDF.spiral)
      + [(2, 1), (3, 2), (5, 2)].map { student($0, degrees: $1).asinh }
  }()
}

extension EstimationTask {
  /// A bivariate normal of the given correlation, in −1 … 1, both excluded.
  static func bivariateNormal(correlation: Rational) -> EstimationTask {
    gaussian(
      "1v1-normal-\(correlation.asDouble)", "Bivariate normal 1 × 1",
      RationalMatrix(rows: 2, columns: 2) { $0 == $1 ? 1 : correlation }, xDimension: 1)
  }

  /// N(0, Σ) with ones on the diagonal and ½ elsewhere.
  private static func dense(_ n: Int) -> EstimationTask {
    gaussian(
      "multinormal-dense-\(n)-\(n)-0.5", "Multinormal \(n) × \(n) (dense)",
      RationalMatrix(rows: 2 * n, columns: 2 * n) { $0 == $1 ? 1 : Rational(1, 2) }, xDimension: n)
  }

  /// x and y of independent unit normals but for the first two pairs (xᵢ, yᵢ), of correlation 4/5.
  private static func pairs(_ n: Int) -> EstimationTask {
    gaussian(
      "multinormal-sparse-\(n)-\(n)-2-2.0", "Multinormal \(n) × \(n) (2-pair)",
      RationalMatrix(rows: 2 * n, columns: 2 * n) { i, j in
        i == j ? 1 : abs(i - j) == n && min(i, j) < 2 ? Rational(4, 5) : 0
      }, xDimension: n)
  }

  /// A joint Gaussian whose covariance is known to be positive definite.
  static func gaussian(_ id: String, _ title: String, _ covariance: RationalMatrix, xDimension: Int) -> EstimationTask {
    do {
      return EstimationTask(id, title, PairLaw(base: .gaussian(try GaussianLaw(covariance, xDimension: xDimension))))
    } catch { preconditionFailure("\(id): \(error)") }
  }

  private static func additiveNoise(_ text: String, _ epsilon: Rational) -> EstimationTask {
    EstimationTask(
      "1v1-additive-\(text)", "Uniform 1 × 1 (additive noise \(text))", PairLaw(base: .additiveNoise(epsilon: epsilon)))
  }

  private static func student(_ n: Int, degrees: Int) -> EstimationTask {
    EstimationTask(
      "student-identity-\(n)-\(n)-\(degrees)", "Student-t \(n) × \(n) (\(degrees) df)",
      PairLaw(base: .student(xDimension: n, yDimension: n, degrees: degrees)))
  }

  @inline(never) fileprivate func mapped(_ prefix: String, _ word: String, _ x: SideMap, _ y: SideMap) -> EstimationTask
  {
    EstimationTask("\(prefix)-\(id)", "\(word) @ \(title)", law.mapped(x, y))
  }

  fileprivate var normalCDF: EstimationTask { mapped("normal_cdf", "Normal CDF", .normalCDF, .normalCDF) }
  fileprivate var halfCube: EstimationTask { mapped("half_cube", "Half-cube", .halfCube, .halfCube) }
  fileprivate var asinh: EstimationTask { mapped("asinh", "Asinh", .asinh, .asinh) }

  /// Rotations in the planes (0, 1) of x and (1, 2) of y, the slower the more dimensions.
  fileprivate var spiral: EstimationTask {
    mapped(
      "spiral", "Spiral", .spiral(plane: (0, 1), speed: 1 / Double(xDimension)),
      .spiral(plane: (1, 2), speed: 1 / Double(yDimension)))
  }
}
