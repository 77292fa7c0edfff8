// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// Writes statements as they are read.
struct Printer {
  /// Whether only ASCII is written.
  var isASCII = false

  // MARK: Conditions

  /// How tightly conditions bind.
  private enum Level: Int { case iff, implies, or, and, not, atom }

  func text(_ formula: Formula) -> String { text(formula, .iff) }

  private func text(_ formula: Formula, _ outer: Level) -> String {
    let (own, text) = unbracketed(formula)
    return own.rawValue < outer.rawValue ? "(\(text))" : text
  }

  private func unbracketed(_ formula: Formula) -> (Level, String) {
    func list(_ parts: [Formula], _ symbol: String, _ inner: Level) -> String {
      parts.map { text($0, inner) }.joined(separator: " \(symbol) ")
    }
    switch formula.kind {
    case .comparison(let comparison):
      let steps = comparison.rest.map { " \(symbol($0.relation)) \(text($0.expression))" }
      return (.atom, text(comparison.first) + steps.joined())
    case .helps: return (.atom, "helps")
    case .below(let first, let second):
      return (.atom, "cov(\(text(first))) \(isASCII ? "below" : "⪯") cov(\(text(second)))")
    case .independent(let first, let second, let given):
      let condition = given.isEmpty ? "" : " | \(text(given))"
      return (.atom, "\(text(first)) \(isASCII ? "indep" : "⊥") \(text(second))\(condition)")
    case .leastSquaresTeacher: return (.atom, "teacher = ols")
    case .jointTeacher: return (.atom, "teacher = joint")
    case .same(let parts): return (.atom, "same \(parts.map { text($0) }.joined(separator: ", "))")
    case .instance(let name, let part):
      return (.atom, (part.kind == .helps ? "helps" : "(\(text(part)))") + ".\(name.rawValue)")
    case .unitInputs: return (.atom, isASCII ? "Sigma22 = 1" : "Σ22 = 1")
    case .all(let parts): return (.and, list(parts, "and", .not))
    case .any(let parts): return (.or, list(parts, "or", .and))
    case .not(let part): return (.not, "not \(text(part, .not))")
    case .implies(let premise, let conclusion):
      return (.implies, "\(text(premise, .or)) \(isASCII ? "=>" : "⇒") \(text(conclusion, .implies))")
    case .iff(let parts): return (.iff, list(parts, isASCII ? "<=>" : "⇔", .implies))
    // A quantifier reaches as far as it can.
    case .forVariable(let quantifier, let name, let domain, let body):
      return (.iff, "\(quantifier.rawValue) \(spelled(name))\(text(domain)): \(text(body))")
    case .forOutputs(let quantifier, let name, let body):
      return (.iff, "for \(quantifier == .some ? "some" : "every") output \(name): \(text(body))")
    }
  }

  private func text(_ part: SharedPart) -> String {
    switch part {
    case .teacherInputs: isASCII ? "Sigma11" : "Σ11"
    case .studentInputs: isASCII ? "Sigma22" : "Σ22"
    case .quantity(let expression): text(expression)
    }
  }

  private func text(_ domain: Domain) -> String {
    switch (domain.lower, domain.upper) {
    case (nil, nil): ""
    case (let lower?, nil): " \(symbol(lower.isClosed ? .greaterOrEqual : .greater)) \(text(lower.value))"
    case (nil, let upper?): " \(symbol(upper.isClosed ? .lessOrEqual : .less)) \(text(upper.value))"
    case (let lower?, let upper?):
      " in \(lower.isClosed ? "[" : "(")\(text(lower.value)), \(text(upper.value))\(upper.isClosed ? "]" : ")")"
    }
  }

  private func symbol(_ relation: Relation) -> String {
    guard isASCII else { return relation.rawValue }
    return switch relation {
    case .lessOrEqual: "<="
    case .greaterOrEqual: ">="
    case .unequal: "!="
    default: relation.rawValue
    }
  }

