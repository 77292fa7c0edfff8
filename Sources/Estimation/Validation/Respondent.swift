/// What is judged: it answers samples, one at a time.
public protocol Respondent: AnyObject {
  /// Answers one sample.
  func answer(_ sample: PairedSample, seed: UInt64) -> Answer
}

/// What an estimator said to one sample.
public struct Answer: Sendable, Hashable {
  /// The estimate or what stands in its place.
  public enum Outcome: Sendable, Hashable {
    /// An estimate in nats; finite.
    case nats(Double)
    /// It said that it cannot answer: an error of its own, in good order.
    case declined(String)
    /// It broke: no answer, no number, out of time.
    case failed(String)
    /// It was not asked: the run was stopped before.
    case notAsked
  }

  /// The estimate or what stands in its place.
  public let outcome: Outcome
  /// How long it took.
  public let seconds: Double

  /// An answer.
  public init(_ outcome: Outcome, seconds: Double) { (self.outcome, self.seconds) = (outcome, seconds) }

  /// The estimate, where there is one.
  public var nats: Double? { if case .nats(let value) = outcome { value } else { nil } }

  /// Why there is none; nil where there is.
  public var problem: String? {
    switch outcome {
    case .nats: nil
    case .declined(let reason), .failed(let reason): reason
    case .notAsked: "not asked: the run was stopped"
    }
  }
}

/// An estimator of this library as a respondent.
public final class EstimatorRespondent: Respondent {
  private let estimator: any MutualInformationEstimator

  /// A respondent that asks `estimator`.
  public init(_ estimator: any MutualInformationEstimator) { self.estimator = estimator }

  /// Answers one sample; an error of the estimator is declined.
  public func answer(_ sample: PairedSample, seed: UInt64) -> Answer {
    let start = ContinuousClock.now
    let outcome: Answer.Outcome
    do { outcome = .nats(try estimator.estimate(sample, seed: seed).nats) } catch { outcome = .declined("\(error)") }
    return Answer(outcome, seconds: (ContinuousClock.now - start) / .seconds(1))
  }
}
