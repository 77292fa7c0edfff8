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
  /// Whether warnings fail as well.
  public let isStrict: Bool
  /// Whether anything was judged.
  public let isJudged: Bool

  /// The probability at most that an estimator which is within every tolerance fails by chance.
  public static let falseAlarm = Tolerances.falseAlarm

  /// Why it fails, a line for each reason.
  public var failures: [String] {
    var failures = scores.compactMap { score in score.failure.map { "\(score.task.id): \($0)" } }
    failures += checks.compactMap { check in
      if case .failed(let reason) = check.verdict { "\(check.name): \(reason): \(check.meaning)" } else { nil }
    }
    if let diagnosis, diagnosis.isWrong { failures.append(diagnosis.description) }
    return failures + (isStrict ? warnings : [])
  }

  /// Whether the gate is passed.
  public var passes: Bool { failures.isEmpty }
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
  /// Judges the answers.
  public func report(_ answers: Answers) -> ValidationReport { report(answers, diagnosis: diagnosis(answers)) }

  /// The same where the formula is known already, or is not to be looked for.
  func report(_ answers: Answers, diagnosis: KSGDiagnosis?) -> ValidationReport {
    let tolerances = Tolerances(tests: testCount)
    var easy = tasks.easy.map { score("easy", $0, answers, isJudged: true) }
    let spread = Validation.pooledDeviation(easy)
    for index in easy.indices { easy[index].failure = failure(of: easy[index], spread, tolerances) }
    let evaluation = CheckEvaluation(answers: answers, tolerances: tolerances, spread: spread)
    let checks =
      (easy.isEmpty ? [] : [overallError(easy, tolerances)])
      + tasks.consistency.map { consistency($0, answers, tolerances) } + checks.map(evaluation.result)
    let reported = settings.reported.map { score("reported", $0, answers, isJudged: false) }
    let noise = evaluation.ownNoise.meanSquare.squareRoot()
    return ValidationReport(
      scores: easy + reported, checks: checks, decisions: settings.decisions.map { decisionScore($0, answers) },
      diagnosis: diagnosis, warnings: warnings(answers),
      notes: noise > 1e-9
        ? ["another order of the rows changes an estimate by \(signed(noise).dropFirst()) nats (root mean square)"]
        : [],
      isStrict: settings.isStrict, isJudged: !easy.isEmpty)
  }

  /// Every easy task, their errors together, consistency and relations: each is a test.
  private var testCount: Int { tasks.easy.count + 1 + tasks.consistency.count + checks.count }

  private func score(_ kind: String, _ task: EstimationTask, _ answers: Answers, isJudged: Bool) -> TaskScore {
    let name = Validation.name(kind, task)
    guard let group = groups.first(where: { $0.name == name }) else { preconditionFailure("every task has its group") }
    return TaskScore(group, task, answers[name], isJudged: isJudged)
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
      return
        "\(score.problems.count) of \(score.problems.count + score.estimates.count) without an estimate: \(problem)"
    }
    guard let bias = score.bias, let own = score.standardDeviation else { return nil }
    let allowed = Tolerances.bias(score.task.nats)
    let excess = tolerances.excess(
      deviation: max(own.value, spread.deviation), count: score.estimates.count, degrees: spread.degrees)
    guard abs(bias.value) > allowed + excess else { return nil }
    return "the mean estimate is \(signed(score.mean)), the truth \(signed(score.task.nats)); "
      + "\(signed(allowed).dropFirst()) nats are allowed"
  }

  /// The root mean square error over all easy tasks: an estimator that is right on average only does not pass.
  private func overallError(_ scores: [TaskScore], _ tolerances: Tolerances) -> CheckResult {
    let errors = scores.flatMap(\.errors)
    let meanSquare = errors.reduce(0) { $0 + $1 * $1 } / Double(max(1, errors.count))
    let bound = Tolerances.error * Tolerances.error * (errors.isEmpty ? 1 : tolerances.meanSquare(errors.count))
    let finding = "root mean square error \(signed(meanSquare.squareRoot()).drop { $0 == "+" }) nats"
    return CheckResult(
      name: "accuracy", action: "all easy tasks together", meaning: "its estimates scatter too much to be of use",
      finding: finding,
      verdict: meanSquare > bound ? .failed("\(finding); \(Tolerances.error) are allowed") : .passed)
  }

  private func consistency(_ task: EstimationTask, _ answers: Answers, _ tolerances: Tolerances) -> CheckResult {
    let (few, many) = (Validation.name("few", task), Validation.name("many", task))
    func result(_ finding: String, _ verdict: CheckResult.Verdict) -> CheckResult {
      CheckResult(
        name: "consistency", action: "\(task.id), \(Validation.fewRows) and \(Validation.manyRows) rows",
        meaning: "more data do not make it better, so its error is systematic", finding: finding, verdict: verdict)
    }
    guard let before = answers.all(few), let after = answers.all(many) else {
      return result("no estimate", .failed(answers.problem([few, many])?.problem ?? "no answer"))
    }
    func size(_ values: [Double]) -> Double { abs(values.reduce(0) { $0 + $1 - task.nats }) / Double(values.count) }
    let (first, second) = (size(before), size(after))
    let mean = after.reduce(0, +) / Double(after.count)
    let deviation = (after.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(after.count - 1)).squareRoot()
    let finding = "mean error \(signed(first).drop { $0 == "+" }) → \(signed(second).drop { $0 == "+" }) nats"
    let allowed = max(Tolerances.smallError, Tolerances.shrinkage * first)
    let excess = tolerances.excess(deviation: deviation, count: after.count, degrees: after.count - 1)
    return result(finding, second > allowed + excess ? .failed("\(finding); it must shrink") : .passed)
  }

  /// Clipping: zeros and no negative value where the truth is 0.
  private func warnings(_ answers: Answers) -> [String] {
    let independent = tasks.easy.filter { $0.nats == 0 }.flatMap { answers[Validation.name("easy", $0)] }.compactMap(
      \.nats)
    let zeros = independent.filter { $0 == 0 }.count
    guard zeros > 0, independent.allSatisfy({ $0 >= 0 }) else { return [] }
    return [
      "\(zeros) of \(independent.count) estimates for independent variables are exactly 0 and none is negative: negative "
        + "values seem to be clipped in silence, which biases means; return them as they are"
    ]
  }
}
