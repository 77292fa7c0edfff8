// SPDX-License-Identifier: MIT

import Foundation
import PropertyTesting

/// Hands the cases of a search, which waits for each of them on a thread of its own, to the task that runs them.
///
/// So the search is written once, without `await`, and a property runs where its test runs: in its task, on its actor.
final class AsyncCases<Value>: @unchecked Sendable {
  typealias Body = (Value, inout Trial) async throws -> Bool

  private struct Case {
    let value: Value
    var trial: Trial
    var isReported = false
    var result: Result<Bool, any Error>?
  }

  private let condition = NSCondition()
  private var current: Case?
  private var isOver = false
  private var waiting: CheckedContinuation<Void, Never>?

  /// Has the case run by the other side; called on the thread of the search.
  func run(_ value: Value, _ trial: inout Trial) throws -> Bool {
    condition.lock()
    defer { condition.unlock() }
    current = Case(value: value, trial: trial)
    wake()
    while current?.result == nil { condition.wait() }
    defer { current = nil }
    trial = current?.trial ?? trial
    return try current?.result?.get() ?? false
  }

  /// Says that no case follows.
  func finish() {
    condition.lock()
    isOver = true
    wake()
    condition.unlock()
  }

  private func wake() {
    waiting?.resume()
    waiting = nil
  }

  /// Runs the cases, one after the other, until the search is over.
  func serve(_ judge: CaseIssues.Judge, isolation: isolated (any Actor)? = #isolation, _ body: Body) async {
    while await hasCase() {
      guard let value = current?.value, var trial = current?.trial else { return }
      let result: Result<Bool, any Error>
      CaseFile.prepareThread()
      do {
        if Task.isCancelled { throw Rejection("the test was cancelled") }
        result = .success(try await CaseIssues.collect(judge) { try await body(value, &trial) })
      } catch { result = .failure(error) }
      answer(trial, result)
    }
  }

  private func answer(_ trial: Trial, _ result: Result<Bool, any Error>) {
    condition.lock()
    current?.trial = trial
    current?.result = result
    condition.broadcast()
    condition.unlock()
  }

  private func hasCase(isolation: isolated (any Actor)? = #isolation) async -> Bool {
    await withCheckedContinuation { continuation in
      condition.lock()
      if isOver || (current != nil && current?.result == nil) {
        continuation.resume()
      } else {
        waiting = continuation
      }
      condition.unlock()
    }
    return !isOver
  }
}
