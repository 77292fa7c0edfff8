// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import SeededRuns

/// How often a practitioner's decisions are wrong: several instances, distances from the boundary and numbers of rows, judged
/// together, as `cch student --decision` does it.
public struct DecisionSweep: Sendable {
  /// What one instance at one distance showed.
  public struct Entry: Sendable {
    /// What to call the instance.
    public let source: String
    /// What was done.
    public let study: DecisionStudy
    /// For every number of rows, what every rule came to.
    public let outcomes: [[DecisionStudy.Outcome]]
  }

  /// What all showed; of those before an interruption.
  public struct Report: Sendable {
    /// Instances, at every distance.
    public let entries: [Entry]
    /// The probability of calling true closed forms wrong, over all of them.
    public let level: Double
    /// Whether a run was stopped.
    public let wasStopped: Bool

    /// A report of these entries.
    public init(entries: [Entry], level: Double, wasStopped: Bool) {
      (self.entries, self.level, self.wasStopped) = (entries, level, wasStopped)
    }

    /// Every rule on every number of rows.
    public var outcomes: [DecisionStudy.Outcome] { entries.flatMap { $0.outcomes.joined() } }

    /// Whether the simulation agrees with the exact probability wherever one is known, at an equal share of the level.
    public var isOK: Bool {
      let probabilities = outcomes.compactMap(\.probability)
      return probabilities.allSatisfy { $0 >= level / Double(max(1, probabilities.count)) }
    }

    /// The largest difference of simulation and delta method, a share of samples.
    public var largestDifference: Double { outcomes.map { abs($0.share - $0.byDeltaMethod) }.max() ?? 0 }
  }

  let cells: [(source: String, problem: Int, place: Int, study: DecisionStudy)]

  /// Studies of `problems`, each with its teacher scaled to every one of `distances`, or as it is.
  ///
  /// - Throws: ``StudyProblemError`` for the first instance that cannot be studied.
  public init(_ problems: [StudyProblem], distances: [Rational]? = nil) throws(StudyProblemError) {
    var cells: [(source: String, problem: Int, place: Int, study: DecisionStudy)] = []
    for (index, problem) in problems.enumerated() {
      let studies = try StudyProblemError.about(problem) {
        let own = try DecisionStudy(problem.instance)
        return try distances.map { try $0.map { try own.scaled(toDistance: $0) } } ?? [own]
      }
      cells += studies.enumerated().map { (problem.source, index, $0, $1) }
    }
    self.cells = cells
  }

  /// Draws `samples` samples for every number of rows: the same seed gives the same report for any number of threads.
  ///
  /// - Parameters:
  ///   - rows: the numbers of rows; by default those of ``DecisionStudy/standardRows``.
  ///   - level: the probability of calling true closed forms wrong, over all of them.
  ///   - willRun: gets each run before it begins, to watch or stop it; stopping one ends the sweep.
  /// - Throws: ``StudyProblemError`` where a number of rows is too small.
  public func report(
    rows: [Int]? = nil, samples: Int, level: Double = 1e-6, seed: UInt64, threads: Int,
    willRun: (CaseRun) -> Void = { _ in }
  ) async throws(StudyProblemError) -> Report {
    var (entries, stopped) = ([Entry](), false)
    for (cell, (source, _, _, study)) in cells.enumerated() {
      var outcomes: [[DecisionStudy.Outcome]] = []
      for (position, size) in (rows ?? study.standardRows).enumerated() where !stopped {
        let run = CaseRun(Budget(cases: samples), blockSize: DecisionSweep.blockSize)
        willRun(run)
        let stream = stream(cell, position, seed: seed)
        do {
          outcomes.append(try await study.outcomes(rows: size, run, threads: threads, seed: stream))
        } catch { throw StudyProblemError(source: source, reason: error) }
        stopped = run.wasStopped
      }
      entries.append(Entry(source: source, study: study, outcomes: outcomes))
    }
    return Report(entries: entries, level: level, wasStopped: stopped)
  }
}

extension DecisionSweep {
  /// Samples are drawn in blocks of this many.
  static let blockSize = 512

  /// The seed of one number of rows in a cell: another stream for every place in the table.
  func stream(_ cell: Int, _ position: Int, seed: UInt64) -> UInt64 {
    let (_, problem, place, _) = cells[cell]
    var streams = RandomSource(seed: seed, index: UInt64(problem << 32 | place << 16 | position) | 1 << 60)
    return streams.next()
  }
}

extension DecisionStudy {
  /// The numbers of rows that are simulated unless others are named: the instance's own, and 20 to 10,000.
  public var standardRows: [Int] {
    let own = instance.n.map { [$0] } ?? []
    return Set(own + [20, 50, 100, 200, 500, 1_000, 10_000]).filter { $0 >= fewestRows }.sorted()
  }
}
