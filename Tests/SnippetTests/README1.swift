// swift-format-ignore-file: made by Tests/Snippets/generate.py from README.md.
import Claims
import Distillation
import ExactAlgebra
import Testing

struct README1 {
  /// The function under test: what you have written, in floating point.
  func myRisk(lambda: Double) -> Double { 3 + (3 + 2 * lambda + lambda * lambda) / ((1 + lambda) * (1 + lambda)) }

  @Test func myRiskAgreesWithTheExactOne() throws {
    let instance = try Instance(
      sigma: RationalMatrix([[2, 1, 2], [1, 1, 1], [2, 1, 4]]), p1: 1, p2: 1, w1: RationalMatrix([[1]]), n: 3)
    let risk = try Facts(instance).risk()
    #expect(risk(Rational(1, 2)) == Rational(44, 9))
    #expect(abs(myRisk(lambda: 0.5) - risk(Rational(1, 2)).asDouble) < 1e-14)
  }

  @Test func noTrueClaimIsViolated() throws {
    let verification = Verification(seed: 1)
    for index in 0..<1000 {
      let facts = try verification.facts(ofCase: index)
      for claim in allClaims where claim.status.word == "true" { #expect(!claim.evaluate(facts).isViolation) }
    }
  }
}
