// SPDX-License-Identifier: MIT

import Foundation

/// A thread that runs the jobs of a search, which may block it.
package final class SearchThread: TaskExecutor, @unchecked Sendable {
  private let condition = NSCondition()
  private var jobs: [UnownedJob] = []
  private var isOver = false

  /// Starts the thread.
  package init() {
    let thread = Thread { [self] in
      while let job = next() { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
    thread.stackSize = 8 << 20
    thread.name = "property search"
    thread.start()
  }

  /// Takes a job.
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    condition.lock()
    jobs.append(job)
    condition.signal()
    condition.unlock()
  }

  /// Ends the thread when it has nothing to do.
  package func finish() {
    condition.lock()
    isOver = true
    condition.signal()
    condition.unlock()
  }

  private func next() -> UnownedJob? {
    condition.lock()
    defer { condition.unlock() }
    while jobs.isEmpty, !isOver { condition.wait() }
    return jobs.isEmpty ? nil : jobs.removeFirst()
  }
}
