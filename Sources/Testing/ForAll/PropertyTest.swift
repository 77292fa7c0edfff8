// SPDX-License-Identifier: MIT

import Foundation
import PropertyTesting
import Testing

/// One `forAll`: searches quietly, then reports what was found.
struct PropertyTest<Value> {
  private let generator: Generator<Value>
  private let settings: CheckSettings
  private let replay: String?
  private let place: TestPlace
  private let judge = CaseIssues.Judge()

  init(_ generator: Generator<Value>, _ settings: CheckSettings?, _ replay: String?, _ location: SourceLocation) {
    place = TestPlace(location)
    (self.generator, self.settings, self.replay) = (generator, place.settings(settings), replay)
  }

  /// Checks a property that does not wait, on as many threads as the settings say.
  func run(_ holds: @escaping @Sendable (Value, inout Trial) throws -> Bool) async -> CheckReport<Value> {
    await run(Property(place.name, generator, holds: holds), on: survivesTraps ? SearchThread() : nil)
  }

  /// Checks the property that `make` gives a name and the generator, on a thread that it may block.
  func runBlocking(_ make: (String, Generator<Value>) -> Property<Value>) async -> CheckReport<Value> {
    await run(make(place.name, generator), on: SearchThread())
  }

  private func run(_ inner: Property<Value>, on thread: SearchThread?) async -> CheckReport<Value> {
    let judge = judge
    let property = Property(place.name, generator) { value, trial in
      try CaseIssues.collect(judge) { try inner.holds(value, &trial) }
    }
    let box = Unchecked<CheckReport<Value>?>(nil)
    await CaseIssues.quietly {
      guard let thread else {
        box.value = await self.reportHereOrElsewhere(property)
        return
      }
      let test = Unchecked(self)
      await Task(executorPreference: thread) { box.value = await test.value.reportHereOrElsewhere(property) }.value
    }
    thread?.finish()
    return await record(box.value) { value in
      var trial = Trial()
      _ = try? inner.holds(value, &trial)
    }
  }

  /// Checks a property that waits, in this task.
  func runWaiting(isolation: isolated (any Actor)? = #isolation, _ holds: @escaping AsyncCases<Value>.Body) async
    -> CheckReport<Value>
  {
    let (cases, thread) = (AsyncCases<Value>(), SearchThread())
    let property = Property(place.name, generator) { value, trial in try cases.run(value, &trial) }
    let box = Unchecked<CheckReport<Value>?>(nil)
    let judge = judge
    await CaseIssues.quietly {
      let test = Unchecked(self)
      let search = Task(executorPreference: thread) {
        box.value = await test.value.reportHereOrElsewhere(property)
        cases.finish()
      }
      await cases.serve(judge, holds)
      await search.value
    }
    thread.finish()
    return await record(box.value) { value in
      var trial = Trial()
      _ = try? await holds(value, &trial)
    }
  }

  private var survivesTraps: Bool { TrapSurvivalTrait.isOn }

  private func reportHereOrElsewhere(_ property: Property<Value>) async -> CheckReport<Value> {
    if let server = TrapServer.current { return await served(property, by: server) }
    return survivesTraps ? await reportElsewhere(property) : await report(property)
  }

  /// The report of a search whose cases run in another process.
  private func reportElsewhere(_ property: Property<Value>) async -> CheckReport<Value> {
    let client = TrapClient(place, settings)
    defer { client.finish() }
    return await report(property.asking { client.ask($0) })
  }

  /// In that other process: does not return from the property that is asked for, and passes over the others.
  private func served(_ property: Property<Value>, by server: TrapServer) async -> CheckReport<Value> {
    if server.serves(place) { server.serve(property) }
    return await property.check(CheckSettings(cases: 0))
  }

  private func report(_ property: Property<Value>) async -> CheckReport<Value> {
    guard let replay else { return await property.check(settings) }
    do {
      let report = property.replay(try ReplayLine(parsing: replay), settings)
      guard case .stale = report.outcome else { return report }
      Issue.record(Comment(rawValue: report.message), severity: .warning, sourceLocation: place.location)
    } catch {
      Issue.record("the replay line cannot be read: \(error)", sourceLocation: place.location)
    }
    return await property.check(settings)
  }

  /// Makes issues of the test from what was found; where expectations failed they are recorded where they stand.
  private func record(
    isolation: isolated (any Actor)? = #isolation, _ report: CheckReport<Value>?,
    again run: @escaping (Value) async -> Void
  ) async -> CheckReport<Value> {
    guard let report else { fatalError("a search that did not end") }
    if TrapServer.current != nil { return report }
    if let found = report.counterexample {
      for failure in [found] + report.others {
        if case .unmet = failure.failure {
          let comment = "\(report.name) fails for \(details(failure))"
          // Made anew, as the first run may have changed what it was given.
          if await CaseIssues.openly(comment, { await run(failure.value) }) { continue }
        }
        record("\(report.name) \(failure.failure) for \(details(failure))")
      }
    } else if !report.isPass {
      record(report.message)
    }
    for warning in report.warnings { record("\(report.name): \(warning)", .warning) }
    return report
  }

  /// What is said of a counterexample; where `CCH_SHRINK_PASSES` is set also what each pass did to make it simple.
  private func details<Found>(_ failure: Counterexample<Found>) -> String {
    guard ProcessInfo.processInfo.environment["CCH_SHRINK_PASSES"] != nil else { return failure.details }
    return ([failure.details] + failure.passes.map { "  \($0)" }).joined(separator: "\n")
  }

  private func record(_ text: String, _ severity: Issue.Severity = .error) {
    Issue.record(Comment(rawValue: text), severity: severity, sourceLocation: place.location)
  }
}
