// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import ExactPredicates

/// Whether instances refute a claim, as ``Claim/isViolated(_:)`` says, but decided by signs in the first arithmetic that can
/// tell where claim and instance have a form in whole numbers: far faster, with the same answers.
struct RefutationTest: Sendable {
  private let claim: any Claim
  private let screen: ClaimScreen?
  private let needsRows: Bool

  init(_ claim: any Claim) {
    self.claim = claim
    // These are about parts that whole-number problems do not have, or whose weights are not those of the instance.
    let foreign: [Assumption] = [
      .independentGivenLabel, .teacherRows, .design, .rowMoments, .otherInstance, .candidates, .equalCandidates,
    ]
    let signs = (claim as? any SignClaim).flatMap { $0.isWhollySigns ? $0 : nil }
    screen = signs.flatMap { signs in signs.assumptions.contains(where: foreign.contains) ? nil : ClaimScreen(signs) }
    needsRows = claim.assumptions.contains { [.trainingRows, .rowsForBoth, .evenDegrees].contains($0) }
  }

  /// Whether the instance refutes the claim.
  func callAsFunction(_ instance: Instance) -> Bool {
    if canUseSigns(of: instance), let answer = WholeInstance(instance).flatMap({ bySigns($0) }) { return answer }
    return claim.isViolated(Facts(instance))
  }

  /// The same, and the margin is defined: a violation without one does not count.
  @Sendable func counts(_ instance: Instance) -> Bool {
    self(instance) && (try? claim.margin(Facts(instance))) != nil
  }

  /// Whether ``bySigns(_:)`` can answer for the instance if it has a form in whole numbers.
  func canUseSigns(of instance: Instance) -> Bool { screen != nil && !(needsRows && instance.n == nil) }

  /// The same by signs, false also where Σ is not positive definite; nil where a number does not fit.
  func bySigns(_ instance: WholeInstance) -> Bool? {
    guard let screen else { return nil }
    return instance.withProblem { problem in
      var decider = SignDecider()
      guard decider.take(problem, needsInputs: screen.claim.needsInputs) else { return false }
      return screen(problem, &decider) == .violated
    }
  }
}

/// An instance in whole numbers, as predicates take it: the teachers and y are multiplied by what makes all weights whole,
/// and x1, x2, y by what makes Σ whole, which changes no verdict.
struct WholeInstance {
  private let p1, p2, q, n: Int
  private var sigma: [Int]
  private let teachers: [Int64]
  private let labelScale: Int
  private let lambda: (u: Int64, v: Int64)?
  private let extras: IntegerProblem.Extras

  /// Nil where a number is too large, a teacher predicts nothing, or the instance has parts that such problems lack.
  init?(_ instance: Instance) {
    let (own, sigmaScale) = (instance.extras, instance.sigma.commonDenominator)
    // The strength of ridge is in the unit of x2.
    guard instance.p1a == nil, own.other == nil, own.ridge == nil || sigmaScale == 1,
      own.secondTeacher == nil || instance.q == 1
    else { return nil }
    let outputs = (0..<instance.q).map { output in (0..<instance.p1).map { instance.w1[$0, output] } }
    let weights = outputs + (own.secondTeacher.map { second in [(0..<instance.p1).map { second[$0, 0] }] } ?? [])
    guard !weights.contains(where: { $0.allSatisfy { $0.signum == 0 } }) else { return nil }
    let scale = [instance.w1, own.secondTeacher].compactMap { $0?.commonDenominator }.reduce(
      Rational(1), Rational.leastCommonMultiple)
    let teachers = weights.joined().compactMap { (scale * $0).asInt.map { Int64($0) } }
    let sigma = instance.sigma.values.joined().compactMap { (sigmaScale * $0).asInt }
    guard let labelScale = scale.asInt, teachers.count == weights.count * instance.p1,
      sigma.count == instance.sigma.rows * instance.sigma.rows,
      let lambda = WholeInstance.fraction(instance.lambda), let ridge = WholeInstance.fraction(own.ridge)
    else { return nil }
    (p1, p2, q, n) = (instance.p1, instance.p2, instance.q, instance.n ?? instance.p2 + 2)
    (self.sigma, self.teachers, self.labelScale, self.lambda) = (sigma, teachers, labelScale, lambda)
    extras = IntegerProblem.Extras(
      unlabelled: own.unlabelled, ridge: ridge, hasSecondTeacher: own.secondTeacher != nil)
  }

  /// The same teachers, n and λ with another Σ, of whole entries.
  func with(sigma: [Int]) -> WholeInstance {
    var changed = self
    changed.sigma = sigma
    return changed
  }

  /// What `body` says of the problem; nil where a number does not fit.
  func withProblem<Answer>(_ body: (IntegerProblem) -> Answer) -> Answer? {
    let (size, label) = (p1 + p2 + q, p1 + p2)
    var scaled = [Int64](repeating: 0, count: sigma.count)
    for i in 0..<size {
      for j in 0..<size {
        var (value, overflow) = (sigma[i * size + j], false)
        for place in [i, j] where labelScale != 1 && place >= label {
          let product = value.multipliedReportingOverflow(by: labelScale)
          (value, overflow) = (product.partialValue, overflow || product.overflow)
        }
        // Entries of up to 50 bits are what the predicates are measured with.
        if overflow || abs(value) >= 1 << 50 { return nil }
        scaled[i * size + j] = Int64(value)
      }
    }
    return scaled.withUnsafeBufferPointer { sigma in
      teachers.withUnsafeBufferPointer { teachers in
        body(IntegerProblem(p1: p1, p2: p2, q: q, sigma: sigma, w1: teachers, n: n, lambda: lambda, extras: extras))
      }
    }
  }

  /// A fraction, if there is one; nil where its numbers are too large.
  private static func fraction(_ value: Rational?) -> (u: Int64, v: Int64)?? {
    guard let value else { return .some(nil) }
    guard let u = value.numerator.asInt, let v = value.denominator.asInt else { return nil }
    return (Int64(u), Int64(v))
  }
}
