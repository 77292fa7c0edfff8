// swift-format-ignore-file: made by Tests/Snippets/generate.py from Sources/Learning/Learning.docc/Learning.md.

func snippetLearning1() async throws {
  var parameters: [Double] = [3, -2]
  var optimizer = Adam<Double>(parameterCount: 2)
  for step in 0..<500 {
    let gradient = parameters.map { 2 * $0 }  // of the sum of squares
    parameters.withUnsafeMutableBufferPointer { parameters in
      gradient.withUnsafeBufferPointer { optimizer.step(parameters, gradient: $0, learningRate: 0.05) }
    }
  }
}
