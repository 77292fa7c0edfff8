// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// Several teachers of the same x1 at once: the student is trained on (1 − Σb)y + Σ bⱼtⱼ, by least squares (q = 1).
///
/// Its risk is R0 − 2bᵀg + bᵀFb with g = k(σε² − cⱼ) and F = B̄ + kV̄, matrices over the teachers.
public struct TeacherEnsemble: Sendable {
  /// B̄ + kV̄: (vᵢ−w*)ᵀΣ22(vⱼ−w*) + k·cov(tᵢ−y, tⱼ−y | x2); positive definite where no teacher is an affine combination of
  /// the others.
  public let form: RationalMatrix
  /// k(σε² − cⱼ), a column.
  public let pull: RationalMatrix
  /// R0.
  public let baselineRisk: Rational
  /// The moments of each teacher with the label.
  public let moments: [ConditionalMoments<Rational>]

  /// The ensemble of the columns of `teachers`, p1 × r, for a student trained on n rows.
  ///
  /// - Precondition: q = 1, n ≥ p2+2.
  public init(_ instance: Instance, teachers: RationalMatrix, n: Int) {
    precondition(instance.q == 1 && n >= instance.p2 + 2, "one label and enough rows")
    let (p2, r) = (instance.p2, teachers.columns)
    let map = RationalMatrix(rows: p2 + r + 1, columns: instance.sigma.rows) { row, column in
      switch row {
      case 0..<p2: column == instance.p1 + row ? 1 : 0
      case p2..<(p2 + r): column < instance.p1 ? teachers[column, row - p2] : 0
      default: column == instance.sigma.rows - 1 ? 1 : 0
      }
    }
    let covariance = map * instance.sigma * map.transposed
    let total = covariance.selecting(p2..<(p2 + r + 1))
    // Σ22 is positive definite, so no pivot is zero and the Schur complement exists.
    let residual = Elimination(covariance, steps: p2).schurComplement ?? total
    let explained = total - residual
    let k = Rational(p2, n - p2 - 1)
    /// The covariance of tᵢ−y and tⱼ−y.
    func difference(_ m: RationalMatrix, _ i: Int, _ j: Int) -> Rational { m[i, j] - m[i, r] - m[r, j] + m[r, r] }
    form = RationalMatrix(rows: r, columns: r) { i, j in difference(explained, i, j) + k * difference(residual, i, j) }
    pull = .column((0..<r).map { k * (residual[r, r] - residual[$0, r]) })
    baselineRisk = residual[r, r] * (1 + k)
    moments = (0..<r).map { j in
      ConditionalMoments(
        varT: total[j, j], covTY: total[j, r], varY: total[r, r], teacherResidualVariance: residual[j, j],
        residualCovariance: residual[j, r], residualVariance: residual[r, r])
    }
  }

  /// The risk of the weights b, one for each teacher.
  public func risk(_ b: [Rational]) -> Rational {
    let weights = RationalMatrix.column(b)
    return baselineRisk - 2 * (weights.transposed * pull)[0, 0] + (weights.transposed * form * weights)[0, 0]
  }

  /// The best weights, of either sign: (B̄ + kV̄)⁻¹k(σε²1 − c); nil where a teacher is an affine combination of others.
  public var bestWeights: [Rational]? { (try? form.solve(pull))?.values.map { $0[0] } }

  /// What they gain over R0: k²(σε²1 − c)ᵀ(B̄ + kV̄)⁻¹(σε²1 − c).
  public var bestGain: Rational? {
    (try? form.solve(pull)).map { (pull.transposed * $0)[0, 0] }
  }
}
