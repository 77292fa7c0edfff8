// SPDX-License-Identifier: GPL-3.0-or-later
import LineProtocol
import SeededRuns

/// The judgement of an estimator against tasks whose mutual information is known.
///
/// A plan, fixed by the settings and the seed, says which samples are asked about; any number of respondents answer them
/// at the same time; ``report(_:conduct:)`` judges. What judges is the gate: easy tasks, independence, consistency, and relations
/// between estimates. Everything else is reported and never a reason to fail.
public struct Validation: Sendable {
  /// What is judged.
  public struct Settings: Sendable {
    /// What the estimator is made for: `gaussian` is judged on Gaussian tasks only.
    public var family = DistributionFamily.any
    /// The most columns a side that the estimator takes.
    public var dimension = Int.max
    /// The tasks that are judged, by their id.
    public var matches: @Sendable (EstimationTask) -> Bool = { _ in true }
    /// Tasks that are only reported.
    public var reported: [EstimationTask] = []
    /// The number of rows of the samples of reported tasks.
    public var rows = 1000
    /// The number of samples of each task, at least 3.
    public var samples = 4
    /// Instances on whose decision ΔI > 0 the estimator is tried.
    public var decisions: [InstanceTasks] = []
    /// The seed of everything.
    public var seed: UInt64 = 0
    /// Whether warnings fail as well.
    public var isStrict = false

    /// The settings of a gate without reported tasks.
    public init() {}
  }

  let settings: Settings
  let tasks: GateTasks
  let checks: [MetamorphicCheck]
  let groups: [ProbeGroup]

  /// The number of rows near which easy tasks and checks are estimated.
  static let gateRows = 1000
  /// The number of random orders of the rows that tell an estimator's own noise.
  static let shuffles = 4
  /// The numbers of rows near which errors are compared: they must shrink.
  static let fewRows = 250
  static let manyRows = 4000
  /// The round numbers near which estimates of one sample are compared.
  static let comparedRows = [fewRows, gateRows, manyRows]

  /// The plan for these settings.
  ///
  /// - Precondition: at least 3 samples.
  public init(_ settings: Settings) {
    precondition(settings.samples >= 3, "at least 3 samples")
    self.settings = settings
    tasks = GateTasks(
      seed: settings.seed, family: settings.family, dimension: settings.dimension, matches: settings.matches)
    let dimension = tasks.easy.map { max($0.xDimension, $0.yDimension) }.max() ?? 0
    checks =
      tasks.easy.isEmpty
      ? [] : MetamorphicCheck.all(dimension: min(dimension, settings.dimension), family: settings.family)
    groups = Validation.groups(settings, tasks, checks)
  }

  private static func groups(_ settings: Settings, _ tasks: GateTasks, _ checks: [MetamorphicCheck]) -> [ProbeGroup] {
    let (seed, count) = (settings.seed, settings.samples)
    func group(_ use: ProbeGroupID.Use, _ task: EstimationTask, _ rows: Int, count: Int) -> ProbeGroup {
      ProbeGroup(.task(use, task), task, near: rows, count: count, seed: seed)
    }
    // Twice as many where a bias is judged: it is known the better the more samples there are.
    var groups = tasks.easy.map { group(.easy, $0, gateRows, count: 2 * count) }
    groups +=
      tasks.fingerprinted.map { group(.few, $0, fewRows, count: $0.nats == 0 ? 2 * count : count) }
      + tasks.consistency.map { group(.many, $0, manyRows, count: count) }
    if !checks.isEmpty {
      let pair = ProbeGroup(.pair, tasks.pair, near: gateRows, count: count, seed: seed)
      let triple = ProbeGroup(.triple, tasks.triple, near: gateRows, count: count, seed: seed)
      groups += [pair] + (checks.contains { $0.original == .triple } ? [triple] : [])
      groups += (0..<shuffles).map { turn in
        ProbeGroup(.shuffled(turn), from: pair, seed: seed) { (sample, random) throws(EstimationError) in
          try sample.shuffled(&random)
        }
      }
      groups += checks.map { check in
        ProbeGroup(.check(check.id), from: check.original == .pair ? pair : triple, seed: seed, check.transform)
      }
    }
    if !checks.isEmpty {
      groups += comparedRows.map { rows in
        ProbeGroup(
          .sizes(near: rows), tasks.pair, sizes: SampleSizes.compared(near: rows, seed: seed), seed: seed)
      }
    }
    groups += settings.reported.map {
      ProbeGroup(.task(.reported, $0), $0, rows: settings.rows, count: count, seed: seed)
    }
    return groups + settings.decisions.flatMap { decisionGroups($0, settings) }
  }

