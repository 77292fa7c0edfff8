// SPDX-License-Identifier: GPL-3.0-or-later
@testable import Claims
@testable import RandomInstances
import Distillation
import ExactAlgebra
import ExactPredicates
import SeededRuns
import Testing

/// A screen decides assumptions by signs of whole-number problems, and premises seldom hold without them: claims of nothing but
/// one assumption tell whether it is decided at all.
@Suite struct ScreenedAssumptionsTests {
  /// What whole-number problems do not have, and a screen therefore never finds.
  private let unscreened: Set<Assumption> = [
    .independentGivenLabel, .teacherRows, .design, .rowMoments, .otherInstance,
  ]

  /// Drawn problems, each with its λ also at 0 and with few rows, and degenerate ones that are never drawn.
  @Test func everyAssumptionIsThatOfTheInstance() throws {
    var (sampler, decider, source) = (IntegerSampler(largestSize: 3), SignDecider(), RandomSource(seed: 6, index: 0))
    var seen: [Assumption: Set<Bool>] = [:]
    func compare(_ problem: IntegerProblem) throws {
      let facts = Facts(try problem.instance())
      let isDefinite = decider.take(problem, needsInputs: true)
      #expect(isDefinite)
      for assumption in Assumption.allCases where !unscreened.contains(assumption) {
        let holds = ClaimScreen(Assuming(assumptions: [assumption]))(problem, &decider) == .holds
        #expect(holds == facts.holds(assumption), "\(assumption): \(facts.instance)")
        seen[assumption, default: []].insert(holds)
      }
    }
    for _ in 0..<300 { try sampler.draw(from: &source, compare) }
    for degenerate in Degenerate.all { try degenerate.withProblem(compare) }
    for assumption in Assumption.allCases where !unscreened.contains(assumption) {
      // Every problem has rows enough, and nothing in it is undefined.
      let expected: Set<Bool> = [.trainingRows, .defined].contains(assumption) ? [true] : [true, false]
      #expect(seen[assumption] == expected, "\(assumption)")
    }
  }
}

/// A claim that says nothing, under assumptions.
private struct Assuming: SignClaim {
  let assumptions: [Assumption]
  let id = "assuming"
  let summary = "nothing"
  let statement = "Nothing."
  let status = Status.proved

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { true }
  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { true }
  func margin(_ facts: Facts) -> Rational { 1 }
}

/// A problem of two inputs on each side, and as many labels as `weights` has pairs, in which nothing but what is said is correlated.
private struct Degenerate {
  /// cov of coordinates of x1, x2 and y that are not 0, off the diagonal of 9.
  var covariances: [(Int, Int, Int64)] = []
  var weights: [Int64]
  var lambda: (u: Int64, v: Int64) = (0, 1)

  static let all = [
    // Each label with an input of each side, and of them: all of full rank; two outputs of one direction; two students of one.
    Degenerate(covariances: [(2, 4, 3), (3, 5, 3)], weights: [1, 0, 0, 1]),
    Degenerate(covariances: [(2, 4, 3), (3, 5, 3)], weights: [1, 2, 2, 4]),
    Degenerate(covariances: [(2, 4, 3), (2, 5, 3)], weights: [1, 0, 0, 1]),
    // No teacher of the first output, of any, and no student at all.
    Degenerate(covariances: [(2, 4, 3), (3, 5, 3)], weights: [0, 0, 0, 1]),
    Degenerate(covariances: [(2, 4, 3)], weights: [0, 0]), Degenerate(weights: [1, 0]),
  ]

  func withProblem(_ body: (IntegerProblem) throws -> Void) rethrows {
    let (q, d) = (weights.count / 2, 4 + weights.count / 2)
    var sigma = [Int64](repeating: 0, count: d * d)
    for i in 0..<d { sigma[i * d + i] = 9 }
    for (i, j, value) in covariances { (sigma[i * d + j], sigma[j * d + i]) = (value, value) }
    try sigma.withUnsafeBufferPointer { sigma in
      try weights.withUnsafeBufferPointer { w1 in
        try body(IntegerProblem(p1: 2, p2: 2, q: q, sigma: sigma, w1: w1, n: 5, lambda: lambda))
      }
    }
  }
}
