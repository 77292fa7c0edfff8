// SPDX-License-Identifier: GPL-3.0-or-later
/// Ends training when the validation loss no longer falls, and keeps the parameters that had the smallest.
public struct EarlyStopping<Scalar: LearningScalar>: Sendable {
  /// The number of epochs without an improvement after which training ends.
  public let patience: Int
  /// The least decrease of the loss that counts as an improvement.
  public let minimumImprovement: Double
  /// The smallest loss so far; infinite where no loss was a number.
  public private(set) var bestLoss = Double.infinity
  /// The epoch of the smallest loss, counted from 0; nil where no loss was a number.
  public private(set) var bestEpoch: Int?
  /// The number of epochs seen.
  public private(set) var epochCount = 0
  private var bestParameters: [Scalar] = []

  /// Patience for `patience` epochs.
  ///
  /// - Precondition: patience is at least 1, the improvement not negative.
  public init(patience: Int, minimumImprovement: Double = 0) {
    precondition(patience >= 1, "patience must be at least 1")
    precondition(minimumImprovement >= 0, "the least improvement must not be negative")
    self.patience = patience
    self.minimumImprovement = minimumImprovement
  }

  /// Takes note of an epoch's validation loss and returns whether training should end.
  ///
  /// A loss that is not a number is no improvement. `parameters` are copied where the loss is the smallest so far.
  public mutating func shouldStop(afterLoss loss: Double, parameters: UnsafeBufferPointer<Scalar>) -> Bool {
    if loss < bestLoss - minimumImprovement || bestEpoch == nil && loss < .infinity {
      bestLoss = loss
      bestEpoch = epochCount
      if bestParameters.count == parameters.count {
        bestParameters.withUnsafeMutableBufferPointer { _ = $0.update(from: parameters) }
      } else {
        bestParameters = Array(parameters)
      }
    }
    epochCount += 1
    return epochCount - 1 - (bestEpoch ?? -1) >= patience
  }

  /// Writes the parameters of the smallest loss into `parameters`; leaves them as they are where there was none.
  ///
  /// - Precondition: `parameters` has as many elements as those that were seen.
  public func restoreBest(into parameters: UnsafeMutableBufferPointer<Scalar>) {
    guard bestEpoch != nil else { return }
    precondition(parameters.count == bestParameters.count, "the parameters are of another model")
    _ = parameters.update(from: bestParameters)
  }
}
