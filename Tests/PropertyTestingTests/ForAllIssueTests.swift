// SPDX-License-Identifier: GPL-3.0-or-later
import ForAll
import Foundation
import PropertyTesting
import Synchronization
import Testing

/// Expectations in properties: quiet in the search, recorded for the simplest case.
@Suite(.checks(cases: 200, keepsExamples: false)) struct ForAllIssueTests {
  @Test func expectationsAreFailures() async {
    await withKnownIssue {
      let report = await forAll(Generator.int(in: 0...1_000_000)) { value in
        #expect(value < 700)
      }
      #expect(report.counterexample?.value == 700)
      if case .unmet(let place, let message)? = report.counterexample?.failure {
        #expect(place.hasPrefix("ForAllIssueTests.swift:") && message.contains("Expectation failed"), "report")
      } else {
        Issue.record("report \(report.message)")
      }
    } matching: {
      !"\($0) \($0.comments)".contains("report")
    }
  }

  struct Odd: Error {}

  @Test func requirementsAndRecordedIssues() async {
    await withKnownIssue {
      let report = await forAll(Generator.int().array()) { list in
        _ = try #require(list.count < 3 ? 1 : nil)
      }
      #expect(report.counterexample?.value == [0, 0, 0])
    } matching: {
      !"\($0)".contains("report")
    }
    await withKnownIssue {
      let report = await forAll(Generator.int(in: 0...99), Generator.int(in: 0...99)) { a, b in
        if a + b > 100 { Issue.record("too much") }
      }
      #expect(report.counterexample.map { $0.value.0 + $0.value.1 } == 101)
    } matching: {
      !"\($0)".contains("report")
    }
  }

  /// Several kinds of failure are told apart by their places, and each is reported in its simplest form.
  @Test func otherFailuresAreReportedToo() async {
    await withKnownIssue {
      let report = await forAll(Generator.int(in: 0...10_000)) { value in
        #expect(value < 5_000)
        if value >= 100, value < 5_000 { throw Odd() }
      }
      #expect([report.counterexample?.value, report.others.first?.value].compactMap { $0 }.sorted() == [100, 5_000])
    } matching: {
      !"\($0)".contains("report")
    }
  }

  @MainActor final class Account {
    var balance = 0
    func add(_ amount: Int) async {
      await Task.yield()
      balance += amount
    }
  }

  /// A body that waits runs on the actor of its test, and may use what is not Sendable.
  @MainActor @Test func waitingBodiesStayOnTheirActor() async {
    final class Unsendable { var cases = 0 }
    let seen = Unsendable()
    await withKnownIssue {
      let report = await forAll(Generator.int(in: 0...1_000)) { value in
        MainActor.assertIsolated()
        seen.cases += 1
        let account = Account()
        await account.add(value)
        await account.add(value)
        #expect(account.balance < 100)
      }
      #expect(report.counterexample?.value == 50)
    } matching: {
      !"\($0)".contains("report")
    }
    #expect(seen.cases > 3)
    let passing = await forAll(Generator.zip(Generator.int(), Generator.int())) { pair, trial in
      let (a, b) = pair
      await Task.yield()
      trial.label("equal", if: a == b)
      #expect(a &+ b == b &+ a)
    }
    #expect(passing.isPass && passing.statistics.valid == 200)
  }

  @Test func notesAreThoseOfTheReportedCase() async {
    let report = await Property("noted", Generator.int(in: 0...1_000)) { value, trial in
      trial.note("half is \(value / 2)")
      return value < 100
    }.check()
    #expect(report.counterexample?.notes == ["half is 50"])
    #expect(report.message.contains("note: half is 50"))
  }

  @Test func slowCasesFail() async {
    let report = await Property("slow", Generator.int(in: 0...40)) { value, _ in
      if value >= 20 { Thread.sleep(forTimeInterval: 0.3) }
      return true
    }.check(CheckSettings(caseLimit: .milliseconds(250)))
    #expect(
      report.counterexample.map { $0.value >= 20 && $0.failure == .tookTooLong(limit: .milliseconds(250)) } ?? !report
        .isPass)
  }

  /// What a `withKnownIssue` inside of the property expects is no failure of it.
  @Test func knownIssuesInsideAreExpected() async {
    let report = await forAll(Generator.int()) { value in
      withKnownIssue { #expect(Bool(false)) }
    }
    #expect(report.isPass)
  }
}
