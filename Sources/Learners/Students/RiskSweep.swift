// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import SeededRuns

/// Studies of trained students on several instances, judged together, as `cch student` does it.
public struct RiskSweep: Sendable {
  /// What one instance showed.
  public struct Entry: Sendable {
    /// What to call the instance.
    public let source: String
    /// What was done.
    public let study: RiskStudy
    /// What came out; nil where training diverged.
    public let result: StudyResult?
    /// How training diverged; nil where it did not.
    public let divergence: StudentError?

    /// Whether nothing is out of tolerance, and training came to an end.
    public var isOK: Bool { divergence == nil && result?.failures.isEmpty ?? false }
  }

  /// What all instances showed, in their order; of those before an interruption.
  public struct Report: Sendable {
    /// The instances.
    public let entries: [Entry]
    /// Whether a run was stopped; the entry of that run is the last one.
    public let wasStopped: Bool

    /// Whether all closed forms are within tolerance.
    public var isOK: Bool { entries.allSatisfy(\.isOK) }
  }

  /// What to call every instance, and its study.
  public let studies: [(source: String, study: RiskStudy)]

  /// Studies of `problems`; `settings.level` is the probability of calling true closed forms wrong over all of them together,
  /// of which each gets an equal share (Bonferroni).
  ///
  /// - Parameter addsOwnWeights: whether the λ of an instance that has one is studied besides those of the settings.
  /// - Throws: ``StudyProblemError`` for the first instance that cannot be studied.
  public init(_ problems: [StudyProblem], _ settings: StudySettings, addsOwnWeights: Bool = false)
    throws(StudyProblemError)
  {
    var studies: [(source: String, study: RiskStudy)] = []
    for problem in problems {
      var own = settings
      own.level = settings.level / Double(problems.count)
      if let lambda = problem.instance.lambda, addsOwnWeights { own.lambdas.append(lambda) }
      studies.append(
        (problem.source, try StudyProblemError.about(problem) { try RiskStudy(problem.instance, own) }))
    }
    self.studies = studies
  }

  /// Carries all studies out: the same seed gives the same report for any number of threads.
  ///
  /// - Parameters:
  ///   - replicates: the number of samples of each instance, at least 2; by default ``StudySettings/standardReplicates``.
  ///   - willRun: gets the run of each study before it begins, to watch or stop it; stopping it ends the sweep.
  /// - Throws: ``StudyProblemError`` where double precision is not enough for an instance.
  public func report(
    replicates: Int? = nil, seed: UInt64, threads: Int, willRun: (CaseRun) -> Void = { _ in }
  ) async throws(StudyProblemError) -> Report {
    var entries: [Entry] = []
    for (index, (source, study)) in studies.enumerated() {
      let run = RiskStudy.run(replicates: replicates ?? study.settings.standardReplicates)
      willRun(run)
      var (result, divergence) = (StudyResult?.none, StudentError?.none)
      do { result = try await study.result(run, threads: threads, seed: RiskSweep.stream(index, seed: seed)) } catch {
        guard let error = error as? StudentError, case .diverged = error else {
          throw StudyProblemError(source: source, reason: error)
        }
        divergence = error
      }
      entries.append(Entry(source: source, study: study, result: result, divergence: divergence))
      if run.wasStopped, divergence == nil { return Report(entries: entries, wasStopped: true) }
    }
    return Report(entries: entries, wasStopped: false)
  }
}

extension RiskSweep {
  /// The seed of an instance: another stream for every one.
  static func stream(_ index: Int, seed: UInt64) -> UInt64 {
    var streams = RandomSource(seed: seed, index: UInt64(index) | 1 << 40)
    return streams.next()
  }
}

extension StudySettings {
  /// How many samples a study draws unless it is told: 20,000, by rows 2,000, of students trained by steps 50.
  public var standardReplicates: Int {
    if case .trained = student { return 50 }
    return sampling == .rows ? 2_000 : 20_000
  }
}
