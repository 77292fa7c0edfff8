// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import CLAPACKE
import Gaussian
import Learning

/// How a student is trained by steps against the gradient of the distillation objective.
///
/// The objective is the paper's: mean over rows of |y − wᵀx2|² + λ|wᵀx2 − t|². Inputs and labels are scaled to mean square
/// 1 in the sample, so that one learning rate serves variables of any unit; the weights are scaled back.
public struct Training: Sendable, Equatable {
  /// The rule of the steps.
  public enum Method: String, Sendable, CaseIterable {
    /// Adam (Kingma & Ba 2015) on mini-batches.
    case adam
    /// Stochastic gradient descent on mini-batches.
    case sgd
    /// Gradient descent on all rows at once, through XᵀX.
    case gradientDescent = "gradient-descent"
  }

  /// How the learning rate changes.
  public enum Decay: String, Sendable, CaseIterable {
    /// Always the same.
    case constant
    /// Half a cosine down to zero.
    case cosine
  }

  /// The rule of the steps.
  public var method: Method
  /// The first learning rate; nil: 0.01 for Adam, and for the others what is stable on the sample.
  public var learningRate: Double?
  /// How the learning rate changes over training.
  public var decay: Decay
  /// The rows of a mini-batch; gradient descent takes all.
  public var batch: Int
  /// How often the whole sample is gone through; nil: until about 4,000 steps are taken.
  public var epochs: Int?
  /// The momentum of stochastic and full gradient descent.
  public var momentum: Double
  /// The weight of the penalty |w|²/2; decoupled for Adam (AdamW).
  public var weightDecay: Double
  /// With held-out rows: training ends after this many epochs without a smaller objective on them.
  public var patience: Int

  /// A training with the usual settings: no weight decay, mini-batches of 32.
  public init(
    _ method: Method, learningRate: Double? = nil, decay: Decay? = nil, batch: Int = 32, epochs: Int? = nil,
    momentum: Double = 0, weightDecay: Double = 0, patience: Int = 10
  ) {
    self.method = method
    self.learningRate = learningRate
    self.decay = decay ?? (method == .gradientDescent ? .constant : .cosine)
    self.batch = batch
    self.epochs = epochs
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.patience = patience
  }

  /// Checks every setting.
  ///
  /// - Throws: ``StudentError/invalidSetting(name:value:rule:)``.
  public func validate() throws(StudentError) {
    func require(_ holds: Bool, _ name: String, _ value: some CustomStringConvertible, _ rule: String)
      throws(StudentError)
    {
      if !holds { throw .invalidSetting(name: name, value: value.description, rule: rule) }
    }
    if let learningRate {
      try require(
        learningRate > 0 && learningRate.isFinite, "learning rate", learningRate, "must be a positive number")
    }
    try require(batch >= 1, "batch", batch, "must be at least 1 row")
    if let epochs { try require((1...1_000_000).contains(epochs), "epochs", epochs, "must be 1 to 1,000,000") }
    try require(momentum >= 0 && momentum < 1, "momentum", momentum, "must be in [0, 1)")
    try require(
      weightDecay >= 0 && weightDecay.isFinite, "weight decay", weightDecay, "must be a number that is not negative")
    try require(patience >= 1, "patience", patience, "must be at least 1 epoch")
  }

  /// Trains a student on `sample`; with `heldOut` rows it stops early, and keeps the weights that did best on them.
  ///
  /// `normals` gives the order of rows: the same stream gives the same student.
  ///
  /// - Throws: ``StudentError/diverged(step:learningRate:)`` where the objective grows beyond a million times its start, or
  ///   is no number; ``StudentError/invalidSetting(name:value:rule:)``.
  public func callAsFunction(
    _ sample: Sample, lambda: Double, heldOut: Sample? = nil, from normals: NormalSource
  ) throws(StudentError) -> TrainedStudent {
    try validate()
    var descent = Descent(self, sample, lambda: lambda)
    return try descent.run(heldOut: heldOut, from: normals)
  }
}

/// A student that training made.
public struct TrainedStudent: Sendable {
  /// The weights, p2 × q column by column.
  public let weights: [Double]
  /// The number of steps taken.
  public let steps: Int
  /// The number of epochs gone through.
  public let epochs: Int
  /// Whether training ended before its last epoch.
  public let stoppedEarly: Bool
}
