// SPDX-License-Identifier: MIT

/// A system with state, and a model that says what it should do.
///
/// Random programs of commands are run on both. One after the other, each command must give what the model predicts; on several
/// tasks at once, the outcomes must be those of some order of the commands, one that respects which ended before which began:
/// the system is linearizable (Herlihy & Wing 1990).
public protocol StateMachine: Sendable {
  /// What the system should be like: a value.
  associatedtype Model: Sendable
  /// The system: an object, an actor, a connection.
  associatedtype System: Sendable
  /// What can be asked of it.
  associatedtype Command: Sendable
  /// What it answers.
  associatedtype Outcome: Equatable & Sendable

  /// The model of a new system.
  var initialModel: Model { get }

  /// Commands that make sense where the model is `model`: with arguments that refer to what is there, say.
  func commands(in model: Model) -> Generator<Command>

  /// Whether `command` may be asked; by default, always.
  func isAllowed(_ command: Command, in model: Model) -> Bool

  /// What the system should answer; the model becomes what it is afterwards.
  func predict(_ command: Command, _ model: inout Model) -> Outcome

  /// A new system.
  func makeSystem() async throws -> System

  /// Asks the system.
  ///
  /// - Parameter earlier: what commands before this one gave, for those that use it, such as a handle that was opened.
  func run(_ command: Command, on system: System, earlier: Outcomes<Outcome>) async throws -> Outcome

  /// Whether an outcome is as predicted; by default, whether it is equal.
  func isAsPredicted(_ outcome: Outcome, _ predicted: Outcome) -> Bool

  /// Checks, after each command of a sequence, what must always hold; throws or records an issue where it does not.
  func checkInvariants(_ system: System, _ model: Model) async throws
}

extension StateMachine {
  /// Always.
  public func isAllowed(_ command: Command, in model: Model) -> Bool { true }
  /// Whether they are equal.
  public func isAsPredicted(_ outcome: Outcome, _ predicted: Outcome) -> Bool { outcome == predicted }
  /// Nothing.
  public func checkInvariants(_ system: System, _ model: Model) async throws {}
}

/// What earlier commands gave, by the number of the command.
public struct Outcomes<Outcome: Sendable>: Sendable {
  private var known: [Int: Outcome] = [:]

  init() {}

  /// What command number `place` gave; nil where it has not ended, or runs in another task.
  public subscript(place: Int) -> Outcome? {
    get { known[place] }
    set { known[place] = newValue }
  }
}

/// Commands for a system: some one after the other, then some on several tasks at once.
public struct Program<Machine: StateMachine>: Sendable, CustomStringConvertible {
  /// A command, and its number in the program.
  public struct Step: Sendable {
    /// Its number, from 0.
    public let place: Int
    /// The command.
    public let command: Machine.Command
  }

  /// The commands that are run first, in order.
  public var sequence: [Step] = []
  /// The commands of each task that is run then.
  public var tasks: [[Step]] = []
  /// Which of the waiting tasks goes on, at each point where one may change for another; 0 when it is over.
  public var schedule: [Int] = []

  /// The number of commands.
  public var count: Int { sequence.count + tasks.reduce(0) { $0 + $1.count } }

  /// "put(1); get()" or, with tasks, "put(1); then at once: get() | put(2); get()".
  public var description: String {
    func text(_ steps: [Step]) -> String { steps.map { "\($0.command)" }.joined(separator: "; ") }
    let busy = tasks.filter { !$0.isEmpty }.map(text).joined(separator: " | ")
    let first = text(sequence)
    if busy.isEmpty { return first.isEmpty ? "no command" : first }
    let together = (first.isEmpty ? "" : first + "; then ") + "at once: " + busy
    return schedule.contains { $0 > 0 } ? together + " (schedule \(schedule))" : together
  }
}

// MARK: Random programs

extension StateMachine {
  /// Programs of at most `count` commands, one after the other; the shorter, the simpler.
  public func sequences(count: Int = 30) -> Generator<Program<Self>> {
    Generator { tape in
      var (program, model) = (Program<Self>(), initialModel)
      program.sequence = try steps(count, from: 0, &model, &tape) { _ in true }
      return program
    }
  }

  /// Programs of at most `first` commands one after the other, and then `count` in each of several tasks.
  ///
  /// Only commands that are allowed in whatever order the tasks are.
  public func concurrentPrograms(tasks: Int = 2, count: Int = 3, first: Int = 5) -> Generator<Program<Self>> {
    Generator { tape in
      var (program, model) = (Program<Self>(), initialModel)
      program.sequence = try steps(first, from: 0, &model, &tape) { _ in true }
      for _ in 0..<tasks {
        var own = model
        let (start, others) = (program.count, program.tasks)
        program.tasks.append(
          try steps(count, from: start, &own, &tape) { steps in
            isAllowedInAnyOrder(others + [steps], model)
          })
      }
      program.schedule = try Generator<Int>.uniform(in: 0...(tasks - 1)).array(count: 0...(12 * tasks))(&tape)
      return program
    }
  }

  private func steps(
    _ limit: Int, from start: Int, _ model: inout Model, _ tape: inout ChoiceTape,
    _ isPossible: ([Program<Self>.Step]) -> Bool
  ) throws -> [Program<Self>.Step] {
    var steps: [Program<Self>.Step] = []
    try tape.elements(0...limit) { tape in
      let command = try tape.span(ChoiceTape.Span.step) { try commands(in: model)(&$0) }
      let step = Program<Self>.Step(place: start + steps.count, command: command)
      if isAllowed(command, in: model), isPossible(steps + [step]) {
        _ = predict(command, &model)
        steps.append(step)
      }
      // One that is not allowed is left out, and takes its place.
      return true
    }
    return steps
  }

  /// Whether every command is allowed when its turn comes, in all orders that keep those of the tasks.
  private func isAllowedInAnyOrder(_ tasks: [[Program<Self>.Step]], _ model: Model) -> Bool {
    tasks.indices.allSatisfy { task in
      guard let step = tasks[task].first else { return true }
      guard isAllowed(step.command, in: model) else { return false }
      var (rest, next) = (tasks, model)
      rest[task].removeFirst()
      _ = predict(step.command, &next)
      return isAllowedInAnyOrder(rest, next)
    }
  }
}
