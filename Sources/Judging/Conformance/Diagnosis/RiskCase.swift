// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Oracle

/// The numbers that the risk and all that follows from it are made of, in floating point, each open to a mistake: the
/// properties of `RiskTerms` are properties of the case.
@dynamicMemberLookup
struct RiskCase: Sendable {
  /// Sizes.
  var p1, p2, q, n: Double
  /// λ; 0 where the operation has none.
  var lambda: Double
  /// σε², ση², c, B and k.
  var terms: RiskTerms<Double>
  /// var(t), var(y), cov(t, y).
  let varT, varY, covTY: Double
  /// B with the identity in place of Σ22.
  let plainMismatch: Double
  /// The same terms for each output alone.
  let outputs: [RiskTerms<Double>]

  /// The right numbers of a question.
  init(_ question: OracleInput) throws {
    let instance = try question.instance(withRows: true)
    let m = Moments(instance)
    (p1, p2, q, n) = (Double(instance.p1), Double(instance.p2), Double(instance.q), Double(instance.n ?? 0))
    lambda = (try? question.lambda())?.asDouble ?? 0
    (varT, varY, covTY) = (m.varT.asDouble, m.varY.asDouble, m.covTY.asDouble)
    let k = p2 / (n - p2 - 1)
    terms = RiskCase.terms(m, k: k)
    outputs = (0..<instance.q).map { RiskCase.terms(m.output($0), k: k) }
    let (x1, x2, y) = (Array(instance.x1), Array(instance.x2), Array(instance.y))
    let right =
      instance.sigma.selecting(rows: x2, columns: x1) * instance.w1 - instance.sigma.selecting(rows: x2, columns: y)
    let difference = try instance.sigma.selecting(x2).solve(right)
    plainMismatch = difference.values.joined().reduce(0) { $0 + $1.asDouble * $1.asDouble }
  }

  private static func terms(_ m: Moments, k: Double) -> RiskTerms<Double> {
    RiskTerms(
      residualVariance: m.residualVariance.asDouble, teacherResidualVariance: m.teacherResidualVariance.asDouble,
      residualCovariance: m.residualCovariance.asDouble, mismatch: m.mismatch.asDouble, k: k)
  }

  /// A term, to read or to get wrong.
  subscript<Value>(dynamicMember term: WritableKeyPath<RiskTerms<Double>, Value>) -> Value {
    get { terms[keyPath: term] }
    set { terms[keyPath: term] = newValue }
  }

  /// What follows from the terms.
  subscript<Value>(dynamicMember result: KeyPath<RiskTerms<Double>, Value>) -> Value { terms[keyPath: result] }

  /// The numerator of R(λ) − σε² over (1+λ)².
  var numerator: Double {
    let variance =
      terms.residualVariance + 2 * lambda * terms.residualCovariance + lambda * lambda * terms.teacherResidualVariance
    return lambda * lambda * terms.mismatch + terms.k * variance
  }

  /// R(λ), for λ = ∞ too.
  var risk: Double { terms.risk(mixing: lambda.isFinite ? lambda / (1 + lambda) : 1) }

  /// The output of one of the operations from these numbers.
  func output(_ operation: OracleOperation) -> FormulaOutput? {
    switch operation {
    case .distillationRisk: .number("risk", risk)
    case .baselineRisk: .number("risk", terms.baselineRisk)
    case .riskSlope: .number("slope", terms.slope)
    case .helpsForSmallLambda: .verdict(terms.helpsForSmallLambda)
    case .window:
      if !terms.helpsForSmallLambda {
        .empty
      } else if let end = terms.windowEnd {
        .numbers(["lower": 0, "upper": end])
      } else {
        .infinite("upper")
      }
    case .bestLambda: terms.bestLambda.map { .number("lambda", $0) } ?? .infinite("lambda")
    default: nil
    }
  }
}
