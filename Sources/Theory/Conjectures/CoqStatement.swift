// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import ExactAlgebra

/// The statement as a Coq `Definition` over the words of `proofs/Statements.v`: one label, and what that file names.
///
/// Where the text says undefined, Coq's division by 0 gives 0.
struct CoqStatement {
  private struct NoCoqForm: Error {}
  private let teacher: String

  private init(teacher: String) { self.teacher = teacher }

  /// The definition `name`; nil where the statement says more than those words can.
  static func definition(_ conjecture: Conjecture, name: String) -> String? {
    let assumptions = Set(conjecture.assumptions)
    guard assumptions.contains(.oneLabel), !assumptions.contains(.candidates) else { return nil }
    let isLeastSquares = assumptions.contains(.leastSquaresTeacher)
    let coq = CoqStatement(teacher: isLeastSquares ? "(ols S)" : "w1")
    let supposed = (conjecture.premise?.conjuncts ?? []).filter { $0.kind != .leastSquaresTeacher }
    guard let premises = try? supposed.map({ try coq.text($0) }), let conclusion = try? coq.text(conjecture.conclusion)
    else {
      return nil
    }
    let weight = assumptions.contains(.positiveLambda) ? ["0 < l"] : []
    let parts = ["standing S \(coq.teacher) n"] + weight + premises
    return """
      Definition \(name) (R : realFieldType) : Prop :=
        forall p1 p2 (S : cov R p1 p2)\(isLeastSquares ? "" : " (w1 : 'cV[R]_p1)") n\(weight.isEmpty ? "" : " (l : R)"),
        \(parts.map { "\($0) ->\n  " }.joined())\(conclusion).
      """
  }

  // MARK: Conditions

