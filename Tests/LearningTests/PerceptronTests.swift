// SPDX-License-Identifier: GPL-3.0-or-later
import Learning
import SeededRuns
import Testing

@Suite struct PerceptronTests {
  /// Shapes with and without hidden layers, every rectifier, with dropout.
  static let networks = [
    MultilayerPerceptron(widths: [3, 2]),
    MultilayerPerceptron(widths: [3, 5, 1]),
    MultilayerPerceptron(widths: [1, 4, 6, 2], hidden: .leakyReLU(slope: 0.2), output: .leakyReLU(slope: 0.5)),
    MultilayerPerceptron(widths: [4, 7, 3], hidden: .relu, output: .relu),
    MultilayerPerceptron(widths: [3, 6, 5, 2], hidden: .leakyReLU(slope: 0.2), dropout: 0.3),
    MultilayerPerceptron(widths: [5, 3], dropout: 0.5),
  ]

  /// The outputs of `network` after one forward pass; dropout is drawn from `seed` where it is given.
  private func output<Scalar: LearningScalar>(
    _ network: MultilayerPerceptron, _ parameters: [Scalar], _ input: [Scalar], droppingSeed: UInt64? = nil
  ) -> [Scalar] {
    let rows = input.count / network.inputCount
    let pass = PerceptronPass<Scalar>(network, capacity: rows + 1)
    run(pass, parameters, input, droppingSeed)
    return (0..<rows * network.outputCount).map { pass.output[$0] }
  }

  private func run<Scalar: LearningScalar>(
    _ pass: PerceptronPass<Scalar>, _ parameters: [Scalar], _ input: [Scalar], _ droppingSeed: UInt64?,
    then body: (UnsafePointer<Scalar>) -> Void = { _ in }
  ) {
    let rows = input.count / pass.network.inputCount
    parameters.withPointer { parameters in
      input.withPointer { input in
        if let droppingSeed {
          var source = RandomSource(seed: droppingSeed, index: 0)
          pass.forward(parameters, input: input, rows: rows, droppingWith: &source)
        } else {
          pass.forward(parameters, input: input, rows: rows)
        }
        body(parameters)
      }
    }
  }

