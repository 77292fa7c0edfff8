// SPDX-License-Identifier: GPL-3.0-or-later
/// The shape of a classifier and how it is trained.
public struct ClassifierSettings: Sendable, Equatable {
  /// The rule of the steps.
  public enum Method: Sendable, Equatable {
    /// Stochastic gradient descent; weight decay is the penalty w·‖θ‖²/2.
    case sgd(momentum: Double)
    /// Adam; weight decay is the same penalty.
    case adam
    /// Adam with decoupled weight decay, θ ← (1 − ηw)θ.
    case adamW
  }

  /// How inputs are scaled before the first layer, on the training rows.
  public enum Scaling: Sendable, Equatable {
    /// Every column to mean 0 and variance 1: for measurements of different units.
    case columns
    /// All columns by one mean and variance: for pixels, where a column that hardly varies must not be blown up.
    case common
  }

  /// The numbers of rectified units of the hidden layers; none is multinomial logistic regression.
  public var hiddenWidths: [Int]
  /// The rule of the steps.
  public var method: Method
  /// The learning rate η.
  public var learningRate: Double
  /// The weight decay w; biases decay too.
  public var weightDecay: Double
  /// The rows of a mini-batch.
  public var batch: Int
  /// The greatest number of times that the rows are gone through.
  public var epochs: Int
  /// The share of the training rows that are held out to tell when to stop; 0 trains on all rows, for all epochs.
  public var heldOutShare: Double
  /// The number of epochs without a smaller cross-entropy on held-out rows after which training ends.
  public var patience: Int
  /// How inputs are scaled.
  public var scaling = Scaling.columns

  /// Settings; by default one hidden layer of 64 units trained by AdamW, without early stopping.
  public init(
    hiddenWidths: [Int] = [64], method: Method = .adamW, learningRate: Double = 1e-3, weightDecay: Double = 1e-3,
    batch: Int = 32, epochs: Int = 30, heldOutShare: Double = 0, patience: Int = 5
  ) {
    self.hiddenWidths = hiddenWidths
    self.method = method
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.batch = batch
    self.epochs = epochs
    self.heldOutShare = heldOutShare
    self.patience = patience
  }

  /// Checks every setting.
  ///
  /// - Throws: ``ClassificationError/invalidSetting(name:value:rule:)``.
  public func validate() throws(ClassificationError) {
    func require(_ holds: Bool, _ name: String, _ value: some CustomStringConvertible, _ rule: String)
      throws(ClassificationError)
    {
      if !holds { throw .invalidSetting(name: name, value: value.description, rule: rule) }
    }
    for width in hiddenWidths { try require(width >= 1, "hidden width", width, "must be at least 1 unit") }
    if case .sgd(let momentum) = method {
      try require(momentum >= 0 && momentum < 1, "momentum", momentum, "must be in [0, 1)")
    }
    try require(
      learningRate > 0 && learningRate.isFinite, "learning rate", learningRate, "must be a positive number")
    try require(
      weightDecay >= 0 && weightDecay.isFinite, "weight decay", weightDecay, "must be a number that is not negative")
    try require(batch >= 1, "batch", batch, "must be at least 1 row")
    try require((1...1_000_000).contains(epochs), "epochs", epochs, "must be 1 to 1,000,000")
    try require(
      heldOutShare >= 0 && heldOutShare < 1, "held-out share", heldOutShare, "must be in [0, 1)")
    try require(patience >= 1, "patience", patience, "must be at least 1 epoch")
  }
}
