// SPDX-License-Identifier: GPL-3.0-or-later
import Conformance
import ForeignPrograms
import Foundation
import LineProtocol
import Testing
import Vectors

/// Programs that misbehave: each is contained, and the rest is still judged.
@Suite struct HostileProgramTests {
  private func report(_ mode: String, _ count: Int = 24, answer: Duration = .seconds(20)) throws -> ConformanceReport {
    var limits = ProgramLimits()
    (limits.start, limits.answer, limits.stop, limits.mostInFlight) = (.seconds(20), answer, .seconds(20), 8)
    if ["hangs at start", "no newline"].contains(mode) { limits.start = .milliseconds(300) }
    if mode == "ignores stop" { limits.stop = .milliseconds(200) }
    let report = try HostilePrograms.suite(count).report(on: HostilePrograms.command(mode), limits: limits)
    #expect(report.tally.total == count, "every vector has an outcome")
    for remark in report.remarks { #expect(!remark.contains("\n")) }
    return report
  }

  private func wrong(_ report: ConformanceReport) -> [String] { report.failures.map(\.vector.id) }

  private func message(_ report: ConformanceReport, _ id: String) -> String {
    switch report.outcomes.first(where: { $0.vector.id == id })?.verdict {
    case .errored(let message)?: message
    case .failed(let failure)?: "\(failure)"
    case let verdict: verdict?.word ?? "no such vector"
    }
  }

  @Test func anHonestProgramPasses() throws {
    let report = try report("honest")
    #expect(report.passes && report.tally.passed == 24 && report.remarks.isEmpty)
  }

  @Test func aWrongNumberIsSeen() throws {
    #expect(try report("honest", 3).passes)
    let other = HostilePrograms.suite(3).files[0].tests.map { test in
      ConformanceVector(
        id: test.id, comment: "", flags: [], catches: "", exactOnly: false, input: test.input,
        expected: .output([.init(.nats, .rational(2), tolerance: [0])]))
    }
    let suite = VectorSuite([
      VectorFile(operation: .mutualInformation, version: "1", source: "", notes: [], tests: other)
    ])
    let report = try suite.report(on: HostilePrograms.command("honest"))
    #expect(wrong(report) == ["v1", "v3"])
  }

  /// What never comes to the point of being asked is no failure of a vector, but an error of its own.
  @Test(arguments: ["hangs at start", "no newline", "exits at start", "another protocol"])
  func whatDoesNotStartIsAnError(mode: String) throws {
    let error = try #require(throws: StartError.self) { try report(mode) }
    let part = ["exits at start": "exit status 3", "another protocol": "version 2"][mode] ?? "no answer to start"
    #expect("\(error)".contains(part) && "\(error)".hasPrefix("python3 "), "\(error)")
    #expect("\(error)".count <= 500 && !"\(error)".contains("\n"))
  }

  @Test func theEndOfStandardErrorIsTold() throws {
    let words = [
      "python3", "-c", "import sys; print('\\x1b[31mfirst', file=sys.stderr); sys.exit('no such\\u202efile')",
    ]
    let error = try #require(throws: StartError.self) {
      try HostilePrograms.suite(3).report(on: try ForeignCommand(words))
    }
    #expect(
      "\(error)".contains("exit status 1; its standard error ends: \\u{1b}[31mfirst ⏎ no such\\u{202e}file"), "\(error)"
    )
  }

  @Test func theRequestThatHangsIsBlamed() throws {
    let report = try report("hangs at number 5", answer: .milliseconds(400))
    #expect(wrong(report) == ["v5"] && message(report, "v5").contains("no answer within"))
  }

  @Test func theRequestThatKillsIsBlamed() throws {
    let report = try report("dies at number 7")
    #expect(wrong(report) == ["v7"])
    #expect(message(report, "v7").contains("abort") && message(report, "v7").contains("oh no"))
  }

  @Test func whoDiesAgainAndAgainIsStillJudged() throws {
    let report = try report("dies at its 7th", 60)
    // One of each seven is lost, the others are answered.
    #expect((5...10).contains(report.tally.errored) && report.tally.passed + report.tally.errored == 60)
  }

  @Test func whoHangsAgainAndAgainIsGivenUp() throws {
    let report = try report("hangs at its 5th", 100, answer: .milliseconds(150))
    #expect(report.tally.passed >= 20 && report.tally.errored >= 5)
    #expect(report.remarks.contains { $0.contains("it had hung 10 times") }, "\(report.remarks)")
  }

  @Test func restartsAreBounded() throws {
    var limits = ProgramLimits()
    (limits.restarts, limits.mostInFlight) = (3, 8)
    let report = try HostilePrograms.suite(60).report(on: HostilePrograms.command("dies at its 7th"), limits: limits)
    #expect(report.remarks.contains { $0.contains("broken down 4 times") }, "\(report.remarks)")
    #expect(report.tally.errored > 20)
  }

  /// What breaks down on whatever it is asked is told in one line, after a few requests, of each operation at least one.
  @Test func whoDiesOnAllIsAnError() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (suite, log) = (
      HostilePrograms.suite(20, of: [.mutualInformation, .ksg, .gaussianPlugIn]), folder.path + "/log"
    )
    var limits = ProgramLimits()
    limits.mostInFlight = 8
    let error = try #require(throws: StartError.self) {
      try suite.report(on: HostilePrograms.command("dies on all", log), limits: limits)
    }
    #expect(
      "\(error)".contains("exit status 1, whatever it was asked") && "\(error)".contains("ValueError: I cannot"),
      "\(error)")
    let asked = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    // The first of a window, three alone, one of each other operation.
    #expect(asked.count == 6 && Set(asked).count == 3, "\(asked)")
    // One operation that works is judged, and the one that does not counts.
    let report = try suite.report(on: HostilePrograms.command("dies on one", log), limits: limits)
    #expect(report.tally.passed == 40 && report.tally.errored == 20 && report.remarks.isEmpty, "\(report.remarks)")
  }

  @Test func whatItSaysOnStandardOutputIsTold() throws {
    let error = try #require(throws: StartError.self) { try report("talks and exits") }
    #expect("\(error)".hasSuffix("and on its standard output: Fatal error: no such script"), "\(error)")
  }

  @Test func anyOrderIsAnOrder() throws { #expect(try report("no order").tally.passed == 24) }

  @Test func noiseIsIgnoredAndCounted() throws {
    let noisy = try report("noise")
    #expect(noisy.passes)
    #expect(noisy.remarks.contains { $0.hasPrefix("120 lines ignored: no JSON object") }, "\(noisy.remarks)")
    #expect(noisy.remarks.contains { $0.hasPrefix("24 lines ignored: of a kind") }, "\(noisy.remarks)")
    let binary = try report("binary")
    #expect(binary.passes && !binary.remarks.isEmpty)
  }

  @Test(arguments: ["wrong seq", "seq as text"])
  func answersToNothingAreNoAnswers(mode: String) throws {
    let report = try report(mode)
    #expect(report.tally.errored == 24)
    #expect(message(report, "v1").contains("seq"))
    #expect(report.remarks.contains { $0.contains("24 answers with a seq that no request has") })
  }

  @Test func theFirstOfTwoAnswersCounts() throws {
    let report = try report("twice")
    #expect(report.passes)
    #expect(report.remarks.contains { $0.contains("answers to requests answered before") }, "\(report.remarks)")
  }

  /// Two answers that differ: whoever takes the second one takes another answer.
  @Test func aContradictionIsWrong() throws {
    let report = try report("contradicts")
    #expect(wrong(report) == ["v3"] && message(report, "v3").contains("answered twice"), "\(report)")
    // After the last request there is no list any more that it could belong to.
    let late = try self.report("contradicts at the end", 3)
    #expect(!late.passes && late.breaches.contains { $0.contains("1 request got a second answer") }, "\(late)")
  }

  /// Lines that are meant as answers and are none are told at once, not after the time limit, and given up after a few.
  @Test(arguments: ["Python's dictionaries", "no kind", "a list of one"]) func attemptsAreTold(mode: String) throws {
    let start = ContinuousClock.now
    let report = try report(mode, 60)
    #expect(report.tally.errored == 60 && message(report, "v1").contains("what it answered is no answer"), "\(report)")
    #expect(report.remarks.contains { $0.contains("was no answer 24 times in a row") }, "\(report.remarks)")
    #expect(ContinuousClock.now - start < .seconds(18), "each must not wait for the time limit")
  }

  /// Who prints a dictionary before the answer answers.
  @Test func talkBeforeAnAnswerIsTalk() throws {
    let report = try report("a dictionary first")
    #expect(report.passes && report.remarks == ["24 lines ignored: meant as an answer and no such"], "\(report)")
  }

  @Test func whatIsNoNumberIsWrong() throws {
    let nan = try report("NaN")
    #expect(wrong(nan) == ["v3"] && message(nan, "v3").contains("not finite"))
    let words = try report("words")
    #expect(wrong(words) == ["v3"] && message(words, "v3").contains("three"))
    let nothing = try report("no output")
    #expect(wrong(nothing) == ["v3"] && message(nothing, "v3").contains("without \"output\""))
  }

  @Test func aGiantLineIsPassedOver() throws {
    let report = try report("a giant line")
    #expect(report.passes && report.remarks.contains { $0.contains("too long") })
  }

  @Test func aClosedOutputIsACrash() throws {
    let report = try report("closes stdout")
    #expect(wrong(report) == ["v5"] && message(report, "v5").contains("closed its standard output"))
  }

  @Test func whoIgnoresStopIsEndedAndFails() throws {
    let report = try report("ignores stop")
    #expect(!report.passes && report.tally.passed == 24 && report.failures.isEmpty)
    #expect(report.breaches.count == 1 && report.breaches[0].contains("after stop"))
    #expect(report.junit.contains("<testsuite name=\"protocol\" tests=\"1\" failures=\"1\""))
  }

  @Test func whoNeverReadsHangs() throws {
    let report = try report("never reads", 12, answer: .milliseconds(100))
    #expect(report.tally.errored == 12)
    #expect(report.remarks.contains { $0.contains("it had hung 3 times") }, "\(report.remarks)")
  }

  @Test func aChildThatHoldsThePipeHoldsNothingUp() throws {
    let start = ContinuousClock.now
    let report = try report("a child holds the pipe")
    #expect(report.tally.passed >= 18 && report.tally.passed + report.tally.errored == 24)
    #expect(ContinuousClock.now - start < .seconds(15))
  }

  @Test func skippedAndErroredAreCounted() throws {
    let skipping = try report("skips")
    #expect(skipping.passes && skipping.tally.skipped == 1)
    let erring = try report("errs")
    #expect(wrong(erring) == ["v2"] && erring.tally.errored == 1 && message(erring, "v2").contains("too hard"))
  }

  @Test func unknownOperationsAreNamed() throws {
    let report = try report("unknown operation")
    #expect(
      report.passes
        && report.remarks == [
          "it lists \"mutual_informations\", which is no operation; did it mean mutual_information?"
        ])
  }

  @Test func aMissingProgramIsAnError() throws {
    #expect(throws: StartError.program(.missing("no-such-program"))) {
      try HostilePrograms.suite(3).report(on: ForeignCommand(["no-such-program"]))
    }
  }

  @Test func anInterruptedRunReportsWhatItHas() throws {
    var polls = 0
    let report = try HostilePrograms.suite(200).report(
      on: HostilePrograms.command("hangs at number 5"),
      until: {
        polls += 1
        return polls > 30
      })
    #expect(report.wasInterrupted && report.tally.errored > 0 && report.tally.total == 200)
  }
}
