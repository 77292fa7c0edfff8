// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation

/// Signs of a single teacher and label (q = 1), written once for all arithmetics.
extension ConditionalMoments where Number: SignedScalar {
  /// The sign of ΔI: of corr(t,s)² − corr(s,y)², that is of cov(t,s)²·var(y) − var(s)²·var(t), as corr(s,y)² =
  /// var(s)/var(y).
  @inlinable public func signOfDelta() throws(Undecided) -> Int {
    try (covTS * covTS * varY - varS * varS * varT).sign()
  }

  /// The sign of var(t) − var(y): a ≤ 1 where it is not positive.
  @inlinable public func signOfScale() throws(Undecided) -> Int { try (varT - varY).sign() }

  /// The sign of corr(t, s | y): a student that may shrink gains where it is positive, at any n and scale of t.
  @inlinable public func signOfAlignmentGivenLabel() throws(Undecided) -> Int { try alignmentGivenLabel.sign() }

  /// The sign of cov(t, s).
  @inlinable public func signOfAlignment() throws(Undecided) -> Int { try covTS.sign() }

  /// The sign of ΔI − ln a, that is of e^(2I(t;s))/e^(2I(s;y)) − var(t)/var(y).
  ///
  /// With e^(2I(t;s)) = var(t)var(s)/(var(t)var(s) − cov(t,s)²) and e^(2I(s;y)) = var(y)/σε² it is the sign of
  /// var(s)σε² − var(t)var(s) + cov(t,s)².
  @inlinable public func signOfCalibration() throws(Undecided) -> Int {
    try (varS * residualVariance - varT * varS * factor + covTS * covTS).sign()
  }

  /// The sign of a²e^(−2ΔI) − β|β|: not negative where −R'(0) ≥ 2kσε²(1 − a·e^(−ΔI)).
  ///
  /// By the same forms it is that of σε²(var(t)var(s) − cov(t,s)²) − c|c|var(s).
  @inlinable public func signOfRate() throws(Undecided) -> Int {
    let open = residualVariance * (varT * varS * factor - covTS * covTS)
    let square = residualCovariance * residualCovariance * varS
    return try residualCovariance.sign() < 0 ? (open + square).sign() : (open - square).sign()
  }
}

/// Signs that hold for the traces over several labels too.
extension ConditionalMoments where Number: SignedScalar {
  /// The sign of c − σε²: distillation helps where it is negative.
  @inlinable public func signOfHelp() throws(Undecided) -> Int { try (residualCovariance - residualVariance).sign() }
}
