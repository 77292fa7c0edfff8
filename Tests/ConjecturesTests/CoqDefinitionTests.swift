// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Conjectures

/// Statements as they stand in Coq, translated by hand: a wrong sign, a lost premise or an open end in place of a closed one would be
/// another statement, which the kernel accepts as well.
@Suite struct CoqDefinitionTests {
  static let statements = [
    (
      "B + V >= ση² => I(t;s) - 2*I(s;y) >= ln(3)",
      """
      teacher_residual_variance S w1 <= (mismatch S w1 + difference_variance S w1) ->
        expI_sy S ^+ 2 * 3%:R ^+ 2 <= expI_ts S w1
      """
    ),
    (
      "for all λ in (0, 1/2]: R(λ) < R0",
      "(forall lam : R, 0 < lam -> lam <= (1 / 2%:R) -> risk S w1 n (lam) < baseline_risk S n)"
    ),
    (
      "for some λ in [1/3, 2): R(λ) >= R0",
      "(exists lam : R, (1 / 3%:R) <= lam /\\ lam < 2%:R /\\ baseline_risk S n <= risk S w1 n (lam))"
    ),
    ("R(λ) < R0", "0 < l ->\n  risk S w1 n (l) < baseline_risk S n"),
    ("0 < k < 2 => λ <= 2", "0 < l ->\n  (0 < kfac R p2 n /\\ kfac R p2 n < 2%:R) ->\n  l <= 2%:R"),
    (
      "(c > 0 => B > V) => D > 0",
      """
      ((0 < residual_covariance S w1) -> difference_variance S w1 < mismatch S w1) ->
        0 < window_divisor S w1 n
      """
    ),
    (
      "c > 0 => (B > V => D > 0)",
      """
      0 < residual_covariance S w1 ->
        ((difference_variance S w1 < mismatch S w1) -> 0 < window_divisor S w1 n)
      """
    ),
    (
      "c > 0 and not (B >= V or k < 2) => D > 0",
      """
      0 < residual_covariance S w1 ->
        ~ ((difference_variance S w1 <= mismatch S w1 \\/ kfac R p2 n < 2%:R)) ->
        0 < window_divisor S w1 n
      """
    ),
    (
      "D > 0 <=> D >= 0 <=> n > 4",
      """
      (((0 < window_divisor S w1 n) <-> (0 <= window_divisor S w1 n)) /\\ \
      ((0 <= window_divisor S w1 n) <-> (4%:R < (n%:R : R))))
      """
    ),
  ]

  @Test(arguments: statements) func definition(_ text: String, _ body: String) throws {
    let definition = try #require(try Conjecture(text).coqDefinition)
    #expect(definition.hasSuffix("standing S w1 n ->\n  \(body)."), "\(definition)")
  }
}
