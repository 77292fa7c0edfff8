// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Gaussian

/// Why data do not make an instance.
///
/// Positions count from 0.
public enum InstanceError: Error, Equatable, CustomStringConvertible {
  /// p1, p2 or q is below 1.
  case sizeTooSmall(String, Int)
  /// Σ is not (p1+p2+q) × (p1+p2+q).
  case sigmaSize(rows: Int, columns: Int, p1: Int, p2: Int, q: Int)
  /// Σ is not symmetric and positive definite.
  case sigma(MatrixError)
  /// w1 is not p1 × q.
  case teacherShape(rows: Int, columns: Int, p1: Int, q: Int)
  /// w1 = 0.
  case zeroTeacher
  /// Σ23 = 0, so that w* = 0.
  case zeroOptimalStudent
  /// n ≤ p2+1: the expected risk is not finite.
  case illPosed(n: Int, p2: Int)
  /// λ < 0.
  case negativeLambda(Rational)
  /// p1a is not between 1 and p1−1.
  case split(p1a: Int, p1: Int)
  /// The number of unlabelled rows is negative.
  case negativeUnlabelled(Int)
  /// The ridge μ is negative.
  case negativeRidge(Rational)
  /// w1b is not p1 × q.
  case secondTeacherShape(rows: Int, columns: Int, p1: Int, q: Int)
  /// w1b = w1.
  case secondTeacherIsFirst
  /// N ≤ p1+p2+1: the expected error of a teacher of both modalities is not finite.
  case teacherRows(Int, p1: Int, p2: Int)
  /// The rows of the design are not those of x2.
  case designWidth(columns: Int, p2: Int)
  /// The design has not full column rank.
  case deficientDesign(rows: Int, p2: Int)
  /// Residual moments are given for other rows than those of the design, of which there may be none.
  case rowMoments(count: Int, rows: Int?)
  /// The residual moments of a row, counted from 0, are those of no distribution, or have no noise in y.
  case rowMoment(row: Int, RowMoments)
  /// The second of two problems names another one.
  case thirdInstance
  /// What is wrong with the second of two problems.
  case other(String)

  /// The part, the rule that it breaks, and what to do.
  public var description: String {
    switch self {
    case .sizeTooSmall(let name, let size): "\(name) is \(size) and must be at least 1"
    case .sigmaSize(let rows, let columns, let p1, let p2, let q):
      "sigma is \(rows)×\(columns), but p1 = \(p1), p2 = \(p2), q = \(q) need a square matrix of p1+p2+q rows"
    case .sigma(let error): "sigma: \(error)"
    case .teacherShape(let rows, let columns, let p1, let q):
      "w1 is \(rows)×\(columns), but p1 = \(p1) and q = \(q) need \(p1)×\(q)"
    case .zeroTeacher: "w1 is zero: the teacher predicts nothing; give it a nonzero weight"
    case .zeroOptimalStudent:
      "sigma: the block Σ23 = cov(x2, y) is zero, so w* = 0 and no claim applies; let x2 and y be correlated"
    case .illPosed(let n, let p2):
      "n is \(n), but p2 = \(p2) needs n ≥ p2+2 = \(p2 + 2): with fewer training rows the expected risk is not finite"
    case .negativeLambda(let lambda): "lambda is \(lambda) and must not be negative"
    case .split(let p1a, let p1): "p1a is \(p1a) and must lie between 1 and p1−1 = \(p1 - 1)"
    case .negativeUnlabelled(let m): "unlabelled is \(m) and must not be negative"
    case .negativeRidge(let ridge): "ridge is \(ridge) and must not be negative"
    case .secondTeacherShape(let rows, let columns, let p1, let q):
      "w1b is \(rows)×\(columns), but p1 = \(p1) and q = \(q) need \(p1)×\(q)"
    case .secondTeacherIsFirst: "w1b is the same teacher as w1; give another one, or leave it out"
    case .teacherRows(let rows, let p1, let p2):
      "teacher_rows is \(rows), but p1 = \(p1) and p2 = \(p2) need at least p1+p2+2 = \(p1 + p2 + 2): with fewer rows the "
        + "expected error of the teacher is not finite"
    case .designWidth(let columns, let p2): "design has \(columns) columns, but its rows are those of x2: p2 = \(p2)"
    case .deficientDesign(let rows, let p2):
      "design: its \(rows) rows do not have the full column rank p2 = \(p2), so least squares has no one solution"
    case .rowMoments(let count, nil): "row_moments gives \(count) rows and needs a design of as many"
    case .rowMoments(let count, let rows?): "row_moments gives \(count) rows, but the design has \(rows)"
    case .rowMoment(let row, let moments):
      "row_moments[\(row)]: y = \(moments.y), ty = \(moments.ty), t = \(moments.t) must have y > 0 and ty² ≤ y·t"
    case .other(let error): "other: \(error)"
    case .thirdInstance: "other: it has an \"other\" of its own; a statement compares two instances at most"
    }
  }
}
