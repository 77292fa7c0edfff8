// SPDX-License-Identifier: GPL-3.0-or-later
extension CandidateAdvice {
  /// What to do, and how sure that is.
  public enum Verdict: Sendable, Hashable {
    /// The whole interval of β is below 1: distil.
    case yes
    /// β is below 1, but its interval is not, or there is none.
    case probablyYes
    /// β is not below 1, but its interval is not above 1, or there is none.
    case probablyNo
    /// The whole interval of β is above 1: do not distil.
    case no
  }

  /// The advice on this candidate, by β and its interval.
  public var verdict: Verdict {
    if let ends = beta.ends {
      if ends.upper < 1 { return .yes }
      if ends.lower > 1 { return .no }
    }
    return helps ? .probablyYes : .probablyNo
  }
}

extension HeldOutCheck {
  /// Whether the promise of a smaller error held.
  public enum Finding: String, Sendable, Hashable {
    /// No training fold advised a λ above 0: nothing was promised.
    case nothingDistilled = "nothing_distilled"
    /// The error fell by more than ``HeldOutCheck/significance`` standard errors.
    case held
    /// It rose by more than that.
    case notHeld = "not_held"
    /// Neither.
    case undecided
  }

  /// How many standard errors stand out from chance: about 5 % where nothing is to be found.
  public static let significance = 2.0

  /// Whether the promise held.
  public var finding: Finding {
    if shareDistilled == 0 { return .nothingDistilled }
    let z = gain / standardError
    return z > HeldOutCheck.significance ? .held : z < -HeldOutCheck.significance ? .notHeld : .undecided
  }
}

extension SharpTest {
  /// What the tested rows speak for, and the probability of such an estimate, or a farther one, if the truth were at the
  /// boundary β = 1.
  public var evidence: (helps: Bool, probability: Double) {
    beta < 1 ? (true, probabilityIfNotHelping) : (false, probabilityIfHelping)
  }
}

extension PartialCorrelationTest {
  /// What the tested rows speak for, and the probability of such a correlation, or a farther one, if the truth were 0.
  public var evidence: (helps: Bool, probability: Double) {
    correlation > 0 ? (true, probabilityIfNotHelping) : (false, probabilityIfHelping)
  }
}
