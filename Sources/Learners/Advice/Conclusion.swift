// SPDX-License-Identifier: GPL-3.0-or-later

/// What to do: the sign of what the teacher does for a student that may shrink, times how much that is, times what held-out folds say.
///
/// A gain counts as worth it from a share of the risk on, by default 1 %: below that, how the rows were drawn, or which of them were left out, decides more
/// than the teacher.
public struct Conclusion: Sendable, Equatable {
  /// Whether the teacher helps at all: the side of 0 on which the interval of corr(t, s | y) lies.
  public enum Sign: String, Sendable {
    /// The whole interval is above 0.
    case helps
    /// The estimate is above 0, the interval is not, or there is none.
    case probablyHelps = "probably_helps"
    /// The estimate is not above 0, but the interval is not below, or there is none.
    case probablyDoesNot = "probably_does_not"
    /// The whole interval is below 0.
    case doesNot = "does_not"
  }

  /// Whether the gain over the best student without a teacher, as a share of that one's risk, is worth it.
  public enum Size: String, Sendable {
    /// The whole interval is at what counts or above.
    case worthIt = "worth_it"
    /// The estimate is, but not the whole interval.
    case probablyWorthIt = "probably_worth_it"
    /// The estimate is below, but the interval is not.
    case probablyNotWorthIt = "probably_not_worth_it"
    /// The whole interval is below.
    case notWorthIt = "not_worth_it"
  }

  /// What to do.
  public enum Verdict: String, Sendable {
    /// Helps, is worth it, and held-out folds confirm it.
    case yes
    /// Helps and is worth it by the estimates, and the folds do not contradict.
    case probablyYes = "probably_yes"
    /// Helps in sign; whether it is worth it these rows do not tell.
    case perhaps
    /// Helps in sign, and is not worth it.
    case notWorthIt = "not_worth_it"
    /// Helps by the fit, but on held-out folds it made the error larger.
    case notHeld = "not_held"
    /// By the estimate it does not help.
    case probablyNo = "probably_no"
    /// It does not help.
    case no
  }

  /// Whether it helps.
  public let sign: Sign
  /// Whether it is worth it.
  public let size: Size
  /// What held-out folds say; nil where they are too small for the check.
  public let heldOut: HeldOutCheck.Finding?
  /// The share of the risk from which on a gain counts.
  public let worth: Double

  init(_ tuned: TunedAdvice, worth: Double) {
    self.worth = worth
    heldOut = tuned.heldOut?.finding
    switch tuned.correlationGivenLabel.ends {
    case .some(let ends) where ends.lower > 0: sign = .helps
    case .some(let ends) where ends.upper < 0: sign = .doesNot
    default: sign = tuned.promise.helps ? .probablyHelps : .probablyDoesNot
    }
    let share = tuned.share
    switch share.ends {
    case .some(let ends) where ends.lower >= worth: size = .worthIt
    case .some(let ends) where ends.upper < worth: size = .notWorthIt
    default: size = share.estimate >= worth ? .probablyWorthIt : .probablyNotWorthIt
    }
  }

  init(sign: Sign, size: Size, heldOut: HeldOutCheck.Finding?, worth: Double) {
    (self.sign, self.size, self.heldOut, self.worth) = (sign, size, heldOut, worth)
  }

  /// What follows of them.
  public var verdict: Verdict {
    switch (sign, size, heldOut) {
    case (.doesNot, _, _): .no
    case (.probablyDoesNot, _, _): .probablyNo
    case (_, .notWorthIt, _): .notWorthIt
    case (_, _, .notHeld): .notHeld
    case (_, .probablyNotWorthIt, _): .perhaps
    case (.helps, .worthIt, .held): .yes
    default: .probablyYes
    }
  }
}
