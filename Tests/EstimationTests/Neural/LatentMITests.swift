// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import SeededRuns
import Testing

@testable import Estimation

/// Bounds leave room of at least four deviations over seeds, as in ``MINETests``.
@Suite struct LatentMITests {
  private let small: LatentMI

  init() throws {
    small = try LatentMI(
      hiddenWidths: [16], latentDimension: 2, dropout: 0.2, batchSize: 125, epochs: 30, learningRate: 1e-2)
  }

  @Test(arguments: [0, 0.3]) func gradientAgreesWithDifferences(dropout: Double) throws {
    let sample = try StandardizedSample<Double>(
      PairedSample(
        x: (0..<6).map { row in (0..<3).map { Double((row * 5 + $0 * 7) % 11) } },
        y: (0..<6).map { row in (0..<2).map { Double((row * 3 + $0 * 4) % 7) } }), seed: 1)
    let settings = try LatentMI(hiddenWidths: [5], latentDimension: 2, dropout: dropout)
    // Fresh networks draw the same dropout. Biases of 0 would be at the kink where all inputs are dropped.
    func networks() -> CrossAutoencoder<Double> {
      let networks = CrossAutoencoder(sample, training: 0..<6, settings: settings, seed: 2)
      var source = RandomSource(seed: 3, index: 0)
      for i in networks.parameters.indices { networks.parameters[i] += source.unit() - 0.5 }
      return networks
    }
    let reference = networks()
    _ = reference.differentiate([0, 2, 3, 5])
    let scale = reference.gradient.map(abs).max() ?? 0
    #expect(scale > 0)
    for (i, slope) in reference.gradient.enumerated() {
      func loss(_ step: Double) -> Double {
        let moved = networks()
        moved.parameters[i] += step
        return moved.differentiate([0, 2, 3, 5])
      }
      #expect(abs(slope - (loss(1e-6) - loss(-1e-6)) / 2e-6) < 1e-6 * scale)
    }
  }

  @Test(arguments: [UInt64(1), 2]) func correlatedNormals(seed: UInt64) throws {
    // ρ = 4/5: ln(5/3) = 0.511.
    let sample = try pairedSample(1_000, seed: seed) { 0.8 * $0 + 0.6 * $1 }
    #expect(abs(try small.estimate(sample, seed: seed).nats - log(5.0 / 3)) < 0.2)
  }

  @Test(arguments: [UInt64(1), 2]) func fewDimensionsInMany(seed: UInt64) throws {
    // s and t = 9s/10 + …, ρ = 9/10, −½ ln(1 − ρ²) = 0.830; x and y show them in 8 noisy columns each, the noise of
    // which leaves almost all of it: x's columns tell s up to variance 1/(8·25), so that ρ² falls by two such factors.
    var source = RandomSource(seed: seed, index: 7)
    let rows = (0..<1_000).map { _ in
      let s = source.normal()
      let t = 0.9 * s + (1 - 0.81).squareRoot() * source.normal()
      return [s, t].map { signal in (0..<8).map { _ in signal + source.normal() / 5 } }
    }
    let truth = -0.5 * log(1 - 0.81 / pow(1 + 1.0 / 200, 2))
    let sample = try PairedSample(x: rows.map { $0[0] }, y: rows.map { $0[1] })
    let nats = try small.estimate(sample, seed: seed).nats
    #expect(abs(nats - truth) < 0.2)
  }

  @Test(arguments: [UInt64(1), 2]) func independence(seed: UInt64) throws {
    let sample = try pairedSample(1_000, dimension: 3, seed: seed) { $1 }
    #expect(abs(try small.estimate(sample, seed: seed).nats) < 0.1)
  }

  @Test func bestWeightsAreRestored() throws {
    // A run that ends at its best epoch must give what a longer one gives that goes back to it.
    let sample = try pairedSample(200, dimension: 3, seed: 5) { $0 + $1 }
    func run(epochs: Int) throws -> Estimate {
      try LatentMI(
        hiddenWidths: [16], latentDimension: 2, dropout: 0, batchSize: 16, epochs: epochs, learningRate: 2e-2,
        patience: 25
      ).estimate(sample, seed: 1)
    }
    let long = try run(epochs: 300)
    let figures = Dictionary(uniqueKeysWithValues: long.diagnostics.map { ($0.name, $0.value) })
    let best = Int(figures["best epoch"] ?? 0)
    #expect(figures["epochs"] == Double(best + 25) && best > 1)
    let short = try run(epochs: best)
    #expect(short.nats == long.nats)
    #expect(short.diagnostics.first { $0.name == "held-out loss" }?.value == figures["held-out loss"])
  }

  @Test func eachSideIsDecodedAndForetold() throws {
    // x and y are independent: own decoders, without dropout, learn to repeat two columns from two latents, at next to no
    // error; cross-decoders can do no better than the mean, at an error of 1 each. If y = x, they can.
    func heldOutLoss(_ y: (Double, Double) -> Double) throws -> Double {
      let estimator = try LatentMI(
        hiddenWidths: [16], latentDimension: 2, dropout: 0.5, batchSize: 50, epochs: 60, learningRate: 1e-2)
      let estimate = try estimator.estimate(pairedSample(400, dimension: 2, seed: 12, y), seed: 1)
      return estimate.diagnostics.first { $0.name == "held-out loss" }?.value ?? .nan
    }
    let (independent, equal) = try (heldOutLoss { $1 }, heldOutLoss { x, _ in x })
    #expect(independent > 1.8 && independent < 2.2)
    #expect(equal < 1.5)
  }

