// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ExactAlgebra
import PlainText
import Synchronization

/// The line on a terminal that says how far the explanation of a large instance is; one of a small instance is there before it.
final class ExplainProgress: Sendable {
  private struct State {
    var stage = "reading"
    var stages = 0
    var drawn: ContinuousClock.Instant?
  }

  private let state = Mutex(State())
  private let start = ContinuousClock.now
  private let total: Int

  private init(claims: Int) { total = ExplainProgress.stages(claims: claims) }

  /// Reading, moments, informations and students come before the claims.
  static func stages(claims: Int) -> Int { 4 + claims }

  /// Calls `body`, and draws on standard error what long eliminations in it tell, where that is a terminal.
  static func with<Result>(
    _ output: OutputOptions, claims: Int, _ body: (ExplainProgress) throws -> Result
  ) rethrows -> Result {
    let progress = ExplainProgress(claims: claims)
    guard StandardError.isTerminal, !output.quiet else { return try body(progress) }
    defer { progress.end() }
    return try EliminationProgress.$report.withValue({ rows, share in progress.draw(rows, share) }) {
      try body(progress)
    }
  }

  /// The next part of the explanation begins.
  func enter(_ stage: String) {
    state.withLock { state in
      state.stage = stage
      state.stages += 1
    }
  }

  /// Takes the line away.
  func end() {
    let isDrawn = state.withLock { state in
      defer { state.drawn = nil }
      return state.drawn != nil
    }
    if isDrawn { StandardError.draw("\r\u{1B}[K") }
  }

  private func draw(_ rows: Int, _ share: Double) {
    let now = ContinuousClock.now
    let line: String? = state.withLock { state in
      guard now - (state.drawn ?? start) >= .milliseconds(500) else { return nil }
      state.drawn = now
      return ExplainProgress.text(
        state.stage, done: state.stages, of: total, rows: rows, share: share, after: now - start)
    }
    if let line { StandardError.draw("\r\(line)\u{1B}[K") }
  }

  /// The line: how many parts are done, which one is on, and how far its elimination, at most 80 columns wide.
  static func text(
    _ stage: String, done: Int, of total: Int, rows: Int, share: Double, after elapsed: Duration
  ) -> String {
    let matrix = "\(grouped(rows))×\(grouped(rows)) \(Int(share * 100)) %"
    return "\(done) of \(total) parts, \(stage): \(matrix), \(ProgressLine.words(elapsed)) so far"
  }
}
