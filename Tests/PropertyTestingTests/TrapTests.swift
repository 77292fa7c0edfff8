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

  /// Each argument has a process of its own: what traps for one does not for another.
  @Test(.survivingTraps, .checks(cases: 100, keepsExamples: false), arguments: [300, 20, 2_000], ["a", "b"])
  func trapsOfEachArgument(size: Int, name: String) async {
    await withKnownIssue(isIntermittent: size == 2_000) {
      let report = await forAll(Generator.int(in: 0...1_000)) { value in
        let limit = [Int](repeating: 0, count: size)
        _ = limit[value]
      }
      #expect(report.counterexample?.value == (size > 1_000 ? nil : size), "report")
    } matching: {
      !"\($0.comments)".contains("report")
    }
  }

  /// A generator that traps on what shrinking tries does not end the test, and is named.
  @Test(.survivingTraps, .checks(cases: 100, keepsExamples: false)) func generatorsMayTrapWhileAFailureShrinks() async {
    let numbers = Generator<Int> { tape in
      let value = tape.integer(in: 0...1_000)
      if value > 100, value < 120 { fatalError("no such number") }
      return value
    }
    let texts = Mutex("")
    await withKnownIssue {
      let report = await forAll(numbers) { value in value < 50 || value > 990 }
      #expect(report.counterexample?.value == 50, "report")
    } matching: { issue in
      texts.withLock { $0 += "\(issue.comments)" }
      return !"\(issue.comments)".contains("report")
    }
  }

  /// A generator that traps has no value to show; its choices are made simpler.
  @Test(.survivingTraps, .checks(cases: 100, keepsExamples: false)) func trapsInGeneratorsHaveSimpleChoices() async {
    let lists = Generator<[Int]> { tape in
      let list = try Generator.uniform(in: 0...1_000).array(count: 0...20)(&tape)
      if list.contains(where: { $0 > 300 }) { fatalError("too large a number") }
      return list
    }
    await withKnownIssue {
      let report = await forAll(lists) { _ in true }
      if case .generatorFails(.trapped(let message, true), let replay) = report.outcome {
        #expect(message.contains("too large a number") && replay.values == [1, 301, 0], "report \(replay.values)")
      } else {
        Issue.record("report \(report.message)")
      }
    } matching: {
      !"\($0.comments)".contains("report")
    }
  }

  /// A recursion without end is a failure that says what it is.
  @Test(.survivingTraps, .checks(cases: 100, keepsExamples: false)) func overflowingStacksAreNamed() async {
    @Sendable func depth(_ value: Int, _ below: Int) -> Int {
      value > 60 && below >= 0 ? 1 + depth(value, below + 1) : below
    }
    await withKnownIssue {
      let report = await forAll(Generator.int(in: 0...1_000)) { value in depth(value, 0) < 1_000_000 }
      #expect(report.counterexample?.value == 61, "report")
      #expect(report.message.contains("stack overflowed"), "report \(report.message)")
    } matching: {
      !"\($0.comments)".contains("report")
    }
  }

  /// What a process says that a stack overflow ends: the line that replays its case.
  @Test func overflowingStacksLeaveALine() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      @Sendable func depth(_ value: Int) -> Int { value > 5 ? 1 + depth(value &+ 1) : value }
      var settings = CheckSettings()
      settings.caseFile = CaseFile(nil)
      _ = await Property("deep", Generator.int(in: 0...9)) { value, _ in depth(value) >= 0 }.check(settings)
    }
    let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(said.contains("the stack overflowed") && said.contains("replay: u1:deep:"), "\(said.prefix(500))")
  }

  /// Runs one case in a process that looks after it with a patience of 0.6 s; what it says.
  private static func said(by result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  /// A loop that nothing ends is ended, where it makes a value and where a limit says how long a case may take.
  @Test func loopsWithoutEndAreEnded() async {
    let generator = await #expect(processExitsWith: .signal(SIGABRT), observing: [\.standardErrorContent]) {
      var settings = CheckSettings()
      settings.caseFile = CaseFile(nil, patience: .milliseconds(600))
      let loop = Generator<Int> { tape in
        let value = tape.integer(in: 7...7)
        while Date.now < .distantFuture {}
        return value
      }
      _ = await Property("loop", loop) { _, _ in true }.check(settings)
    }
    let first = TrapTests.said(by: generator)
    #expect(first.contains("the generator of loop neither draws nor returns"), "\(first)")
    #expect(first.contains("replay: u1:loop:"), "\(first)")
    let property = await #expect(processExitsWith: .signal(SIGABRT), observing: [\.standardErrorContent]) {
      var settings = CheckSettings(caseLimit: .milliseconds(2))
      settings.caseFile = CaseFile(nil, patience: .milliseconds(600))
      let check = Property("stuck", Generator.int(in: 0...9)) { value, _ in
        while Date.now < .distantFuture {}
        return value >= 0
      }
      _ = await check.check(settings)
    }
    let second = TrapTests.said(by: property)
    #expect(second.contains("a case of stuck does not end; its limit is 0.002 seconds"), "\(second)")
  }

  /// What draws goes on, what has no limit may take its time and is said to; the process ends as it would.
  @Test func slowCasesGoOn() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      var settings = CheckSettings(cases: 1)
      settings.caseFile = CaseFile(nil, patience: .milliseconds(600))
      let slow = Generator<Int> { tape in
        for _ in 0..<10 {
          Thread.sleep(forTimeInterval: 0.1)
          _ = tape.integer(in: 0...9)
        }
        return 1
      }
      let check = Property("slow", slow) { value, _ in
        Thread.sleep(forTimeInterval: 1.2)
        return value == 1
      }
      let report = await check.check(settings)
      exit(report.isPass ? 0 : 1)
    }
    let said = TrapTests.said(by: result)
    #expect(said.components(separatedBy: "A case of slow has been running for 0.6 seconds").count == 2, "\(said)")
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
