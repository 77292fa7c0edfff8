// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Experiments
import SeededRuns

/// The trials of an experiment: each is fixed by its name and the seed.
///
/// A shard that was run on other data than the rest is refused when it is merged, by the digest of the data among the settings.
public struct ExperimentJob<E: Experiment>: CampaignJob {
  /// The experiment.
  public let experiment: E
  private let seed: UInt64

  /// All trials of an experiment.
  public init(_ experiment: E, seed: UInt64) { (self.experiment, self.seed) = (experiment, seed) }

  /// The number of trials.
  public var total: Int { experiment.trials.count }
  /// A trial is about a second, or more.
  public var blockSize: Int { 1 }
  /// No trial.
  public var nothing: TrialParts { TrialParts() }
  /// What the trials say is known when all are done.
  public var endsWithFind: Bool { false }

  /// Carries trials out.
  public func part(over cases: Range<Int>, threads: Int, follow: (CaseRun) -> Void) async throws -> JSONValue? {
    let runner = ExperimentRunner(experiment)
    let run = runner.begin(over: cases)
    follow(run)
    let part = try await runner.part(run, threads: threads, seed: seed)
    // In one expression the nil would be JSON's null.
    if run.wasStopped { return nil }
    return part
  }

  /// A trial alone finds nothing.
  public func hasFind(_ part: JSONValue) -> Bool { false }

  /// Adds trials.
  ///
  /// - Throws: what `TrialParts.add(_:of:seed:)` throws.
  public func add(_ part: JSONReader, to total: inout TrialParts) throws {
    try total.add(part, of: experiment, seed: seed)
  }
}
