// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Gaussian

/// What distillation depends on: the covariance of teacher and label (t, y), before and after conditioning on x2.
///
/// One fraction-free elimination of x2 from the covariance of (x2, t, y) gives both. For q > 1 the scalar properties, those
/// of ``ConditionalMoments``, are traces, as in R(λ); for q = 1 they are the variances themselves.
@dynamicMemberLookup
public struct Moments: Sendable {
  /// The number of labels.
  public let q: Int
  /// cov(t, y), 2q × 2q: t first.
  public let total: RationalMatrix
  /// cov(t, y | x2), 2q × 2q: t first.
  public let residual: RationalMatrix

  /// The traces of both, whose properties are properties of these moments too.
  public let traces: ConditionalMoments<Rational>

  /// The moments of `instance`.
  public init(_ instance: Instance) {
    let (q, p2) = (instance.q, instance.p2)
    // The weights of a least-squares teacher have a denominator as large as det Σ11; with it in every entry of the
    // elimination, that would cost many times more.
    let scales = (0..<q).map { instance.w1.selecting(rows: 0..<instance.p1, columns: [$0]).commonDenominator }
    let covariance = instance.studentTeacherLabelCovariance(
      w1: RationalMatrix(rows: instance.p1, columns: q) { scales[$1] * instance.w1[$0, $1] })
    let whole = covariance.selecting(p2..<(p2 + 2 * q))
    // Σ22 is positive definite, so no pivot of x2 is zero and the Schur complement exists.
    let left = Elimination(covariance, steps: p2).schurComplement ?? whole
    let factors = (0..<(2 * q)).map { $0 < q ? 1 / scales[$0] : 1 }
    func unscaled(_ m: RationalMatrix) -> RationalMatrix {
      RationalMatrix(rows: 2 * q, columns: 2 * q) { factors[$0] * factors[$1] * m[$0, $1] }
    }
    self.init(q: q, total: unscaled(whole), residual: unscaled(left))
  }

  private init(q: Int, total: RationalMatrix, residual: RationalMatrix) {
    (self.q, self.total, self.residual) = (q, total, residual)
    traces = ConditionalMoments(
      varT: (0..<q).reduce(0) { $0 + total[$1, $1] }, covTY: (0..<q).reduce(0) { $0 + total[$1, q + $1] },
      varY: (0..<q).reduce(0) { $0 + total[q + $1, q + $1] },
      teacherResidualVariance: (0..<q).reduce(0) { $0 + residual[$1, $1] },
      residualCovariance: (0..<q).reduce(0) { $0 + residual[$1, q + $1] },
      residualVariance: (0..<q).reduce(0) { $0 + residual[q + $1, q + $1] })
  }

  /// A property of the traces.
  public subscript<Value>(dynamicMember property: KeyPath<ConditionalMoments<Rational>, Value>) -> Value {
    traces[keyPath: property]
  }

  /// cov(vᵀx2, s), 2q × 2q: the part of (t, y) that x2 explains.
  public var explained: RationalMatrix { total - residual }

  /// I(t; s), what the teacher tells about the student's best prediction, in nats.
  ///
  /// - Throws: `GaussianError.degenerateImage` where w1 or w* has not full column rank.
  public func teacherInformation() throws(GaussianError) -> HalfLogarithm {
    if q == 1 { return try Moments.information(traces.varT, traces.varS, covariance: traces.covTS) }
    let (t, y) = (0..<q, q..<(2 * q))
    let explained = explained
    let joint = RationalMatrix(rows: 2 * q, columns: 2 * q) { i, j in
      t.contains(i) && t.contains(j) ? total[i, j] : explained[i, j]
    }
    return try joint.mutualInformation(Array(t), Array(y))
  }

  /// I(s; y) = I(x2; y), what the student's best prediction tells about the label, in nats.
  ///
  /// - Throws: `GaussianError.degenerateImage` where w* has not full column rank.
  public func labelInformation() throws(GaussianError) -> HalfLogarithm {
    // cov(s, y) = var(s).
    if q == 1 { return try Moments.information(traces.varY, traces.varS, covariance: traces.varS) }
    let y = q..<(2 * q)
    guard explained.selecting(y).determinant.signum > 0 else { throw .degenerateImage }
    return HalfLogarithm(of: total.selecting(y).determinant / residual.selecting(y).determinant)
  }

  /// I(t; s | y), what teacher and student's best prediction share beyond the label, in nats: by determinants of (t, s, y),
  /// det(t,y)·det(s,y) / (det(t,s,y)·det(y)).
  ///
  /// - Throws: `GaussianError.degenerateImage` where w1 or w* has not full column rank.
  public func conditionalInformation() throws(GaussianError) -> HalfLogarithm {
    if q == 1 {
      guard let argument = traces.informationGivenLabel else { throw .degenerateImage }
      return HalfLogarithm(of: argument)
    }
    // (t, s, y): t and y as they are, s by what x2 explains of y.
    let explained = explained
    let joint = RationalMatrix(rows: 3 * q, columns: 3 * q) { i, j in
      let (a, b) = (i < q ? i : q + i % q, j < q ? j : q + j % q)
      return (q..<(2 * q)).contains(i) || (q..<(2 * q)).contains(j) ? explained[a, b] : total[a, b]
    }
    func determinant(_ parts: [Int]) -> Rational {
      joint.selecting(parts.flatMap { ($0 * q)..<(($0 + 1) * q) }).determinant
    }
    let all = determinant([0, 1, 2])
    guard all.signum > 0 else { throw .degenerateImage }
    return HalfLogarithm(of: determinant([0, 2]) * determinant([1, 2]) / (all * determinant([2])))
  }

  /// −½ ln(1−ρ²) for two scalars, of which neither may be constant nor a multiple of the other.
  private static func information(_ a: Rational, _ b: Rational, covariance c: Rational) throws(GaussianError)
    -> HalfLogarithm
  {
    let product = a * b
    let joint = product - c.squared
    guard joint.signum > 0 else { throw .degenerateImage }
    return HalfLogarithm(of: product / joint)
  }

  /// The moments of output `j` alone, as for q = 1.
  ///
  /// - Precondition: `j` is one of the q outputs.
  public func output(_ j: Int) -> Moments {
    precondition((0..<q).contains(j), "one of the outputs")
    return Moments(q: 1, total: total.selecting([j, q + j]), residual: residual.selecting([j, q + j]))
  }
}

extension Instance {
  /// The covariance of (x2, t, y), (p2+2q) × (p2+2q): all that a linear student sees of the model.
  public var studentTeacherLabelCovariance: RationalMatrix { studentTeacherLabelCovariance(w1: w1) }

  /// The same for another teacher.
  fileprivate func studentTeacherLabelCovariance(w1: RationalMatrix) -> RationalMatrix {
    let map = RationalMatrix(rows: p2 + 2 * q, columns: p1 + p2 + q) { row, column in
      switch row {
      case 0..<p2: column == p1 + row ? 1 : 0
      case p2..<(p2 + q): column < p1 ? w1[column, row - p2] : 0
      default: column == p1 + row - q ? 1 : 0
      }
    }
    return map * sigma * map.transposed
  }
}
