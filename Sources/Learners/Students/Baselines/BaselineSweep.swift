// SPDX-License-Identifier: GPL-3.0-or-later
import SeededRuns

/// Studies of one kind of student on several instances, judged together, as `cch student` does it.
public struct BaselineSweep: Sendable {
  /// What one instance showed.
  public struct Entry: Sendable {
    /// What to call the instance.
    public let source: String
    /// What was done.
    public let study: BaselineStudy
    /// What came out.
    public let result: BaselineResult
  }

  /// What all instances showed, in their order; of those before an interruption.
  public struct Report: Sendable {
    /// The instances.
    public let entries: [Entry]
    /// Whether a run was stopped; the entry of that run is the last one.
    public let wasStopped: Bool

    /// Whether all closed forms are within tolerance.
    public var isOK: Bool { entries.allSatisfy { $0.result.failures.isEmpty } }
  }

  /// What to call every instance, and its study.
  public let studies: [(source: String, study: BaselineStudy)]

  /// Studies of `problems`; `settings.level` is the probability of calling true closed forms wrong over all of them together,
  /// of which each gets an equal share.
  ///
  /// - Parameter rows: the number of rows of labels, instead of n of every instance.
  /// - Throws: ``StudyProblemError`` for the first instance that cannot be studied.
  public init(_ problems: [StudyProblem], rows: Int? = nil, _ settings: BaselineSettings) throws(StudyProblemError) {
    var (studies, own): ([(source: String, study: BaselineStudy)], BaselineSettings) = ([], settings)
    own.level = settings.level / Double(max(1, problems.count))
    for problem in problems {
      studies.append(
        (problem.source, try StudyProblemError.about(problem) { try BaselineStudy(problem.instance, rows: rows, own) }))
    }
    self.studies = studies
  }

  /// Carries all studies out: the same seed gives the same report for any number of threads.
  ///
  /// - Parameters:
  ///   - replicates: the number of samples of each instance, at least 2.
  ///   - willRun: gets the run of each study before it begins, to watch or stop it; stopping it ends the sweep.
  /// - Throws: ``StudyProblemError`` where double precision is not enough for an instance.
  public func report(
    replicates: Int, seed: UInt64, threads: Int, willRun: (CaseRun) -> Void = { _ in }
  ) async throws(StudyProblemError) -> Report {
    var entries: [Entry] = []
    for (index, (source, study)) in studies.enumerated() {
      let run = RiskStudy.run(replicates: replicates)
      willRun(run)
      do {
        let result = try await study.result(run, threads: threads, seed: BaselineSweep.stream(index, seed: seed))
        entries.append(Entry(source: source, study: study, result: result))
      } catch { throw StudyProblemError(source: source, reason: error) }
      if run.wasStopped { return Report(entries: entries, wasStopped: true) }
    }
    return Report(entries: entries, wasStopped: false)
  }

  /// The seed of an instance: another stream for every one.
  static func stream(_ index: Int, seed: UInt64) -> UInt64 {
    var streams = RandomSource(seed: seed, index: UInt64(index) | 1 << 41)
    return streams.next()
  }
}
