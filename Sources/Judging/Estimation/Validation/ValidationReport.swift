// SPDX-License-Identifier: GPL-3.0-or-later
/// What a validation found.
public struct ValidationReport: Sendable {
  /// The scores on the easy tasks, which are judged, and then on the reported ones.
  public let scores: [TaskScore]
  /// The relations and the consistency that are judged.
  public let checks: [CheckResult]
  /// How often ΔI > 0 was decided rightly.
  public let decisions: [DecisionScore]
  /// Which formula of Kraskov's the estimates equal, where they equal one.
  public let diagnosis: KSGDiagnosis?
  /// What a user should know although it is no reason to fail.
  public let warnings: [String]
  /// Remarks about the estimator.
  public let notes: [String]
  /// What a program did against the protocol beside its answers: each is a reason to fail.
  public let breaches: [String]
  /// The samples that were not asked about; nil where all were.
  public let unasked: Unasked?
  /// Whether warnings fail as well.
  public let isStrict: Bool
  /// Whether anything was judged.
  public let isJudged: Bool

  /// The probability at most that an estimator which is within every tolerance fails by chance.
  public static let falseAlarm = Tolerances.falseAlarm

  /// Why it fails, a line for each reason.
  public var failures: [String] {
    var failures = scores.compactMap { score in score.failure.map { "\(score.task.id): \($0)" } }
    // Checks without an estimate for the same reason are told together.
    var silent: [(reason: String, names: [String])] = []
    for check in checks {
      guard case .failed(let reason) = check.verdict else { continue }
      if check.hasEstimates {
        failures.append("\(check.name): \(reason): \(check.meaning)")
      } else if let place = silent.firstIndex(where: { $0.reason == reason }) {
        silent[place].names.append(check.name)
      } else {
        silent.append((reason, [check.name]))
      }
    }
    failures += silent.map { "\($0.names.joined(separator: ", ")): no estimate: \($0.reason)" }
    if let diagnosis, diagnosis.isWrong { failures.append(diagnosis.description) }
    return failures + breaches + (isStrict ? warnings : [])
  }

  /// Whether the gate is passed: all was asked, and nothing is a reason to fail.
  public var passes: Bool { failures.isEmpty && unasked == nil }
}

/// How often an estimator got the sign of ΔI = I(t; s) − I(s; y) right from samples.
public struct DecisionScore: Sendable {
  /// The name of the instance.
  public let name: String
  /// ΔI in nats.
  public let difference: Double
  /// The number of rows.
  public let rows: Int
  /// The number of samples with two estimates.
  public let trials: Int
  /// The number of right decisions.
  public let right: Int
}

extension Validation {
  /// Judges the answers, and how the program that gave them behaved.
  public func report(_ answers: Answers, conduct: Conduct = Conduct()) -> ValidationReport {
    report(answers, diagnosis: diagnosis(answers), conduct: conduct)
  }

  /// The same where the formula is known already, or is not to be looked for.
  func report(_ answers: Answers, diagnosis: KSGDiagnosis?, conduct: Conduct = Conduct()) -> ValidationReport {
    let tolerances = Tolerances(tests: testCount)
    var easy = tasks.easy.map { score(.easy, $0, answers, isJudged: true) }
    let spread = Validation.pooledDeviation(easy)
    for index in easy.indices { easy[index].failure = failure(of: easy[index], spread, tolerances) }
    let evaluation = CheckEvaluation(
      answers: answers, tolerances: tolerances, spread: spread, isGaussian: settings.family == .gaussian)
    let relations =
      checks.map(evaluation.result)
      + (checks.isEmpty
        ? []
        : [evaluation.resultOfShuffles]
          + Validation.comparedRows.map { rows in
            evaluation.result(ofSizes: SampleSizes.compared(near: rows, seed: settings.seed), near: rows)
          })
    let reported = settings.reported.map { score(.reported, $0, answers, isJudged: false) }
    return ValidationReport(
      scores: easy + reported,
      checks: (easy.isEmpty ? [] : [overallError(easy, tolerances)])
        + tasks.fingerprinted.map { fewRows($0, answers, spread, tolerances) }
        + tasks.consistency.map { consistency($0, answers, tolerances) } + relations,
      decisions: settings.decisions.map { decisionScore($0, answers) }, diagnosis: diagnosis,
      warnings: warnings(answers),
      notes: notes(evaluation.ownNoise.meanSquare.squareRoot(), relations) + conduct.remarks + conduct.noise.remarks,
      breaches: conduct.breaches, unasked: answers.unasked, isStrict: settings.isStrict, isJudged: !easy.isEmpty)
  }