  /// How many estimates are asked for.
  public var estimateCount: Int { groups.reduce(0) { $0 + $1.count } }

  /// A run of all samples, which can be stopped and watched.
  public func run() -> CaseRun { CaseRun(Budget(cases: estimateCount), blockSize: 1) }

  /// Starts the estimator before anything is asked, so that what cannot answer at all is told at once.
  ///
  /// - Throws: `StartError` where it cannot be started, or ends at once whatever it is asked.
  public func prepare(_ pool: RespondentPool, until isStopped: () -> Bool = { false }) throws(StartError) {
    // Samples that have as little in common as there is: the first one, one of other columns, the last one.
    let first = groups.first
    let other = groups.first { $0.task != nil && $0.task?.xDimension != first?.task?.xDimension }
    let trials = [first, other ?? groups.dropFirst().first, groups.last].compactMap { try? $0?.sample(0) }
    try pool.prepare(trials: trials, until: isStopped)
  }

  /// Asks for all estimates.
  ///
  /// - Parameters:
  ///   - run: what ``run()`` gave; when it is stopped, the samples that are left are not asked about.
  ///   - threads: how many samples are asked about at the same time. The samples do not depend on it.
  ///   - makeRespondent: makes a respondent; at most one for each thread.
  public func answers(
    _ run: CaseRun, threads: Int, makeRespondent: @escaping @Sendable () -> any Respondent
  ) async -> Answers {
    await answers(run, threads: threads, RespondentPool(makeRespondent))
  }

  /// The same with respondents of a pool, which is to be finished by the caller.
  public func answers(_ run: CaseRun, threads: Int, _ pool: RespondentPool) async -> Answers {
    answers(of: await table(run, threads: threads, pool), else: "the run was interrupted")
  }

  /// Asks about the samples of a run, all or a part of them.
  public func table(_ run: CaseRun, threads: Int, _ pool: RespondentPool) async -> AnswerTable {
    let probes = probes
    let table: AnswerTable? = try? await run(threads: threads) { (probe, table: inout AnswerTable) in
      table.answers[probe] = answer(pool, group: probes[probe].group, index: probes[probe].index)
    }
    // The body does not throw.
    return table ?? AnswerTable()
  }

  /// The answers of a table.
  ///
  /// - Parameter reason: why samples without an answer have none.
  public func answers(of table: AnswerTable, else reason: String) -> Answers {
    var byGroup: [ProbeGroupID: [EstimatorAnswer]] = [:]
    for (number, probe) in probes.enumerated() {
      let answer = table.answers[number] ?? EstimatorAnswer(.notAsked(reason), seconds: 0)
      byGroup[groups[probe.group].id, default: []].append(answer)
    }
    return Answers(byGroup)
  }

  private var probes: [(group: Int, index: Int)] {
    groups.indices.flatMap { group in (0..<groups[group].count).map { (group: group, index: $0) } }
  }

  private func answer(_ pool: RespondentPool, group: Int, index: Int) -> EstimatorAnswer {
    do {
      return pool.answer(try groups[group].sample(index), seed: settings.seed &+ UInt64(index))
    } catch { return EstimatorAnswer(.failed("\(error)"), seconds: 0) }
  }
}

/// Answers by the number of the sample in the plan.
public struct AnswerTable: Mergeable {
  var answers: [Int: EstimatorAnswer] = [:]

  /// No answers.
  public init() {}

  /// Adds answers.
  public mutating func merge(_ other: AnswerTable) { answers.merge(other.answers) { $1 } }

  /// Why samples were not asked about, of the first of them; nil where all of the table were.
  public var unaskedReason: String? {
    answers.sorted { $0.key < $1.key }.first { !$0.value.wasAsked }?.value.problem
  }
}
