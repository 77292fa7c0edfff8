// SPDX-License-Identifier: GPL-3.0-or-later
import Learning
import SeededRuns

/// Two autoencoders that also decode each other's side: x ↦ z_x ↦ (x̂, ŷ) and y ↦ z_y ↦ (ŷ, x̂).
///
/// The loss is the sum of the four mean squared errors. What z_x must keep to tell y is what x and y share, so that
/// I(z_x; z_y) comes near I(x; y); it is never greater (data processing).
final class CrossAutoencoder<Scalar: LearningScalar> {
  /// A network with its place in the flat buffer of parameters.
  private struct Part {
    let pass: PerceptronPass<Scalar>
    let offset: Int
  }

  private let sample: StandardizedSample<Scalar>
  private let model: ParameterBuffer<Scalar>
  /// x ↦ z_x, y ↦ z_y.
  private let encoders: [Part]
  /// Of each side: the decoder of the side itself and that of the other.
  private let decoders: [[Part]]
  private let batch: [UnsafeMutableBufferPointer<Scalar>]
  private let batchSize: Int
  private let latentDimension: Int
  private var optimizer: Adam<Scalar>
  private var random: RandomSource
  private var order: [Int]

  /// Networks of fresh weights that are trained on the rows `training` of `sample`.
  init(_ sample: StandardizedSample<Scalar>, training: Range<Int>, settings: LatentMI, seed: UInt64) {
    self.sample = sample
    let batchSize = min(settings.batchSize, training.count)
    self.batchSize = batchSize
    latentDimension = settings.latentDimension
    let (hidden, latent) = (settings.hiddenWidths, settings.latentDimension)
    let dimensions = [sample.xDimension, sample.yDimension]
    let rectifier = Activation.leakyReLU(slope: 0.2)
    var end = 0
    func part(_ widths: [Int], dropout: Double = 0) -> Part {
      let network = MultilayerPerceptron(widths: widths, hidden: rectifier, dropout: dropout)
      defer { end += network.parameterCount }
      return Part(pass: PerceptronPass(network, capacity: batchSize), offset: end)
    }
    encoders = dimensions.map { part([$0] + hidden + [latent]) }
    decoders = (0..<2).map { side in
      [(side, 0), (1 - side, settings.dropout)].map { target, dropout in
        part([latent] + hidden.reversed() + [dimensions[target]], dropout: dropout)
      }
    }
    model = ParameterBuffer(count: end)
    var source = RandomSource(seed: seed, index: 1)
    for part in encoders + decoders.joined() {
      let count = part.pass.network.parameterCount
      part.pass.network.initialize(
        UnsafeMutableBufferPointer(rebasing: model.parameters[part.offset..<part.offset + count]), .glorot,
        using: &source)
    }
    batch = dimensions.map { dimension in
      let rows = UnsafeMutableBufferPointer<Scalar>.allocate(capacity: batchSize * dimension)
      rows.initialize(repeating: 0)
      return rows
    }
    optimizer = Adam(parameterCount: end, epsilon: 1e-7)
    random = RandomSource(seed: seed, index: 2)
    order = Array(training)
  }

  deinit { for rows in batch { rows.deallocate() } }

  /// The weights.
  var parameters: UnsafeMutableBufferPointer<Scalar> { model.parameters }
  /// The gradient of the loss of the last batch.
  var gradient: UnsafeMutableBufferPointer<Scalar> { model.gradient }

  /// One pass over the training rows in random order.
  func trainEpoch(learningRate: Double) {
    shuffle(&order, &random)
    for start in stride(from: 0, to: order.count, by: batchSize) {
      _ = differentiate(Array(order[start..<min(start + batchSize, order.count)]))
      model.step(&optimizer, learningRate: Scalar(learningRate))
    }
  }

