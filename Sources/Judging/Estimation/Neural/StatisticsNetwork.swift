// SPDX-License-Identifier: GPL-3.0-or-later
import Learning
import SeededRuns

/// The function T(x, y) of MINE: a perceptron, with its training on one part of a sample and its evaluation on others.
final class StatisticsNetwork<Scalar: LearningScalar> {
  private let sample: StandardizedSample<Scalar>
  private let model: ParameterBuffer<Scalar>
  private let pass: PerceptronPass<Scalar>
  private let input: UnsafeMutableBufferPointer<Scalar>
  private let batchSize: Int
  private var optimizer: Adam<Scalar>
  private var average: MovingLogMean
  private var batches: RandomSource
  private var order: [Int]
  private var position: Int

  /// A network of fresh weights that is trained on the rows `training` of `sample`.
  init(_ sample: StandardizedSample<Scalar>, training: Range<Int>, settings: MINE, seed: UInt64) {
    let dimension = sample.xDimension + sample.yDimension
    let network = MultilayerPerceptron(widths: [dimension] + settings.hiddenWidths + [1])
    self.sample = sample
    batchSize = min(settings.batchSize, training.count)
    model = ParameterBuffer(count: network.parameterCount)
    var source = RandomSource(seed: seed, index: 1)
    network.initialize(model.parameters, using: &source)
    // T starts at 0, where the bound is 0: what later steps are measured by.
    let last = (settings.hiddenWidths.last ?? dimension) + 1
    model.parameters[(model.count - last)...].update(repeating: 0)
    pass = PerceptronPass(network, capacity: 2 * batchSize)
    input = .allocate(capacity: 2 * batchSize * dimension)
    input.initialize(repeating: 0)
    optimizer = Adam(parameterCount: network.parameterCount)
    average = MovingLogMean(decay: settings.averageDecay)
    batches = RandomSource(seed: seed, index: 2)
    order = Array(training)
    position = order.count
  }

  deinit { input.deallocate() }

  /// The weights.
  var parameters: UnsafeMutableBufferPointer<Scalar> { model.parameters }

  /// One step of Adam on the next batch; every row is used once before any is used again.
  ///
  /// Products are the batch's own rows, y shifted against x by a random number of places: as the batch is in random
  /// order, a random permutation that leaves no row in its place.
  func step(learningRate: Double) {
    if position + batchSize > order.count {
      shuffle(&order, &batches)
      position = 0
    }
    let shift = batches.integer(in: 1...batchSize - 1)
    order.withUnsafeBufferPointer { order in
      let batch = UnsafeBufferPointer(rebasing: order[position..<position + batchSize])
      fill(from: 0, batch, 0..<batchSize, shift: 0)
      fill(from: batchSize, batch, 0..<batchSize, shift: shift)
    }
    position += batchSize
    guard let parameters = model.parameters.baseAddress, let gradient = model.gradient.baseAddress,
      let input = input.baseAddress
    else { preconditionFailure("a network has parameters") }
    pass.forward(parameters, input: input, rows: 2 * batchSize)
    DonskerVaradhan.gradient(of: pass.output, count: batchSize, average: &average, into: pass.outputGradient)
    pass.backward(parameters, gradient: gradient)
    model.step(&optimizer, learningRate: Scalar(learningRate))
  }

  /// The bound on the rows `rows`, from all pairs and from products of up to `shiftCount` shifts.
  func bound(on rows: Range<Int>, shiftCount: Int) -> HeldOutBound {
    let count = min(shiftCount, rows.count - 1)
    // Evenly spread, so that they are distinct; rows are in random order already.
    let shifts = (1...count).map { 1 + ($0 - 1) * (rows.count - 1) / count }
    return HeldOutBound(
      pairs: scores(on: rows, shift: 0), products: shifts.map { ($0, scores(on: rows, shift: $0)) })
  }

  /// T(xᵢ, yᵢ₊ₛ) of every row i, cyclically.
  private func scores(on rows: Range<Int>, shift: Int) -> [Scalar] {
    let (rows, capacity) = (Array(rows), pass.capacity)
    guard let parameters = model.parameters.baseAddress, let input = input.baseAddress
    else { preconditionFailure("a network has parameters") }
    return stride(from: 0, to: rows.count, by: capacity).flatMap { start in
      let part = start..<min(start + capacity, rows.count)
      rows.withUnsafeBufferPointer { fill(from: 0, $0, part, shift: shift) }
      pass.forward(parameters, input: input, rows: part.count)
      return (0..<part.count).map { pass.output[$0] }
    }
  }

  /// Writes (xᵢ, yᵢ₊ₛ) into the input from row `first` on, for every position i of `part` in the list of rows `rows`,
  /// s the shift and positions cyclic.
  private func fill(from first: Int, _ rows: UnsafeBufferPointer<Int>, _ part: Range<Int>, shift: Int) {
    let (p1, p2) = (sample.xDimension, sample.yDimension)
    sample.x.withUnsafeBufferPointer { xs in
      sample.y.withUnsafeBufferPointer { ys in
        var target = first * (p1 + p2)
        for i in part {
          let partner = i + shift < rows.count ? i + shift : i + shift - rows.count
          let (x, y) = (rows[i] * p1, rows[partner] * p2)
          for j in 0..<p1 { input[target + j] = xs[x + j] }
          for j in 0..<p2 { input[target + p1 + j] = ys[y + j] }
          target += p1 + p2
        }
      }
    }
  }
}
