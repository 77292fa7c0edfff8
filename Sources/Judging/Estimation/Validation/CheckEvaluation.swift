// SPDX-License-Identifier: GPL-3.0-or-later
/// Evaluates the relations of the gate on the answers.
struct CheckEvaluation {
  let answers: Answers
  let tolerances: Tolerances
  /// The standard deviation of estimates over samples, and its degrees of freedom.
  let spread: (deviation: Double, degrees: Int)
  /// Whether NaN says that there is no answer, as a Gaussian plug-in does of a singular sample.
  let isGaussian: Bool

  /// The mean square of the change that another order of the rows makes, and its degrees of freedom.
  ///
  /// It is 0 for estimators that do not look at the order. Those that split, shuffle or start at random change as they do
  /// when anything immaterial changes, so it is what the other relations are held against.
  var ownNoise: (meanSquare: Double, degrees: Int) {
    guard let base = answers.all(.pair) else { return (0, 1) }
    let changes = (0..<Validation.shuffles).compactMap { answers.all(.shuffled($0)) }.flatMap {
      zip($0, base).map(-)
    }
    guard !changes.isEmpty else { return (0, 1) }
    return (changes.reduce(0) { $0 + $1 * $1 } / Double(changes.count), changes.count)
  }

  func result(_ check: MetamorphicCheck) -> CheckResult {
    let (verdict, finding) = verdict(check)
    return CheckResult(
      name: check.name, action: check.action, meaning: check.meaning, finding: finding, verdict: verdict,
      hasEstimates: finding != CheckEvaluation.noEstimate)
  }

  private static let noEstimate = "no estimate"

  private func verdict(_ check: MetamorphicCheck) -> (CheckResult.Verdict, String) {
    let (before, after) = (answers[check.original], answers[.check(check.id)])
    let changes = zip(before, after).compactMap { pair in pair.0.nats.flatMap { b in pair.1.nats.map { $0 - b } } }
    let declined = after.filter(mayStand)
    if check.mayDecline, !declined.isEmpty, changes.count + declined.count == after.count {
      // Whoever has no answer to a singular sample must not have a wrong one to the next.
      if !changes.isEmpty {
        let found = judgement(check.relation, changes, after)
        if case .failed = found.0 { return found }
      }
      return (.declined(declined[0].problem ?? ""), "declined")
    }
    guard !after.isEmpty, changes.count == after.count else { return noEstimate([check.original, .check(check.id)]) }
    return judgement(check.relation, changes, after)
  }

  /// Whether an answer without a number is allowed where there may be none.
  private func mayStand(_ answer: EstimatorAnswer) -> Bool {
    switch answer.outcome {
    case .declined: true
    case .undefined: isGaussian
    default: false
    }
  }

  /// The verdict where an estimate is missing: a failure, unless it was never asked for.
  private func noEstimate(_ groups: [ProbeGroupID]) -> (CheckResult.Verdict, String) {
    let answer = answers.problem(groups)
    let reason = answer?.problem ?? "no answer"
    return (answer?.wasAsked == false ? .notJudged(reason) : .failed(reason), CheckEvaluation.noEstimate)
  }

  private func judgement(_ relation: MetamorphicCheck.Relation, _ changes: [Double], _ after: [EstimatorAnswer])
    -> (CheckResult.Verdict, String)
  {
    switch relation {
    case .equal(let tolerance): equality(changes, tolerance)
    case .less(let drop): decrease(changes, drop, to: after.compactMap(\.nats))
    }
  }

  /// Beyond the tolerance, the changes must not be larger than the estimator's own noise.
  private func equality(_ changes: [Double], _ tolerance: Double) -> (CheckResult.Verdict, String) {
    let largest = changes.max { abs($0) < abs($1) } ?? 0
    let finding = "changes by up to \(signed(largest)) nats"
    return areSmall(changes, tolerance)
      ? (.passed, finding) : (.failed("\(finding); \(allowance(tolerance))"), finding)
  }

  /// Whether the changes beyond the tolerance are no larger than the own noise, `factor` times as large as at 1,000 rows.
  private func areSmall(_ changes: [Double], _ tolerance: Double, noise factor: Double = 1) -> Bool {
    let beyond = changes.map { max(0, abs($0) - tolerance) }
    let meanSquare = beyond.reduce(0) { $0 + $1 * $1 } / Double(changes.count)
    let noise = ownNoise
    let ratio = tolerances.ratio(degrees: changes.count, over: noise.degrees)
    return meanSquare.isWithin(factor * factor * noise.meanSquare * ratio)
  }

