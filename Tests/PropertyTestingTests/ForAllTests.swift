// SPDX-License-Identifier: GPL-3.0-or-later
import ForAll
import Foundation
import PropertyTesting
import Synchronization
import Testing

@Suite(.checks(keepsExamples: false)) struct ForAllTests {
  /// One issue, however many tries: with the value, the replay line and the labels.
  @Test func aFailureIsRecordedOnce() async {
    let messages = Mutex<[String]>([])
    await withKnownIssue {
      await forAll(Generator.int(in: 0...1_000_000)) { value, trial in
        trial.label("large", if: value > 10)
        return value < 700
      }
    } matching: { issue in
      messages.withLock { $0.append("\(issue.comments)") }
      return true
    }
    let recorded = messages.withLock { $0 }
    #expect(recorded.count == 1)
    for part in ["is false for 700", "replay: u1:aFailureIsRecordedOnce-", "; large"] {
      #expect(recorded[0].contains(part), "\(recorded)")
    }
  }

  @Test(.checks(cases: 37, keepsExamples: false)) func settingsByTrait() async {
    #expect(await forAll(Generator.int(), holds: { _ in true }).statistics.cases == 37)
    #expect(
      await forAll(Generator.int(), settings: CheckSettings(cases: 5), holds: { _ in true }).statistics.cases == 5)
  }

  @Test func replayRunsOneCase() async {
    let line = ReplayLine(name: "any", values: [12]).description
    let report = await forAll(Generator.uniform(in: 0...99), replay: line) { value in value == 12 }
    #expect(report.statistics.cases == 1)
    await withKnownIssue { await forAll(Generator.uniform(in: 0...99), replay: line) { value in value != 12 } }
    await withKnownIssue { await forAll(Generator.bool, replay: "u1:damaged") { _ in true } }
  }

  @Test func vacuousIsAFailure() async {
    await withKnownIssue { await forAll(Generator.int().filter { _ in false }) { _ in true } }
  }
}

/// The example store and the observations of `forAll`, in processes of their own folders.
@Suite(.serialized) struct ForAllStoreTests {
  @Test func failuresAreKeptInAFolderOfTheTest() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let settings = CheckSettings(cases: 300, store: ExampleStore(folder))
    let limit = Mutex(700)
    func check() async -> CheckReport<Int> {
      await forAll(Generator.int(in: 0...1_000_000), settings: settings) { value in
        value < limit.withLock { $0 }
      }
    }
    await withKnownIssue { _ = await check() }
    await withKnownIssue {
      let report = await check()
      #expect(report.statistics.cases == 1 && report.counterexample?.firstCase == nil, "report")
    } matching: {
      !"\($0.comments)".contains("report")
    }
    limit.withLock { $0 = 2_000_000 }
    // It passes again, and is forgotten.
    #expect(await check().statistics.cases == 301)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func aReadOnlyStoreIsAWarning() async {
    let unwritable = CheckSettings(store: ExampleStore(URL(fileURLWithPath: "/dev/null/store")))
    await withKnownIssue {
      let report = await forAll(Generator.bool, settings: unwritable) { _ in false }
      #expect(report.warnings.contains { $0.contains("cannot be written") }, "report")
    } matching: {
      !"\($0.comments)".contains("report")
    }
  }
}
