// SPDX-License-Identifier: GPL-3.0-or-later
/// What one check of the gate found.
public struct CheckResult: Sendable {
  /// How it ended.
  public enum Verdict: Sendable, Hashable {
    /// The relation held.
    case passed
    /// The estimator has no answer to such data, and says so, which is allowed here.
    case declined(String)
    /// It did not hold, or there was no answer.
    case failed(String)
    /// There is no estimate to judge, and why; what has none fails elsewhere.
    case notJudged(String)
  }

  /// What it is called.
  public let name: String
  /// What was done to the samples.
  public let action: String
  /// What it means when it fails.
  public let meaning: String
  /// The figure that was compared, in words.
  public let finding: String
  /// How it ended.
  public let verdict: Verdict
  /// Whether there was an estimate for every sample that it needs; without, its failure says nothing about the relation.
  var hasEstimates = true

  /// Whether it is a reason to fail.
  public var isFailure: Bool { if case .failed = verdict { true } else { false } }
}

/// The number with its sign and three decimals, for messages.
func signed(_ value: Double) -> String {
  let thousandths = (abs(value) * 1000).rounded()
  guard thousandths < 1e12 else { return "\(value)" }
  let digits = String(Int(thousandths) % 1000)
  let padded = String(repeating: "0", count: 3 - digits.count) + digits
  return "\(thousandths == 0 ? "" : value < 0 ? "−" : "+")\(Int(thousandths) / 1000).\(padded)"
}
