/// The moments of one teacher's output t and one label y before and after conditioning on x2, from which signs follow:
/// the predicates, written once for all arithmetics.
///
/// The conditional moments are given times a positive `factor`, so that whole numbers stay whole: with fraction-free
/// elimination it is det Σ22.
public struct ResidualMoments<Number: SignedScalar>: Sendable {
  /// var(t), cov(t, y), var(y).
  public let varT, covTY, varY: Number
  /// ση², c, σε², each times `factor`.
  public let residualT, c, residualY: Number
  /// What the conditional moments are multiplied by; positive.
  public let factor: Number

  /// The moments, where `factor` is positive.
  @inlinable public init(
    varT: Number, covTY: Number, varY: Number, residualT: Number, c: Number, residualY: Number, factor: Number
  ) {
    (self.varT, self.covTY, self.varY) = (varT, covTY, varY)
    (self.residualT, self.c, self.residualY, self.factor) = (residualT, c, residualY, factor)
  }

  /// cov(t, s), times `factor`: what x2 explains of cov(t, y).
  @inlinable public var covTS: Number { covTY * factor - c }
  /// var(s), times `factor`: what x2 explains of var(y).
  @inlinable public var varS: Number { varY * factor - residualY }
  /// B, times `factor`: var(t) − ση² − 2cov(t,s) + var(s).
  @inlinable public var mismatch: Number { varT * factor - residualT - Number(whole: 2) * covTS + varS }
  /// V = var(t−y | x2), times `factor`.
  @inlinable public var residualDisagreement: Number { residualT + residualY - Number(whole: 2) * c }
}

/// Signs of a single teacher and label (q = 1).
extension ResidualMoments {
  /// The sign of ΔI: of corr(t,s)² − corr(s,y)², that is of cov(t,s)²·var(y) − var(s)²·var(t), as corr(s,y)² =
  /// var(s)/var(y).
  @inlinable public func signOfDelta() throws(Undecided) -> Int {
    try (covTS * covTS * varY - varS * varS * varT).sign()
  }

  /// The sign of var(t) − var(y): a ≤ 1 where it is not positive.
  @inlinable public func signOfScale() throws(Undecided) -> Int { try (varT - varY).sign() }

  /// The sign of cov(t, s).
  @inlinable public func signOfAlignment() throws(Undecided) -> Int { try covTS.sign() }

  /// The sign of ΔI − ln a, that is of e^(2I(t;s))/e^(2I(s;y)) − var(t)/var(y).
  ///
  /// With e^(2I(t;s)) = var(t)var(s)/(var(t)var(s) − cov(t,s)²) and e^(2I(s;y)) = var(y)/σε² it is the sign of
  /// var(s)σε² − var(t)var(s) + cov(t,s)².
  @inlinable public func signOfCalibration() throws(Undecided) -> Int {
    try (varS * residualY - varT * varS * factor + covTS * covTS).sign()
  }

  /// The sign of a²e^(−2ΔI) − β|β|: not negative where −R'(0) ≥ 2kσε²(1 − a·e^(−ΔI)).
  ///
  /// By the same forms it is that of σε²(var(t)var(s) − cov(t,s)²) − c|c|var(s).
  @inlinable public func signOfRate() throws(Undecided) -> Int {
    let open = residualY * (varT * varS * factor - covTS * covTS)
    let square = c * c * varS
    return try c.sign() < 0 ? (open + square).sign() : (open - square).sign()
  }
}

/// Signs that hold for the traces over several labels too.
extension ResidualMoments {
  /// The sign of c − σε²: distillation helps where it is negative.
  @inlinable public func signOfHelp() throws(Undecided) -> Int { try (c - residualY).sign() }

  /// D·(n−p2−1), times `factor`, with D = B + k(ση²−σε²) and k = p2/(n−p2−1).
  ///
  /// - Precondition: n ≥ p2+2.
  @inlinable public func window(n: Int, p2: Int) -> Number {
    Number(whole: n - p2 - 1) * mismatch + Number(whole: p2) * (residualT - residualY)
  }

  /// (1+λ)²·(R(λ)−R0)·(n−p2−1)·v², times `factor`, at λ = u/v, from the definition of the risk.
  ///
  /// R(λ) − σε² = [λ²B + k(σε² + 2λc + λ²ση²)]/(1+λ)² and R0 − σε² = kσε².
  ///
  /// - Precondition: n ≥ p2+2.
  @inlinable public func riskChange(_ u: Number, _ v: Number, n: Int, p2: Int) -> Number {
    let (own, both, k) = (u * u, u + v, Number(whole: p2))
    let variance = v * v * residualY + Number(whole: 2) * u * v * c + own * residualT
    return Number(whole: n - p2 - 1) * own * mismatch + k * variance - k * both * both * residualY
  }
}