  @Test(arguments: networks) func agreesWithLoops(network: MultilayerPerceptron) {
    var source = RandomSource(seed: 1, index: UInt64(network.parameterCount))
    let parameters: [Double] = randomNumbers(network.parameterCount, &source)
    let input: [Double] = randomNumbers(4 * network.inputCount, &source)
    let slopes: [Double]
    switch network.widths {
    case [1, 4, 6, 2]: slopes = [0.2, 0.2, 0.5]
    case [4, 7, 3]: slopes = [0, 0]
    case [3, 6, 5, 2]: slopes = [0.2, 0.2, 1]
    default: slopes = network.widths.count == 3 ? [0, 1] : [1]
    }
    var expected: [Double] = []
    for row in 0..<4 {
      var values = Array(input[row * network.inputCount..<(row + 1) * network.inputCount])
      var start = 0
      for (layer, slope) in slopes.enumerated() {
        let (inputs, outputs) = (network.widths[layer], network.widths[layer + 1])
        values = (0..<outputs).map { j in
          let sum = (0..<inputs).reduce(parameters[start + inputs * outputs + j]) {
            $0 + values[$1] * parameters[start + $1 * outputs + j]
          }
          return sum > 0 ? sum : slope * sum
        }
        start += (inputs + 1) * outputs
      }
      #expect(start == network.parameterCount)
      expected += values
    }
    for (found, expected) in zip(output(network, parameters, input), expected) {
      #expect(abs(found - expected) < 1e-13)
    }
    // Rows do not see each other.
    let last = output(network, parameters, Array(input.suffix(network.inputCount)))
    for (found, expected) in zip(last, expected.suffix(network.outputCount)) { #expect(abs(found - expected) < 1e-13) }
  }

  @Test(arguments: networks, [UInt64?.none, 7]) func gradientsAgreeWithDifferences(
    network: MultilayerPerceptron, droppingSeed: UInt64?
  ) {
    var source = RandomSource(seed: 2, index: UInt64(network.parameterCount))
    let parameters: [Double] = randomNumbers(network.parameterCount, &source)
    let rows = 5
    let input: [Double] = randomNumbers(rows * network.inputCount, &source)
    // The loss is a random linear function of the outputs plus a square, so that every path counts.
    let weights: [Double] = randomNumbers(rows * network.outputCount, &source)
    func loss(_ parameters: [Double], _ input: [Double]) -> Double {
      zip(output(network, parameters, input, droppingSeed: droppingSeed), weights).reduce(0) {
        $0 + $1.0 * $1.1 + $1.0 * $1.0 / 2
      }
    }
    let pass = PerceptronPass<Double>(network, capacity: rows)
    var gradient = [Double](repeating: .nan, count: network.parameterCount)
    var inputGradient = [Double](repeating: .nan, count: input.count)
    for isAdding in [false, true] {
      run(pass, parameters, input, droppingSeed) { parameters in
        for (i, weight) in weights.enumerated() { pass.outputGradient[i] = weight + pass.output[i] }
        gradient.withMutablePointer { gradient in
          inputGradient.withMutablePointer {
            pass.backward(parameters, gradient: gradient, inputGradient: $0, isAdding: isAdding)
          }
        }
      }
      #expect(gradientError(of: gradient, at: parameters) { loss($0, input) } < 1e-7)
      let halves = inputGradient.map { isAdding ? $0 / 2 : $0 }
      #expect(gradientError(of: halves, at: input) { loss(parameters, $0) } < 1e-7)
    }
  }

  @Test func evaluationDropsNothing() {
    let shape = [3, 6, 2]
    var source = RandomSource(seed: 3, index: 0)
    let parameters: [Double] = randomNumbers(MultilayerPerceptron(widths: shape).parameterCount, &source)
    let input: [Double] = randomNumbers(12, &source)
    let with = output(MultilayerPerceptron(widths: shape, dropout: 0.5), parameters, input)
    #expect(with == output(MultilayerPerceptron(widths: shape), parameters, input))
  }

  @Test func dropoutKeepsMeans() {
    // 20,000 ones through one layer of 1×1, weight 1: 0 with probability 0.3, else 1/0.7. Hoeffding: a mean of n such
    // numbers of [0, 1/0.7] is off by more than 0.045 with probability below 2·exp(−2·20,000·(0.045·0.7)²) < 1e-17.
    let dropped = output(
      MultilayerPerceptron(widths: [1, 1], dropout: 0.3), [1.0, 0.0], [Double](repeating: 1, count: 20_000),
      droppingSeed: 5)
    #expect(Set(dropped).count == 2 && dropped.contains(0))
    #expect(dropped.allSatisfy { $0 == 0 || abs($0 - 1 / 0.7) < 1e-4 })
    #expect(abs(dropped.reduce(0, +) / 20_000 - 1) < 0.045)
  }

  @Test func singlePrecisionAgreesWithDouble() {
    let network = MultilayerPerceptron(widths: [6, 32, 32, 3])
    var source = RandomSource(seed: 4, index: 0)
    let parameters: [Double] = randomNumbers(network.parameterCount, &source)
    let input: [Double] = randomNumbers(60, &source)
    let wide = output(network, parameters, input)
    let narrow = output(network, parameters.map(Float.init), input.map(Float.init))
    for (a, b) in zip(wide, narrow) { #expect(abs(a - Double(b)) < 1e-4 * max(1, abs(a))) }
  }

  @Test func initializationHasItsVariance() {
    // Uniform numbers of variance v lie within √(3v); the mean of n squares is off by more than a fifth of v with
    // probability below 2·exp(−2n/225) < 1e-30 for n = 8192 (Hoeffding: squares are in [0, 3v]).
    for (rule, variance) in [(MultilayerPerceptron.Initialization.he, 2.0 / 128), (.glorot, 2.0 / 192)] {
      let network = MultilayerPerceptron(widths: [128, 64], output: .relu)
      let buffer = ParameterBuffer<Double>(count: network.parameterCount)
      buffer.parameters.update(repeating: 7)
      var source = RandomSource(seed: 5, index: 0)
      network.initialize(buffer.parameters, rule, using: &source)
      let weights = buffer.parameters[..<8192]
      #expect(weights.allSatisfy { $0 * $0 <= 3 * variance })
      #expect(abs(weights.reduce(0) { $0 + $1 * $1 } / 8192 / variance - 1) < 0.2)
      #expect(buffer.parameters[8192...].allSatisfy { $0 == 0 })
      // Single precision starts from the same numbers.
      let narrow = ParameterBuffer<Float>(count: network.parameterCount)
      source = RandomSource(seed: 5, index: 0)
      network.initialize(narrow.parameters, rule, using: &source)
      #expect(zip(narrow.parameters, buffer.parameters).allSatisfy { $0 == Float($1) })
    }
  }
}