  @Test func valueIsOfHeldOutRows() throws {
    // 60 independent rows of 6 + 6 columns: networks learn 30 of them by heart, so that the error there falls to 0 and the
    // latents foretell each other; on others cross-decoders can do no better than the mean, at an error of 1 each.
    let estimator = try LatentMI(
      hiddenWidths: [64], latentDimension: 2, dropout: 0, batchSize: 15, epochs: 100, learningRate: 1e-2,
      patience: 100)
    let estimates = try (1...6 as ClosedRange<UInt64>).map { seed in
      try estimator.estimate(pairedSample(60, dimension: 6, seed: seed) { $1 }, seed: seed)
    }
    #expect(abs(estimates.reduce(0) { $0 + $1.nats } / 6) < 0.25)
    #expect(estimates.allSatisfy { $0.diagnostics.first { $0.name == "held-out loss" }.map { $0.value > 2 } == true })
  }

  @Test func heldOutLossIsWithoutDropout() throws {
    let sample = try StandardizedSample<Double>(pairedSample(60, dimension: 2, seed: 6) { $0 + $1 }, seed: 1)
    func networks(dropout: Double) throws -> CrossAutoencoder<Double> {
      let settings = try LatentMI(hiddenWidths: [8], latentDimension: 2, dropout: dropout, batchSize: 16)
      return CrossAutoencoder(sample, training: 0..<30, settings: settings, seed: 1)
    }
    // Both start from the same weights; batches of 16 do not divide 30 rows.
    let (with, without) = try (networks(dropout: 0.5), networks(dropout: 0))
    #expect(with.loss(on: 30..<60) == without.loss(on: 30..<60))
    #expect(with.latents(of: 30..<60).x == without.latents(of: 30..<60).x)
    let single = (30..<60).reduce(0) { $0 + with.loss(on: $1..<$1 + 1) } / 30
    #expect(abs(with.loss(on: 30..<60) - single) < 1e-12)
    with.trainEpoch(learningRate: 1e-3)
    without.trainEpoch(learningRate: 1e-3)
    #expect(with.loss(on: 30..<60) != without.loss(on: 30..<60))
  }

  @Test func sameSeedSameValue() async throws {
    let sample = try pairedSample(300, dimension: 2, seed: 7) { $0 + $1 }
    let quick = try LatentMI(hiddenWidths: [8], latentDimension: 2, batchSize: 64, epochs: 10, learningRate: 1e-2)
    let first = try quick.estimate(sample, seed: 1)
    let others = try await withThrowingTaskGroup(of: Estimate.self) { group in
      for _ in 0..<4 { group.addTask { try quick.estimate(sample, seed: 1) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(others.allSatisfy { $0 == first })
    #expect(try quick.estimate(sample, seed: 2) != first)
    // In double precision the losses agree; KSG's counts may differ in a few rows.
    let wide = try quick.estimate(sample, seed: 1, in: Double.self)
    #expect(abs(wide.nats - first.nats) < 0.02 && wide.nats != 0)
    #expect(abs(wide.diagnostics[2].value - first.diagnostics[2].value) < 1e-3)
  }

  @Test func badInput() throws {
    let few = try pairedSample(19, seed: 9) { $0 + $1 }
    #expect(throws: EstimationError.tooFewRows(19, needed: 20, by: "latent MI with k = 3")) {
      try small.estimate(few, seed: 1)
    }
    let manyNeighbours = try LatentMI(k: 10)
    #expect(throws: EstimationError.tooFewRows(19, needed: 22, by: "latent MI with k = 10")) {
      try manyNeighbours.estimate(few, seed: 1)
    }
    let constant = try PairedSample(
      x: (0..<30).map { _ in 1 }, xDimension: 1, y: (0..<30).map(Double.init), yDimension: 1)
    #expect(throws: EstimationError.constantColumn(.x, column: 0)) { try small.estimate(constant, seed: 1) }
    let wild = try LatentMI(hiddenWidths: [8], learningRate: 1e38)
    let enough = try pairedSample(40, seed: 9) { $0 + $1 }
    #expect(throws: EstimationError.self) { try wild.estimate(enough, seed: 1) }
    let parameters: [() throws -> LatentMI] = [
      { try LatentMI(hiddenWidths: [4, 0]) }, { try LatentMI(latentDimension: 0) }, { try LatentMI(dropout: 1) },
      { try LatentMI(batchSize: 0) }, { try LatentMI(epochs: 0) }, { try LatentMI(learningRate: .infinity) },
      { try LatentMI(patience: 0) }, { try LatentMI(k: 0) },
    ]
    for make in parameters { #expect(throws: EstimationError.self) { try make() } }
  }
}
