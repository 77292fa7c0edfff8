// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import ExactJSON
import Foundation
import IndependentCheck
import Testing

@testable import Conjectures

/// Certificates that carry a statement: by the independent check, and as files for Coq.
@Suite struct CertificateTests {
  private func instance(n: Int? = 3, lambda: Rational? = nil) throws -> Instance {
    // e^2I(t;s) = 9/5, e^2I(s;y) = 3/2, c = σε² = 2/3, B = 3, var(t) = 3, var(y) = 1.
    try Instance(
      sigma: RationalMatrix([[3, -2, 0], [-2, 3, 1], [0, 1, 1]]), p1: 1, p2: 1, w1: RationalMatrix([[1]]), n: n,
      lambda: lambda)
  }

  private func document(_ text: String, _ instance: Instance) throws -> JSONValue {
    Certificate(claim: try Conjecture(text).claim, instance: instance).document
  }

  /// What refutes a statement holds, and what does not does not, as the evaluator says.
  @Test(arguments: [
    ("I(t;s) > I(s;y) => c < var(y|x2)", true), ("I(t;s) > I(s;y) => c <= var(y|x2)", false),
    ("I(t;s) < I(s;y) => helps", false), ("2*I(t;s) - 3*ln(6/5)/2 > ΔI => R(λ) < R0 or k = 2", true),
    ("corr(t,s) > -19/20 or a < 17/10", false), ("corr(t,s) < -19/20 and a >= 17/10 => a > 2", false),
    ("corr(t,s) > -9/10 => a > 2", true), ("exp(2*I(t;s)) = 9/5 => window.upper > 0", true),
    ("R∞ > R0 => best λ > 0 or best gain > 0*σε²", true), ("tuned gain = 0 => f² < σ1²/σε²", true),
    ("max(k, 1/2, β) = 1 and -c < 0 => min(k, β) > 1", true), ("1/(c - σε²) > 0", false),
    ("x1 ⊥ y and not x1 ⊥ x2 | y => t ⊥ s", true), ("det(x1|x2) < det(x1) => cov((t,y),(y,t)) > 0*σε²", true),
    ("teacher = ols => helps", false), ("teacher = joint or Σ22 = 1", true),
    ("let u = t - 2*y: var(u) > 7*var(y) <=> helps", false),
  ])
  func statements(_ text: String, _ expected: Bool) throws {
    let instance = try instance(lambda: Rational(1, 2))
    let check = try CertificateCheck(document(text, instance))
    #expect(check.holds == expected, "\(text): \(check.message)")
    #expect(try Conjecture(text).claim.evaluate(Facts(instance)).isViolation == expected, "\(text)")
  }

  /// A wrong number among those that are recorded is found, and so is a second instance that is missing.
  @Test func wrongRecords() throws {
    let whole = try document("I(t;s) > I(s;y) => c < var(y|x2)", instance()).pretty
    let wrong = try JSONValue(parsing: Array(whole.replacing("\"9/5\"", with: "\"8/5\"").utf8))
    let check = try CertificateCheck(wrong)
    #expect(!check.holds && check.message.contains("e^2I(t;s)"), "\(check.message)")
    let pair = try CertificateCheck(document("helps.A => helps.B", instance()))
    #expect(!pair.holds && pair.message.contains("\"other\""), "\(pair.message)")
  }

