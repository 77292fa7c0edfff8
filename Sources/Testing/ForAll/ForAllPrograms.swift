// SPDX-License-Identifier: MIT

import PropertyTesting
import Testing

/// Checks that a system does what its model says, for random sequences of commands.
///
/// - Parameters:
///   - count: the largest number of commands.
///   - replay: the line of an earlier failure: only that case is run.
/// - Returns: what was found.
@discardableResult
public func forAllPrograms<Machine: StateMachine>(
  of machine: Machine, count: Int = 30, settings: CheckSettings? = nil, replay: String? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) async -> CheckReport<Program<Machine>> {
  await PropertyTest(machine.sequences(count: count), settings, replay, sourceLocation)
    .runBlocking { machine.property($0, $1) }
}

/// Checks that a system is linearizable: whatever is asked of it on several tasks at once, its answers are those of the model
/// in some order.
///
/// - Parameters:
///   - tasks: the number of tasks.
///   - count: the largest number of commands in each.
///   - first: the largest number of commands before them.
///   - interleaving: whether the tasks take turns in drawn orders, or run on threads.
///   - replay: the line of an earlier failure: only that case is run.
/// - Returns: what was found.
@discardableResult
public func forAllConcurrentPrograms<Machine: StateMachine>(
  of machine: Machine, tasks: Int = 2, count: Int = 3, first: Int = 5, interleaving: Interleaving = .scheduled,
  settings: CheckSettings? = nil, replay: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
) async -> CheckReport<Program<Machine>> {
  let programs = machine.concurrentPrograms(tasks: tasks, count: count, first: first)
  return await PropertyTest(programs, settings, replay, sourceLocation)
    .runBlocking { machine.property($0, $1, interleaving) }
}
