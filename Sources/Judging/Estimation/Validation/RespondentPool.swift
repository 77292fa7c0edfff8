// SPDX-License-Identifier: GPL-3.0-or-later
import LineProtocol
import Synchronization

/// The processes of one estimator, each used by one thread at a time, and how much more patience there is with it.
public final class RespondentPool: Sendable {
  /// A respondent that nobody asks at the moment.
  ///
  /// Unchecked: respondents are not Sendable, but this one is in the pool alone, which hands it to one thread at a time.
  private struct Idle: @unchecked Sendable { let respondent: any Respondent }

  private struct State {
    var idle: [Idle] = []
    var failures = (inARow: 0, last: "", hasAnswered: false)
  }

  private let state = Mutex(State())
  private let make: @Sendable () -> any Respondent

  /// A pool of respondents that `make` makes, one for each thread that asks at the same time.
  public init(_ make: @escaping @Sendable () -> any Respondent) { self.make = make }

  /// How many failures in a row are taken before the first answer, and after it.
  static let patience = (atFirst: 3, later: 10)

  /// Makes sure that there is a respondent that can answer at all; it is kept for the run.
  ///
  /// - Throws: `StartError` where there is none.
  func prepare(trials: [PairedSample], until isStopped: () -> Bool) throws(StartError) {
    let respondent = make()
    try respondent.prepare(trials: trials, until: isStopped)
    give(respondent)
  }

  /// Answers one sample by a respondent that is free, unless too many in a row have failed.
  func answer(_ sample: PairedSample, seed: UInt64) -> EstimatorAnswer {
    if let reason = exhaustion { return EstimatorAnswer(.notAsked(reason), seconds: 0) }
    let respondent = state.withLock { $0.idle.popLast() }?.respondent ?? make()
    let answer = respondent.answer(sample, seed: seed)
    give(respondent)
    note(answer.outcome)
    return answer
  }

  private func give(_ respondent: any Respondent) {
    let idle = Idle(respondent: respondent)
    state.withLock { $0.idle.append(idle) }
  }

  private func note(_ outcome: EstimatorAnswer.Outcome) {
    state.withLock { state in
      switch outcome {
      case .failed(let reason): state.failures = (state.failures.inARow + 1, reason, state.failures.hasAnswered)
      case .notAsked: break
      default: state.failures = (0, "", true)
      }
    }
  }

  private var exhaustion: String? {
    state.withLock { state in
      let failures = state.failures
      let limit = failures.hasAnswered ? RespondentPool.patience.later : RespondentPool.patience.atFirst
      return failures.inARow < limit
        ? nil : "it had given no usable answer \(failures.inARow) times in a row: \(failures.last)"
    }
  }

  /// Ends all processes, which must be free by now.
  public func finish() -> Conduct {
    let all = state.withLock { state in
      defer { state.idle = [] }
      return state.idle
    }.map(\.respondent)
    for respondent in all { respondent.beginToStop() }
    var conduct = Conduct()
    for respondent in all { conduct += respondent.finish() }
    return conduct
  }
}
