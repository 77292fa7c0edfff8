// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Gaussian
import Testing
import TestSupport

@testable import Students

@Suite struct TrainingTests {
  private static func sample(n: Int = 60, q: Int = 1, scale: Double = 1) throws -> (Population, Sample) {
    var source = testSource(700 + q)
    let p2 = 3
    let instance = try Instance(
      sigma: source.positiveDefinite(2 + p2 + q), p1: 2, p2: p2, q: q, w1: source.integers(2, q, in: 1...3), n: n)
    let population = try Population(instance)
    let drawn = population.sample(rows: n, from: NormalSource(seed: 1))
    let inputs = drawn.inputs.enumerated().map { $1 * ($0 % p2 == 0 ? scale : 1) }
    return (population, try Sample(inputs: inputs, p2: p2, targets: drawn.targets, q: q))
  }

  /// The largest distance of trained weights from the minimiser's, relative to the largest of these, input by input.
  private func gap(_ training: Training, _ sample: Sample, lambda: Double) throws -> Double {
    let labels = sample.averagedLabels(lambda: lambda)
    let best = try LeastSquares(inputs: sample.inputs, columns: sample.p2, targets: labels).weights
    let trained = try training(sample, lambda: lambda, from: NormalSource(seed: 2)).weights
    let inputs = (0..<sample.p2).map { column in
      (0..<sample.rows).reduce(0.0) { max($0, abs(sample.inputs[$1 * sample.p2 + column])) }
    }
    func size(_ index: Int, _ value: Double) -> Double { abs(value) * inputs[index % sample.p2] }
    let largest = best.enumerated().map { size($0, $1) }.max() ?? 1
    return (0..<best.count).map { size($0, trained[$0] - best[$0]) }.max().map { $0 / largest } ?? .infinity
  }

  /// Every method reaches the minimiser of the same sample: gradient descent to 1e-9, full-batch Adam to 1e-6, mini-batches to 5e-3, for one label
  /// and two, and for inputs of any unit.
  @Test(arguments: [0.0, 0.5, 4], [1, 2]) func reachesTheMinimiser(lambda: Double, q: Int) throws {
    for scale in [1, 1e5] {
      let (_, sample) = try Self.sample(q: q, scale: scale)
      #expect(try gap(Training(.gradientDescent), sample, lambda: lambda) < 1e-9)
      #expect(try gap(Training(.gradientDescent, momentum: 0.5), sample, lambda: lambda) < 1e-9)
      #expect(try gap(Training(.adam), sample, lambda: lambda) < 5e-3)
      #expect(try gap(Training(.adam, batch: 60, epochs: 3_000), sample, lambda: lambda) < 1e-6)
      #expect(try gap(Training(.sgd), sample, lambda: lambda) < 5e-3)
      #expect(try gap(Training(.sgd, momentum: 0.9), sample, lambda: lambda) < 5e-3)
    }
  }

  /// A step too few, a wrong λ, or weight decay is visible at these gaps.
  @Test func theGapSeesWhatIsWrong() throws {
    let (_, sample) = try Self.sample()
    #expect(try gap(Training(.adam, epochs: 20), sample, lambda: 0.5) > 5e-3)
    #expect(try gap(Training(.gradientDescent, epochs: 5), sample, lambda: 0.5) > 1e-3)
    #expect(try gap(Training(.gradientDescent, weightDecay: 0.1), sample, lambda: 0.5) > 1e-3)
    #expect(try gap(Training(.adam, weightDecay: 1), sample, lambda: 0.5) > 1e-3)
    let labels = sample.averagedLabels(lambda: 0.6)
    let other = try LeastSquares(inputs: sample.inputs, columns: 3, targets: labels).weights
    let trained = try Training(.gradientDescent)(sample, lambda: 0.5, from: NormalSource(seed: 1)).weights
    #expect(zip(other, trained).contains { abs($0 - $1) > 1e-3 })
  }

