// SPDX-License-Identifier: GPL-3.0-or-later
import Benchmark
import CLAPACKE
import Distillation
import ExactAlgebra
import Gaussian
import Students

/// One sample and its least-squares students at n = 10,000, p = 100, in both ways, the limits of rows, and training by Adam.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.throughput, .wallClock, .peakMemoryResident], timeUnits: .nanoseconds, warmupIterations: 1,
    maxDuration: .milliseconds(2_000), maxIterations: 100_000)
  openblas_set_num_threads(1)
  let (n, p) = (10_000, 100)

  for sampling in StudySettings.Sampling.allCases {
    Benchmark("replicate by \(sampling.rawValue)") { benchmark, study in
      for index in benchmark.scaledIterations { blackHole(try study.risks(seed: 1, replicate: index)) }
    } setup: {
      try RiskStudy(problem(rows: n, inputs: p), StudySettings(lambdas: [Rational(1, 2)], sampling: sampling))
    }
  }

  Benchmark("limit: dsyrk 10,000×100 and 1,000,000 normals") { _, inputs in
    let normals = NormalSource(seed: 1)
    blackHole(normals.normals(1_000_000))
    var gram = [Double](repeating: 0, count: p * p)
    cblas_dsyrk(
      CblasColMajor, CblasLower, CblasNoTrans, Int32(p), Int32(n), 1, inputs, Int32(p), 0, &gram, Int32(p))
    blackHole(gram)
  } setup: {
    NormalSource(seed: 2).normals(n * p)
  }

  Benchmark("one epoch of adam, batch 32") { _, sample in
    let training = Training(.adam, batch: 32, epochs: 1)
    blackHole(try training(sample, lambda: 0.5, from: NormalSource(seed: 3)).weights)
  } setup: {
    try Population(problem(rows: n, inputs: p)).sample(rows: n, from: NormalSource(seed: 4))
  }
}

/// y = s + ε, t = s + η, of one teacher input, with s along the first of `inputs` independent student inputs.
private func problem(rows: Int, inputs: Int) throws -> Instance {
  let sigma = RationalMatrix(rows: inputs + 2, columns: inputs + 2) { i, j in
    let outer = [0, inputs + 1]
    if i == j { return outer.contains(i) ? 2 : 1 }
    return [i, j].allSatisfy { $0 <= 1 || outer.contains($0) } ? 1 : 0
  }
  return try Instance(sigma: sigma, p1: 1, p2: inputs, w1: .identity(1), n: rows)
}
