// SPDX-License-Identifier: GPL-3.0-or-later
/// Forward and backward passes of a network over batches, in memory that is allocated once.
///
/// Batches are row-major, a row a sample. A backward pass belongs to the forward pass before it, whose input and
/// parameters must still be what they were.
public final class PerceptronPass<Scalar: LearningScalar> {
  /// The network.
  public let network: MultilayerPerceptron
  /// The greatest number of rows of a batch.
  public let capacity: Int

  private let memory: UnsafeMutableBufferPointer<Scalar>
  private let randomWords: UnsafeMutableBufferPointer<UInt64>
  private let outputs: [UnsafeMutablePointer<Scalar>]
  private let gradients: [UnsafeMutablePointer<Scalar>]
  /// The factors of dropout on the inputs of each layer, and the input after them; empty without dropout.
  private let factors: [UnsafeMutablePointer<Scalar>]
  private let droppedInput: UnsafeMutablePointer<Scalar>?
  private let dropout: Dropout<Scalar>

  private var input: UnsafePointer<Scalar>?
  private var rows = 0
  private var isDropping = false

  /// Passes of `network` over batches of at most `capacity` rows.
  ///
  /// - Precondition: the capacity is positive.
  public init(_ network: MultilayerPerceptron, capacity: Int) {
    precondition(capacity > 0, "a batch needs at least one row")
    self.network = network
    self.capacity = capacity
    dropout = Dropout(probability: network.dropout)
    let hasDropout = network.dropout > 0
    let outputSize = network.widths.dropFirst().reduce(0, +)
    let inputSize = hasDropout ? network.widths.dropLast().reduce(network.inputCount, +) : 0
    memory = .allocate(capacity: capacity * (2 * outputSize + inputSize))
    memory.initialize(repeating: 0)
    let words = hasDropout ? (capacity * (network.widths.dropLast().max() ?? 0) + 3) / 4 : 0
    randomWords = .allocate(capacity: words)
    randomWords.initialize(repeating: 0)

    var free = memory
    func take(_ width: Int) -> UnsafeMutablePointer<Scalar> {
      let block = free.extracting(..<(capacity * width))
      free = free.extracting((capacity * width)...)
      guard let start = block.baseAddress else { preconditionFailure("memory of no size") }
      return start
    }
    outputs = network.layers.map { take($0.outputs) }
    gradients = network.layers.map { take($0.outputs) }
    factors = hasDropout ? network.layers.map { take($0.inputs) } : []
    droppedInput = hasDropout ? take(network.inputCount) : nil
  }

  deinit {
    memory.deallocate()
    randomWords.deallocate()
  }

  /// The outputs of the last forward pass: rows × outputs.
  public var output: UnsafeMutablePointer<Scalar> { outputs[outputs.count - 1] }

  /// Where the gradient of the loss with respect to ``output`` is to be written before a backward pass, which uses it up.
  public var outputGradient: UnsafeMutablePointer<Scalar> { gradients[gradients.count - 1] }

  /// Evaluates the network on `rows` rows of `input`, without dropout.
  ///
  /// - Precondition: `rows` is at most the capacity.
  public func forward(_ parameters: UnsafePointer<Scalar>, input: UnsafePointer<Scalar>, rows: Int) {
    begin(rows: rows, isDropping: false)
    self.input = input
    var input = input
    for index in network.layers.indices {
      evaluate(index, parameters, input: input)
      input = UnsafePointer(outputs[index])
    }
  }