  // MARK: Numbers

  func text(_ expression: Expression) -> String {
    switch expression.kind {
    case .number(let value): return value.description
    case .infinity: return isASCII ? "inf" : "∞"
    case .word(let word, let index):
      // λ* before a bracket or a word would be a product.
      let spelling =
        word == .bestLambda || word == .bestAlpha
        ? "best \(word == .bestLambda ? spelled("λ") : spelled("α"))"
        : isASCII ? word.spellings.ascii : word.spellings.symbol
      return spelling + text(index)
    case .variable(let name): return spelled(name)
    case .risk(let argument): return "R(\(text(argument)))"
    case .moment(let moment): return text(moment)
    case .call(let function, let arguments):
      return "\(function.rawValue)(\(arguments.map { text($0) }.joined(separator: ", ")))"
    case .sum(let parts):
      return parts.enumerated().map { place, part in
        let sign = part.isInverse ? "-" : place == 0 ? "" : "+"
        let isSum = if case .sum = part.expression.kind { true } else { false }
        return (place == 0 ? sign : " \(sign) ") + (isSum ? "(\(text(part.expression)))" : text(part.expression))
      }.joined()
    case .product(let parts):
      return parts.enumerated().map { place, part in
        (place == 0 ? "" : part.isInverse ? "/" : "*") + factor(part.expression)
      }.joined()
    case .power(let base, let power):
      return power < 0 ? "\(factor(base))^-\(-power)" : "\(factor(base))^\(power)"
    // In brackets, as it reaches as far as it can.
    case .fold(let fold):
      let range = fold.below.map { "\(fold.name) < \(text($0))" } ?? "rows \(fold.name)"
      return "(\(fold.isMean ? "mean" : "sum") over \(range): \(text(fold.body)))"
    case .counter(let name): return name
    case .counterPower(let base, let name): return "\(factor(base))^\(name)"
    case .instance(let name, let part):
      let text =
        switch part.kind {
        case .word, .moment, .risk: text(part)
        default: "(\(text(part)))"
        }
      return "\(text).\(name.rawValue)"
    }
  }

  /// In brackets where something binds less tightly than a power.
  private func factor(_ expression: Expression) -> String {
    switch expression.kind {
    case .sum, .product, .power, .counterPower: "(\(text(expression)))"
    case .number(let value): value.isInteger ? value.description : "(\(value))"
    default: text(expression)
    }
  }

  private func text(_ moment: Moment) -> String {
    let name = isASCII && moment.kind == .squaredCorrelation ? "corr2" : moment.kind.rawValue
    // Vectors side by side have brackets where a comma stands for more.
    let isList = moment.kind == .information || moment.kind == .determinant
    func vector(_ images: [LinearImage]) -> String { isList || images.count == 1 ? text(images) : "(\(text(images)))" }
    let second = moment.second.isEmpty ? "" : (moment.kind == .information ? ";" : ",") + vector(moment.second)
    return "\(name)(\(vector(moment.first))\(second)\(moment.given.isEmpty ? "" : "|" + text(moment.given)))"
  }

  private func text(_ images: [LinearImage]) -> String { images.map { text($0) }.joined(separator: ",") }

  private func text(_ image: LinearImage) -> String {
    image.terms.enumerated().map { place, term in
      let isNegative = term.coefficient.signum < 0
      let size = term.coefficient.magnitude
      let sign = place == 0 ? (isNegative ? "-" : "") : isNegative ? " - " : " + "
      return sign + (size == 1 ? "" : "\(size)*") + term.block.rawValue + text(term.index)
    }.joined()
  }

  private func text(_ index: OutputIndex?) -> String {
    switch index {
    case nil: ""
    case .literal(let place): "[\(place)]"
    case .bound(let name), .row(let name): "[\(name)]"
    }
  }

  private func spelled(_ name: String) -> String {
    isASCII ? (name == "λ" ? "lambda" : name == "α" ? "alpha" : name) : name
  }
}
