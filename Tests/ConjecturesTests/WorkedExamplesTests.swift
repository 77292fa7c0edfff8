// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import Testing

@testable import Conjectures

/// Statements about one covariance, worked out by hand.
@Suite struct WorkedExamplesTests {
  /// x1 of variance 1, x2 of variances 1 and 4, all uncorrelated, and y of variance 2 with the covariances 1/2, 1/2 and 1.
  private static func instance() throws -> Instance {
    let half = Rational(1, 2)
    return try Instance(
      sigma: RationalMatrix([[1, 0, 0, half], [0, 1, 0, half], [0, 0, 4, 1], [half, half, 1, 2]]), p1: 1, p2: 2,
      w1: RationalMatrix([[1]]), n: 6)
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
}
