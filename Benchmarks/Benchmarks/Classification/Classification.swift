// SPDX-License-Identifier: GPL-3.0-or-later
import Benchmark
import Classification
import PropertyTesting

/// Distilling into perceptrons: what ten epochs more take, on 2,000 rows in mini-batches of 32.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.throughput, .wallClock], timeUnits: .nanoseconds, warmupIterations: 1, maxDuration: .milliseconds(4_000),
    maxIterations: 1_000)
  for widths in [[784, 128, 10], [76, 64, 64, 10]] {
    let name = widths.map(String.init).joined(separator: " ")
    for epochs in [1, 11] {
      Benchmark("distil into \(name), epochs \(epochs)") { _, data in
        let settings = ClassifierSettings(hiddenWidths: Array(widths[1..<widths.count - 1]), epochs: epochs)
        blackHole(try Classifier(training: data.rows, guidance: data.guidance, settings: settings, seed: 1))
      } setup: {
        try problem(inputs: widths[0], classes: widths[widths.count - 1])
      }
    }
  }
}

/// Uniform inputs; the class is that of the greatest of the first of them, and the teacher knows these.
private func problem(inputs: Int, classes: Int) throws -> (rows: LabelledRows, guidance: Guidance) {
  var source = RandomSource(seed: 1, index: 0)
  let features = (0..<2_000 * inputs).map { _ in Float.random(in: -1...1, using: &source) }
  let first = stride(from: 0, to: features.count, by: inputs).map { Array(features[$0..<$0 + classes]) }
  let labels = first.map { row in row.indices.max { row[$0] < row[$1] } ?? 0 }
  return (
    try LabelledRows(singlePrecision: features, labels: labels, classCount: classes),
    try Guidance(logits: first.flatMap { $0.map { 3 * $0 } }, weight: 0.5, temperature: 2)
  )
}
