// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation

/// What is decided of students that shrink, have unlabelled rows or ridge, of one label.
extension ProblemMoments {
  /// The sign of what a tuned student gains: where it is positive, some weights a, b ≥ 0 beat every student without a teacher.
  @inlinable public func signOfTunedHelp() throws(Undecided) -> Int { try label.signOfAlignmentGivenLabel() }

  /// The sign of 1 + m/(n−p2−1) − β: of (1−α)ŵ + αv̂ with v̂ over n+m rows, small α help where it is positive.
  ///
  /// Without unlabelled rows m = 0.
  @inlinable public func signOfUnlabelledHelp() throws(Undecided) -> Int {
    let (m, rest) = (Number(whole: unlabelled ?? 0), Number(whole: n - p2 - 1))
    return try (rest * (label.residualVariance - label.residualCovariance) + m * label.residualVariance).sign()
  }

  /// The sign of cov(t,s)·σε²·(n+m−p2−1) − var(s)·c·(n−p2−1): the same with any weights.
  @inlinable public func signOfTunedUnlabelledHelp() throws(Undecided) -> Int {
    let (m, rest) = (unlabelled ?? 0, n - p2 - 1)
    return try
      (Number(whole: rest + m) * (label.covTS * label.residualVariance)
      - Number(whole: rest) * (label.varS * label.residualCovariance)).sign()
  }

  /// The sign of 1 + m(n−1)/((n−p2)(n−p2−3)) − β: of one objective, whose teacher term is over all rows, small λ help where
  /// it is positive; nil for n < p2+4, where its risk is not finite.
  @inlinable public func signOfOneObjectiveHelp() throws(Undecided) -> Int? {
    guard n >= p2 + 4 else { return nil }
    let (rest, m) = (n - p2, unlabelled ?? 0)
    let slack = label.residualVariance - label.residualCovariance
    return try
      (Number(whole: rest) * Number(whole: rest - 3) * slack
      + Number(whole: m) * Number(whole: n - 1) * label.residualVariance).sign()
  }

  /// The sign of σε² + (μ/p2)(cov(t,s) − var(s)) − c: ridge of strength μ on an orthogonal design gains where it is positive.
  ///
  /// Without ridge μ = 0.
  @inlinable public func signOfRidgeHelp() throws(Undecided) -> Int {
    let slack = label.residualVariance - label.residualCovariance
    guard let (u, v) = ridge else { return try slack.sign() }
    return try (Number(whole: p2) * v * slack + u * (label.covTS - label.varS)).sign()
  }
}

/// Two teachers at once, t1 and t2: the student is trained on (1−b1−b2)y + b1t1 + b2t2, by least squares.
///
/// Its risk is R0 − 2bᵀg + bᵀFb, g = k(σε²−c), F = B̄ + kV̄; all is times n−p2−1 and the factor of the moments.
public struct TeacherPair<Number: FormulaNumber>: Sendable {
  /// F11, F12 and F22.
  public let first, both, second: Number
  /// g1 and g2.
  public let firstPull, secondPull: Number

  /// A pair by the coefficients of its risk.
  @inlinable public init(first: Number, both: Number, second: Number, firstPull: Number, secondPull: Number) {
    (self.first, self.both, self.second) = (first, both, second)
    (self.firstPull, self.secondPull) = (firstPull, secondPull)
  }

  /// det F, positive but where a mixture of the two teachers is the label.
  @inlinable public var determinant: Number { first * second - both * both }
  /// The best weight of the first teacher, times ``determinant``.
  @inlinable public var firstWeight: Number { firstPull * second - secondPull * both }
  /// The best weight of the second teacher, times ``determinant``.
  @inlinable public var secondWeight: Number { secondPull * first - firstPull * both }
}

extension TeacherPair where Number: SignedScalar {
  /// The sign of how much the second teacher adds to the first, with weights that are not negative and at most 1 together:
  /// positive where the risk falls from the best weight of the first alone.
  ///
  /// The risk is convex. At a weight below 1 the way in is (0, 1), at 1 it is (−1, 1).
  @inlinable public func signOfSecondAdding() throws(Undecided) -> Int {
    if try firstPull.sign() <= 0 { return try secondPull.sign() }
    if try (first - firstPull).sign() > 0 { return try secondWeight.sign() }
    return try (first - firstPull - both + secondPull).sign()
  }
}

extension ProblemMoments {
  /// Both teachers, where a second one is given.
  @inlinable public var teacherPair: TeacherPair<Number>? {
    guard let column = secondColumn else { return nil }
    let (k, unit) = (Number(whole: p2), Number(whole: n - p2 - 1))
    let rest = k - unit
    /// unit·(what x2 explains of cov(tᵢ−y, tⱼ−y)) + k·(what it does not).
    func form(_ i: Int, _ j: Int) -> Number {
      let whole = total(i, j) - total(i, 1) - total(j, 1) + total(1, 1)
      let open = residual(i, j) - residual(i, 1) - residual(j, 1) + residual(1, 1)
      return unit * (factor * whole) + rest * open
    }
    return TeacherPair(
      first: form(0, 0), both: form(0, column), second: form(column, column),
      firstPull: k * (residual(1, 1) - residual(0, 1)), secondPull: k * (residual(1, 1) - residual(column, 1)))
  }
}
