// SPDX-License-Identifier: GPL-3.0-or-later
import ForAll
import Foundation
import Synchronization
import Testing

@testable import PropertyTesting

/// Traps: their case is on disk, and with `.survivingTraps` they are failures like others.
@Suite struct TrapTests {
  @Test(.survivingTraps, .checks(cases: 100, keepsExamples: false)) func trapsShrink() async {
    await withKnownIssue {
      let report = await forAll(Generator.int(in: 0...1_000).array()) { list in
        let limit = [Int](repeating: 0, count: 100)
        for value in list { _ = limit[value] }
      }
      #expect(report.counterexample?.value == [100], "report")
      if case .trapped(let message, false)? = report.counterexample?.failure {
        #expect(message.contains("Index out of range"), "report")
      } else {
        Issue.record("report \(report.message)")
      }
    } matching: {
      !"\($0.comments)".contains("report")
    }
  }

  @Test(.survivingTraps, .checks(cases: 50, keepsExamples: false)) func whatDoesNotTrapIsTheSame() async {
    let passing = await forAll(Generator.int(in: 0...9)) { value, trial in
      trial.label("even", if: value % 2 == 0)
      return value < 10
    }
    #expect(passing.isPass && passing.statistics.valid == 50)
    #expect((passing.statistics.labels["even"] ?? 0) > 5 || TrapTests.isElsewhere)
    await withKnownIssue {
      let report = await forAll(Generator.int(in: 0...1_000)) { value in
        await Task.yield()
        #expect(value < 700)
      }
      #expect(report.counterexample?.value == 700, "report")
    } matching: {
      !"\($0.comments)".contains("report")
    }
  }

  private static let isElsewhere = ProcessInfo.processInfo.environment["CCH_TRAP_SERVER"] != nil

  /// What is left of a process that ended in the middle of a case.
  @Test func runningCasesAreOnDisk() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = CaseFile(folder, speaks: false)
    let store = folder.appendingPathComponent("store")
    let path = try #require(
      try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).first)
    let slot = try #require(file.slot("left over", store: store))
    #expect(CaseFile.trapped(path) == nil)
    // Its process lives.
    #expect(CaseFile.collect(folder).isEmpty)
    var property = Property("left over", Generator.int(in: 0...9).array(count: 3)) { list, _ in
      // The file of a process that ended here.
      try FileManager.default.copyItem(at: path, to: folder.appendingPathComponent("1.running"))
      return true
    }
    property.slot = slot
    #expect(property.run(on: ChoiceTape([1, 2, 3])).status == .passed)
    #expect(CaseFile.trapped(path) == nil)
    let line = ReplayLine(name: "left over", values: [1, 2, 3])
    #expect(CaseFile.collect(folder) == [line])
    #expect(ExampleStore(store).load("left over").cases == [line])
    #expect(CaseFile.collect(folder).isEmpty)
  }
}
