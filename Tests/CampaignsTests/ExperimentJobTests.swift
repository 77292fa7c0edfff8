// SPDX-License-Identifier: GPL-3.0-or-later
import Campaigns
import ExactJSON
import Experiments
import SeededRuns
import Testing

/// The trials of an experiment, cut anywhere and merged: what one run of all gives, bit for bit.
@Suite struct ExperimentJobTests {
  /// Two factors and four replicates; what comes out depends on the trial and its seed.
  private struct Dice: Experiment {
    let name = "dice"
    var settings = [Setting("sides", 6)]
    let trials = (0..<4).flatMap { replicate in
      ["red", "green"].map { ExperimentTrial(replicate: replicate, factors: [Setting("colour", $0)]) }
    }
    var isBroken = false

    struct Broken: Error {}

    func runs(of trial: ExperimentTrial, seed: UInt64) throws -> [Run] {
      if isBroken { throw Broken() }
      var source = RandomSource(seed: seed, index: UInt64(trial.value(of: "colour").count))
      let value = Double(source.next()) / 3
      return [
        Run(
          replicate: trial.replicate, factors: trial.factors,
          outcomes: [.init("value", value), .init("none", nil, note: "not measured")])
      ]
    }
  }

  private func merged(_ cuts: [Int], of experiment: Dice = Dice(), as asked: Dice = Dice()) async throws -> TrialParts {
    let job = ExperimentJob(asked, seed: 11)
    var total = job.nothing
    for (from, to) in zip([0] + cuts, cuts + [experiment.trials.count]) {
      let part = try await ExperimentJob(experiment, seed: 11).part(over: from..<to, threads: 2) { _ in }
      try job.add(JSONReader(try #require(part)), to: &total)
    }
    return total
  }

  @Test(arguments: [[], [1], [3, 4], [2, 5, 7]]) func anyCutGivesTheSame(cuts: [Int]) async throws {
    let experiment = Dice()
    let runner = ExperimentRunner(experiment)
    let plain = try await runner.results(runner.begin(), threads: 1, seed: 11)
    let results = try await merged(cuts).results(of: experiment)
    #expect(results.runs == plain.runs && results.trials.map(\.trial) == experiment.trials)
    #expect(Set(plain.runs.map { $0["value"] }).count == 8)
  }

  @Test func partsOfOtherDataOrAnotherSeedAreRefused() async throws {
    await #expect(throws: ExperimentError.self) { try await merged([4], of: Dice(settings: [Setting("sides", 8)])) }
    let job = ExperimentJob(Dice(), seed: 12)
    var total = job.nothing
    let part = try #require(try await ExperimentJob(Dice(), seed: 11).part(over: 0..<2, threads: 1) { _ in })
    #expect(throws: ExperimentError.self) { try job.add(JSONReader(part), to: &total) }
  }

  @Test func aBrokenTrialIsThrown() async throws {
    await #expect(throws: Dice.Broken.self) { try await merged([], of: Dice(isBroken: true)) }
  }

  @Test func aStoppedRunMakesNoPart() async throws {
    let part = try await ExperimentJob(Dice(), seed: 11).part(over: 0..<8, threads: 1) { $0.stop() }
    #expect(part.map { _ in "a part" } == nil)
  }
}
