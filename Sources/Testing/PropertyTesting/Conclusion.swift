// SPDX-License-Identifier: MIT

/// What follows from a search: the failure that was found, tried again and made simple, or how well the property was tested.
struct Conclusion<Value> {
  var property: Property<Value>
  let settings: CheckSettings
  var statistics = CheckStatistics()
  var storeWarning: String?
  var coverage: CoverageSummary?
  private var notices: [String] = []

  init(_ property: Property<Value>, _ settings: CheckSettings) { (self.property, self.settings) = (property, settings) }

  /// The report of all that was counted.
  mutating func report() -> CheckReport<Value> {
    guard let found = statistics.firstFailure else { return ending(outcome(requiring: settings.required)) }
    let execution = property.run(on: ChoiceTape(found.values))
    return report(execution, found.failure, case: found.index)
  }

  /// The report of a failure, which `execution` is a second run of, and of those of other kinds.
  mutating func report(
    _ execution: Execution<Value>, _ failure: Failure, case index: Int?, besides: ArraySlice<Execution<Value>> = []
  ) -> CheckReport<Value> {
    let line = ReplayLine(name: property.name, values: execution.tape.values)
    // What ends a process must not be made again here.
    if failure.isInGenerator { return reportTrap(execution, failure) }
    if let difference = property.differences(execution) { notices.append(difference) }
    guard let again = execution.status.failure, again.isLike(failure) else {
      return ending(.flaky(first: failure, second: execution.status, replay: line))
    }
    var (others, seen) = ([Counterexample<Value>](), [failure])
    guard let (found, met) = simplest(execution, failure, case: index) else {
      // The generator itself throws: there is no value to show.
      return ending(.generatorFails(failure, replay: line))
    }
    if let second = unlike(found) {
      return ending(.flaky(first: found.failure, second: second, replay: found.replay))
    }
    for other in besides.compactMap(failingCase) + met + failures(after: index)
    where seen.count < 5 && !seen.contains(where: { $0.isLike(other.failure) }) {
      seen.append(other.failure)
      let execution = property.run(on: ChoiceTape(other.values))
      guard let failure = execution.status.failure, failure.isLike(other.failure) else { continue }
      if failure.isInGenerator {
        let line = ReplayLine(name: property.name, values: execution.tape.values)
        notices.append("in other cases the generator \(failure); replay: \(line)")
      }
      if let (found, _) = simplest(execution, failure, case: nil), unlike(found) == nil { others.append(found) }
    }
    for found in [found] + others { keep(found.replay) }
    return ending(.failed(found), others)
  }

  /// The report of a generator that ends the process of a case: there is no value, but its choices are made simpler.
  private mutating func reportTrap(_ execution: Execution<Value>, _ failure: Failure) -> CheckReport<Value> {
    guard execution.status.failure?.isLike(failure) == true else {
      let line = ReplayLine(name: property.name, values: execution.tape.values)
      return ending(.flaky(first: failure, second: execution.status, replay: line))
    }
    var shrinker = Shrinker(property, execution, failure: failure, budget: settings.shrinkBudget)
    let line = ReplayLine(name: property.name, values: shrinker.run().execution.tape.values)
    keep(line)
    return ending(.generatorFails(failure, replay: line))
  }

  /// The simplest case with this failure, and the other failures that were met on the way.
  private mutating func simplest(_ execution: Execution<Value>, _ failure: Failure, case index: Int?)
    -> (Counterexample<Value>, met: [CheckStatistics.FailingCase])?
  {
    var shrinker = Shrinker(property, execution, failure: failure, budget: settings.shrinkBudget)
    let shrunk = shrinker.run()
    let reported = property.report(on: shrunk.execution.tape.values)
    guard let found = Counterexample(shrunk, property, reported, case: index) else { return nil }
    if let change = property.change(shrunk.execution) { notices.append(change) }
    return (found, shrinker.otherFailures)
  }

