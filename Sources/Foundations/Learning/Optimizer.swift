// SPDX-License-Identifier: GPL-3.0-or-later
/// A method that changes parameters step by step against the gradient of a loss.
///
/// Parameters and gradient are flat buffers of one length, which the optimizer is made for; a step allocates nothing.
public protocol Optimizer<Scalar>: Sendable {
  /// The number type of parameters.
  associatedtype Scalar: LearningScalar

  /// Changes `parameters` by one step of size `learningRate`, given the gradient of the loss there.
  ///
  /// - Precondition: both buffers have as many elements as the optimizer was made for.
  mutating func step(
    _ parameters: UnsafeMutableBufferPointer<Scalar>, gradient: UnsafeBufferPointer<Scalar>, learningRate: Scalar)
}

/// Gradient descent with momentum: v ← μv + g, θ ← θ − ηv (Polyak 1964).
///
/// With `isNesterov`, θ ← θ − η(g + μv) (Nesterov 1983, as Sutskever et al. 2013 write it). Weight decay adds w·θ to the
/// gradient, which is the gradient of the penalty w·‖θ‖²/2.
public struct SGD<Scalar: LearningScalar>: Optimizer {
  /// The momentum μ, in [0, 1).
  public let momentum: Scalar
  /// The weight of the penalty ‖θ‖²/2.
  public let weightDecay: Scalar
  /// Whether the gradient looks ahead along the momentum.
  public let isNesterov: Bool
  private var velocity: [Scalar]

  /// Gradient descent for `parameterCount` parameters.
  ///
  /// - Precondition: 0 ≤ μ < 1, and the weight decay is not negative.
  public init(parameterCount: Int, momentum: Scalar = 0, weightDecay: Scalar = 0, isNesterov: Bool = false) {
    precondition(momentum >= 0 && momentum < 1, "momentum must be in [0, 1)")
    precondition(weightDecay >= 0, "weight decay must not be negative")
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.isNesterov = isNesterov
    velocity = Array(repeating: 0, count: parameterCount)
  }

  /// One step of descent.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func step(
    _ parameters: UnsafeMutableBufferPointer<Scalar>, gradient: UnsafeBufferPointer<Scalar>, learningRate: Scalar
  ) {
    requireEqualCounts(parameters.count, gradient.count, velocity.count)
    let (momentum, weightDecay, isNesterov) = (momentum, weightDecay, isNesterov)
    velocity.withUnsafeMutableBufferPointer { velocity in
      for i in parameters.indices {
        let slope = gradient[i] + weightDecay * parameters[i]
        velocity[i] = momentum * velocity[i] + slope
        parameters[i] -= learningRate * (isNesterov ? slope + momentum * velocity[i] : velocity[i])
      }
    }
  }
}

/// Stops the program where buffers of a step do not fit each other.
@inline(__always)
func requireEqualCounts(_ parameters: Int, _ gradient: Int, _ state: Int) {
  precondition(
    parameters == gradient && parameters == state, "parameters, gradient and optimizer must have one length")
}
