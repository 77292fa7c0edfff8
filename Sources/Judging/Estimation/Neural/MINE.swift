// SPDX-License-Identifier: GPL-3.0-or-later
import Learning

/// Mutual information neural estimation (Belghazi and others 2018): the bound of Donsker and Varadhan, T a network.
///
/// Half of the rows train the network, a quarter tells when to stop, and the value is the bound on the last quarter:
/// rows that had no part in either. So it is, up to the standard error, a lower bound; it is never the greatest value
/// that was seen. The gradient's denominator is a bias-corrected moving average.
public struct MINE: MutualInformationEstimator {
  /// The numbers of units of the hidden layers.
  public let hiddenWidths: [Int]
  /// The number of pairs of a batch; fewer where there are fewer rows to train on.
  public let batchSize: Int
  /// The greatest number of steps.
  public let steps: Int
  /// The learning rate of Adam.
  public let learningRate: Double
  /// The weight of what was before in the moving average of e^T.
  public let averageDecay: Double
  /// The number of steps between two looks at the validation rows.
  public let checkInterval: Int
  /// The number of such looks without an improvement after which training ends.
  public let patience: Int

  /// An estimator with the given parameters.
  ///
  /// - Throws: ``EstimationError/invalidParameter(_:)`` where one is outside of its range.
  public init(
    hiddenWidths: [Int] = [64, 64], batchSize: Int = 256, steps: Int = 5_000, learningRate: Double = 1e-3,
    averageDecay: Double = 0.99, checkInterval: Int = 100, patience: Int = 10
  ) throws(EstimationError) {
    for (rule, holds) in [
      ("the widths of hidden layers must be positive", hiddenWidths.allSatisfy { $0 > 0 }),
      ("the batch size must be at least 2", batchSize >= 2),
      ("the number of steps must be positive", steps > 0),
      ("the learning rate must be positive and finite", learningRate > 0 && learningRate.isFinite),
      ("the decay of the moving average must be in [0, 1)", averageDecay >= 0 && averageDecay < 1),
      ("the number of steps between checks must be positive", checkInterval > 0),
      ("patience must be at least 1", patience >= 1),
    ] where !holds { throw .invalidParameter("MINE: " + rule) }
    self.hiddenWidths = hiddenWidths
    self.batchSize = batchSize
    self.steps = steps
    self.learningRate = learningRate
    self.averageDecay = averageDecay
    self.checkInterval = checkInterval
    self.patience = patience
  }

  /// `mine`.
  public var name: String { "mine" }

  /// The fewest rows.
  static let fewestRows = 20

  /// Estimates I(x; y) in nats: the bound on held-out rows.
  ///
  /// The standard error is that of the bound over held-out rows, the trained network given.
  ///
  /// - Throws: ``EstimationError/tooFewRows(_:needed:by:)`` for fewer than 20 rows;
  ///   ``EstimationError/constantColumn(_:column:)`` where no column of a side varies;
  ///   ``EstimationError/noFiniteEstimate(_:)`` where training diverges.
  public func estimate(_ sample: PairedSample, seed: UInt64) throws(EstimationError) -> Estimate {
    try estimate(sample, seed: seed, in: Float.self)
  }

  /// The same with networks of a number type.
  func estimate<Scalar: LearningScalar>(
    _ sample: PairedSample, seed: UInt64, in _: Scalar.Type
  ) throws(EstimationError) -> Estimate {
    let n = sample.count
    guard n >= MINE.fewestRows else { throw .tooFewRows(n, needed: MINE.fewestRows, by: "MINE") }
    let standardized = try StandardizedSample<Scalar>(sample, seed: seed)
    let (validation, test) = (n / 2..<n / 2 + n / 4, n / 2 + n / 4..<n)
    let network = StatisticsNetwork(standardized, training: 0..<n / 2, settings: self, seed: seed)

    var stopping = EarlyStopping<Scalar>(patience: patience)
    func shouldStop() -> Bool {
      let bound = network.bound(on: validation, shiftCount: 4)
      return stopping.shouldStop(afterLoss: -bound.nats, parameters: UnsafeBufferPointer(network.parameters))
    }
    // T = 0, of bound 0, competes too: on independent data nothing may be better.
    var step = 0
    var isDone = shouldStop()
    while step < steps && !isDone {
      network.step(learningRate: learningRate)
      step += 1
      if step.isMultiple(of: checkInterval) || step == steps { isDone = shouldStop() }
    }
    stopping.restoreBest(into: network.parameters)
    let bound = network.bound(on: test, shiftCount: 16)
    guard stopping.bestEpoch != nil, bound.nats.isFinite else {
      throw .noFiniteEstimate("MINE's training diverged; lower the learning rate from \(learningRate)")
    }
    let bestStep = min((stopping.bestEpoch ?? 0) * checkInterval, steps)
    return try Estimate(
      nats: bound.nats, standardError: bound.standardError,
      diagnostics: [
        .init("steps", Double(step)), .init("best step", Double(bestStep)),
        .init("validation bound", -stopping.bestLoss), .init("held-out rows", Double(test.count)),
      ], notes: standardized.notes)
  }
}
