// SPDX-License-Identifier: GPL-3.0-or-later
import Benchmark
import ExactAlgebra
import ExactPredicates
import Foundation

/// Exact verdicts on whole-number problems, and one FLINT determinant as the limit of a large one.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.throughput, .wallClock, .peakMemoryResident], timeUnits: .nanoseconds, warmupIterations: 1,
    maxDuration: .milliseconds(1_500), maxIterations: 100_000)

  for workload in Workload.all {
    Benchmark(workload.name) { _, problems in
      blackHole(problems.decide())
    } setup: {
      let problems = Problems(workload)
      try problems.write()
      return problems
    }
  }

  Benchmark("one FLINT determinant of 201×201") { _, matrix in
    blackHole(matrix.determinant)
  } setup: {
    let (problems, d) = (Problems(.large), Workload.large.size)
    return RationalMatrix(rows: d, columns: d) { Rational(Int(problems.sigma[$0 * d + $1])) }
  }

  // Two sums of products with as many accumulators as hide the latency: what the elimination could at best run at.
  Benchmark("flop rate: 200,000,000 multiplications and additions") { _ in
    var sums = (SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero)
    let (a, b) = (SIMD8<Double>(repeating: 0.999), SIMD8<Double>(repeating: 1e-3))
    for _ in 0..<3_125_000 {
      sums.0 = sums.0 * a + b
      sums.1 = sums.1 * a + b
      sums.2 = sums.2 * a + b
      sums.3 = sums.3 * a + b
    }
    blackHole(sums.0 + sums.1 + sums.2 + sums.3)
  }
}
