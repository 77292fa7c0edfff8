// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// First-order error bounds of informations in double precision.
enum InformationTolerances {
  /// The error of ½ ln(det Σu det Σw / det Σ(u,w)) from the entries of Σ: relative errors of Σ, as factorizations make
  /// them, grow by Σ|A⁻¹|ss in ln det A; sums of logarithms round by their size.
  static func ofCovariance(_ sigma: RationalMatrix, _ u: [Int], _ w: [Int]) -> Rational {
    let growth = [u, w, u + w].reduce(0.0) {
      $0 + CoordinateScales.conditionOfLogDeterminant(sigma.selecting($1))
    }
    let sizes = (u + w).reduce(1) { $0 + 2 * abs(sigma[$1, $1].binaryExponent) }
    return RoundingUnit.of(dimension: u.count + w.count) * Rational(double: growth / 2 + Double(sizes))
  }

  /// The errors of I(t; s) and of I(s; y), whether from (t, s, y) or from (x2, y).
  static func ofProblem(_ instance: Instance, _ moments: Moments, _ errors: MomentErrors) -> (
    ts: Rational, sy: Rational
  ) {
    let joint = JointLogDeterminants(moments, errors)
    let (t, s, y) = (joint.t, joint.s, joint.y)
    let half = Rational(1, 2)
    let ts = half * [t, s, t + s].reduce(0) { $0 + joint.error($1) } + joint.rounding
    // For y given x2 the positions of y in `residual` are those of s here.
    let given = joint.error(s, of: moments.residual)
    let sy = half * ([s, y, s + y].reduce(0) { $0 + joint.error($1) } + given) + joint.rounding
    return (ts, sy + ofCovariance(instance.sigma, Array(instance.x2), Array(instance.y)))
  }

  /// The error of I(t; s | y), by the determinants of (t, s, y) or by the covariance given y, whose errors are smaller.
  static func givenLabel(_ moments: Moments, _ errors: MomentErrors) -> Rational {
    let joint = JointLogDeterminants(moments, errors)
    let (t, s, y) = (joint.t, joint.s, joint.y)
    return Rational(1, 2) * [t + y, s + y, t + s + y, y].reduce(0) { $0 + joint.error($1) } + joint.rounding
  }
}

/// The errors of logarithms of determinants in the covariance of (t, s, y): t and y as they are, s by what x2 explains of y.
private struct JointLogDeterminants {
  let t, s, y: [Int]
  /// The rounding of sums of logarithms.
  let rounding: Rational
  private let matrix: RationalMatrix
  private let errors: [[Rational]]

  init(_ moments: Moments, _ errors: MomentErrors) {
    let q = moments.q
    let explained = moments.explained
    matrix = RationalMatrix(rows: 3 * q, columns: 3 * q) { i, j in
      let (a, b) = (i % q + (i < q ? 0 : q), j % q + (j < q ? 0 : q))
      let areBothObserved = (i < q || i >= 2 * q) && (j < q || j >= 2 * q)
      return areBothObserved ? moments.total[a, b] : explained[a, b]
    }
    (t, s, y) = (Array(0..<q), Array(q..<(2 * q)), Array((2 * q)..<(3 * q)))
    self.errors = (0..<(3 * q)).map { i in
      (0..<(3 * q)).map { j in errors.errors[i % q + (i < q ? 0 : q)][j % q + (j < q ? 0 : q)] }
    }
    let (joint, count) = (matrix, 3 * q)
    let exponents = (0..<count).reduce(1) { $0 + 2 * abs(joint[$1, $1].binaryExponent) }
    rounding = RoundingUnit.of(dimension: 2 * q) * Rational(exponents)
  }

  /// Σ|A⁻¹|ᵢⱼeᵢⱼ of the covariance of these coordinates.
  func error(_ indices: [Int]) -> Rational { error(indices, of: matrix) }

  /// The same for another matrix of the same coordinates.
  func error(_ indices: [Int], of matrix: RationalMatrix) -> Rational {
    guard let inverse = try? matrix.selecting(indices).inverse() else { return 0 }
    var sum: Rational = 0
    for (i, a) in indices.enumerated() {
      for (j, b) in indices.enumerated() { sum = sum + inverse[i, j].magnitude * errors[a][b] }
    }
    return sum
  }
}
