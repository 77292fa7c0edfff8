// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A condition on the variable of a quantifier: a combination of comparisons of rational functions.
indirect enum VariableCondition {
  case constant(Truth)
  case comparison(PolynomialFraction, Relation, PolynomialFraction, difference: PolynomialFraction)
  case all([VariableCondition])
  case any([VariableCondition])
  case not(VariableCondition)
  case implies(VariableCondition, VariableCondition)
  case iff([VariableCondition])

  /// The polynomials whose signs decide it.
  var polynomials: [Polynomial] {
    switch self {
    case .constant: []
    case .comparison(_, _, _, let difference): [difference.numerator, difference.denominator]
    case .all(let parts), .any(let parts), .iff(let parts): parts.flatMap(\.polynomials)
    case .not(let part): part.polynomials
    case .implies(let premise, let conclusion): premise.polynomials + conclusion.polynomials
    }
  }

  /// Whether it holds where the polynomials have the signs that `sign` says.
  func holds(_ sign: (Polynomial) -> Int) -> Truth {
    switch self {
    case .constant(let truth): return truth
    case .comparison(_, let relation, _, let difference):
      let below = sign(difference.denominator)
      return below == 0 ? nil : relation.holds(sign(difference.numerator) * below)
    case .all(let parts): return Kleene.all(parts.map { $0.holds(sign) })
    case .any(let parts): return Kleene.any(parts.map { $0.holds(sign) })
    case .not(let part): return part.holds(sign).map { !$0 }
    case .implies(let premise, let conclusion):
      return Kleene.any([premise.holds(sign).map { !$0 }, conclusion.holds(sign)])
    case .iff(let parts): return Kleene.iff(parts.map { $0.holds(sign) })
    }
  }
}