  private func notes(_ noise: Double, _ relations: [CheckResult]) -> [String] {
    var notes: [String] = []
    if noise > 1e-9, noise.isFinite {
      notes.append(
        "another order of the rows changes an estimate by \(signed(noise).dropFirst()) nats (root mean square)")
    }
    let declined = relations.compactMap { check in
      if case .declined(let reason) = check.verdict { (check.name, reason) } else { nil }
    }
    if let (_, reason) = declined.first {
      let names = declined.map(\.0).joined(separator: ", ")
      let why = settings.family == .gaussian ? ", as a singular sample has no plug-in answer" : ""
      let short = reason.count <= 60 ? reason : reason.prefix(59) + "…"
      notes.append("it has no answer for: \(names) (\(short)); that is allowed\(why)")
    }
    return notes
  }

  /// Every easy task, their errors together, few rows, consistency and relations, those of sizes among them: each is a test.
  private var testCount: Int {
    tasks.easy.count + 1 + tasks.fingerprinted.count + tasks.consistency.count + checks.count
      + (checks.isEmpty ? 0 : Validation.comparedRows.count)
  }

  private func score(_ use: ProbeGroupID.Use, _ task: EstimationTask, _ answers: Answers, isJudged: Bool) -> TaskScore {
    let id = ProbeGroupID.task(use, task)
    guard let group = groups.first(where: { $0.id == id }) else { preconditionFailure("every task has its group") }
    return TaskScore(group, task, answers[id], isJudged: isJudged)
  }

  private static func pooledDeviation(_ scores: [TaskScore]) -> (deviation: Double, degrees: Int) {
    var (squares, degrees) = (0.0, 0)
    for score in scores where score.estimates.count >= 2 {
      squares += score.estimates.reduce(0) { $0 + ($1 - score.mean) * ($1 - score.mean) }
      degrees += score.estimates.count - 1
    }
    return degrees == 0 ? (0, 1) : ((squares / Double(degrees)).squareRoot(), degrees)
  }

  private func failure(
    of score: TaskScore, _ spread: (deviation: Double, degrees: Int), _ tolerances: Tolerances
  ) -> String? {
    if let problem = score.problems.first {
      let asked = score.problems.count + score.estimates.count
      return "\(score.problems.count) of \(asked) without an estimate: \(problem)"
    }
    guard score.unasked == 0, let bias = score.bias, let own = score.standardDeviation else { return nil }
    let allowed = Tolerances.bias(score.task.nats)
    let excess = tolerances.excess(
      deviation: max(own.value, spread.deviation), count: score.estimates.count, degrees: spread.degrees)
    if abs(bias.value).isWithin(allowed + excess) { return nil }
    return "the mean estimate is \(signed(score.mean)), the truth \(signed(score.task.nats)); "
      + "\(signed(allowed).dropFirst()) nats are allowed"
  }

  /// The root mean square error over all easy tasks: an estimator that is right on average only does not pass.
  private func overallError(_ scores: [TaskScore], _ tolerances: Tolerances) -> CheckResult {
    let errors = scores.flatMap(\.errors)
    let meanSquare = errors.reduce(0) { $0 + $1 * $1 } / Double(max(1, errors.count))
    let bound = Tolerances.error * Tolerances.error * (errors.isEmpty ? 1 : tolerances.meanSquare(errors.count))
    func result(_ finding: String, _ verdict: CheckResult.Verdict) -> CheckResult {
      CheckResult(
        name: "accuracy", action: "all easy tasks together", meaning: "its estimates scatter too much to be of use",
        finding: finding, verdict: verdict)
    }
    guard !errors.isEmpty else { return result("no estimate", .notJudged("there is no estimate")) }
    let total = scores.reduce(0) { $0 + $1.rowCounts.count }
    let share = errors.count < total ? " over \(errors.count) of \(total) estimates" : ""
    let finding = "root mean square error \(signed(meanSquare.squareRoot()).drop { $0 == "+" }) nats\(share)"
    return result(
      finding, meanSquare.isWithin(bound) ? .passed : .failed("\(finding); \(Tolerances.error) are allowed"))
  }

