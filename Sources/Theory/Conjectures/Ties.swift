// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation

extension Conjecture {
  /// Whether two finite numbers are equal that the statement compares on `facts` outside of quantifiers, but for whole
  /// numbers of rows and coordinates, which no program rounds.
  package func hasTie(_ facts: Facts) -> Bool { Evaluator(facts, isOfTwo: isOfTwo).hasTie(formula) }
}

extension Evaluator {
  fileprivate func hasTie(_ formula: Formula) -> Bool {
    switch formula.kind {
    case .instance(let name, let part): return (try? of(name))?.hasTie(part) ?? false
    case .forVariable: return false
    case .forOutputs(_, let name, let body): return overOutputs(name) { hasTie(body) }.contains(true)
    case .helps: return facts.moments.residualCovariance == facts.moments.residualVariance
    case .comparison(let comparison) where isOfTwo && !formula.namesInstance:
      return InstanceName.allCases.contains { (try? of($0))?.hasTie(comparison) ?? false }
    case .comparison(let comparison): return hasTie(comparison)
    default: return formula.children.contains { hasTie($0) }
    }
  }

  private func hasTie(_ comparison: Formula.Comparison) -> Bool {
    let expressions = [comparison.first] + comparison.rest.map(\.expression)
    return zip(expressions, expressions.dropFirst()).contains { left, right in
      if left.isCount && right.isCount { return false }
      guard let a = try? value(left), let b = try? value(right), !a.isInfinite else { return false }
      return (try? a.compare(to: b)) == 0
    }
  }
}

extension Expression {
  /// Whether it is a whole number of the input, or one that stands in the text, or made of such without division.
  fileprivate var isCount: Bool {
    switch kind {
    case .word(let word, _): [.p1, .p2, .q, .n, .p1a, .unlabelled, .teacherRows].contains(word)
    case .number(let number): number.isInteger
    case .sum(let parts): parts.allSatisfy { $0.expression.isCount }
    case .product(let parts): parts.allSatisfy { !$0.isInverse && $0.expression.isCount }
    case .instance(_, let part): part.isCount
    default: false
    }
  }
}
