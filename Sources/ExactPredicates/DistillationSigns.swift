/// What is decided of a distillation problem with one label, as signs.
public struct DistillationSigns: Sendable, Hashable {
  /// Whether Σ is positive definite; the other signs are 0 where it is not.
  public let isPositiveDefinite: Bool
  /// The sign of ΔI = I(t;s) − I(s;y); where t or s is constant, of what stays of it (see ``ResidualMoments/signOfDelta``).
  public let delta: Int
  /// The sign of var(t) − var(y): a ≤ 1 where it is not positive.
  public let scale: Int
  /// The sign of c − σε²: distillation helps where it is negative.
  public let help: Int
  /// The sign of D = B + k(ση²−σε²): the window is bounded where it is positive.
  public let window: Int

  /// Signs of a problem whose Σ is positive definite.
  public init(delta: Int, scale: Int, help: Int, window: Int) {
    (isPositiveDefinite, self.delta, self.scale, self.help, self.window) = (true, delta, scale, help, window)
  }

  private init() { (isPositiveDefinite, delta, scale, help, window) = (false, 0, 0, 0, 0) }

  /// The verdict on a Σ that is not positive definite.
  public static let notPositiveDefinite = DistillationSigns()
}

/// The signs that claims about one label are made of: each such claim is a Boolean function of them.
public struct ClaimSigns: Sendable, Hashable {
  /// The signs of the verdict.
  public let verdict: DistillationSigns
  /// The sign of cov(t, s).
  public let alignment: Int
  /// The sign of ΔI − ln a.
  public let calibration: Int
  /// The sign of a²e^(−2ΔI) − β|β|: not negative where −R'(0) ≥ 2kσε²(1 − a·e^(−ΔI)).
  public let rate: Int

  /// What is said of a Σ that is not positive definite.
  public static let notPositiveDefinite = ClaimSigns(
    verdict: .notPositiveDefinite, alignment: 0, calibration: 0, rate: 0)
}

/// A number type that predicates are written for: it may be unable to tell a sign, but never tells a wrong one.
public protocol SignedScalar {
  /// The sum; where it cannot be represented, a number whose sign is not known.
  static func + (a: Self, b: Self) -> Self
  /// The difference, likewise.
  static func - (a: Self, b: Self) -> Self
  /// The product, likewise.
  static func * (a: Self, b: Self) -> Self
  /// A whole number.
  init(whole: Int)
  /// −1, 0 or 1; nil where it is not known.
  var sign: Int? { get }
}

/// The moments of (t, y) before and after conditioning on x2, from which every sign follows: the predicates, written once.
///
/// The conditional moments are given times a positive `factor`, so that whole numbers stay whole: with fraction-free
/// elimination it is det Σ22.
public struct ResidualMoments<Number: SignedScalar> {
  /// var(t), cov(t, y), var(y).
  public let varT, covTY, varY: Number
  /// ση², c, σε², each times `factor`.
  public let residualT, c, residualY: Number
  /// What the conditional moments are multiplied by; positive.
  public let factor: Number

  /// The moments, where `factor` is positive.
  public init(
    varT: Number, covTY: Number, varY: Number, residualT: Number, c: Number, residualY: Number, factor: Number
  ) {
    (self.varT, self.covTY, self.varY) = (varT, covTY, varY)
    (self.residualT, self.c, self.residualY, self.factor) = (residualT, c, residualY, factor)
  }

  /// cov(t, s) and var(s), times `factor`: what x2 explains of cov(t, y) and var(y).
  private var covTS: Number { covTY * factor - c }
  private var varS: Number { varY * factor - residualY }

  /// The sign of ΔI: of corr(t,s)² − corr(s,y)², that is of cov(t,s)²·var(y) − var(s)²·var(t), as corr(s,y)² = var(s)/var(y).
  public var signOfDelta: Int? { (covTS * covTS * varY - varS * varS * varT).sign }

  /// The sign of var(t) − var(y).
  public var signOfScale: Int? { (varT - varY).sign }

  /// The sign of c − σε².
  public var signOfHelp: Int? { (c - residualY).sign }

  /// The sign of cov(t, s).
  public var signOfAlignment: Int? { covTS.sign }

  /// The sign of ΔI − ln a, that is of e^(2I(t;s))/e^(2I(s;y)) − var(t)/var(y).
  ///
  /// With e^(2I(t;s)) = var(t)var(s)/(var(t)var(s) − cov(t,s)²) and e^(2I(s;y)) = var(y)/σε² it is the sign of
  /// var(s)σε² − var(t)var(s) + cov(t,s)².
  public var signOfCalibration: Int? { (varS * residualY - varT * varS * factor + covTS * covTS).sign }

  /// The sign of a²e^(−2ΔI) − β|β|: by the same forms that of σε²(var(t)var(s) − cov(t,s)²) − c|c|var(s).
  public var signOfRate: Int? {
    guard let sign = c.sign else { return nil }
    let open = residualY * (varT * varS * factor - covTS * covTS)
    let square = c * c * varS
    return sign < 0 ? (open + square).sign : (open - square).sign
  }

  /// The signs of claims; nil where one is not known.
  public func claimSigns(n: Int, p2: Int) -> ClaimSigns? {
    guard let verdict = signs(n: n, p2: p2), let alignment = signOfAlignment, let calibration = signOfCalibration,
      let rate = signOfRate
    else { return nil }
    return ClaimSigns(verdict: verdict, alignment: alignment, calibration: calibration, rate: rate)
  }

  /// The sign of D = B + k(ση²−σε²), with B = var(t) − ση² − 2cov(t,s) + var(s) and k = p2/(n−p2−1).
  ///
  /// - Precondition: n ≥ p2+2.
  public func signOfWindow(n: Int, p2: Int) -> Int? {
    let mismatch = varT * factor - residualT - Number(whole: 2) * covTS + varS
    return (Number(whole: n - p2 - 1) * mismatch + Number(whole: p2) * (residualT - residualY)).sign
  }

  /// All signs; nil where one is not known.
  public func signs(n: Int, p2: Int) -> DistillationSigns? {
    guard let help = signOfHelp, let delta = signOfDelta, let scale = signOfScale,
      let window = signOfWindow(n: n, p2: p2)
    else { return nil }
    return DistillationSigns(delta: delta, scale: scale, help: help, window: window)
  }
}