  /// The failures of the random cases after the first that failed, as many as were tried before it and at most 100.
  private func failures(after index: Int?) -> [CheckStatistics.FailingCase] {
    guard let index else { return [] }
    let end = min(index + 1 + min(100, index + 1), settings.budget.cases ?? .max)
    return (index + 1..<max(index + 1, end)).compactMap { index in
      failingCase(property.run(on: property.randomTape(settings.seed, index)))
    }
  }

  private func failingCase(_ execution: Execution<Value>) -> CheckStatistics.FailingCase? {
    execution.status.failure.map { .init(index: -1, values: execution.tape.values, failure: $0) }
  }

  /// What came of the case when it was run again, where that is not the same failure.
  private func unlike(_ found: Counterexample<Value>) -> CaseStatus? {
    let status = property.run(on: ChoiceTape(found.replay.values)).status
    return status.failure?.isLike(found.failure) == true ? nil : status
  }

  private mutating func keep(_ line: ReplayLine) {
    do { try settings.store?.save(line) } catch {
      storeWarning = "the example store cannot be written: \(error)"
    }
  }

  /// How well the property was tested where nothing failed.
  func outcome(requiring required: [String: Double]) -> CheckReport<Value>.Outcome {
    if statistics.valid == 0 || statistics.rejected > 9 * statistics.valid {
      return .vacuous(valid: statistics.valid, rejected: statistics.rejected)
    }
    for (label, share) in required.sorted(by: { $0.key < $1.key }) {
      let (count, interval) = statistics.frequency(of: label)
      if interval.upper < share || count == 0 {
        return .uncovered(label: label, count: count, interval: interval, required: share)
      }
    }
    return .passed
  }

  func ending(_ outcome: CheckReport<Value>.Outcome, _ others: [Counterexample<Value>] = []) -> CheckReport<Value> {
    CheckReport(
      name: property.name, settings: settings, statistics: statistics, outcome: outcome, others: others,
      storeWarning: storeWarning, coverage: coverage, notices: notices)
  }
}

// MARK: What must not change

extension Property {
  /// What differs when the generator makes the case of `execution` again: it then depends on more than its tape.
  func differences(_ execution: Execution<Value>) -> String? {
    // Not made again where that would end this process.
    if execution.status.failure?.isInGenerator == true { return nil }
    let (again, tape) = generate(from: ChoiceTape(execution.tape.values, size: execution.tape.size))
    let reason = "it depends on something else than its choices, such as global state or a random source of its own"
    if !execution.tape.isTooLarge, tape.choices != execution.tape.choices {
      return "the generator is not deterministic: from the same choices it draws others; \(reason)"
    }
    // A property may have changed what it was given: only two fresh values can be compared.
    let third = generate(from: ChoiceTape(execution.tape.values, size: execution.tape.size)).0
    guard let a = try? again.get(), let b = try? third.get() else { return nil }
    return isSame(a, b)
      ? nil : "the generator is not deterministic: from the same choices it makes \(a) and then \(b); \(reason)"
  }

  /// Whether the property changed the object that it was given.
  func change(_ execution: Execution<Value>) -> String? {
    guard let value = execution.value else { return nil }
    let (again, third) = (
      generate(from: ChoiceTape(execution.tape.values)).0, generate(from: ChoiceTape(execution.tape.values)).0
    )
    guard let fresh = try? again.get(), let other = try? third.get(), isSame(fresh, other), !isSame(fresh, value)
    else { return nil }
    return "the property changes its argument, \(fresh), to \(value)"
  }

  private func isSame(_ a: Value, _ b: Value) -> Bool {
    // Addresses differ from object to object.
    func text(_ value: Value) -> String { String(describing: value).replacing(/0x[0-9a-fA-F]+/, with: "0x") }
    if let a = a as? any Equatable, a.equals(b) { return true }
    return text(a) == text(b)
  }
}

extension Equatable {
  fileprivate func equals(_ other: Any) -> Bool { (other as? Self) == self }
}