  /// The first mini-batch step of plain SGD is the gradient of label term + λ × teacher term, by finite differences.
  @Test func theFirstStepIsTheGradientOfTheObjective() throws {
    let (_, sample) = try Self.sample(n: 16, q: 2)
    let (lambda, rate) = (0.7, 1e-3)
    let squares = (0..<3).map { column in
      (0..<16).reduce(0.0) { sum, row in
        let x = sample.inputs[row * 3 + column]
        return sum + x * x / 16
      }
    }
    for method in [Training.Method.sgd, .gradientDescent] {
      let training = Training(method, learningRate: rate, decay: .constant, batch: 16, epochs: 1)
      let step = try training(sample, lambda: lambda, from: NormalSource(seed: 1))
      #expect(step.steps == 1)
      for i in 0..<6 {
        let h = 1e-4
        var (up, down) = ([Double](repeating: 0, count: 6), [Double](repeating: 0, count: 6))
        (up[i], down[i]) = (h, -h)
        let slope = (sample.objective(up, lambda: lambda) - sample.objective(down, lambda: lambda)) / (2 * h)
        // In scaled inputs the gradient is slope/scale, and the weight is scaled back once more.
        #expect(agree(step.weights[i], -rate * slope / squares[i % 3], relative: 1e-6))
      }
    }
  }

  @Test func divergenceIsAnErrorWithItsStep() throws {
    let (_, sample) = try Self.sample()
    for method in Training.Method.allCases {
      let rate = method == .adam ? 1e6 : 50.0
      #expect {
        try Training(method, learningRate: rate)(sample, lambda: 0.5, from: NormalSource(seed: 1))
      } throws: { error in
        guard case .diverged(let step, let reported) = error as? StudentError else { return false }
        return step >= 2 && step < 200 && reported <= rate && reported > 0.9 * rate
      }
    }
  }

  @Test func stopsEarlyOnHeldOutRows() throws {
    let (population, sample) = try Self.sample(n: 8)
    let heldOut = population.sample(rows: 200, from: NormalSource(seed: 7))
    let training = Training(.adam, learningRate: 0.01, decay: .constant, epochs: 3_000, patience: 5)
    let early = try training(sample, lambda: 0, heldOut: heldOut, from: NormalSource(seed: 2))
    let late = try training(sample, lambda: 0, from: NormalSource(seed: 2))
    #expect(early.stoppedEarly && early.epochs < late.epochs && !late.stoppedEarly)
    // It keeps the best weights seen: those of the last epoch, five epochs later, do worse on the held-out rows.
    var same = training
    same.epochs = early.epochs
    let last = try same(sample, lambda: 0, from: NormalSource(seed: 2))
    #expect(heldOut.objective(early.weights, lambda: 0) < heldOut.objective(last.weights, lambda: 0))
  }

  @Test func sameStreamSameStudent() throws {
    let (_, sample) = try Self.sample()
    let students = try [(1, 0), (1, 0), (1, 1)].map { seed, index in
      try Training(.adam, epochs: 3)(sample, lambda: 1, from: NormalSource(seed: seed, index: index)).weights
    }
    #expect(students[0] == students[1] && students[0] != students[2])
  }

  /// Trained students in a study: within the gap of the least-squares ones; a training too short is called out.
  @Test func trainedStudentsInAStudy() async throws {
    let instance = try RandomStudent.instance(n: 30)
    func failures(_ training: Training) async throws -> [String] {
      let settings = StudySettings(lambdas: [Rational(1, 2)], student: .trained(training), level: 1e-9)
      return try await RiskStudy(instance, settings).result(RiskStudy.run(replicates: 20), threads: 2, seed: 3).failures
    }
    #expect(try await failures(Training(.gradientDescent)).isEmpty)
    #expect(try await failures(Training(.adam, epochs: 300)).isEmpty)
    let short = try await failures(Training(.adam, epochs: 2))
    #expect(short.contains("optimisation gap at λ = 1/2"))
    await #expect(throws: StudentError.self) { try await failures(Training(.sgd, learningRate: 100)) }
  }
}
