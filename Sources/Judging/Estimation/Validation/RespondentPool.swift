// SPDX-License-Identifier: GPL-3.0-or-later
import LineProtocol
import Synchronization

/// The processes of one estimator, each used by one thread at a time, and how much more patience there is with it.
public final class RespondentPool: @unchecked Sendable {
  // Respondents are not Sendable; each is handed to one thread at a time.
  private let lock = Mutex(())
  private var free: [any Respondent] = []
  private var failures = (inARow: 0, last: "", hasAnswered: false)
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
    let respondent = lock.withLock { _ in free.popLast() } ?? make()
    let answer = respondent.answer(sample, seed: seed)
    give(respondent)
    note(answer.outcome)
    return answer
  }

  private func give(_ respondent: any Respondent) { lock.withLock { _ in free.append(respondent) } }

  private func note(_ outcome: EstimatorAnswer.Outcome) {
    lock.withLock { _ in
      switch outcome {
      case .failed(let reason): failures = (failures.inARow + 1, reason, failures.hasAnswered)
      case .notAsked: break
      default: failures = (0, "", true)
      }
    }
  }

  private var exhaustion: String? {
    lock.withLock { _ in
      let limit = failures.hasAnswered ? RespondentPool.patience.later : RespondentPool.patience.atFirst
      return failures.inARow < limit
        ? nil : "it had given no usable answer \(failures.inARow) times in a row: \(failures.last)"
    }
  }

  /// Ends all processes, which must be free by now.
  public func finish() -> Conduct {
    let all = lock.withLock { _ in
      defer { free = [] }
      return free
    }
    for respondent in all { respondent.beginToStop() }
    var conduct = Conduct()
    for respondent in all { conduct += respondent.finish() }
    return conduct
  }
}
