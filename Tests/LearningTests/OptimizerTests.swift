// SPDX-License-Identifier: GPL-3.0-or-later
import Learning
import Testing

@Suite struct OptimizerTests {
  /// The parameter after each of the given gradients, in steps of η.
  private func path<O: Optimizer>(
    _ optimizer: O, from start: O.Scalar, gradients: [O.Scalar], rate: O.Scalar
  ) -> [O.Scalar] {
    var (optimizer, parameter) = (optimizer, [start])
    return gradients.map { gradient in
      step(&optimizer, &parameter, gradient: [gradient], rate: rate)
      return parameter[0]
    }
  }

  private func step<O: Optimizer>(
    _ optimizer: inout O, _ parameters: inout [O.Scalar], gradient: [O.Scalar], rate: O.Scalar
  ) {
    parameters.withUnsafeMutableBufferPointer { parameters in
      gradient.withUnsafeBufferPointer { optimizer.step(parameters, gradient: $0, learningRate: rate) }
    }
  }

  private func expectClose(_ found: [Double], _ expected: [Double], tolerance: Double = 1e-14) {
    #expect(found.count == expected.count)
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < tolerance) }
  }

  @Test func descentByHand() {
    // θ = 1, η = ½, gradients 1, −2: without momentum 1 − ½, then + 1.
    expectClose(path(SGD(parameterCount: 1), from: 1, gradients: [1, -2], rate: 0.5), [0.5, 1.5])
    // Momentum ½: v = 1, then ½ − 2 = −3/2.
    expectClose(path(SGD(parameterCount: 1, momentum: 0.5), from: 1, gradients: [1, -2], rate: 0.5), [0.5, 1.25])
    // Nesterov: 1 + ½·1 = 3/2, then −2 + ½·(−3/2) = −11/4.
    let nesterov = SGD<Double>(parameterCount: 1, momentum: 0.5, isNesterov: true)
    expectClose(path(nesterov, from: 1, gradients: [1, -2], rate: 0.5), [0.25, 1.625])
    // Weight decay ½: gradient 1 + ½·1.
    expectClose(path(SGD(parameterCount: 1, weightDecay: 0.5), from: 1, gradients: [1], rate: 0.5), [0.25])
  }

  @Test func adamByHand() {
    // β₁ = ½, β₂ = ¾, ε = 1, η = 1. Gradient 3: m̂ = 3, v̂ = 9: 3/(3+1).
    // Gradient −1: m = ½·3/2 − ½ = ¼, m̂ = ¼/(3/4) = 1/3; v = ¾·9/4 + ¼ = 31/16, v̂ = (31/16)/(7/16) = 31/7.
    let adam = Adam<Double>(parameterCount: 1, beta1: 0.5, beta2: 0.75, epsilon: 1)
    let second = 1.0 / 3 / ((31.0 / 7).squareRoot() + 1)
    expectClose(path(adam, from: 1, gradients: [3, -1], rate: 1), [0.25, 0.25 - second])
  }

  @Test func decayOfAdamWIsDecoupled() {
    // θ = 2 shrinks by 1 − ½·½ first, whatever the gradient's scale; then Adam's step of nearly η.
    let adamW = AdamW<Double>(parameterCount: 1, weightDecay: 0.5, epsilon: 1e-300)
    expectClose(path(adamW, from: 2, gradients: [1000], rate: 0.5), [2 * 0.75 - 0.5])
    // Without a gradient only the decay is left.
    let still = AdamW<Double>(parameterCount: 1, weightDecay: 0.5)
    expectClose(path(still, from: 2, gradients: [0, 0], rate: 0.5), [1.5, 1.125])
  }

  @Test func firstStepOfAdamIsTheRateAtAnyScale() {
    for gradient in [1e-3, 1, 1e6] {
      let moved = path(Adam<Double>(parameterCount: 1), from: 0, gradients: [gradient], rate: 0.01)[0]
      #expect(abs(moved + 0.01) < 1e-6)
    }
  }

  @Test(arguments: [0, 1, 2, 3]) func reachesTheMinimumOfAQuadratic(kind: Int) {
    // ½ Σ cᵢ(θᵢ − i)², condition 100; more parameters than a vector register holds, and not a multiple of it.
    let curvature = (0..<19).map { 1.0 + 99 * Double($0) / 18 }
    var theta = [Double](repeating: -3, count: 19)
    func descend<O: Optimizer>(_ optimizer: O, _ schedule: LearningRateSchedule) where O.Scalar == Double {
      var optimizer = optimizer
      for i in 0..<2_000 {
        let gradient = theta.indices.map { curvature[$0] * (theta[$0] - Double($0)) }
        step(&optimizer, &theta, gradient: gradient, rate: schedule.rate(at: i))
      }
    }
    let fading = LearningRateSchedule.cosine(initial: 0.3, final: 0, steps: 2_000)
    switch kind {
    case 0: descend(SGD(parameterCount: 19), .constant(0.015))
    case 1: descend(SGD(parameterCount: 19, momentum: 0.9), .constant(0.015))
    case 2: descend(Adam(parameterCount: 19), fading)
    default: descend(AdamW(parameterCount: 19, weightDecay: 0), fading)
    }
    for (i, value) in theta.enumerated() { #expect(abs(value - Double(i)) < 1e-4) }
  }

  @Test func singlePrecisionAgreesWithDouble() {
    let gradients: [Double] = (0..<50).map { Double(($0 * 37) % 11) - 5.25 }
    let wide = path(Adam<Double>(parameterCount: 1), from: 1, gradients: gradients, rate: 0.01)
    let narrow = path(Adam<Float>(parameterCount: 1), from: 1, gradients: gradients.map(Float.init), rate: 0.01)
    expectClose(narrow.map(Double.init), wide, tolerance: 1e-5)
  }

  @Test func schedules() {
    #expect(LearningRateSchedule.constant(0.1).rate(at: 7) == 0.1)
    let halving = LearningRateSchedule.stepwise(initial: 1, factor: 0.5, period: 10)
    #expect([0, 9, 10, 29, 30].map(halving.rate) == [1, 1, 0.5, 0.25, 0.125])
    let cosine = LearningRateSchedule.cosine(initial: 1, final: 0.5, steps: 100)
    #expect(cosine.rate(at: 0) == 1 && abs(cosine.rate(at: 50) - 0.75) < 1e-15 && cosine.rate(at: 100) == 0.5)
    let warm = LearningRateSchedule.warmUp(steps: 3, then: halving)
    #expect([0, 1, 2, 3, 12, 13].map(warm.rate) == [0.25, 0.5, 0.75, 1, 1, 0.5])
  }
}
