// SPDX-License-Identifier: GPL-3.0-or-later
/// Chooses the estimator by what the data are, and passes no impossible value on.
///
/// | x and y | estimator |
/// |---|---|
/// | both take few values | ``Counts`` |
/// | one takes few values, the other repeats none | ``Ross`` |
/// | a column repeats a value | ``MixedKSG`` |
/// | no value occurs twice | ``KSG``, KSG-1 |
///
/// Values are few for counting while its bias (Kx − 1)(Ky − 1)/2n is at most 0.1 nats, and for a class up to n/10. ``Estimate/method`` says which it
/// was. The estimate is held against ``InformationBound``.
public struct AutomaticEstimator: MutualInformationEstimator {
  /// The number of neighbours, at least 1.
  public let k: Int
  /// The number of threads; the estimate does not depend on it.
  public let threads: Int

  /// An estimator.
  ///
  /// - Precondition: `threads` ≥ 1.
  public init(k: Int = 3, threads: Int = 1) {
    precondition(threads >= 1, "at least 1 thread")
    (self.k, self.threads) = (k, threads)
  }

  /// `auto`.
  public var name: String { "auto" }

  /// For any law.
  public var family: DistributionFamily { .mixed }

  /// Estimates I(x; y) in nats; deterministic whatever the seed.
  ///
  /// - Throws: ``EstimationError`` of the chosen estimator; ``EstimationError/outOfBounds(nats:bound:of:)`` where no information can have
  ///   that value.
  public func estimate(_ sample: PairedSample, seed: UInt64) throws(EstimationError) -> Estimate {
    let (x, y) = (Symbols(sample, .x), Symbols(sample, .y))
    if isCountable(x, y) { return try sample.bounded(Counts().estimate(x, y).by("counts")) }
    let repeats = (x: sample.repeatsValues(.x), y: sample.repeatsValues(.y))
    if isClass(y) && !repeats.x || isClass(x) && !repeats.y {
      return try sample.bounded(Ross(k: k, threads: threads).estimate(sample, seed: seed).by("ross"))
    }
    if repeats.x || repeats.y {
      return try sample.bounded(MixedKSG(k: k, threads: threads).estimate(sample, seed: seed).by("mixed"))
    }
    return try sample.bounded(KSG(.square, k: k, threads: threads).estimate(sample, seed: seed).by("ksg1"))
  }

  /// Estimates the information of features about a class: by counting where the features take few values too, else by ``Ross``, whose
  /// formula is that of ``MixedKSG`` where features repeat values.
  ///
  /// - Parameters:
  ///   - features: n × `columns` finite numbers.
  ///   - columns: the number of columns.
  ///   - labels: n classes.
  /// - Throws: as ``estimate(_:seed:)``.
  public func estimate(_ features: [Double], columns: Int, labels: [Int]) throws(EstimationError) -> Estimate {
    let sample = try PairedSample(x: features, xDimension: columns, y: labels.map(Double.init), yDimension: 1)
    let (x, y) = (Symbols(sample, .x), Symbols(labels))
    guard y.areFew else { throw .notDiscrete(.y, values: y.counts.count, rows: sample.count) }
    let isCounted = isCountable(x, y)
    let estimate =
      try isCounted
      ? Counts().estimate(x, y) : Ross(k: k, threads: threads).estimate(features, columns: columns, labels: labels)
    let method = isCounted ? "counts" : sample.repeatsValues(.x) ? "mixed" : "ross"
    return try InformationBound(labels: labels).checking(estimate.by(method))
  }

  private func isCountable(_ x: Symbols, _ y: Symbols) -> Bool { Counts.bias(x, y) <= Counts.smallBias }

  private func isClass(_ symbols: Symbols) -> Bool { 10 * symbols.counts.count <= symbols.ofRows.count }
}

extension Estimate {
  /// The same, as what the named estimator gave.
  func by(_ method: String) throws(EstimationError) -> Estimate {
    try Estimate(
      nats: nats, standardError: standardError, diagnostics: diagnostics, notes: notes, method: method)
  }
}