  /// The error of few rows, of which little is asked.
  private func fewRows(
    _ task: EstimationTask, _ answers: Answers, _ spread: (deviation: Double, degrees: Int), _ tolerances: Tolerances
  ) -> CheckResult {
    let group = ProbeGroupID.task(.few, task)
    func result(_ finding: String, _ verdict: CheckResult.Verdict, hasEstimates: Bool = true) -> CheckResult {
      CheckResult(
        name: "few rows", action: "\(task.id), about \(Validation.fewRows) rows",
        meaning: "it is far off where rows are few, which nothing tells its user", finding: finding, verdict: verdict,
        hasEstimates: hasEstimates)
    }
    guard let values = answers.all(group) else {
      let answer = answers.problem([group])
      let reason = answer?.problem ?? "no answer"
      return result(
        "no estimate", answer?.wasAsked == false ? .notJudged(reason) : .failed(reason), hasEstimates: false)
    }
    let error = values.reduce(0) { $0 + abs($1 - task.nats) } / Double(values.count)
    let allowed = Tolerances.fewRowsFactor * Tolerances.bias(task.nats)
    // Deviations go with the root of the number of rows.
    let root = (Double(Validation.gateRows) / Double(Validation.fewRows)).squareRoot()
    let deviation = root * spread.deviation
    let excess = deviation + tolerances.excess(deviation: deviation, count: values.count, degrees: spread.degrees)
    let finding = "mean error \(signed(error).drop { $0 == "+" }) nats, without sign"
    return result(
      finding,
      error.isWithin(allowed + excess)
        ? .passed : .failed("\(finding); \(signed(allowed).dropFirst()) nats are allowed"))
  }

  private func consistency(_ task: EstimationTask, _ answers: Answers, _ tolerances: Tolerances) -> CheckResult {
    let (few, many) = (ProbeGroupID.task(.few, task), ProbeGroupID.task(.many, task))
    func result(_ finding: String, _ verdict: CheckResult.Verdict, hasEstimates: Bool = true) -> CheckResult {
      CheckResult(
        name: "consistency", action: "\(task.id), about \(Validation.fewRows) and \(Validation.manyRows) rows",
        meaning: "more data do not make it better, so its error is systematic", finding: finding, verdict: verdict,
        hasEstimates: hasEstimates)
    }
    guard let before = answers.all(few), let after = answers.all(many) else {
      let answer = answers.problem([few, many])
      let reason = answer?.problem ?? "no answer"
      return result(
        "no estimate", answer?.wasAsked == false ? .notJudged(reason) : .failed(reason), hasEstimates: false)
    }
    func size(_ values: [Double]) -> Double { abs(values.reduce(0) { $0 + $1 - task.nats }) / Double(values.count) }
    let (first, second) = (size(before), size(after))
    let mean = after.reduce(0, +) / Double(after.count)
    let deviation = (after.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(after.count - 1)).squareRoot()
    let finding = "mean error \(signed(first).drop { $0 == "+" }) → \(signed(second).drop { $0 == "+" }) nats"
    let allowed = max(Tolerances.smallError, Tolerances.shrinkage * first)
    let excess = tolerances.excess(deviation: deviation, count: after.count, degrees: after.count - 1)
    return result(finding, second.isWithin(allowed + excess) ? .passed : .failed("\(finding); it must shrink"))
  }

  /// Clipping: zeros and no negative value where the truth is 0.
  private func warnings(_ answers: Answers) -> [String] {
    let independent = tasks.easy.filter { $0.nats == 0 }.flatMap { answers[.task(.easy, $0)] }.compactMap(
      \.nats)
    let zeros = independent.filter { $0 == 0 }.count
    guard zeros > 0, independent.allSatisfy({ $0 >= 0 }) else { return [] }
    return [
      "\(zeros) of \(independent.count) estimates for independent variables are exactly 0 and none is negative: negative "
        + "values seem to be clipped in silence, which biases means; return them as they are"
    ]
  }
}
