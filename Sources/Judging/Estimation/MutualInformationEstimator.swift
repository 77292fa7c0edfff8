// SPDX-License-Identifier: GPL-3.0-or-later
/// What a distribution must be for an estimator to be consistent.
public enum DistributionFamily: String, Sendable, Hashable, CaseIterable {
  /// Any joint density.
  case any
  /// Any joint law: densities, classes, counts and atoms.
  case mixed
  /// Jointly Gaussian variables only.
  case gaussian
  /// One variable is a class, and the other has a density in each.
  case classes
  /// Both variables take few values.
  case discrete
}

/// A method that estimates the mutual information of two vectors from a sample.
///
/// An estimator is a value that holds its parameters. It is deterministic: the same sample and seed give the same
/// estimate on any number of threads.
public protocol MutualInformationEstimator: Sendable {
  /// What it is called on the command line and in tables, such as "ksg1".
  var name: String { get }

  /// What the distribution must be for it to be consistent.
  var family: DistributionFamily { get }

  /// Estimates I(x; y) in nats.
  ///
  /// - Parameters:
  ///   - sample: n rows of x and of y.
  ///   - seed: the seed of all random choices; estimators without any do not look at it.
  /// - Throws: ``EstimationError`` where the estimate is not defined; never returns NaN.
  func estimate(_ sample: PairedSample, seed: UInt64) throws(EstimationError) -> Estimate
}

extension MutualInformationEstimator {
  /// Consistent for any joint density.
  public var family: DistributionFamily { .any }

  /// Estimates I(x; y) in nats, with seed 0.
  ///
  /// - Throws: ``EstimationError`` where the estimate is not defined.
  public func estimate(_ sample: PairedSample) throws(EstimationError) -> Estimate { try estimate(sample, seed: 0) }
}

/// An estimated mutual information, with what there is to say about it.
public struct Estimate: Sendable, Hashable {
  /// The estimate in nats; finite.
  ///
  /// It may be negative, although no mutual information is: it is never clipped.
  public let nats: Double
  /// An estimate of its standard deviation over samples, in nats, where the method has one.
  public let standardError: Double?
  /// Figures about how it came about, such as the number of training steps, in order.
  public let diagnostics: [Diagnostic]
  /// Remarks that a person should read, such as why a value is negative.
  public let notes: [String]
  /// The name of the estimator that gave it, where one was chosen by what the data are.
  public let method: String?
  /// Whether it was above a bound of all informations by no more than its error, and is that bound.
  public let isAtBound: Bool

  /// A named figure about how an estimate came about.
  public struct Diagnostic: Sendable, Hashable {
    /// What it is.
    public let name: String
    /// Its value; counts are whole numbers.
    public let value: Double

    /// A figure called `name`.
    public init(_ name: String, _ value: Double) { (self.name, self.value) = (name, value) }
  }

  /// An estimate of `nats`; a negative one gets a note that says so.
  ///
  /// - Throws: ``EstimationError/noFiniteEstimate(_:)`` where `nats` is NaN or infinite.
  public init(
    nats: Double, standardError: Double? = nil, diagnostics: [Diagnostic] = [], notes: [String] = [],
    method: String? = nil, isAtBound: Bool = false
  ) throws(EstimationError) {
    guard nats.isFinite else { throw .noFiniteEstimate("the estimate came out as \(nats); it is not defined here") }
    (self.nats, self.standardError, self.diagnostics) = (nats, standardError, diagnostics)
    (self.method, self.isAtBound) = (method, isAtBound)
    self.notes = nats < 0 && !notes.contains(Estimate.negativeNote) ? notes + [Estimate.negativeNote] : notes
  }

  private static let negativeNote =
    "negative: the true value is never, so it lies within the estimator's error of 0; not clipped, or means would be biased"
}
