// SPDX-License-Identifier: GPL-3.0-or-later
import Benchmark
import Estimation
import Foundation

/// KSG on correlated normals of several sizes and dimensions, and training of the neural estimators.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.throughput, .wallClock, .peakMemoryResident], timeUnits: .nanoseconds, warmupIterations: 1,
    maxDuration: .milliseconds(1_500), maxIterations: 50)

  for (dimension, rows, threads) in [
    (1, 1_000, 1), (1, 10_000, 1), (1, 100_000, 1), (1, 10_000, 2), (1, 100_000, 2), (2, 10_000, 1), (3, 10_000, 1),
    (5, 10_000, 1), (10, 10_000, 1), (10, 10_000, 2), (10, 2_500, 1), (10, 5_000, 1),
  ] {
    let name = "ksg1 \(dimension)+\(dimension), n=\(rows), threads=\(threads)"
    Benchmark(name) { benchmark, sample in
      for _ in benchmark.scaledIterations { blackHole(try KSG(threads: threads).estimate(sample).nats) }
    } setup: {
      let sample = correlatedNormals(rows: rows, dimension: dimension)
      let nats = try KSG().estimate(sample).nats
      try share("ksg-\(dimension)-\(rows)", sample, nats: nats)
      return sample
    }
  }

  // What takes seconds is timed here: its throughput is rounded to 0 a second, and then it is not exported.
  Benchmark("ksg1 1+1, n=1000000", configuration: once) { _, sample in
    blackHole(try KSG().estimate(sample).nats)
  } setup: {
    let before = peakMemory()
    let sample = correlatedNormals(rows: 1_000_000, dimension: 1)
    let (seconds, estimate) = try shortest(of: 3) { try KSG().estimate(sample) }
    try share(
      "ksg-1-1000000", sample, nats: estimate.nats, [("seconds", seconds), ("bytes", peakMemory() - before)])
    return sample
  }

  Benchmark("mine 64-64, batch 256, 2000 steps") { benchmark, sample in
    for _ in benchmark.scaledIterations { blackHole(try trainer().estimate(sample).nats) }
  } setup: {
    let sample = correlatedNormals(rows: 10_000, dimension: 5)
    try share("mine", sample, nats: try trainer().estimate(sample).nats)
    return sample
  }

  Benchmark("latent-mi 10+10, n=5000", configuration: once) { _, sample in
    blackHole(sample.count)
  } setup: {
    let sample = sharedSignals(rows: 5_000)
    let (seconds, estimate) = try shortest(of: 2) { try LatentMI().estimate(sample) }
    let figures = estimate.diagnostics.map { ($0.name, $0.value) }
    try share("latent-mi", sample, nats: estimate.nats, figures + [("seconds", seconds)])
    return sample
  }
}

private var once: Benchmark.Configuration { .init(metrics: [.wallClock], warmupIterations: 0, maxIterations: 1) }

/// The shortest time of `count` runs, in seconds, and what the last returned.
private func shortest<Result>(of count: Int, _ body: () throws -> Result) rethrows -> (seconds: Double, result: Result)
{
  var best = Double.infinity
  for run in 1... {
    let start = ContinuousClock.now
    let result = try body()
    best = min(best, (ContinuousClock.now - start) / .seconds(1))
    if run == count { return (best, result) }
  }
  fatalError("at least one run")
}

/// The greatest memory that this process has had, in bytes.
private func peakMemory() -> Double {
  var usage = rusage()
  #if os(Linux)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) * 1024
  #else
    getrusage(RUSAGE_SELF, &usage)
    return Double(usage.ru_maxrss)
  #endif
}

/// MINE that takes 2,000 steps whatever it sees on the way.
private func trainer() throws -> MINE { try MINE(batchSize: 256, steps: 2_000, checkInterval: 500, patience: 100) }

/// Standard normals, the same on every machine.
struct Normals {
  private var state: UInt64 = 42

  mutating func callAsFunction() -> Double { (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit()) }

  private mutating func unit() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (Double(state >> 11) + 0.5) / 0x1p53
  }
}

/// x and y of `dimension` columns, the first of each correlated by 4/5, all others independent.
func correlatedNormals(rows: Int, dimension: Int) -> PairedSample {
  var normal = Normals()
  var (x, y) = ([Double](), [Double]())
  for _ in 0..<rows {
    let row = (0..<dimension).map { _ in normal() }
    x += row
    y += row.indices.map { $0 == 0 ? 0.8 * row[0] + 0.6 * normal() : normal() }
  }
  do { return try PairedSample(x: x, xDimension: dimension, y: y, yDimension: dimension) } catch {
    fatalError("\(error)")
  }
}

/// x and y of ten columns each, which show two signals a side with noise of deviation ½; signals of the two sides are
/// correlated by 9/10.
///
/// The five columns of a signal tell it up to noise of variance 1/20, so that I(x; y) = −ln(1 − (0.9/1.05)²) = 1.327.
func sharedSignals(rows: Int) -> PairedSample {
  var normal = Normals()
  var (x, y) = ([Double](), [Double]())
  for _ in 0..<rows {
    let s = [normal(), normal()]
    let t = s.map { 0.9 * $0 + (1 - 0.81).squareRoot() * normal() }
    x += (0..<10).map { s[$0 % 2] + normal() / 2 }
    y += (0..<10).map { t[$0 % 2] + normal() / 2 }
  }
  do { return try PairedSample(x: x, xDimension: 10, y: y, yDimension: 10) } catch { fatalError("\(error)") }
}

/// Writes a sample, columns of x first, as plain Doubles, and what was estimated from it, for the peers.
private func share(
  _ name: String, _ sample: PairedSample, nats: Double, _ diagnostics: [(name: String, value: Double)] = []
) throws {
  guard let folder = ProcessInfo.processInfo.environment["CCH_BENCHMARK_DATA"] else { return }
  let (p, q) = (sample.xDimension, sample.yDimension)
  var rows: [Double] = []
  for row in 0..<sample.count {
    rows += sample.x[row * p..<(row + 1) * p]
    rows += sample.y[row * q..<(row + 1) * q]
  }
  let base = URL(fileURLWithPath: folder).appendingPathComponent(name)
  try rows.withUnsafeBytes { Data($0) }.write(to: base.appendingPathExtension("f64"))
  let figures = ([("dimension", Double(p)), ("nats", nats)] + diagnostics).map { "\"\($0.0)\": \($0.1)" }
  try Data("{\(figures.joined(separator: ", "))}".utf8).write(to: base.appendingPathExtension("json"))
}
