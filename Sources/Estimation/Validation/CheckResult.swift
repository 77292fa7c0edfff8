/// What one check of the gate found.
public struct CheckResult: Sendable {
  /// How it ended.
  public enum Verdict: Sendable, Hashable {
    /// The relation held.
    case passed
    /// The estimator said in good order that it does not take such data, which is allowed here.
    case declined(String)
    /// It did not hold, or there was no answer.
    case failed(String)
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

  /// Whether it is a reason to fail.
  public var isFailure: Bool { if case .failed = verdict { true } else { false } }
}

/// Evaluates the relations of the gate on the answers.
struct CheckEvaluation {
  let answers: Answers
  let tolerances: Tolerances
  /// The standard deviation of estimates over samples, and its degrees of freedom.
  let spread: (deviation: Double, degrees: Int)

  /// The mean square of the change that another order of the rows makes, and its degrees of freedom.
  ///
  /// It is 0 for estimators that do not look at the order. Those that split, shuffle or start at random change as they do
  /// when anything immaterial changes, so it is what the other relations are held against.
  var ownNoise: (meanSquare: Double, degrees: Int) {
    guard let base = answers.all(BaseGroup.pair) else { return (0, 1) }
    let changes = (0..<Validation.shuffles).compactMap { answers.all(Validation.shuffledGroup($0)) }.flatMap {
      zip($0, base).map(-)
    }
    guard !changes.isEmpty else { return (0, 1) }
    return (changes.reduce(0) { $0 + $1 * $1 } / Double(changes.count), changes.count)
  }

  func result(_ check: MetamorphicCheck) -> CheckResult {
    let (verdict, finding) = verdict(check)
    return CheckResult(
      name: check.name, action: check.action, meaning: check.meaning, finding: finding, verdict: verdict)
  }

  private func verdict(_ check: MetamorphicCheck) -> (CheckResult.Verdict, String) {
    guard let before = answers.all(check.original), let after = answers.all(check.name) else {
      let answer = answers.problem([check.original, check.name])
      let reason = answer?.problem ?? "no answer"
      if check.mayDecline, answers[check.name].allSatisfy(\.isDeclined), answers.all(check.original) != nil {
        return (.declined(reason), "declined")
      }
      return (.failed(reason), "no estimate")
    }
    let changes = zip(after, before).map(-)
    switch check.relation {
    case .equal(let tolerance): return equality(changes, tolerance)
    case .less(let drop): return decrease(changes, drop)
    }
  }

  /// Beyond the tolerance, the changes must not be larger than the estimator's own noise.
  private func equality(_ changes: [Double], _ tolerance: Double) -> (CheckResult.Verdict, String) {
    let beyond = changes.map { max(0, abs($0) - tolerance) }
    let meanSquare = beyond.reduce(0) { $0 + $1 * $1 } / Double(changes.count)
    let noise = ownNoise
    let bound = noise.meanSquare * tolerances.ratio(degrees: changes.count, over: noise.degrees)
    let largest = changes.max { abs($0) < abs($1) } ?? 0
    let finding = "changes by up to \(signed(largest)) nats"
    return meanSquare > bound
      ? (.failed("\(finding); \(tolerance) are allowed\(noise.meanSquare > 0 ? " beyond its own noise" : "")"), finding)
      : (.passed, finding)
  }

  private func decrease(_ changes: [Double], _ drop: Double) -> (CheckResult.Verdict, String) {
    let mean = changes.reduce(0, +) / Double(changes.count)
    let excess = tolerances.excess(
      deviation: 2.0.squareRoot() * spread.deviation, count: changes.count, degrees: spread.degrees)
    let finding = "changes by \(signed(mean)) nats on average"
    return mean > -drop + excess
      ? (.failed("\(finding); it must fall by \(drop) at least"), finding) : (.passed, finding)
  }
}

extension Answer {
  fileprivate var isDeclined: Bool { if case .declined = outcome { true } else { false } }
}

/// The number with its sign and three decimals, for messages.
func signed(_ value: Double) -> String {
  let thousandths = (abs(value) * 1000).rounded()
  guard thousandths < 1e12 else { return "\(value)" }
  let digits = String(Int(thousandths) % 1000)
  let padded = String(repeating: "0", count: 3 - digits.count) + digits
  return "\(thousandths == 0 ? "" : value < 0 ? "−" : "+")\(Int(thousandths) / 1000).\(padded)"
}
