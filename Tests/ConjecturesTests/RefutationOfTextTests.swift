// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Foundation
import SeededRuns
import Testing

@testable import Claims
@testable import Conjectures
@testable import Hunting

/// Counterexamples of statements in text are made simple by signs where these tell all: with the answers of rational numbers.
@Suite struct RefutationOfTextTests {
  private static let texts = [
    "c > 0 => B > V", "I(t;s) > I(s;y) => helps", "c/B > 2 or not c/(B - V) < 1 => k < 1/8",
    "1/(V - B) > 0 => 1/c > 0",
    "R(λ) < R0 => λ < 2*k", "helps and var(t) > var(y) => a^2*c < B <=> D > 0", "corr²(t,s) > 1/2 => corr(t,y) > 0",
  ]

  @Test(arguments: texts) func answersAreThoseOfRationalNumbers(text: String) throws {
    try compare(try Conjecture(text).claim, text)
  }

  /// What signs leave open is decided by rational numbers.
  @Test func whatSignsLeaveOpen() throws {
    for text in ["c > 0 => B < V and x1 ⊥ x2", "c > 0 => for all λ > 5: R(λ)*λ^3 > R0*λ^2 + B"] {
      let claim = try #require(try Conjecture(text).claim as? any SignClaim)
      #expect(!claim.isWhollySigns)
      try compare(claim, text)
    }
  }

  @Test func soAreThoseOfTheFifteen() throws {
    for conjecture in try FifteenTests.stated() where conjecture.name != nil {
      try compare(conjecture.claim, conjecture.name ?? "", cases: 12)
    }
  }

  private func compare(_ claim: any Claim, _ text: String, cases: Int = 40) throws {
    let target = try #require(claim as? any SignClaim, "\(text)")
    let (test, verification) = (RefutationTest(target), Verification(of: [], seed: 72))
    var (bySigns, refuted) = (0, 0)
    for index in 0..<cases {
      let instance = try verification.facts(ofCase: index).instance
      let isViolated = target.isViolated(Facts(instance))
      #expect(test(instance) == isViolated, "\(text), case \(index)")
      bySigns += test.canUseSigns(of: instance) && WholeInstance(instance) != nil ? 1 : 0
      refuted += isViolated ? 1 : 0
    }
    guard Self.texts.contains(text) else { return }
    #expect(target.isWhollySigns && bySigns > 5 && refuted > 0, "\(text): \(bySigns) by signs, \(refuted) refuted")
  }
}
