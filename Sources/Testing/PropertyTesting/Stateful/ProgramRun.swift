// SPDX-License-Identifier: MIT

import Synchronization

/// How the tasks of a program are run.
public enum Interleaving: Sendable {
  /// By turns on one thread, in a drawn order that changes at each `await`: races between suspensions, deterministically.
  case scheduled
  /// Each on a thread of its own, so many times: races within synchronous code, where chance finds them.
  case threads(repetitions: Int)
}

extension StateMachine {
  /// The property that the system does what the model says, for programs of ``sequences(count:)`` or
  /// ``concurrentPrograms(tasks:count:first:)``.
  ///
  /// - Parameter limit: how long nothing may go on before a program counts as stuck.
  public func property(
    _ name: String, _ programs: Generator<Program<Self>>, _ interleaving: Interleaving = .scheduled,
    limit: Duration = .seconds(5)
  ) -> Property<Program<Self>> {
    var property = Property(name, programs) { program, trial in
      let repetitions = if case .threads(let count) = interleaving, program.tasks.count > 1 { count } else { 1 }
      for _ in 0..<repetitions {
        let run = ProgramRun(self, program)
        defer { for event in run.log { trial.note(event) } }
        try run.start(interleaving, limit)
      }
      return true
    }
    property.blocks = true
    return property
  }
}

/// One run of a program on a new system.
private final class ProgramRun<Machine: StateMachine>: Sendable {
  private struct State {
    var outcomes = Outcomes<Machine.Outcome>()
    var calls: [Call<Machine>] = []
    var error: (any Error)?
    var clock = 0
    var log: [String] = []
  }

  private let machine: Machine
  private let program: Program<Machine>
  private let state = Mutex(State())

  init(_ machine: Machine, _ program: Program<Machine>) { (self.machine, self.program) = (machine, program) }

  /// What was asked and answered, in the order of the answers.
  var log: [String] { state.withLock { $0.log } }

  func start(_ interleaving: Interleaving, _ limit: Duration) throws {
    let system = Mutex<Machine.System?>(nil)
    let model = Mutex(machine.initialModel)
    try drive(
      [
        {
          let made = try await self.machine.makeSystem()
          model.withLock { $0 = self.machine.initialModel }
          var current = self.machine.initialModel
          for step in self.program.sequence { try await self.runInSequence(step, made, &current) }
          let last = current
          model.withLock { $0 = last }
          system.withLock { $0 = made }
        }
      ], [], .scheduled, limit)
    guard let made = system.withLock({ $0 }), !program.tasks.isEmpty else { return }
    let after = model.withLock { $0 }
    try drive(
      program.tasks.enumerated().map { task, steps in
        { for step in steps { try await self.runConcurrently(step, made, task) } }
      }, program.schedule, interleaving, limit)
    let calls = state.withLock { $0.calls }
    if !machine.isLinearizable(calls, tasks: program.tasks.count, after) {
      let history = calls.map { "\($0.step.command) → \($0.outcome)" }.joined(separator: ", ")
      throw Failure.unmet(place: "the model in any order", message: "no order of the commands gives \(history)")
    }
  }

  /// Runs the tasks to their ends; throws what the first of them threw.
  private func drive(
    _ tasks: [@Sendable () async throws -> Void], _ schedule: [Int], _ interleaving: Interleaving, _ limit: Duration
  ) throws {
    let executor = StepExecutor()
    for task in tasks {
      let work: @Sendable () async -> Void = {
        do { try await task() } catch { self.state.withLock { $0.error = $0.error ?? error } }
      }
      if case .threads = interleaving {
        // Joined by a task of the executor, which waits for it.
        let elsewhere = Task(executorPreference: OwnThread()) { await work() }
        executor.start { await elsewhere.value }
      } else {
        executor.start(work)
      }
    }
    guard executor.drive(schedule, tasks: tasks.count, limit: limit) else {
      throw Failure.unmet(
        place: "an end", message: "nothing went on for \(limit): a deadlock, or a command without end")
    }
    if let error = state.withLock({ $0.error }) { throw error }
  }

  private func runInSequence(_ step: Program<Machine>.Step, _ system: Machine.System, _ model: inout Machine.Model)
    async throws
  {
    let predicted = machine.predict(step.command, &model)
    let outcome = try await machine.run(step.command, on: system, earlier: state.withLock { $0.outcomes })
    state.withLock { state in
      state.outcomes[step.place] = outcome
      state.log.append("\(step.command) → \(outcome)")
    }
    if !machine.isAsPredicted(outcome, predicted) {
      throw Failure.unmet(place: "the model", message: "\(step.command) gives \(outcome), and the model \(predicted)")
    }
    try await machine.checkInvariants(system, model)
  }

  private func runConcurrently(_ step: Program<Machine>.Step, _ system: Machine.System, _ task: Int) async throws {
    let (earlier, begin) = state.withLock { state in
      state.clock += 1
      return (state.outcomes, state.clock)
    }
    let outcome = try await machine.run(step.command, on: system, earlier: earlier)
    state.withLock { state in
      state.clock += 1
      state.outcomes[step.place] = outcome
      state.calls.append(Call(step: step, outcome: outcome, task: task, begin: begin, end: state.clock))
      state.log.append("task \(task + 1): \(step.command) → \(outcome)")
    }
  }
}

/// A command that was run in a task: what it gave, and when it began and ended.
struct Call<Machine: StateMachine>: Sendable {
  let step: Program<Machine>.Step
  let outcome: Machine.Outcome
  let task: Int
  let begin: Int
  let end: Int
}

extension StateMachine {
  /// Whether the model gives the outcomes of `calls` in some order that has each before those that began after its end.
  ///
  /// The search of Wing & Gong (1993).
  func isLinearizable(_ calls: [Call<Self>], tasks: Int, _ model: Model) -> Bool {
    var waiting = [[Call<Self>]](repeating: [], count: tasks)
    for call in calls { waiting[call.task].append(call) }
    return isLinearizable(waiting, model)
  }

  private func isLinearizable(_ waiting: [[Call<Self>]], _ model: Model) -> Bool {
    let first = waiting.compactMap(\.first)
    if first.isEmpty { return true }
    // What ended before another began comes before it.
    let earliestEnd = first.map(\.end).min() ?? 0
    return waiting.indices.contains { task in
      guard let call = waiting[task].first, call.begin < earliestEnd || call.end == earliestEnd,
        isAllowed(call.step.command, in: model)
      else { return false }
      var (next, rest) = (model, waiting)
      guard isAsPredicted(call.outcome, predict(call.step.command, &next)) else { return false }
      rest[task].removeFirst()
      return isLinearizable(rest, next)
    }
  }
}
