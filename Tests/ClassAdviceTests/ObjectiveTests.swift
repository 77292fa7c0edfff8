// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Foundation
import SeededRuns
import Testing

@testable import ClassAdvice

/// The loss, its derivatives and its minimiser.
@Suite struct ObjectiveTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      let lambda, temperature, weightDecay, distillation, loss: Double
      let features, teacher, weights, biases, weightGradient, biasGradient: [Double]
      let labels: [Int]
    }
    let cases: [Case]
  }

  /// T², the direction and the reduction of KL, and the scaling of the penalty are PyTorch's:
  /// `F.cross_entropy(s, y) + lam * T**2 * F.kl_div(F.log_softmax(s / T, 1), F.softmax(t / T, 1), reduction="batchmean") + mu / 2 * (w**2).sum()`.
  @Test func theLossIsPyTorchs() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/distillation.json")
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    #expect(reference.cases.count == 4)
    for known in reference.cases {
      let rows = try LabelledRows(features: known.features, labels: known.labels, classCount: 4)
      let objective = try SoftmaxObjective(rows, weightDecay: known.weightDecay)
      let axes = objective.features.axes
      // The axes are orthonormal, so weights turn as columns do.
      func turned(_ w: [Double]) -> [Double] {
        var turned = [Double](repeating: 0, count: 12)
        for r in 0..<3 {
          for k in 0..<4 {
            for c in 0..<3 { turned[r * 4 + k] += axes[c * 3 + r] * w[c * 4 + k] }
          }
        }
        return turned
      }
      let term = DistillationTerm(
        try TeacherLogits(known.teacher, classCount: 4).softLabels(temperature: known.temperature),
        weight: known.lambda, temperature: known.temperature)
      let weights = turned(known.weights) + known.biases
      let point = objective.point(weights, term)
      #expect(abs(objective.loss(weights, term) - known.loss) < 1e-12 * max(1, known.loss))
      let gradient = objective.gradient(point, term)
      for (own, theirs) in zip(gradient, turned(known.weightGradient) + known.biasGradient) {
        #expect(abs(own - theirs) < 1e-12)
      }
    }
  }

  /// The curvature is the derivative of the gradient, with a teacher and without.
  @Test(arguments: [0.0, 0.7]) func theCurvatureIsTheGradientsDerivative(lambda: Double) throws {
    let planted = try Planted(rows: 30, columns: 5, seed: 1)
    let objective = try SoftmaxObjective(planted.student, weightDecay: 0.05)
    let term = DistillationTerm(planted.teacher.softLabels(temperature: 3), weight: lambda, temperature: 3)
    let (w, v) = (planted.numbers(objective.weightCount, stream: 8), planted.numbers(objective.weightCount, stream: 9))
    let step = 1e-5
    func gradient(_ t: Double) -> [Double] {
      objective.gradient(objective.point(zip(w, v).map { $0 + t * $1 }, term), term)
    }
    let product = objective.curvature(v, objective.point(w, term), term)
    for (i, (up, down)) in zip(gradient(step), gradient(-step)).enumerated() {
      #expect(abs((up - down) / (2 * step) - product[i]) < 1e-7)
    }
  }

  /// At the minimum the gradient vanishes; d ≫ n gives the student that d columns give, whatever the rotation.
  @Test func theMinimumIsOne() throws {
    let planted = try Planted(rows: 24, columns: 60, seed: 2)
    let wide = try SoftmaxObjective(planted.student, weightDecay: 0.5)
    #expect(wide.features.componentCount < 24)
    let student = wide.fit()
    let gradient = wide.gradient(wide.point(student.weights, nil), nil)
    #expect(gradient.allSatisfy { abs($0) < 1e-9 })
    // Plain gradient descent on the scaled columns themselves, in another parametrisation, has the same logits.
    let scaled = FeatureScaling(of: planted.student.features, columns: 60)(planted.student.features)
    let (n, k) = (24, planted.student.classCount)
    var w = [Double](repeating: 0, count: 61 * k)
    func logits() -> [Double] {
      var logits = [Double](repeating: 0, count: n * k)
      for i in 0..<n {
        for j in 0..<k {
          var sum = w[60 * k + j]
          for c in 0..<60 { sum += scaled[i * 60 + c] * w[c * k + j] }
          logits[i * k + j] = sum
        }
      }
      return logits
    }
    for _ in 0..<150 {
      let p = softmaxRows(logits(), classes: k)
      var g = w.map { 0.5 * $0 }
      for j in 0..<k { g[60 * k + j] = 0 }
      for i in 0..<n {
        for j in 0..<k {
          let r = (p[i * k + j] - (planted.student.labels[i] == j ? 1 : 0)) / Double(n)
          for c in 0..<60 { g[c * k + j] += r * scaled[i * 60 + c] }
          g[60 * k + j] += r
        }
      }
      for i in w.indices { w[i] -= 0.5 * g[i] }
    }
    for (own, theirs) in zip(student.trainingLogits.values, logits()) { #expect(abs(own - theirs) < 1e-6) }
  }

  /// From far away, where probabilities are 0 or 1 and the curvature tells little, whole steps climb; the line search takes none that does.
  @Test func stepsNeverClimb() throws {
    let planted = try Planted(rows: 40, columns: 4, seed: 5)
    let objective = try SoftmaxObjective(planted.student, weightDecay: 1e-4)
    var point = objective.point(planted.numbers(objective.weightCount, stream: 8).map { 20 * $0 }, nil)
    while let next = objective.newtonStep(point, objective.gradient(point, nil), nil, tolerance: 1e-6) {
      #expect(next.value <= point.value)
      guard next.value < point.value else { break }
      point = next
    }
    #expect(objective.gradient(point, nil).allSatisfy { abs($0) < 1e-7 })
  }

  /// Soft labels that the student gives itself at its temperature leave it where it is, for any λ.
  @Test func aTeacherThatIsTheStudentChangesNothing() throws {
    let planted = try Planted(rows: 40, columns: 4, seed: 3)
    let student = try SoftmaxObjective(planted.student, weightDecay: 0.03).fit()
    let own = student.trainingLogits.softLabels(temperature: 2)
    let guided = student.objective.fit(DistillationTerm(own, weight: 5, temperature: 2))
    for (a, b) in zip(student.weights, guided.weights) { #expect(abs(a - b) < 1e-8) }
    let slope = DistillationSlope(student, heldOut: planted.fresh)
    #expect(abs(slope(own, temperature: 2)) < 1e-12)
  }

  /// Masked classes ask for nothing and give no NaN.
  @Test func maskedClassesAreFine() throws {
    let planted = try Planted(rows: 40, columns: 4, seed: 4)
    var logits = planted.teacher.values
    for row in 0..<40 { logits[row * 3 + (planted.student.labels[row] + 1) % 3] = -.infinity }
    let soft = try TeacherLogits(logits, classCount: 3).softLabels(temperature: 2)
    #expect(soft.values.contains(0) && soft.values.allSatisfy { $0.isFinite })
    let student = try SoftmaxObjective(planted.student, weightDecay: 0.01)
      .fit(DistillationTerm(soft, weight: 1, temperature: 2))
    #expect(student.weights.allSatisfy { $0.isFinite })
  }

  @Test func badInputIsTyped() throws {
    func refuses(_ expected: ClassAdviceError, _ body: () throws -> Void) {
      #expect(throws: expected) { try body() }
      #expect(!"\(expected)".contains("\n"))
    }
    refuses(.badLogit(teacher: "t", row: 2, column: 1, value: "nan")) {
      _ = try TeacherLogits([0, 1, .nan, 1], classCount: 2, name: "t")
    }
    refuses(.badLogit(teacher: "t", row: 1, column: 2, value: "inf")) {
      _ = try TeacherLogits([0, .infinity], classCount: 2, name: "t")
    }
    refuses(.everyClassMasked(teacher: "t", row: 2)) {
      _ = try TeacherLogits([0, 1, -.infinity, -.infinity], classCount: 2, name: "t")
    }
    refuses(.notNormalised(teacher: "t", row: 1, sum: 0.75)) {
      _ = try TeacherLogits(probabilities: [0.5, 0.25], classCount: 2, name: "t")
    }
    refuses(.badProbability(teacher: "t", row: 1, column: 1, value: "-0.5")) {
      _ = try TeacherLogits(probabilities: [-0.5, 1.5], classCount: 2, name: "t")
    }
    let rows = try LabelledRows(features: [1, 2, 3], labels: [0, 1, 0])
    #expect(throws: ClassAdviceError.self) { try SoftmaxObjective(rows, weightDecay: 0) }
    #expect(throws: ClassAdviceError.self) { try SoftmaxObjective(rows, weightDecay: .nan) }
    // Printed decimals do not add to 1 exactly.
    let rounded = try TeacherLogits(probabilities: [0.33333, 0.33333, 0.33333], classCount: 3)
    #expect(abs(rounded.softLabels(temperature: 1).values[0] - 1.0 / 3) < 1e-12)
  }
}

/// Three classes around three points; the teacher sees the classes through noise of its own, and part of the student's noise.
struct Planted {
  let student: LabelledRows
  let teacher: TeacherLogits
  let fresh: LabelledRows
  let freshTeacher: TeacherLogits
  private let seed: UInt64

  /// - Parameters:
  ///   - shared: the weight in the teacher's logits of the hidden cause beyond the label, which the student sees in noise.
  init(rows: Int, columns: Int, seed: UInt64, shared: Double = 1) throws {
    self.seed = seed
    func make(_ count: Int, _ stream: UInt64) throws -> (LabelledRows, TeacherLogits) {
      var source = RandomSource(seed: seed, index: stream)
      func noise() -> Double { (0..<6).reduce(0) { sum, _ in sum + Double.random(in: -1...1, using: &source) } / 1.414 }
      let labels = (0..<count).map { $0 % 3 }
      var (features, logits) = ([Double](), [Double]())
      for label in labels {
        let hidden = (0..<3).map { _ in noise() }
        features += (0..<columns).map { c in
          c < 3 ? (c == label ? 1.0 : 0) + hidden[c] : noise()
        }
        logits += (0..<3).map { ($0 == label ? 1.0 : 0) + shared * hidden[$0] + 0.3 * noise() }
      }
      return (
        try LabelledRows(features: features, labels: labels, classCount: 3), try TeacherLogits(logits, classCount: 3)
      )
    }
    (student, teacher) = try make(rows, 1)
    (fresh, freshTeacher) = try make(600, 2)
  }

  func numbers(_ count: Int, stream: UInt64) -> [Double] {
    var source = RandomSource(seed: seed, index: stream)
    return (0..<count).map { _ in Double.random(in: -1...1, using: &source) }
  }
}
