// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import IndependentCheck

/// A Coq file about one instance: that its numbers are those of the model and, for a certificate, that the claim is false.
///
/// It belongs into a folder below `proofs`. Its theorems hold over every ordered field, and the kernel checks each by one
/// computation with fractions: `refute_…` of Refutations.v and `…agrees_sound`, `…trains_sound` of Agreement.v.
struct CoqFile {
  /// The largest n that is written: Coq counts rows in unary.
  static let rowLimit = 10_000

  let text: String

  /// The file about `instance`.
  ///
  /// - Throws: ``ExportError/tooManyRows(_:)``.
  init(_ instance: Instance, claim: (any Claim)?, source: String) throws(ExportError) {
    if let n = instance.n, n > CoqFile.rowLimit { throw .tooManyRows(n) }
    let facts = Facts(instance)
    var parts = [
      CoqFile.header(instance, claim, source: source), "Definition sigma : matrixL :=\n  \(coq(instance.sigma)).",
      "Definition w1 : matrixL :=\n  \(coq(instance.w1)).",
    ]
    if let claim { parts.append(try CoqFile.refutation(of: claim, instance)) }
    parts += [CoqFile.moments(facts), CoqFile.agreement(instance, "moments", "agrees_sound")]
    if let risk = try? facts.risk(), let n = instance.n {
      parts += [
        CoqFile.training(risk, n: n, lambda: instance.lambda),
        CoqFile.agreement(instance, "training", "trains_sound"),
      ]
    }
    text = parts.joined(separator: "\n\n") + "\n"
  }

  private static func header(_ instance: Instance, _ claim: (any Claim)?, source: String) -> String {
    let note = instance.comment.map { ":\n    \(comment($0))" } ?? ""
    let more =
      isOfPartTwo(claim) ? "\nFrom Proofs Require Import StatementsFalse RefutationsTwo RefutationsRows." : ""
    return """
      (** Written by `cch export \(comment(source)) --format coq`\(note). *)

      From Coq Require Import ZArith QArith.
      From mathcomp Require Import all_ssreflect all_algebra.
      From Proofs Require Import Statements Numbers ListMatrix Computed Refutations Agreement.\(more)
      """
  }

  private static func refutation(of claim: any Claim, _ instance: Instance) throws(ExportError) -> String {
    let arguments = try CoqRefutation(claim, instance).arguments
    return """
      (** The claim is false over every ordered field. *)
      Theorem \(claim.identifier) (R : realFieldType) : ~ \(module(of: claim)).\(claim.identifier) R.
      Proof.
      apply: (@refute_\(claim.identifier) \(arguments.joined(separator: " "))).
      vm_cast_no_check (erefl true).
      Qed.
      """
  }

  /// Whether the statement is one of part two, which stand in files of their own.
  private static func isOfPartTwo(_ claim: (any Claim)?) -> Bool {
    guard let claim else { return false }
    return CertificateCheck.partTwo.contains(claim.id)
  }

  private static func module(of claim: any Claim) -> String {
    isOfPartTwo(claim) ? "StatementsFalse.Claim" : "Claim"
  }

  private static func moments(_ facts: Facts) -> String {
    let m = facts.moments
    let values = [m.residualVariance, m.teacherResidualVariance, m.residualCovariance, m.mismatch, m.varT, m.varY].map {
      "(\(coq($0)))"
    }
    let informations = [try? facts.teacherInformation(), try? facts.labelInformation()].map { information in
      information.map { "(Some (\(coq($0.argument))))" } ?? "None"
    }
    return """
      (** var(y | x2), var(t | x2), c, B, var(t), var(y), e^{2I(t; s)}, e^{2I(s; y)} as the program
          computes them, and that they are the quantities of the model. *)
      Definition moments : moments :=
        Moments \((values + informations).joined(separator: "\n    ")).
      """
  }

  private static func training(_ risk: Risk, n: Int, lambda: Rational?) -> String {
    let window =
      switch risk.window {
      case .empty: "Empty"
      case .open(.finite(let end)): "(Below (\(coq(end))))"
      case .open(.infinity): "All"
      }
    let best =
      switch risk.bestLambda {
      case .finite(0): "Zero"
      case .finite(let weight): "(Best (\(coq(weight))))"
      case .infinity: "Largest"
      }
    let atLambda = lambda.map { "(Some (\(coq($0)), \(coq(risk($0)))))" } ?? "None"
    let values = [risk.k, risk.baselineRisk, risk.slope, risk.windowDivisor].map { "(\(coq($0)))" }
    return """
      (** n, k, R0, R'(0), D, the weights that help, the best one, and R(lambda). *)
      Definition training : training :=
        Training \((["\(n)"] + values + [window, best, atLambda]).joined(separator: "\n    ")).
      """
  }

  /// The theorem that the record `name` agrees with the model.
  private static func agreement(_ instance: Instance, _ name: String, _ lemma: String) -> String {
    let (several, p1, p2, q) = (instance.q > 1, instance.p1, instance.p2, instance.q)
    let model = several ? "qmodel \(p1) \(p2) \(q) sigma R" : "model \(p1) \(p2) sigma R"
    let teacher = several ? "qteacher \(p1) \(q) w1 R" : "teacher \(p1) w1 R"
    let prefix = several ? "q" : ""
    return """
      Theorem \(name)_agree (R : realFieldType) :
        \(prefix)\(name)_agree (\(model)) (\(teacher)) \(name).
      Proof. apply: \(prefix)\(lemma); vm_cast_no_check (erefl true). Qed.
      """
  }

  /// Text that can stand in a Coq comment.
  private static func comment(_ text: String) -> String {
    String(text.map { $0 == "\"" ? "'" : $0.isNewline ? " " : $0 })
      .replacing("(*", with: "( *").replacing("*)", with: "* )")
  }
}
