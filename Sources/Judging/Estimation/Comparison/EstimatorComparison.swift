// SPDX-License-Identifier: GPL-3.0-or-later
import LineProtocol
import SeededRuns

/// Several estimators on the same samples of the same tasks: a benchmark, which judges nothing.
///
/// Sample i of a task is the one of the task's seed `seed` + i, so that anybody can draw it again.
public struct EstimatorComparison: Sendable {
  /// One of the estimators.
  public struct Contestant: Sendable {
    /// What it is called in tables; no other has this name.
    public let name: String
    /// The program, as it was typed; nil for an estimator of this library.
    public let command: String?
    let makeRespondent: @Sendable () -> any Respondent

    /// An estimator that respondents made by `makeRespondent` are asked for, one a thread.
    public init(_ name: String, command: String? = nil, makeRespondent: @escaping @Sendable () -> any Respondent) {
      (self.name, self.command, self.makeRespondent) = (name, command, makeRespondent)
    }
  }

  /// The estimators, in order.
  public let contestants: [Contestant]
  /// The tasks, in order.
  public let tasks: [EstimationTask]
  /// The number of rows of a sample.
  public let rows: Int
  /// The number of samples of a task.
  public let samples: Int
  /// The seed of the first sample of every task.
  public let seed: UInt64

  /// A comparison.
  ///
  /// - Precondition: 2 rows, 1 sample and 1 task at least, and no two contestants of one name.
  public init(_ contestants: [Contestant], tasks: [EstimationTask], rows: Int, samples: Int, seed: UInt64) {
    precondition(rows >= 2 && samples >= 1 && !tasks.isEmpty, "2 rows, 1 sample and 1 task at least")
    precondition(Set(contestants.map(\.name)).count == contestants.count, "names are different")
    (self.contestants, self.tasks, self.rows, self.samples, self.seed) = (contestants, tasks, rows, samples, seed)
  }

  /// All questions: task by task, sample by sample, estimator by estimator.
  public var questions: [ComparedQuestion] {
    tasks.flatMap { task in
      (0..<samples).flatMap { sample in
        contestants.map {
          ComparedQuestion(estimator: $0.name, task: task.id, rows: rows, seed: seed &+ UInt64(sample))
        }
      }
    }
  }

  /// A run of all questions, which can be stopped and watched.
  public func run() -> CaseRun { CaseRun(Budget(cases: questions.count), blockSize: 1) }

  /// Starts every program, so that what cannot answer at all is told before anything is asked.
  ///
  /// - Throws: `StartError` of the first that cannot be started, or ends at once whatever it is asked.
  public func pools(until isStopped: () -> Bool = { false }) throws(StartError) -> [String: RespondentPool] {
    var pools: [String: RespondentPool] = [:]
    let trials = [tasks.first, tasks.last].compactMap { try? $0?.sample(rows: rows, seed: seed) }
    for contestant in contestants {
      let pool = RespondentPool(contestant.makeRespondent)
      pools[contestant.name] = pool
      do throws(StartError) { try pool.prepare(trials: trials, until: isStopped) } catch {
        for pool in pools.values { _ = pool.finish() }
        throw error
      }
    }
    return pools
  }

  /// Asks all questions that are not `known`.
  ///
  /// - Parameters:
  ///   - run: what ``run()`` gave; when it is stopped, what is left is not asked.
  ///   - threads: how many questions are asked at the same time.
  ///   - pools: what ``pools(until:)`` gave; the caller finishes them.
  ///   - known: answers from before.
  ///   - keep: called with every new answer, one at a time.
  /// - Returns: the answers in the order of ``questions``; where the run was stopped, those there are.
  /// - Throws: what `keep` throws.
  public func answers(
    _ run: CaseRun, threads: Int, _ pools: [String: RespondentPool], known: [ComparedQuestion: ComparedAnswer] = [:],
    keep: @escaping @Sendable (ComparedAnswer) throws -> Void = { _ in }
  ) async throws -> [ComparedAnswer] {
    let questions = questions
    let table: ComparedTable = try await run(threads: threads) { (index, table: inout ComparedTable) in
      let question = questions[index]
      if let answer = known[question] {
        table.answers[index] = answer
      } else if let answer = self.answer(question, pools) {
        try keep(answer)
        table.answers[index] = answer
      }
    }
    return table.answers.sorted { $0.key < $1.key }.map(\.value)
  }

  private func answer(_ question: ComparedQuestion, _ pools: [String: RespondentPool]) -> ComparedAnswer? {
    guard let task = tasks.first(where: { $0.id == question.task }), let pool = pools[question.estimator] else {
      return nil
    }
    let answer: EstimatorAnswer
    do { answer = pool.answer(try task.sample(rows: rows, seed: question.seed), seed: question.seed) } catch {
      answer = EstimatorAnswer(.failed("\(error)"), seconds: 0)
    }
    return ComparedAnswer(
      question, truth: task.nats, nats: answer.nats, seconds: answer.seconds, problem: answer.problem,
      wasAsked: answer.wasAsked)
  }

  /// How one estimator did on one task.
  public func score(_ contestant: Contestant, _ task: EstimationTask, _ answers: [ComparedAnswer]) -> ComparedScore {
    ComparedScore(answers.filter { $0.question.estimator == contestant.name && $0.question.task == task.id })
  }
}

/// What an estimator is asked for.
public struct ComparedQuestion: Sendable, Hashable {
  /// The name of the estimator.
  public let estimator: String
  /// The id of the task.
  public let task: String
  /// The number of rows.
  public let rows: Int
  /// The seed of the sample.
  public let seed: UInt64
}

/// What an estimator answered.
public struct ComparedAnswer: Sendable, Hashable {
  /// What it was asked for.
  public let question: ComparedQuestion
  /// The true information in nats.
  public let truth: Double
  /// The estimate in nats; nil where there is none.
  public let nats: Double?
  /// How long it took.
  public let seconds: Double
  /// Why there is no estimate.
  public let problem: String?
  /// Whether it was asked at all: a program that had failed too often is not.
  public let wasAsked: Bool

  init(
    _ question: ComparedQuestion, truth: Double, nats: Double?, seconds: Double, problem: String?, wasAsked: Bool = true
  ) {
    (self.question, self.truth, self.nats, self.seconds) = (question, truth, nats, seconds)
    (self.problem, self.wasAsked) = (problem, wasAsked)
  }
}

private struct ComparedTable: Mergeable {
  var answers: [Int: ComparedAnswer] = [:]

  mutating func merge(_ other: ComparedTable) { answers.merge(other.answers) { $1 } }
}
