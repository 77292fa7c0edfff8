// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra

/// How far a condition is from its boundary: positive where it holds, negative where it fails, without a unit.
///
/// Of two numbers their difference over their sizes, of two informations the difference Δ as Δ/(1+|Δ|); of `and`
/// the least, of `or` the largest. It decides nothing: it leads a search.
extension Evaluator {
  /// The margin of `formula`, of the sign that its truth has; nil where it is undefined.
  func margin(_ formula: Formula) -> Double? {
    guard let holds = truth(formula).holds else { return nil }
    let distance = distance(formula)
    let margin = distance.isNaN ? 0 : max(-1, min(1, distance))
    return holds ? max(0, margin) : min(0, margin)
  }

  private func distance(_ formula: Formula) -> Double {
    if isOfTwo, !formula.namesInstance {
      return InstanceName.allCases.map { (try? of($0))?.distance(formula) ?? -1 }.min() ?? -1
    }
    return switch formula.kind {
    case .instance(let name, let part): (try? of(name))?.distance(part) ?? -1
    case .same(let parts): parts.map { distance($0) }.min() ?? 1
    case .comparison(let comparison): (try? distance(comparison)) ?? 0
    case .helps: distance(.less, .rational(facts.moments.residualCovariance), .rational(facts.moments.residualVariance))
    case .below, .independent, .leastSquaresTeacher, .jointTeacher, .unitInputs: truth(formula).holds == true ? 1 : -1
    case .all(let parts): parts.map { distance($0) }.min() ?? 1
    case .any(let parts): parts.map { distance($0) }.max() ?? -1
    case .not(let part): -distance(part)
    case .implies(let premise, let conclusion): max(-distance(premise), distance(conclusion))
    case .iff(let parts): iff(parts.map { distance($0) })
    case .forVariable(let quantifier, _, let domain, let body): distance(quantifier, domain, body)
    case .forOutputs(let quantifier, let name, let body):
      combined(quantifier, overOutputs(name) { distance(body) })
    }
  }

  private func distance(_ part: SharedPart) -> Double {
    guard case .quantity(let expression) = part else { return truth(Formula(.same([part]))).holds == true ? 1 : -1 }
    guard let a = try? of(.a).value(expression), let b = try? of(.b).value(expression) else { return -1 }
    let gap = distance(.equal, a, b)
    return gap == 0 ? 1 : gap
  }

  private func combined(_ quantifier: Quantifier, _ parts: [Double]) -> Double {
    quantifier == .some ? parts.max() ?? -1 : parts.min() ?? 1
  }

  /// Neighbours agree where both signs do.
  private func iff(_ parts: [Double]) -> Double {
    zip(parts, parts.dropFirst()).map { ($0 > 0) == ($1 > 0) ? min(abs($0), abs($1)) : -min(abs($0), abs($1)) }.min()
      ?? 1
  }

  private func distance(_ comparison: Formula.Comparison) throws(Undefined) -> Double {
    var (left, least) = (try value(comparison.first), Double.infinity)
    for step in comparison.rest {
      let right = try value(step.expression)
      least = min(least, distance(step.relation, left, right))
      left = right
    }
    return least
  }

  func distance(_ relation: Relation, _ left: Value, _ right: Value) -> Double {
    let gap: Double
    switch (left, right) {
    case (.rational(let x), .rational(let y)):
      let size = x.magnitude + y.magnitude
      gap = size.signum == 0 ? 0 : ((y - x) / size).asDouble
    case (.infinity, .infinity): gap = 0
    case (.infinity, _): gap = -1
    case (_, .infinity): gap = 1
    case (.information, _), (_, .information):
      gap = squashed((try? (right + left.negated).asDouble) ?? 0)
    default:
      let (x, y) = (left.asDouble, right.asDouble)
      gap = (y - x) / max(abs(x) + abs(y), .leastNormalMagnitude)
    }
    return switch relation {
    case .less, .lessOrEqual: gap
    case .greater, .greaterOrEqual: -gap
    case .equal: -abs(gap)
    case .unequal: abs(gap)
    }
  }

  /// By the values at the rational points that decide it.
  private func distance(_ quantifier: Quantifier, _ domain: Domain, _ body: Formula) -> Double {
    guard let (condition, points, _) = try? decision(quantifier, domain, body) else { return combined(quantifier, []) }
    return combined(quantifier, points.rational.map { distance(condition, at: $0) })
  }

  private func distance(_ condition: VariableCondition, at x: Rational) -> Double {
    switch condition {
    case .constant(let truth): return truth == true ? 1 : -1
    case .comparison(let f, let relation, let g, _):
      guard let left = f(x), let right = g(x) else { return 0 }
      return distance(relation, .rational(left), .rational(right))
    case .all(let parts): return parts.map { distance($0, at: x) }.min() ?? 1
    case .any(let parts): return parts.map { distance($0, at: x) }.max() ?? -1
    case .not(let part): return -distance(part, at: x)
    case .implies(let premise, let conclusion): return max(-distance(premise, at: x), distance(conclusion, at: x))
    case .iff(let parts): return iff(parts.map { distance($0, at: x) })
    }
  }
}

/// x for small x, ±1 for large ones.
private func squashed(_ x: Double) -> Double { x / (1 + abs(x)) }