  private func text(_ formula: Formula) throws -> String {
    switch formula.kind {
    case .comparison(let comparison):
      var (left, parts) = (comparison.first, [String]())
      for step in comparison.rest {
        parts.append(try text(left, step.relation, step.expression))
        left = step.expression
      }
      return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " /\\ ")))"
    case .helps: return "residual_covariance S \(teacher) < residual_variance S"
    case .below, .independent, .leastSquaresTeacher, .jointTeacher, .unitInputs, .same, .instance, .forOutputs:
      throw NoCoqForm()
    case .all(let parts): return "(\(try parts.map { try text($0) }.joined(separator: " /\\ ")))"
    case .any(let parts): return "(\(try parts.map { try text($0) }.joined(separator: " \\/ ")))"
    case .not(let part): return "~ (\(try text(part)))"
    case .implies(let premise, let conclusion): return "((\(try text(premise))) -> \(try text(conclusion)))"
    case .iff(let parts):
      let texts = try parts.map { "(\(try text($0)))" }
      return "(\(zip(texts, texts.dropFirst()).map { "(\($0) <-> \($1))" }.joined(separator: " /\\ ")))"
    case .forVariable(let quantifier, let name, let domain, let body): return try text(quantifier, name, domain, body)
    }
  }

  private func text(_ quantifier: Quantifier, _ name: String, _ domain: Domain, _ body: Formula) throws -> String {
    let (variable, inner) = (spelled(name), try text(body))
    if quantifier == .allSmall {
      return "(exists2 eps : R, 0 < eps & forall \(variable) : R, 0 < \(variable) < eps -> \(inner))"
    }
    var range: [String] = []
    if let lower = domain.lower, lower.value.kind != .infinity {
      range.append("\(try text(lower.value)) \(lower.isClosed ? "<=" : "<") \(variable)")
    }
    if let upper = domain.upper, upper.value.kind != .infinity {
      range.append("\(variable) \(upper.isClosed ? "<=" : "<") \(try text(upper.value))")
    }
    return quantifier == .some
      ? "(exists \(variable) : R, \((range + [inner]).joined(separator: " /\\ ")))"
      : "(forall \(variable) : R, \((range + [inner]).joined(separator: " -> ")))"
  }

  /// A name that no word of Coq's has.
  private func spelled(_ name: String) -> String { name == "λ" ? "lam" : name == "α" ? "alp" : "v\(name)" }

  private func text(_ left: Expression, _ relation: Relation, _ right: Expression) throws -> String {
    let (a, b): (String, String)
    if left.isInformation || right.isInformation {
      // By powers: Σ cᵢIᵢ < Σ dⱼIⱼ where Π e^(2Iᵢ)^cᵢ < Π e^(2Iⱼ)^dⱼ.
      var powers: [(String, Int)] = []
      try collect(left, 1, into: &powers)
      try collect(right, -1, into: &powers)
      (a, b) = (product(powers.filter { $0.1 > 0 }), product(powers.filter { $0.1 < 0 }))
    } else {
      (a, b) = (try text(left), try text(right))
    }
    switch relation {
    case .less: return "\(a) < \(b)"
    case .lessOrEqual: return "\(a) <= \(b)"
    case .greater: return "\(b) < \(a)"
    case .greaterOrEqual: return "\(b) <= \(a)"
    case .equal: return "\(a) = \(b)"
    case .unequal: return "\(a) <> \(b)"
    }
  }

  private func product(_ powers: [(String, Int)]) -> String {
    powers.isEmpty ? "1" : powers.map { abs($1) == 1 ? $0 : "\($0) ^+ \(abs($1))" }.joined(separator: " * ")
  }

  // MARK: Informations

  private func collect(_ expression: Expression, _ factor: Int, into powers: inout [(String, Int)]) throws {
    switch expression.kind {
    case .number(0): return
    case .word(.delta, nil): powers += [("expI_ts S \(teacher)", factor), ("expI_sy S", -factor)]
    case .moment(let moment): powers.append((try information(moment), factor))
    case .call(.ln, let arguments):
      if arguments[0].kind == .word(.scale, nil) {
        powers.append(("scale_squared S \(teacher)", factor))
      } else {
        powers.append((try text(arguments[0]), 2 * factor))
      }
    case .sum(let parts):
      for part in parts { try collect(part.expression, part.isInverse ? -factor : factor, into: &powers) }
    case .product(let parts):
      var (whole, rest) = (factor, Expression?.none)
      for part in parts {
        if case .number(let value) = part.expression.kind, !part.isInverse, let number = value.asInt {
          whole *= number
        } else if rest == nil, !part.isInverse {
          rest = part.expression
        } else {
          throw NoCoqForm()
        }
      }
      guard let rest else { throw NoCoqForm() }
      try collect(rest, whole, into: &powers)
    default: throw NoCoqForm()
    }
  }

  private func information(_ moment: Moment) throws -> String {
    guard moment.given.isEmpty, moment.first.count == 1, moment.second.count == 1, let u = moment.first[0].single,
      let v = moment.second[0].single, u.index == nil, v.index == nil
    else { throw NoCoqForm() }
    switch Set([u.block, v.block]) {
    case [.t, .s]: return "expI_ts S \(teacher)"
    case [.s, .y]: return "expI_sy S"
    case [.x2, .y]: return "expI_x2y S"
    case [.x1, .x2]: return "expI_x1x2 S"
    default: throw NoCoqForm()
    }
  }

  // MARK: Numbers

  private func text(_ expression: Expression) throws -> String {
    switch expression.kind {
    case .number(let value):
      if value.isInteger { return value == 0 ? "0" : value == 1 ? "1" : "\(value)%:R" }
      return "(\(value.numerator)%:R / \(value.denominator)%:R)"
    case .variable(let name): return spelled(name)
    case .word(let word, nil): return try text(word)
    case .risk(let argument): return "risk S \(teacher) n (\(try text(argument)))"
    case .moment(let moment): return try text(moment)
    case .sum(let parts):
      let terms = try parts.enumerated().map { place, part in
        (part.isInverse ? (place == 0 ? "- " : " - ") : (place == 0 ? "" : " + ")) + (try text(part.expression))
      }
      return "(\(terms.joined()))"
    case .product(let parts):
      let factors = try parts.enumerated().map { place, part in
        (place == 0 ? "" : part.isInverse ? " / " : " * ") + (try factor(part.expression))
      }
      return "(\(factors.joined()))"
    case .power(let base, let power):
      if base.kind == .word(.scale, nil), power > 0, power % 2 == 0 {
        return power == 2 ? "scale_squared S \(teacher)" : "(scale_squared S \(teacher)) ^+ \(power / 2)"
      }
      return power < 0 ? "(\(try text(base))) ^- \(-power)" : "(\(try text(base))) ^+ \(power)"
    default: throw NoCoqForm()
    }
  }

  private func factor(_ expression: Expression) throws -> String {
    if case .power = expression.kind { return "(\(try text(expression)))" }
    return try text(expression)
  }

  private func text(_ word: Word) throws -> String {
    switch word {
    case .residualVariance: "residual_variance S"
    case .teacherResidualVariance: "teacher_residual_variance S \(teacher)"
    case .residualCovariance: "residual_covariance S \(teacher)"
    case .mismatch: "mismatch S \(teacher)"
    case .differenceVariance: "difference_variance S \(teacher)"
    case .varS: "var_s S"
    case .covTS: "cov_ts S \(teacher)"
    case .beta: "beta S \(teacher)"
    case .k: "kfac R p2 n"
    case .baselineRisk: "baseline_risk S n"
    case .slope: "(2%:R * kfac R p2 n * (residual_covariance S \(teacher) - residual_variance S))"
    case .limit: "(residual_variance S + mismatch S \(teacher) + kfac R p2 n * teacher_residual_variance S \(teacher))"
    case .slack: "(residual_variance S - residual_covariance S \(teacher))"
    case .windowDivisor: "window_divisor S \(teacher) n"
    case .parabolaCurvature: "parabola_curvature S \(teacher) n"
    case .lambda: "l"
    case .p1: "p1%:R"
    case .p2: "p2%:R"
    case .n: "n%:R"
    case .scale, .delta, .windowEnd, .bestLambda, .bestAlpha, .bestGain, .q, .p1a, .fullResidualVariance, .effectSize,
      .tunedGain, .signedTunedGain, .unlabelled, .ridge, .teacherRows:
      throw NoCoqForm()
    }
  }

  private func text(_ moment: Moment) throws -> String {
    guard moment.kind == .variance || moment.kind == .covariance, let u = moment.first[0].single,
      let v = (moment.second.first ?? moment.first[0]).single, u.index == nil, v.index == nil
    else { throw NoCoqForm() }
    switch (Set([u.block, v.block]), moment.given) {
    case ([.t], []): return "var_t S \(teacher)"
    case ([.y], []): return "var_y S"
    case ([.s], []): return "var_s S"
    case ([.t, .s], []): return "cov_ts S \(teacher)"
    case ([.s, .y], []): return "cov_sy S"
    case ([.y], [.x2]): return "residual_variance S"
    case ([.t], [.x2]): return "teacher_residual_variance S \(teacher)"
    case ([.t, .y], [.x2]): return "residual_covariance S \(teacher)"
    default: throw NoCoqForm()
    }
  }
}

extension Expression {
  /// Whether informations are compared in it.
  fileprivate var isInformation: Bool {
    switch kind {
    case .word(.delta, _), .call(.ln, _): true
    case .moment(let moment): moment.kind == .information
    case .sum(let parts), .product(let parts): parts.contains { $0.expression.isInformation }
    default: false
    }
  }
}

extension Conjecture {
  /// The statement as a Coq `Definition`, to stand in a file that imports `proofs/Statements.v`; nil for a statement of several
  /// labels, of roots, or of words that Coq's statements do not have.
  public var coqDefinition: String? {
    CoqStatement.definition(self, name: name.map { $0.replacing("-", with: "_") } ?? "conjecture")
  }
}
