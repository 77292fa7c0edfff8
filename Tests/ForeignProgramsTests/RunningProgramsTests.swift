// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization
import Testing

@testable import ForeignPrograms

@Suite struct RunningProgramsTests {
  /// A process that is told to end kills what runs, and starts nothing any more, whatever its threads are about.
  ///
  /// In a process of its own, which starts nothing afterwards.
  @Test func allAreEndedAndNoneStarts() async {
    await #expect(processExitsWith: .success) {
      let started = Mutex([pid_t]())
      let ended = Atomic(0)
      for _ in 0..<3 {
        Thread.detachNewThread {
          while let child = try? ChildProcess(try ForeignCommand(["sleep", "300"])) {
            started.withLock { $0.append(child.pid) }
            // Some end by themselves, in the meantime.
            if child.pid.isMultiple(of: 2) { child.kill() } else { while !child.checkExit() { usleep(1_000) } }
          }
          ended.add(1, ordering: .relaxed)
        }
      }
      usleep(100_000)
      RunningPrograms.endAll()
      while ended.load(ordering: .relaxed) < 3 { usleep(1_000) }
      let pids = started.withLock { $0 }
      precondition(pids.count >= 3 && pids.allSatisfy { Foundation.kill($0, 0) == -1 })
    }
  }
}