  /// What takes more than arithmetic is refused, and not called wrong.
  @Test(arguments: [
    "for all λ > 0: R(λ) < R0", "sqrt(2)*G < c", "exp(I(t;s)) < 1", "I(t;s) > 3/2",
    "sum over rows i: ℓ[i] > 1", "sum over j < 3: j > 5", "floor(k) > 3",
  ])
  func refusals(_ text: String) throws {
    do {
      let check = try CertificateCheck(document(text, instance()))
      Issue.record("\(check)")
    } catch let error as CertificateError { #expect(error.isRefusal, "\(error)") }
  }

  // MARK: Coq

  /// The statement, the values of the words, the facts and how they are joined.
  @Test func filesForCoq() throws {
    let conjecture = try Conjecture("I(t;s) > I(s;y) and R(1/2) > R0 => for all λ > 1: β <= 1 and R(λ) < R0")
    let text = try conjecture.coqRefutation(on: instance(), source: "a.json")
    for part in [
      "Definition conjecture (R : realFieldType) : Prop :=", "standing S w1 n ->\n  expI_sy S < expI_ts S w1 ->",
      "baseline_risk S n < risk S w1 n ((1 / 2%:R)) ->", "(forall lam : R, 1 < lam -> (beta S w1 <= 1 /\\ risk",
      "residual_variance S = ofQ R (Qmake 2 3) /\\", "Theorem refuted (R : realFieldType) : ~ conjecture R.",
      "by move=> /(_ (ofQ R ", "have := claim 1%N 1%N S w 3%N.",
    ] { #expect(text.contains(part), "\(part)\n\(text)") }
    let least = try Conjecture("teacher = ols => λ < 2")
    let ols = try Instance(
      sigma: RationalMatrix([[1, 0, 1], [0, 1, 1], [1, 1, 4]]), p1: 1, p2: 1, w1: nil, n: 3, lambda: 3)
    let other = try least.coqRefutation(on: ols, source: "b.json")
    #expect(
      other.contains("standing S (ols S) 3") && other.contains("claim 1%N 1%N S 3%N (ofQ R (wholeQ 3))"), "\(other)")
  }

  /// Why there is no such file.
  @Test(arguments: [
    ("best gain > R0", "best_gain"), ("helps.A => helps.B", "two instances"), ("q >= 1 => helps", "several labels"),
    ("a > 2", "\"a\""), ("Σ22 = 1", "Σ22 = 1"), ("c < 10*σε²", "no counterexample"),
    ("for some λ > 0: R(λ) < R0", "takes a proof"), ("sum over rows i: ℓ[i] > 1", "the rows of a design"),
    ("sum over j < 3: k^j > 9", "numbers that count"), ("I(t;x2) < I(s;y)", "I(t;x2)"),
  ])
  func noFileForCoq(_ text: String, _ reason: String) throws {
    do {
      let file = try Conjecture(text).coqRefutation(on: instance(), source: "a.json")
      Issue.record("\(file)")
    } catch let error as CoqStatementError { #expect(error.description.contains(reason), "\(text): \(error)") }
  }

  /// With CCH_PROOFS naming a folder of compiled proofs, Coq's kernel accepts every kind of file.
  @Test(arguments: [
    "I(t;s) > I(s;y) and var(t) > var(y) => c < var(y|x2)", "R(λ) < R0 or 2*I(t;s) - ln(3/2) < ΔI + ln(1/5)",
    "slope = 0 and a^4 = 9 and not (B + V = ση² - c) => for all z > 1: z^2 > 4 or R(z) < R0*z^-1",
    "B = 3*var(y) and I(t;s|y) > 0 => (D < curvature <=> R∞ <= R0) and n < p1 + 2*p2 and k^3 = 1 and 2 > 1 + 3",
    "-1/2*cov(t,y) <= cov(s,y) => I(x1;x2) < I(x2;y)",
  ])
  func kernelAccepts(_ text: String) throws {
    let file = try Conjecture(text).coqRefutation(on: instance(lambda: Rational(1, 2)), source: "a.json")
    guard let proofs = ProcessInfo.processInfo.environment["CCH_PROOFS"] else { return }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cch-coq-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(file.utf8).write(to: folder.appendingPathComponent("stated.v"))
    let coq = Process()
    coq.executableURL = URL(fileURLWithPath: "/usr/bin/coqc")
    coq.arguments = ["-q", "-w", "none", "-Q", proofs, "Proofs", folder.appendingPathComponent("stated.v").path]
    try coq.run()
    coq.waitUntilExit()
    #expect(coq.terminationStatus == 0, "\(text)")
  }
}
