// SPDX-License-Identifier: GPL-3.0-or-later
/// The parameters of a model and the gradient of its loss: two flat buffers of one length that never move.
public final class ParameterBuffer<Scalar: LearningScalar> {
  /// The parameters.
  public let parameters: UnsafeMutableBufferPointer<Scalar>
  /// The gradient of the loss with respect to the parameters.
  public let gradient: UnsafeMutableBufferPointer<Scalar>

  /// `count` parameters and their gradient, all 0.
  public init(count: Int) {
    parameters = .allocate(capacity: count)
    parameters.initialize(repeating: 0)
    gradient = .allocate(capacity: count)
    gradient.initialize(repeating: 0)
  }

  deinit {
    parameters.deallocate()
    gradient.deallocate()
  }

  /// The number of parameters.
  public var count: Int { parameters.count }

  /// Moves the parameters by one step of `optimizer` against the gradient.
  public func step<O: Optimizer<Scalar>>(_ optimizer: inout O, learningRate: Scalar) {
    optimizer.step(parameters, gradient: UnsafeBufferPointer(gradient), learningRate: learningRate)
  }
}
