// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// Several teachers of the same x1 at once: the student is trained on (1 − Σb)y + Σ bⱼtⱼ, by least squares.
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
    precondition(instance.q == 1, "one label")
    self.init(
      instance, (0..<teachers.columns).map { j in .column((0..<teachers.rows).map { teachers[$0, j] }) }, n: n)
  }

  /// The ensemble of several teachers, each p1 × q, with one weight a teacher for all labels; risks are sums over the labels.
  ///
  /// - Precondition: n ≥ p2+2.
  public init(_ instance: Instance, _ teachers: [RationalMatrix], n: Int) {
    precondition(n >= instance.p2 + 2, "enough rows")
    let (q, r, k) = (instance.q, teachers.count, Rational(instance.p2, n - instance.p2 - 1))
    let outputs = (0..<q).map { output in
      OutputMoments(
        instance, output,
        RationalMatrix(rows: instance.p1, columns: r) { teachers[$1][$0, output] })
    }
    form = RationalMatrix(rows: r, columns: r) { i, j in
      outputs.reduce(0) { $0 + $1.explainedDifference(i, j) + k * $1.residualDifference(i, j) }
    }
    pull = .column((0..<r).map { j in outputs.reduce(0) { $0 + k * $1.slack(j) } })
    baselineRisk = outputs.reduce(0) { $0 + $1.residual[r, r] } * (1 + k)
    moments = (0..<r).map { j in
      outputs.dropFirst().reduce(outputs[0].moments(of: j)) { $0 + $1.moments(of: j) }
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

/// The covariance of several teachers and of one label, before and after x2 is known.
private struct OutputMoments {
  let total, explained, residual: RationalMatrix

  init(_ instance: Instance, _ output: Int, _ teachers: RationalMatrix) {
    let (p2, r) = (instance.p2, teachers.columns)
    let map = RationalMatrix(rows: p2 + r + 1, columns: instance.sigma.rows) { row, column in
      switch row {
      case 0..<p2: column == instance.p1 + row ? 1 : 0
      case p2..<(p2 + r): column < instance.p1 ? teachers[column, row - p2] : 0
      default: column == instance.y.lowerBound + output ? 1 : 0
      }
    }
    let covariance = map * instance.sigma * map.transposed
    total = covariance.selecting(p2..<(p2 + r + 1))
    // Σ22 is positive definite, so no pivot is zero and the Schur complement exists.
    residual = Elimination(covariance, steps: p2).schurComplement ?? total
    explained = total - residual
  }

  /// The position of the label, behind the teachers.
  private var label: Int { total.rows - 1 }

  /// σε² − cⱼ.
  func slack(_ j: Int) -> Rational { residual[label, label] - residual[j, label] }

  /// The covariance of tᵢ−y and tⱼ−y given x2.
  func residualDifference(_ i: Int, _ j: Int) -> Rational { difference(residual, i, j) }

  /// That of what x2 explains of them, (vᵢ−w*)ᵀΣ22(vⱼ−w*).
  func explainedDifference(_ i: Int, _ j: Int) -> Rational { difference(explained, i, j) }

  private func difference(_ m: RationalMatrix, _ i: Int, _ j: Int) -> Rational {
    m[i, j] - m[i, label] - m[label, j] + m[label, label]
  }

  func moments(of j: Int) -> ConditionalMoments<Rational> {
    ConditionalMoments(
      varT: total[j, j], covTY: total[j, label], varY: total[label, label], teacherResidualVariance: residual[j, j],
      residualCovariance: residual[j, label], residualVariance: residual[label, label])
  }
}