  private func allowance(_ tolerance: Double) -> String {
    "\(tolerance) are allowed\(ownNoise.meanSquare > 0 ? " beyond its own noise" : "")"
  }

  private func decrease(_ changes: [Double], _ drop: Double, to after: [Double]) -> (CheckResult.Verdict, String) {
    let mean = changes.reduce(0, +) / Double(changes.count)
    let least = after.min() ?? .nan
    let excess = tolerances.excess(
      deviation: 2.0.squareRoot() * spread.deviation, count: changes.count, degrees: spread.degrees)
    let finding = "changes by \(signed(mean)) nats on average"
    guard mean.isWithin(-drop + excess) else {
      return (.failed("\(finding); it must fall by \(drop) at least"), finding)
    }
    // An information is not negative, and one estimate of it not by more than its noise.
    let noise = tolerances.excess(deviation: spread.deviation, count: 1, degrees: spread.degrees)
    return (-least).isWithin(Tolerances.negative + noise)
      ? (.passed, finding) : (.failed("\(finding), to \(signed(least)) nats; no information is negative"), finding)
  }

  /// The random orders of the rows that tell the estimator's own noise: there must be an estimate for each.
  var resultOfShuffles: CheckResult {
    let groups = (0..<Validation.shuffles).map(ProbeGroupID.shuffled)
    let areThere = (groups + [.pair]).allSatisfy { answers.all($0) != nil }
    let noise = ownNoise.meanSquare.squareRoot()
    let finding = "changes by \(signed(noise).drop { $0 == "+" }) nats (root mean square)"
    let (verdict, words) =
      areThere
      ? (noise.isFinite ? .passed : CheckResult.Verdict.failed(finding), finding)
      : noEstimate(groups + [.pair])
    return CheckResult(
      name: "random order of rows", action: "rows in \(groups.count) random orders",
      meaning: "it has an answer to some orders of the same rows and none to others", finding: words, verdict: verdict,
      hasEstimates: areThere)
  }

  /// Estimates of one sample at several numbers of rows, against their median, and that against the other estimates.
  func result(ofSizes sizes: [Int], near round: Int) -> CheckResult {
    func result(_ verdict: CheckResult.Verdict, _ finding: String) -> CheckResult {
      let words = sizes.count > 5 ? sizes.prefix(2) + sizes.suffix(1) : sizes[...]
      let list = words.map { "\($0)" }.joined(separator: ", ")
      return CheckResult(
        name: "number of rows", action: "one sample, cut to \(sizes.count) sizes: \(list)",
        meaning: "a few rows more or less must hardly matter; it goes wrong at special numbers of rows",
        finding: finding, verdict: verdict, hasEstimates: finding != CheckEvaluation.noEstimate)
    }
    guard let values = answers.all(.sizes(near: round)), let base = answers.all(.pair) else {
      let (verdict, finding) = noEstimate([.sizes(near: round), .pair])
      return result(verdict, finding)
    }
    // Noise of estimates goes with the root of the number of rows, at most twice as fast.
    let factor = max(1, Double(Validation.gateRows) / Double(round))
    let tolerance = round < Validation.gateRows ? 0.1 : 0.05
    let median = values.sorted()[values.count / 2]
    let changes = values.map { $0 - median }
    let largest = changes.max { abs($0) < abs($1) } ?? 0
    let finding = "differs by up to \(signed(largest)) nats"
    guard areSmall(changes, tolerance, noise: factor) else {
      let off = zip(sizes, changes).filter { !abs($0.1).isWithin(tolerance) }.map { "\($0.0)" }
      let rows = off.count <= 4 ? off.joined(separator: ", ") : "\(off.prefix(4).joined(separator: ", ")), …"
      return result(.failed("\(finding), at \(rows) rows; \(allowance(tolerance))"), finding)
    }
    let mean = base.reduce(0, +) / Double(base.count)
    let excess = factor * tolerances.excess(deviation: spread.deviation, count: 1, degrees: spread.degrees)
    let distance = median - mean
    return abs(distance).isWithin(2 * factor * Tolerances.bias(mean) + excess)
      ? result(.passed, finding)
      : result(.failed("\(finding), but all by \(signed(distance)) nats from estimates of about 1,000 rows"), finding)
  }
}

extension Double {
  /// Whether it is at most `bound`; never where one of the two is no finite number, so that nothing passes by being NaN.
  func isWithin(_ bound: Double) -> Bool { isFinite && bound.isFinite && self <= bound }
}
