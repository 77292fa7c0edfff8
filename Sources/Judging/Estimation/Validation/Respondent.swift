// SPDX-License-Identifier: GPL-3.0-or-later
import LineProtocol

/// What is judged: it answers samples, one at a time.
public protocol Respondent: AnyObject {
  /// Makes sure that it can answer at all, if need be by `trials`, waiting for it until `isStopped`.
  ///
  /// - Throws: `StartError` where it cannot be started, or ends at once whatever it is asked.
  func prepare(trials: [PairedSample], until isStopped: () -> Bool) throws(StartError)

  /// Answers one sample.
  func answer(_ sample: PairedSample, seed: UInt64) -> EstimatorAnswer

  /// Tells it that nothing more will be asked, without waiting.
  func beginToStop()

  /// Ends it.
  ///
  /// - Returns: what it did beside its answers.
  func finish() -> Conduct
}

extension Respondent {
  /// It needs no preparation.
  public func prepare(trials: [PairedSample], until isStopped: () -> Bool) throws(StartError) {}

  /// It needs no notice.
  public func beginToStop() {}

  /// There is nothing to end.
  public func finish() -> Conduct { Conduct() }
}

/// How a program behaved beside its answers.
public struct Conduct: Sendable, Hashable {
  /// What it did against the protocol: each is a reason to fail.
  public var breaches: [String] = []
  /// What else is worth knowing.
  public var remarks: [String] = []
  /// What it wrote that answers nothing.
  public var noise = Noise()
  /// The end of what it wrote on standard error, of one process where there were several.
  public var standardError = ""

  /// Nothing to complain of.
  public init() {}

  /// Adds how another process of the same program behaved; the same words are said once.
  static func += (a: inout Conduct, b: Conduct) {
    a.breaches += b.breaches.filter { !a.breaches.contains($0) }
    a.remarks += b.remarks.filter { !a.remarks.contains($0) }
    a.noise += b.noise
    if a.standardError.isEmpty { a.standardError = b.standardError }
  }
}

/// What an estimator said to one sample.
public struct EstimatorAnswer: Sendable, Hashable {
  /// The estimate or what stands in its place.
  public enum Outcome: Sendable, Hashable {
    /// An estimate in nats; finite.
    case nats(Double)
    /// NaN, an infinity or null: it has no number for this, and what it wrote.
    case undefined(String)
    /// It said that it cannot answer: an error of its own, in good order.
    case declined(String)
    /// It broke: no answer, no number, out of time.
    case failed(String)
    /// It was not asked, and why: the run was stopped, or the estimator given up before.
    case notAsked(String)
  }

  /// The estimate or what stands in its place.
  public let outcome: Outcome
  /// How long it took.
  public let seconds: Double

  /// An answer; a number that is not finite is none, whoever says it.
  public init(_ outcome: Outcome, seconds: Double) {
    if case .nats(let value) = outcome, !value.isFinite {
      self.outcome = .undefined("the estimate is \(value), which is not finite")
    } else {
      self.outcome = outcome
    }
    self.seconds = seconds
  }

  /// The estimate, where there is one.
  public var nats: Double? { if case .nats(let value) = outcome { value } else { nil } }

  /// Why there is none; nil where there is.
  public var problem: String? {
    switch outcome {
    case .nats: nil
    case .undefined(let reason), .declined(let reason), .failed(let reason): reason
    case .notAsked(let reason): "not asked: \(reason)"
    }
  }

  /// Whether it was asked at all.
  var wasAsked: Bool { if case .notAsked = outcome { false } else { true } }
}

/// An estimator of this library as a respondent.
public final class EstimatorRespondent: Respondent {
  private let estimator: any MutualInformationEstimator

  /// A respondent that asks `estimator`.
  public init(_ estimator: any MutualInformationEstimator) { self.estimator = estimator }

  /// Answers one sample; an error of the estimator is declined.
  public func answer(_ sample: PairedSample, seed: UInt64) -> EstimatorAnswer {
    let start = ContinuousClock.now
    let outcome: EstimatorAnswer.Outcome
    do { outcome = .nats(try estimator.estimate(sample, seed: seed).nats) } catch { outcome = .declined("\(error)") }
    return EstimatorAnswer(outcome, seconds: (ContinuousClock.now - start) / .seconds(1))
  }
}
