// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Claims
import Distillation
import ExactAlgebra
import ExactJSON

/// Everything that is known of one instance, and its document of schema `cch.explain/1`.
package struct Explanation {
  let instance: Instance
  let source: String
  let facts: Facts
  let moments: Moments
  /// nil where n is not given.
  let risk: Risk?
  /// The informations by name; nil where they are not finite.
  let informations: [(name: String, value: HalfLogarithm?)]
  let delta: HalfLogarithm?
  /// I(t;s|y); nil for several labels.
  let informationGivenLabel: HalfLogarithm?
  /// What distillation does for each student.
  let students: StudentRows
  let verdicts: [(claim: any Claim, verdict: ClaimVerdict)]

  /// What is known of `instance`; `enter` is told what comes next, as of a large one it takes long.
  package init(
    _ instance: Instance, source: String, claims: [any Claim] = allClaims, entering enter: (String) -> Void = { _ in }
  ) {
    (self.instance, self.source) = (instance, source)
    let facts = Facts(instance)
    self.facts = facts
    enter("moments")
    moments = facts.moments
    risk = try? facts.risk()
    enter("informations")
    informations = [
      ("t;s", try? facts.teacherInformation()), ("s;y", try? facts.labelInformation()),
      ("x1;x2", facts.rawInformation), ("x2;y", facts.rawLabelInformation),
    ]
    delta = try? facts.delta()
    informationGivenLabel = instance.q == 1 ? moments.informationGivenLabel.map { HalfLogarithm(of: $0) } : nil
    enter("students")
    students = StudentRows(instance, moments)
    verdicts = claims.map { claim in
      enter(claim.id)
      return (claim, claim.evaluate(facts))
    }
  }

  /// R at the instance's λ; nil where n or λ is not given.
  var riskAtLambda: Rational? {
    guard let risk, let lambda = instance.lambda else { return nil }
    return risk(lambda)
  }

  package var json: JSONValue {
    [
      "schema": "cch.explain/1", "source": .string(source), "instance": instance.document,
      "mutual_information": .object(informations.map { .init(key: $0.name, value: information($0.value)) }),
      "delta": information(delta), "residual_variance": JSONValue(moments.residualVariance),
      "teacher_residual_variance": JSONValue(moments.teacherResidualVariance),
      "residual_covariance": JSONValue(moments.residualCovariance),
      "mismatch": JSONValue(moments.mismatch), "scale_squared": JSONValue(moments.scaleSquared),
      "beta": JSONValue(moments.beta), "helps_for_small_lambda": .bool(moments.helpsForSmallLambda),
      "k": optional(risk?.k), "baseline_risk": optional(risk?.baselineRisk), "risk": optional(riskAtLambda),
      "slope": optional(risk?.slope), "window": window,
      "information_given_label": conditionalInformation, "students": students.json,
      "best_lambda": risk.map { .string($0.bestLambda.description) } ?? nil, "best_gain": optional(risk?.bestGain),
      "claims": .array(
        verdicts.map { claim, verdict in
          [
            "id": .string(claim.id), "hypothesis": .bool(verdict.hypothesis),
            "conclusion": verdict.conclusion.map(JSONValue.bool) ?? nil, "margin": optional(verdict.margin),
            "unmet": verdict.unmet.map { .string($0.rawValue) } ?? nil,
          ]
        }),
    ]
  }

  private var window: JSONValue {
    guard let risk, case .open(let upper) = risk.window else { return nil }
    return ["lower": "0", "upper": .string(upper.description)]
  }

  /// I(t;s|y), and the sign of corr(t,s|y), which a student that may also shrink gains by where it is positive.
  private var conditionalInformation: JSONValue {
    guard let value = informationGivenLabel else { return nil }
    return [
      "half_log_of": JSONValue(value.argument), "nats": .string(value.nats(digits: 50)),
      "sign": .number("\(moments.alignmentGivenLabel.signum)"),
    ]
  }

  private func information(_ value: HalfLogarithm?) -> JSONValue {
    guard let value else { return nil }
    return ["half_log_of": JSONValue(value.argument), "nats": .string(value.nats(digits: 50))]
  }

  private func optional(_ value: Rational?) -> JSONValue { value.map { JSONValue($0) } ?? nil }
}