  /// Evaluates the network on `rows` rows of `input`, with dropout drawn from `generator`.
  ///
  /// - Precondition: `rows` is at most the capacity.
  public func forward(
    _ parameters: UnsafePointer<Scalar>, input: UnsafePointer<Scalar>, rows: Int,
    droppingWith generator: inout some RandomNumberGenerator
  ) {
    guard let droppedInput else { return forward(parameters, input: input, rows: rows) }
    begin(rows: rows, isDropping: true)
    droppedInput.update(from: input, count: rows * network.inputCount)
    self.input = UnsafePointer(droppedInput)
    var input = droppedInput
    for (index, layer) in network.layers.enumerated() {
      let count = rows * layer.inputs
      for i in 0..<(count + 3) / 4 { randomWords[i] = generator.next() }
      guard let words = UnsafePointer(randomWords.baseAddress) else { preconditionFailure("memory of no size") }
      dropout.drawFactors(factors[index], count: count, bits: words)
      scale(input, by: factors[index], count: count)
      evaluate(index, parameters, input: input)
      input = outputs[index]
    }
  }

  /// Propagates ``outputGradient`` back through the last forward pass.
  ///
  /// - Parameters:
  ///   - parameters: Those of the forward pass.
  ///   - gradient: Is overwritten by the gradient with respect to the parameters.
  ///   - inputGradient: Where the gradient with respect to the input is wanted, rows × inputs.
  ///   - isAdding: Whether that is added to what is there.
  public func backward(
    _ parameters: UnsafePointer<Scalar>, gradient: UnsafeMutablePointer<Scalar>,
    inputGradient: UnsafeMutablePointer<Scalar>? = nil, isAdding: Bool = false
  ) {
    guard let firstInput = input else { preconditionFailure("a backward pass needs a forward pass before it") }
    for (index, layer) in network.layers.enumerated().reversed() {
      let slope = gradients[index]
      layer.activation.differentiate(
        slope, output: outputs[index], rows: rows, columns: layer.outputs, biasGradient: gradient + layer.biases)
      let input = index == 0 ? firstInput : UnsafePointer(outputs[index - 1])
      Scalar.multiply(
        1, MatrixOperand(input, leadingDimension: layer.inputs, transposed: true),
        MatrixOperand(slope, leadingDimension: layer.outputs), rows: layer.inputs, inner: rows,
        columns: layer.outputs, adding: 0, to: gradient + layer.weights, leadingDimension: layer.outputs)
      if index == 0, isDropping, let inputGradient, isAdding, let droppedInput {
        // The sum must not be scaled with the summand: the summand goes through memory that is no longer needed.
        propagate(index, parameters, to: droppedInput, isAdding: false)
        add(droppedInput, to: inputGradient, count: rows * layer.inputs)
      } else if let target = index == 0 ? inputGradient : gradients[index - 1] {
        propagate(index, parameters, to: target, isAdding: index == 0 && isAdding)
      }
    }
  }

  private func begin(rows: Int, isDropping: Bool) {
    precondition(rows > 0 && rows <= capacity, "a batch must have 1 … capacity rows")
    self.rows = rows
    self.isDropping = isDropping
  }

  private func evaluate(_ index: Int, _ parameters: UnsafePointer<Scalar>, input: UnsafePointer<Scalar>) {
    let layer = network.layers[index]
    Scalar.multiply(
      1, MatrixOperand(input, leadingDimension: layer.inputs),
      MatrixOperand(parameters + layer.weights, leadingDimension: layer.outputs), rows: rows, inner: layer.inputs,
      columns: layer.outputs, adding: 0, to: outputs[index], leadingDimension: layer.outputs)
    layer.activation.apply(
      addingBias: parameters + layer.biases, to: outputs[index], rows: rows, columns: layer.outputs)
  }

  /// The gradient with respect to the inputs of a layer, through dropout where there was some.
  private func propagate(
    _ index: Int, _ parameters: UnsafePointer<Scalar>, to target: UnsafeMutablePointer<Scalar>, isAdding: Bool
  ) {
    let layer = network.layers[index]
    Scalar.multiply(
      1, MatrixOperand(gradients[index], leadingDimension: layer.outputs),
      MatrixOperand(parameters + layer.weights, leadingDimension: layer.outputs, transposed: true), rows: rows,
      inner: layer.outputs, columns: layer.inputs, adding: isAdding ? 1 : 0, to: target,
      leadingDimension: layer.inputs)
    if isDropping { scale(target, by: factors[index], count: rows * layer.inputs) }
  }
}
