// SPDX-License-Identifier: GPL-3.0-or-later
/// Adam: steps scaled by running means of the gradient and of its square, both bias-corrected (Kingma & Ba 2015).
///
/// m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − η·m̂/(√v̂ + ε), m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ) at step t = 1, 2, ….
public struct Adam<Scalar: LearningScalar>: Optimizer {
  /// The decay β₁ of the mean of gradients.
  public let beta1: Scalar
  /// The decay β₂ of the mean of squared gradients.
  public let beta2: Scalar
  /// The number ε that keeps the step finite where gradients vanish.
  public let epsilon: Scalar
  /// The number of steps taken.
  public private(set) var stepCount = 0
  private var mean: [Scalar]
  private var square: [Scalar]
  // β₁ᵗ and β₂ᵗ, in double precision: 1 − β₂ᵗ is a small difference at the first steps.
  private var power1 = 1.0
  private var power2 = 1.0

  /// Adam for `parameterCount` parameters, with the constants of the paper unless others are given.
  ///
  /// - Precondition: 0 ≤ β₁, β₂ < 1 and ε > 0.
  public init(parameterCount: Int, beta1: Scalar = 0.9, beta2: Scalar = 0.999, epsilon: Scalar = 1e-8) {
    precondition(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1, "β₁ and β₂ must be in [0, 1)")
    precondition(epsilon > 0, "ε must be positive")
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    mean = Array(repeating: 0, count: parameterCount)
    square = Array(repeating: 0, count: parameterCount)
  }

  /// One step of Adam.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func step(
    _ parameters: UnsafeMutableBufferPointer<Scalar>, gradient: UnsafeBufferPointer<Scalar>, learningRate: Scalar
  ) {
    requireEqualCounts(parameters.count, gradient.count, mean.count)
    stepCount += 1
    power1 *= Double(beta1)
    power2 *= Double(beta2)
    // θ − η·m̂/(√v̂ + ε) = θ − size·m/(√v·scale + ε), so that the loop divides once.
    let size = learningRate / Scalar(1 - power1)
    let scale = Scalar(1 / (1 - power2).squareRoot())
    let (beta1, beta2, epsilon) = (beta1, beta2, epsilon)
    mean.withUnsafeMutableBufferPointer { mean in
      square.withUnsafeMutableBufferPointer { square in
        // Square roots apart from the rest, which then runs in vector registers; in blocks that stay in the cache.
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: blockSize) { root in
          guard let mean = mean.baseAddress, let square = square.baseAddress, let root = root.baseAddress,
            let parameter = parameters.baseAddress, let gradient = gradient.baseAddress
          else { return }
          for start in stride(from: 0, to: parameters.count, by: blockSize) {
            let count = min(blockSize, parameters.count - start)
            let (parameter, gradient, mean, square) = (
              parameter + start, gradient + start, mean + start, square + start
            )
            for i in 0..<count {
              mean[i] = beta1 * mean[i] + (1 - beta1) * gradient[i]
              square[i] = beta2 * square[i] + (1 - beta2) * gradient[i] * gradient[i]
            }
            for i in 0..<count { root[i] = square[i].squareRoot() }
            for i in 0..<count { parameter[i] -= size * mean[i] / (root[i] * scale + epsilon) }
          }
        }
      }
    }
  }
}

private let blockSize = 256

/// Adam with decoupled weight decay: θ ← (1 − ηw)θ before each step of Adam (Loshchilov & Hutter 2019).
///
/// Unlike a penalty in the loss, the decay is not scaled by the running means.
public struct AdamW<Scalar: LearningScalar>: Optimizer {
  /// The weight decay w.
  public let weightDecay: Scalar
  private var adam: Adam<Scalar>

  /// AdamW for `parameterCount` parameters.
  ///
  /// - Precondition: as of ``Adam``, and the weight decay is not negative.
  public init(
    parameterCount: Int, weightDecay: Scalar = 0.01, beta1: Scalar = 0.9, beta2: Scalar = 0.999,
    epsilon: Scalar = 1e-8
  ) {
    precondition(weightDecay >= 0, "weight decay must not be negative")
    self.weightDecay = weightDecay
    adam = Adam(parameterCount: parameterCount, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }

  /// The decay, then one step of Adam.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func step(
    _ parameters: UnsafeMutableBufferPointer<Scalar>, gradient: UnsafeBufferPointer<Scalar>, learningRate: Scalar
  ) {
    let kept = 1 - learningRate * weightDecay
    for i in parameters.indices { parameters[i] *= kept }
    adam.step(parameters, gradient: gradient, learningRate: learningRate)
  }
}
