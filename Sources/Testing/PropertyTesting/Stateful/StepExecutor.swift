// SPDX-License-Identifier: MIT

import Dispatch
import Foundation
import Synchronization

/// Runs the tasks of a program by turns on one thread, in an order that is chosen: at each `await` another may go on.
///
/// The same program and schedule give the same run, as long as the system itself does not leave its tasks. Default actors run
/// where the tasks that call them do.
final class StepExecutor: TaskExecutor, @unchecked Sendable {
  private let condition = NSCondition()
  private var jobs: [UnownedJob] = []
  private var finished = 0
  /// Whether the threads of the process have done something since it was asked: work that is elsewhere had its chance.
  private var othersAnswered = false

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    condition.lock()
    jobs.append(job)
    condition.signal()
    condition.unlock()
  }

  /// Runs `work` as a task; called before ``drive(_:tasks:limit:)``.
  func start(_ work: @escaping @Sendable () async -> Void) {
    Task(executorPreference: self) {
      await work()
      self.finishOne()
    }
  }

  private func finishOne() {
    condition.lock()
    finished += 1
    condition.signal()
    condition.unlock()
  }

  /// Runs jobs until so many tasks are over; which of those that wait comes from `schedule`.
  ///
  /// - Returns: false where nothing went on for `limit`: a deadlock, or a command that does not end.
  func drive(_ schedule: [Int], tasks: Int, limit: Duration) -> Bool {
    var turn = 0
    while true {
      condition.lock()
      guard waitForJob(tasks, limit) else {
        condition.unlock()
        return false
      }
      if jobs.isEmpty {
        condition.unlock()
        return true
      }
      var choice = 0
      if jobs.count > 1 {
        choice = turn < schedule.count ? schedule[turn] % jobs.count : 0
        turn += 1
      }
      let job = jobs.remove(at: choice)
      condition.unlock()
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }

  /// Waits, with the lock held, until there is a job or all tasks are over.
  ///
  /// What is elsewhere, such as on a timer, comes back by itself. It may need a thread of the process, all of which others may keep
  /// busy: so the time counts only once they have answered, and for twenty times as long in any case, at least five minutes.
  ///
  /// - Returns: false where nothing went on for `limit`.
  private func waitForJob(_ tasks: Int, _ limit: Duration) -> Bool {
    var waits = 0
    while jobs.isEmpty, finished < tasks {
      let end = Date(timeIntervalSinceNow: limit / .seconds(1))
      while jobs.isEmpty, finished < tasks, condition.wait(until: end) {}
      guard jobs.isEmpty, finished < tasks else { break }
      if waits > 0, othersAnswered || limit * waits >= max(limit * 20, .seconds(300)) { return false }
      if waits == 0 { askOthers() }
      waits += 1
    }
    return true
  }

  private func askOthers() {
    othersAnswered = false
    Task.detached {
      self.condition.withLock { self.othersAnswered = true }
    }
  }
}

/// Runs a task on a thread that nobody else uses.
final class OwnThread: TaskExecutor {
  private let queue = DispatchQueue(label: "a task of a program")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
