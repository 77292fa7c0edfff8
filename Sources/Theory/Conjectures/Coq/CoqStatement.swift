// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import ExactAlgebra
import PlainText

/// Why a statement, or its refutation, has no form in Coq.
public struct CoqStatementError: Error, Equatable, CustomStringConvertible {
  /// The part, and the reason.
  public let description: String

  init(_ description: String) { self.description = description }

  /// A part that the words of the proofs cannot say.
  static func noWord(_ part: String) -> CoqStatementError {
    CoqStatementError("\(quoted(part, atMost: 60)) is none of the words of proofs/Statements.v")
  }
}

/// The statement as a Coq `Definition` over the words of `proofs/Statements.v`: one label, and what that file names.
///
/// Where the text says undefined, Coq's division by 0 gives 0.
struct CoqStatement {
  let conjecture: Conjecture
  let isLeastSquares: Bool
  /// The premise without what the type of the teacher says, and the conclusion.
  let premises: [Formula]
  /// Whether λ of the instance stands in it.
  let hasWeight: Bool
  let terms: CoqTerms

  /// - Throws: ``CoqStatementError`` where the statement says more than those words can.
  init(_ conjecture: Conjecture) throws(CoqStatementError) {
    let assumptions = Set(conjecture.assumptions)
    guard !conjecture.isOfTwo else {
      throw CoqStatementError("it is about two instances, and Coq's words are about one")
    }
    guard assumptions.contains(.oneLabel) else {
      throw CoqStatementError("it is about several labels, and Coq's words here are about one")
    }
    self.conjecture = conjecture
    isLeastSquares = assumptions.contains(.leastSquaresTeacher)
    premises = (conjecture.premise?.conjuncts ?? []).filter { $0.kind != .leastSquaresTeacher }
    hasWeight = assumptions.contains(.positiveLambda)
    terms = CoqTerms(teacher: isLeastSquares ? "(ols S)" : "w1")
    for formula in premises + [conjecture.conclusion] { _ = try text(formula) }
  }

  /// The definition `name`.
  func definition(_ name: String) throws(CoqStatementError) -> String {
    let weight = hasWeight ? ["0 < l"] : []
    let supposed = try premises.map { premise throws(CoqStatementError) in try text(premise) }
    let parts = ["standing S \(terms.teacher) n"] + weight + supposed
    return """
      Definition \(name) (R : realFieldType) : Prop :=
        forall p1 p2 (S : cov R p1 p2)\(isLeastSquares ? "" : " (w1 : 'cV[R]_p1)") n\(hasWeight ? " (l : R)" : ""),
        \(parts.map { "\($0) ->\n  " }.joined())\(try text(conjecture.conclusion)).
      """
  }

  // MARK: Conditions

  func text(_ formula: Formula, _ terms: CoqTerms? = nil) throws(CoqStatementError) -> String {
    let terms = terms ?? self.terms
    switch formula.kind {
    case .comparison(let comparison):
      let parts = try CoqStatement.steps(comparison).map { step throws(CoqStatementError) in
        try terms.comparison(step.0, step.1, step.2).text
      }
      return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " /\\ ")))"
    case .helps: return "residual_covariance S \(terms.teacher) < residual_variance S"
    case .below, .independent, .leastSquaresTeacher, .jointTeacher, .unitInputs, .same, .instance, .forOutputs:
      throw .noWord(Printer().text(formula))
    case .all(let parts): return "(\(try texts(parts, terms).joined(separator: " /\\ ")))"
    case .any(let parts): return "(\(try texts(parts, terms).joined(separator: " \\/ ")))"
    case .not(let part): return "~ (\(try text(part, terms)))"
    case .implies(let premise, let conclusion):
      return "((\(try text(premise, terms))) -> \(try text(conclusion, terms)))"
    case .iff(let parts):
      let texts = try texts(parts, terms).map { "(\($0))" }
      return "(\(zip(texts, texts.dropFirst()).map { "(\($0) <-> \($1))" }.joined(separator: " /\\ ")))"
    case .forVariable(let quantifier, let name, let domain, let body):
      return try text(quantifier, name, domain, body, terms)
    }
  }

  private func texts(_ parts: [Formula], _ terms: CoqTerms) throws(CoqStatementError) -> [String] {
    try parts.map { part throws(CoqStatementError) in try text(part, terms) }
  }

  /// The comparisons of a chain.
  static func steps(_ comparison: Formula.Comparison) -> [(Expression, Relation, Expression)] {
    var (left, steps) = (comparison.first, [(Expression, Relation, Expression)]())
    for step in comparison.rest {
      steps.append((left, step.relation, step.expression))
      left = step.expression
    }
    return steps
  }

  /// That the variable is in its range, as comparisons.
  static func range(_ name: String, _ domain: Domain) -> [(Expression, Relation, Expression)] {
    let variable = Expression(.variable(name))
    var steps: [(Expression, Relation, Expression)] = []
    if let lower = domain.lower, lower.value.kind != .infinity {
      steps.append((lower.value, lower.isClosed ? .lessOrEqual : .less, variable))
    }
    if let upper = domain.upper, upper.value.kind != .infinity {
      steps.append((variable, upper.isClosed ? .lessOrEqual : .less, upper.value))
    }
    return steps
  }

  private func text(
    _ quantifier: Quantifier, _ name: String, _ domain: Domain, _ body: Formula, _ terms: CoqTerms
  ) throws(CoqStatementError) -> String {
    let (variable, inner) = (CoqTerms.spelled(name), try text(body, terms))
    if quantifier == .allSmall {
      return "(exists2 eps : R, 0 < eps & forall \(variable) : R, 0 < \(variable) < eps -> \(inner))"
    }
    let range = try CoqStatement.range(name, domain).map { step throws(CoqStatementError) in
      try terms.comparison(step.0, step.1, step.2).text
    }
    return quantifier == .some
      ? "(exists \(variable) : R, \((range + [inner]).joined(separator: " /\\ ")))"
      : "(forall \(variable) : R, \((range + [inner]).joined(separator: " -> ")))"
  }
}

extension Conjecture {
  /// Its name in Coq.
  var coqName: String { name.map { "stated_\($0.replacing("-", with: "_"))" } ?? "conjecture" }

  /// The statement as a Coq `Definition`, to stand in a file that imports `proofs/Statements.v`; nil for a statement of several
  /// labels or two instances, of roots, or of words that Coq's statements do not have.
  public var coqDefinition: String? { try? CoqStatement(self).definition(coqName) }

  /// The same as a whole file for a folder below `proofs`.
  ///
  /// - Throws: ``CoqStatementError`` that names the part that has no form there.
  public func coqFile() throws(CoqStatementError) -> String {
    try CoqStatement.header(self, source: nil) + "\n\n" + CoqStatement(self).definition(coqName) + "\n"
  }
}
