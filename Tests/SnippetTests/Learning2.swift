// swift-format-ignore-file: made by Tests/Snippets/generate.py from Sources/Learning/Learning.docc/Learning.md.

func snippetLearning2() async throws {
  let network = MultilayerPerceptron(widths: [10, 64, 64, 3])
  let model = ParameterBuffer<Float>(count: network.parameterCount)
  _ = network.initialize(model.parameters, using: &generator)
  let pass = PerceptronPass<Float>(network, capacity: 256)
  guard let parameters = model.parameters.baseAddress, let gradient = model.gradient.baseAddress else { return }

  _ = pass.forward(parameters, input: batch, rows: rows)
  let loss = Loss.crossEntropy(
    of: pass.output, labels: labels, rows: rows, classes: 3, gradient: pass.outputGradient)
  _ = pass.backward(parameters, gradient: gradient)
  _ = model.step(&optimizer, learningRate: 1e-3)
}
