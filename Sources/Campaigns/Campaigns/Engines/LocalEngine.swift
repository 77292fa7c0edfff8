// SPDX-License-Identifier: GPL-3.0-or-later
import ForeignPrograms
import Foundation
import Synchronization

/// The engine of one machine: a process a shard, so many at a time, exactly as a cluster would start them.
public struct LocalEngine: Sendable {
  /// The program and what comes before `run DIR --shard N`.
  public let program: String
  /// How many processes run at a time.
  public let processes: Int
  /// How often a shard is run again whose process was killed.
  public static let retries = 3

  /// An engine.
  public init(program: String, processes: Int) { (self.program, self.processes) = (program, max(1, processes)) }

  /// A shard that could not be carried out, and why.
  public struct Failure: Sendable {
    /// Its number.
    public let shard: Int
    /// What its process said last, or how it ended.
    public let reason: String
  }

  /// Carries shards out, and returns when all are done or were tried.
  ///
  /// - Parameters:
  ///   - isStopped: whether no further shard is to begin.
  ///   - progress: is called after each shard with the number of those that are over, one call at a time.
  public func run(
    _ shards: [Int], of folder: CampaignFolder, until isStopped: @Sendable @escaping () -> Bool = { false },
    progress: @Sendable @escaping (Int) -> Void = { _ in }
  ) -> [Failure] {
    struct State {
      var next = 0, over = 0
      var failures: [Failure] = []
    }
    let state = Mutex(State())
    let group = DispatchGroup()
    for _ in 0..<min(processes, shards.count) {
      group.enter()
      let thread = Thread {
        while !isStopped(),
          let shard = state.withLock({ state -> Int? in
            defer { state.next += 1 }
            return state.next < shards.count ? shards[state.next] : nil
          })
        {
          let failure = attempt(shard, folder)
          state.withLock { state in
            state.over += 1
            if let failure { state.failures.append(failure) }
            progress(state.over)
          }
        }
        group.leave()
      }
      thread.stackSize = 1 << 20
      thread.start()
    }
    group.wait()
    return state.withLock { $0.failures.sorted { $0.shard < $1.shard } }
  }

  private func attempt(_ shard: Int, _ folder: CampaignFolder) -> Failure? {
    var reason = ""
    for _ in 0...LocalEngine.retries {
      do throws(ForeignProgramError) {
        let words = [
          program, "campaign", "run", folder.path, "--shard", "\(shard)", "--threads", "1", "--quiet",
        ]
        _ = try ForeignCommand(words).run(timeLimit: .seconds(1_000_000_000))
        return nil
      } catch {
        reason = "\(error)"
        // What ended by itself would end so again.
        guard case .failed(.signalled, _) = error else { break }
      }
    }
    return Failure(shard: shard, reason: reason)
  }
}
