// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import SeededRuns
import Synchronization
import Testing

@testable import Experiments

/// Resuming from a record, and what a record refuses.
@Suite struct RecordTests {
  /// Two runs a trial, with numbers that decimals do not end.
  private struct Sample: Experiment {
    var name = "sample"
    var scale = "1"
    var seedCount = 4
    let counter = Counter()
    var fails = false

    final class Counter: Sendable {
      private let state = Mutex([String]())
      var names: [String] { state.withLock { $0 } }
      func add(_ name: String) { state.withLock { $0.append(name) } }
    }

    var settings: [Setting] { [Setting("scale", scale)] }

    var trials: [ExperimentTrial] {
      (0..<seedCount).flatMap { seed in
        ["a", "b"].map { ExperimentTrial(replicate: seed, factors: [Setting("view", $0)]) }
      }
    }

    func runs(of trial: ExperimentTrial, seed: UInt64) throws -> [Run] {
      counter.add(trial.name)
      var source = RandomSource(seed: seed, index: 0)
      return (0..<2).map { part in
        let value = fails ? Double.nan : Double.random(in: -1...1, using: &source) / 3
        return Run(
          replicate: trial.replicate, factors: trial.factors + [Setting("part", part)],
          outcomes: [.init("delta", value), .init("gain", -value)])
      }
    }

    func report(_ runs: [Run]) throws -> ExperimentReport {
      ExperimentReport(agreement: try AgreementTable(runs, .init(gain: "gain")), notes: [])
    }
  }

  private static func withFile<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.appendingPathComponent("record.jsonl"))
  }

  private static func runs(
    _ sample: Sample, _ file: URL? = nil, seed: UInt64 = 7, threads: Int = 1
  ) async throws -> [Run] {
    let record = try file.map { try RunRecord(path: $0.path, experiment: sample, seed: seed) }
    let runner = ExperimentRunner(sample, record: record)
    return try await runner.runs(runner.begin(), threads: threads, seed: seed)
  }

  @Test func threadsChangeNothing() async throws {
    let one = try await Self.runs(Sample())
    #expect(one.count == 16)
    #expect(try await Self.runs(Sample(), threads: 5) == one)
    #expect(try await Self.runs(Sample(), seed: 8) != one)
  }

  @Test func recordedTrialsAreNotRunAgain() async throws {
    let all = try await Self.runs(Sample(seedCount: 6))
    try await Self.withFile { file in
      _ = try await Self.runs(Sample(seedCount: 2), file)
      let more = Sample(seedCount: 6)
      // Bit for bit, through decimals and back.
      #expect(try await Self.runs(more, file, threads: 3) == all)
      #expect(Set(more.counter.names) == Set(more.trials.dropFirst(4).map(\.name)) && more.counter.names.count == 8)
      let again = Sample(seedCount: 6)
      #expect(try await Self.runs(again, file) == all)
      #expect(again.counter.names.isEmpty)
    }
  }

  /// A crash may leave any beginning of the last line.
  @Test func anIncompleteLastLineIsDropped() async throws {
    try await Self.withFile { file in
      let all = try await Self.runs(Sample(), file)
      let bytes = try Data(contentsOf: file)
      let lastLine = try #require(bytes.dropLast().lastIndex(of: UInt8(ascii: "\n"))) + 1
      for end in [lastLine + 1, (lastLine + bytes.count) / 2, bytes.count - 1] {
        try bytes.prefix(end).write(to: file)
        let sample = Sample()
        do {
          let record = try RunRecord(path: file.path, experiment: sample, seed: 7)
          #expect(record.droppedLine && record.count == 7)
        }
        #expect(try Data(contentsOf: file) == bytes.prefix(lastLine))
        #expect(try await Self.runs(sample, file) == all)
        #expect(sample.counter.names == ["seed 3, view b"])
        #expect(try Data(contentsOf: file) == bytes)
      }
      // An incomplete first line is dropped too.
      try bytes.prefix(9).write(to: file)
      #expect(try await Self.runs(Sample(), file) == all)
    }
  }

  @Test func refusesOtherAndBrokenRecords() async throws {
    try await Self.withFile { file in
      _ = try await Self.runs(Sample(), file)
      func refuses(_ sample: Sample, seed: UInt64 = 7, _ expected: ExperimentError) {
        #expect(throws: expected) { try RunRecord(path: file.path, experiment: sample, seed: seed) }
      }
      refuses(Sample(name: "other"), .otherRecord(name: "experiment", recorded: "sample", asked: "other"))
      refuses(Sample(), seed: 8, .otherRecord(name: "seed", recorded: "7", asked: "8"))
      refuses(Sample(scale: "2"), .otherRecord(name: "scale", recorded: "1", asked: "2"))
      do {
        let record = try RunRecord(path: file.path, experiment: Sample(), seed: 7)
        refuses(Sample(), .recordNotUsable("is in use by another run; wait for it, or name another file"))
        #expect(record.count == 8)
      }
      let whole = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
      var lines = whole
      lines[2] = String(lines[2].dropLast())
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
      #expect {
        try RunRecord(path: file.path, experiment: Sample(), seed: 7)
      } throws: { error in
        if case .brokenRecord(line: 3, _) = error as? ExperimentError { true } else { false }
      }
      // A number that was changed by hand, and an outcome that was taken out.
      for (from, to) in [(#""delta":"#, #""delta": 1, "was":"#), (#""delta":"#, #""other":"#)] {
        var changed = whole
        changed[2] = whole[2].replacingOccurrences(of: from, with: to)
        #expect(changed != whole)
        try Data((changed.joined(separator: "\n") + "\n").utf8).write(to: file)
        #expect {
          try RunRecord(path: file.path, experiment: Sample(), seed: 7)
        } throws: { error in
          if case .brokenRecord(line: 3, _) = error as? ExperimentError { true } else { false }
        }
      }
      #expect(throws: ExperimentError.self) {
        try RunRecord(path: file.path + "/none", experiment: Sample(), seed: 7)
      }
    }
  }

  @Test func refusesOutcomesThatAreNoNumbers() async throws {
    await #expect(throws: ExperimentError.notFinite(outcome: "delta", trial: "seed 0, view a")) {
      try await Self.runs(Sample(fails: true))
    }
  }
}