  /// The loss of the rows at `positions`, with dropout, and its gradient in ``gradient``.
  func differentiate(_ positions: [Int]) -> Double {
    forward(positions, isTraining: true)
    let loss = decodedLoss(rows: positions.count, isTraining: true)
    for side in 0..<2 {
      let encoder = encoders[side]
      for (index, decoder) in decoders[side].enumerated() {
        decoder.pass.backward(
          start(model.parameters, decoder), gradient: start(model.gradient, decoder),
          inputGradient: encoder.pass.outputGradient, isAdding: index > 0)
      }
      encoder.pass.backward(start(model.parameters, encoder), gradient: start(model.gradient, encoder))
    }
    return loss
  }

  /// The loss on the rows `rows`, without dropout.
  func loss(on rows: Range<Int>) -> Double {
    var sum = 0.0
    for positions in chunks(rows) {
      forward(positions, isTraining: false)
      sum += decodedLoss(rows: positions.count, isTraining: false) * Double(positions.count)
    }
    return sum / Double(rows.count)
  }

  /// z_x and z_y of the rows `rows`, without dropout: rows × latent dimension each.
  func latents(of rows: Range<Int>) -> (x: [Double], y: [Double]) {
    var latents: [[Double]] = [[], []]
    for positions in chunks(rows) {
      forward(positions, isTraining: false)
      for side in 0..<2 {
        let output = encoders[side].pass.output
        latents[side] += (0..<positions.count * latentDimension).map { Double(output[$0]) }
      }
    }
    return (latents[0], latents[1])
  }

  private func chunks(_ rows: Range<Int>) -> [[Int]] {
    stride(from: rows.lowerBound, to: rows.upperBound, by: batchSize).map {
      Array($0..<min($0 + batchSize, rows.upperBound))
    }
  }

  /// Encodes the rows at `positions` and decodes them, both sides.
  private func forward(_ positions: [Int], isTraining: Bool) {
    gather(sample.x, dimension: sample.xDimension, positions, into: batch[0])
    gather(sample.y, dimension: sample.yDimension, positions, into: batch[1])
    for side in 0..<2 {
      let encoder = encoders[side]
      encoder.pass.forward(start(model.parameters, encoder), input: start(batch[side]), rows: positions.count)
      for decoder in decoders[side] {
        let (parameters, latents) = (start(model.parameters, decoder), UnsafePointer(encoder.pass.output))
        if isTraining {
          decoder.pass.forward(parameters, input: latents, rows: positions.count, droppingWith: &random)
        } else {
          decoder.pass.forward(parameters, input: latents, rows: positions.count)
        }
      }
    }
  }

  /// The sum of the four errors; in training also their gradients, where the decoders expect them.
  private func decodedLoss(rows: Int, isTraining: Bool) -> Double {
    (0..<2).reduce(0) { sum, side in
      zip(decoders[side], [side, 1 - side]).reduce(sum) { sum, pair in
        let (decoder, target) = pair
        let loss = Loss.meanSquaredError(
          of: decoder.pass.output, to: start(batch[target]), count: rows * decoder.pass.network.outputCount,
          gradient: isTraining ? decoder.pass.outputGradient : nil)
        return sum + Double(loss)
      }
    }
  }

  private func start(_ buffer: UnsafeMutableBufferPointer<Scalar>, _ part: Part) -> UnsafeMutablePointer<Scalar> {
    start(buffer) + part.offset
  }

  private func start(_ buffer: UnsafeMutableBufferPointer<Scalar>) -> UnsafeMutablePointer<Scalar> {
    guard let start = buffer.baseAddress else { preconditionFailure("a buffer of no elements") }
    return start
  }
}

/// Writes the rows at `positions` one after the other into `target`.
private func gather<Scalar: LearningScalar>(
  _ values: [Scalar], dimension: Int, _ positions: [Int], into target: UnsafeMutableBufferPointer<Scalar>
) {
  values.withUnsafeBufferPointer { values in
    for (row, position) in positions.enumerated() {
      for j in 0..<dimension { target[row * dimension + j] = values[position * dimension + j] }
    }
  }
}
