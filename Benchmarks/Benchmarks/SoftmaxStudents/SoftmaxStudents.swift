// SPDX-License-Identifier: GPL-3.0-or-later
import Benchmark
import ClassAdvice
import Classification
import PropertyTesting

/// One softmax student alone, from the columns to its weights.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.throughput, .wallClock], timeUnits: .nanoseconds, warmupIterations: 1, maxDuration: .milliseconds(4_000),
    maxIterations: 1_000)
  Benchmark("softmax student, 500 × 512, 10 classes") { _, rows in
    blackHole(try SoftmaxObjective(rows, weightDecay: 0.01).fit(tolerance: 1e-6))
  } setup: {
    try embeddings(rows: 500, columns: 512, classes: 10)
  }
}

/// Points around the centre of their class in 16 hidden dimensions, seen through noise.
private func embeddings(rows: Int, columns: Int, classes: Int) throws -> LabelledRows {
  var source = RandomSource(seed: 1, index: 0)
  // Nearly normal, of variance 1.
  func noise() -> Double { (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0...1, using: &source) } }
  let centres = (0..<classes).map { _ in (0..<16).map { _ in noise() } }
  let loads = (0..<columns).map { _ in (0..<16).map { _ in noise() / 4 } }
  let labels = (0..<rows).map { $0 % classes }
  var features: [Double] = []
  for label in labels {
    let hidden = centres[label].map { $0 + noise() }
    for load in loads {
      var value = 2 * noise()
      for (weight, own) in zip(load, hidden) { value += weight * own }
      features.append(value)
    }
  }
  return try LabelledRows(features: features, labels: labels, classCount: classes)
}
