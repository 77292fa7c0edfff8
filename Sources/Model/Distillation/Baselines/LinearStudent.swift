// SPDX-License-Identifier: GPL-3.0-or-later
/// Any student that is linear in what it is trained on: a·M y + b·M t, M made of the x2 rows alone.
///
/// Least squares, ridge at a fixed μ, minimum norm, gradient descent stopped at a fixed step. For residuals of (y, t) given
/// x2 of mean 0 and one covariance, whatever their law, its excess risk over σε² is, with H = MX2 and norms of Σ22,
/// ‖a·Hw* + b·Hv − w*‖² + tr(MᵀΣ22M)(a²σε² + 2abc + b²ση²): convex and quadratic in (a, b). Give the moments of M, and all
/// that follows is here: the criterion, the best weights and the gain, with and without tuning.
///
/// Distillation with weight λ is a = 1−α, b = α, α = λ/(1+λ); a student without a teacher has b = 0.
public struct LinearStudent<Number: OrderedFormulaNumber>: Sendable {
  /// ‖w*‖² = A, the excess of the student that predicts 0.
  public let atZero: Number
  /// ⟨Hw*, w*⟩.
  public let labelPull: Number
  /// ⟨Hv, w*⟩.
  public let teacherPull: Number
  /// ‖Hw*‖² + tr(MᵀΣ22M)·σε².
  public let labelSquare: Number
  /// ⟨Hw*, Hv⟩ + tr(MᵀΣ22M)·c.
  public let product: Number
  /// ‖Hv‖² + tr(MᵀΣ22M)·ση².
  public let teacherSquare: Number

  /// A student by the coefficients of its excess risk.
  ///
  /// It is `atZero` − 2(a·`labelPull` + b·`teacherPull`) + a²·`labelSquare` + 2ab·`product` + b²·`teacherSquare`.
  @inlinable public init(
    atZero: Number, labelPull: Number, teacherPull: Number, labelSquare: Number, product: Number, teacherSquare: Number
  ) {
    (self.atZero, self.labelPull, self.teacherPull) = (atZero, labelPull, teacherPull)
    (self.labelSquare, self.product, self.teacherSquare) = (labelSquare, product, teacherSquare)
  }

  /// The student of a fit of which, in the mean over designs, ⟨Hu, w⟩ = `fit.mean`·⟨u, w⟩ and ⟨Hu, Hw⟩ =
  /// `fit.square`·⟨u, w⟩.
  @inlinable public init(_ m: ConditionalMoments<Number>, _ fit: FitMoments<Number>) {
    let (varS, covTS, varV) = (m.varS / m.factor, m.covTS / m.factor, m.explainedTeacherVariance / m.factor)
    let (label, both, teacher) = (
      m.residualVariance / m.factor, m.residualCovariance / m.factor, m.teacherResidualVariance / m.factor
    )
    self.init(
      atZero: varS, labelPull: fit.mean * varS, teacherPull: fit.mean * covTS,
      labelSquare: fit.square * varS + fit.labelFitNoise * label,
      product: fit.square * covTS + fit.sharedFitNoise * both,
      teacherSquare: fit.square * varV + fit.teacherFitNoise * teacher)
  }

  /// The excess risk of the weights a and b.
  @inlinable public func excess(_ a: Number, _ b: Number) -> Number {
    let two = Number.whole(2)
    let square = a * a * labelSquare + two * a * b * product + b * b * teacherSquare
    return atZero - two * (a * labelPull + b * teacherPull) + square
  }

  /// The excess of the student as it is, a = 1 and b = 0.
  @inlinable public var asItIs: Number { excess(.whole(1), .whole(0)) }

  /// The weight of the best student that has no teacher: how much it shrinks.
  @inlinable public var shrinkage: Number { labelPull / labelSquare }

  /// The excess of the best student that has no teacher.
  @inlinable public var untaught: Number { atZero - labelPull * labelPull / labelSquare }

  /// Half of how fast the excess falls in b at the best student without a teacher, times ‖Hw*‖² + tr(MᵀΣ22M)σε² > 0.
  @inlinable public var teacherSlack: Number { teacherPull * labelSquare - labelPull * product }

  /// Whether some weights with b > 0 are better than every student that has no teacher.
  @inlinable public var tunedHelps: Bool { teacherSlack > .whole(0) }

  /// labelSquare·teacherSquare − product², which is positive but where t is a multiple of y given x2 and v of w*.
  @inlinable public var determinant: Number { labelSquare * teacherSquare - product * product }

  /// The best weights over all a and all b of either sign; those without a teacher where t adds nothing but a copy.
  @inlinable public var bestSignedWeights: (a: Number, b: Number) {
    guard determinant > .whole(0) else { return (shrinkage, .whole(0)) }
    return (
      (labelPull * teacherSquare - teacherPull * product) / determinant, teacherSlack / determinant
    )
  }

  /// The best weights over all a and b ≥ 0.
  @inlinable public var bestWeights: (a: Number, b: Number) {
    tunedHelps ? bestSignedWeights : (shrinkage, .whole(0))
  }

  /// What the best weights over all a and b, of either sign, gain over the best student without a teacher.
  @inlinable public var signedTunedGain: Number {
    determinant > .whole(0) ? teacherSlack * teacherSlack / (labelSquare * determinant) : .whole(0)
  }

  /// The same over b ≥ 0.
  @inlinable public var tunedGain: Number { tunedHelps ? signedTunedGain : .whole(0) }

  /// The excess along a = 1−α, b = α.
  @inlinable public var mixing: MixingParabola<Number> {
    let (start, two) = (asItIs, Number.whole(2))
    let slope = two * (labelPull - teacherPull + product - labelSquare)
    return MixingParabola(start: start, slope: slope, curvature: labelSquare - two * product + teacherSquare)
  }
}

/// What a fit does to what it is trained on, in the mean over its rows.
public struct FitMoments<Number: FormulaNumber>: Sendable {
  /// E⟨Hu, w⟩/⟨u, w⟩: 1 for least squares.
  public let mean: Number
  /// E⟨Hu, Hw⟩/⟨u, w⟩: 1 for least squares.
  public let square: Number
  /// E tr(MᵀΣ22M) of the fit of the labels.
  public let labelFitNoise: Number
  /// E tr(MᵀΣ22M′) of both fits; the same if they are of the same rows.
  public let sharedFitNoise: Number
  /// E tr(M′ᵀΣ22M′) of the fit of the teacher.
  public let teacherFitNoise: Number

  /// The moments of fits that may be of different rows.
  @inlinable public init(
    mean: Number = .whole(1), square: Number = .whole(1), labelFitNoise: Number, sharedFitNoise: Number,
    teacherFitNoise: Number
  ) {
    (self.mean, self.square, self.labelFitNoise) = (mean, square, labelFitNoise)
    (self.sharedFitNoise, self.teacherFitNoise) = (sharedFitNoise, teacherFitNoise)
  }

  /// The moments of one fit.
  @inlinable public init(mean: Number = .whole(1), square: Number = .whole(1), noise: Number) {
    self.init(mean: mean, square: square, labelFitNoise: noise, sharedFitNoise: noise, teacherFitNoise: noise)
  }
}
