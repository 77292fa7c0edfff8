// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import PropertyTesting
import SeededRuns
import Testing

@testable import Claims
@testable import Conjectures
@testable import RandomInstances

/// Statements about one covariance, worked out by hand.
@Suite struct WorkedExamplesTests {
  /// x1 of variance 1, x2 of variances 1 and 4, all uncorrelated, and y of variance 2 with the covariances 1/2, 1/2 and 1.
  private static func instance() throws -> Instance {
    let half = Rational(1, 2)
    return try Instance(
      sigma: RationalMatrix([[1, 0, 0, half], [0, 1, 0, half], [0, 0, 4, 1], [half, half, 1, 2]]), p1: 1, p2: 2,
      w1: RationalMatrix([[1]]), n: 6, lambda: 1)
  }

  @Test(
    arguments: [
      // Coordinates count from 0, of a block and of a list alike.
      ("var(x2[1]) = 4*var(x2[0])", true), ("var(x2[0]) = 4*var(x2[1])", false),
      ("let r = (x2[0], x2[1]): var(r[1]) = 4*var(r[0])", true),
      ("let r = (x2[1], x2[0]): var(r[1]) = 4*var(r[0])", false),
      ("cov(x2[1], y) = 2*cov(x2[0], y)", true),
      // var(y|x2) = 2 − 1/4 − 1/4, and var(y|x1,x2) a quarter less.
      ("σε² = 3/4*var(y)", true), ("6*σ1² = 5*σε²", true), ("c = 1/3*σε²", true), ("k = 2/3", true), ("f² = 1/5", true),
      // The student's best prediction is a function of x2.
      ("var(s) = 1/4*var(y)", true), ("var(s|x2) = 0", true), ("cov(s, y|x2) = 0", true),
      // B = var(s), as x1 and x2 are uncorrelated; V = 1 − 2c + σε²; D = B + k(ση² − σε²).
      ("B = 1/3*σε²", true), ("V = σε²", true), ("3*D = B", true),
      // Divisors below 0 turn a comparison round.
      ("1/(σ1² - σε²) < 0/c", true), ("1/(λ - 2) < 0", true), ("1/(λ - 2) > 0", false),
      ("for all z in (0, 1): 1/(z - 2) < 0", true), ("for some z in (0, 1): 1/(z - 2) > 0", false),
      ("for some z in (3, 4): 1/(2 - z) > 0", false), ("for all z in (0, 3): 1/(z + 1) > 1/4", true),
      // The same condition on other domains.
      ("(for all z in (0, 1): z < 1) and not (for all z in (0, 2): z < 1)", true),
      ("(for some z in (0, 2): z > 1) and (for some z in (0, 1): z > 1)", false),
      // Sums of roots.
      ("(√(2) + √(3))^2 = 5 + 2*√(6)", true), ("(1 + √(2))*(1 + √(3)) = 1 + √(2) + √(3) + √(6)", true),
      ("(1 + √(2))*(1 + √(3)) > 1 + √(2) + √(3) + √(6)", false), ("√(2) + √(3) > 3", true),
      ("√(2) + √(3) > 22/7", true),
      // Logarithms that depend on each other, with powers that nobody multiplies out.
      ("100*ln(4) = 200*ln(2)", true), ("100*ln(4) > 200*ln(2)", false), ("1000*ln(8) - 500*ln(4) = 2000*ln(2)", true),
      ("100*ln(4) + 1/1000000000 > 200*ln(2)", true), ("100*ln(3) > 158*ln(2)", true), ("100*ln(3) > 159*ln(2)", false),
    ] as [(String, Bool)])
  func byHand(_ text: String, _ expected: Bool) throws {
    let conjecture = try Conjecture(text)
    #expect(conjecture.verdict(Facts(try Self.instance())).holds == expected, "\(text)")
  }

  /// A power is one of the unit as well.
  @Test func unitsOfPowers() throws {
    _ = try Conjecture("(c*σε²)^2 > c^4")
    for text in ["(c*σε²)^2 > c^2", "(c*σε²)^2 > c^3", "(c/σε²)^2 > c^2", "c^3 > c^2*k"] {
      #expect { try Conjecture(text) } throws: { "\($0)".contains("units clash") }
    }
  }

  @Test func rootsOfRootsHaveNoUnit() {
    #expect { try Conjecture("√(√(σε²)) > 0 => c > 0") } throws: { "\($0)".contains("unit") }
  }

  /// An implication whose premise fails holds, and by how far the premise is from holding.
  @Test func marginOfAnImplication() throws {
    let claim = try Conjecture("k > 0 => (c < 0 => B > V)").claim
    let verdict = claim.evaluate(Facts(try Self.instance()))
    #expect(verdict.hypothesis && verdict.conclusion == true)
    #expect(try #require(verdict.margin) > 0)
  }

  /// What is said without a letter is said of both; what is the same is compared.
  @Test func saidOfBoth() throws {
    let half = Rational(1, 2)
    let second = try Instance(
      sigma: RationalMatrix([[1, 0, 0, half], [0, 1, 0, half], [0, 0, 4, 1], [half, half, 1, 2]]), p1: 2, p2: 1,
      w1: RationalMatrix([[1], [1]]), n: 6)
    let pair = try Self.instance().with(extras: InstanceExtras(other: second))
    for (text, expected) in [
      ("p1 = 1 and n.A = 6 => n.A < 0", true), ("p1.A = 1 and n.A = 6 => n.A < 0", false),
      ("p1 = 2 and n.A = 6 => n.A < 0", true), ("n = 6 and p1.A = 1 => n.A < 0", false), ("not same Σ22", true),
      ("not same Σ11", true), ("same var(y)", true),
    ] { #expect(try Conjecture(text).verdict(Facts(pair)).holds == expected, "\(text)") }
  }

  /// Sizes that a premise asks for are made where more was drawn, and teachers always.
  @Test(arguments: [
    ("p2 < 2 => helps", 1...1), ("p2 <= 2 => helps", 1...2),
    ("teacher = ols and p2 = 2 => helps", 1...2),
  ])
  func premisesShape(_ text: String, _ sizes: ClosedRange<Int>) throws {
    let claim = try Conjecture(text).claim
    let generator = InstanceGenerator(for: claim, n: nil, lambda: nil).generator
    var count = 0
    for index in 0..<60 {
      var tape = ChoiceTape(random: RandomSource(seed: 5, index: UInt64(index)), size: 1 + index)
      guard let made = try? generator(&tape) else { continue }
      count += 1
      #expect(sizes.contains(made.p2), "\(text): \(made.p2)")
      if text.contains("ols") { #expect(Facts(made).isLeastSquaresTeacher) }
    }
    #expect(count > 10, "\(text): \(count)")
  }
}
