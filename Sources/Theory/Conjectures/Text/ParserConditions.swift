// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import PlainText

/// Quantifiers, and conditions that are no comparisons of numbers.
extension Parser {
  /// `for all λ in (0, 1/2): …`, `for some λ > 0: …`, `for every output j: …`.
  mutating func quantified() throws(ConjectureError) -> Formula {
    let start = advance()
    var quantifier: Quantifier = start.kind == .symbol(.exists) ? .some : .all
    if start.kind == .word("for") {
      switch token.kind {
      case .word("all"), .word("every"), .word("each"): quantifier = .all
      case .word("some"): quantifier = .some
      default: throw unexpected("\"all\", \"every\" or \"some\" after \"for\"")
      }
      _ = advance()
    }
    if isNext(word: "output") { return try overOutputs(quantifier, start.place) }
    if quantifier == .all, isNext(word: "small") {
      _ = advance()
      quantifier = .allSmall
    }
    guard case .word(let word) = token.kind else { throw unexpected("a variable, such as λ, or \"output\"") }
    let name = Parser.plain(word)
    guard name.unicodeScalars.count == 1, name == "λ" || Word.bySpelling[name] == nil, Block(rawValue: name) == nil,
      Parser.moments[name] == nil, name != "R"
    else { throw error(.word, token.place, "the variable must be λ or a letter that is no word, not \(quoted(word))") }
    if let variable {
      throw error(
        .quantifier, token.place,
        "a quantifier over \(name) within one over \(variable): only one real variable is decided")
    }
    try requireUncaptured(name)
    _ = advance()
    let domain = try self.domain(quantifier)
    try require(.colon, "and a condition, after the variable and its range")
    variable = name
    defer { variable = nil }
    let body = try formula(iff())
    return Formula(.forVariable(quantifier, name, domain, body), joined(start.place, body.place))
  }

  private mutating func overOutputs(_ quantifier: Quantifier, _ start: Range<Int>) throws(ConjectureError) -> Formula {
    _ = advance()
    guard case .word(let name) = token.kind else { throw unexpected("a name for the output, such as j") }
    try requireUncaptured(name)
    _ = advance()
    try require(.colon, "after the name of the output")
    outputs.append(name)
    defer { outputs.removeLast() }
    let body = try formula(iff())
    return Formula(.forOutputs(quantifier, name, body), joined(start, body.place))
  }

  /// The range behind the variable: none, `in (0, 1]`, or `> 0`.
  private mutating func domain(_ quantifier: Quantifier) throws(ConjectureError) -> Domain {
    let place = token.place
    var domain = Domain()
    if take(.element) {
      let isClosed = isNext(.openBracket)
      guard take(.open) || take(.openBracket) else { throw unexpected("an interval, such as (0, 1/2] or [0, inf)") }
      domain.lower = .init(value: try expression(sum()), isClosed: isClosed)
      try require(.comma, "between the ends of the interval")
      let upper = try expression(sum())
      let closes = isNext(.closeBracket)
      guard take(.close) || take(.closeBracket) else { throw unexpected("the end of the interval, \")\" or \"]\"") }
      domain.upper = .init(value: upper, isClosed: closes)
    } else if let relation {
      _ = advance()
      let end = Domain.End(
        value: try expression(sum()), isClosed: relation == .lessOrEqual || relation == .greaterOrEqual)
      switch relation {
      case .greater, .greaterOrEqual: domain.lower = end
      case .less, .lessOrEqual: domain.upper = end
      default: throw error(.expected, place, "a range is λ > 0, λ ≤ 1 or λ in (0, 1)")
      }
    }
    if quantifier == .allSmall, domain != Domain(),
      domain != Domain(lower: .init(value: Expression(.number(0)), isClosed: false), upper: nil)
    {
      throw error(.quantifier, place, "\"for all small\" is about all that are near enough to 0 from above: λ > 0")
    }
    return domain
  }

  /// `teacher = ols`, `Σ22 = 1`, `same Σ22`, `x1 ⊥ x2 | y`, `cov(t) ⪯ cov(y)`; nil where something else begins.
  mutating func sideCondition() throws(ConjectureError) -> Formula? {
    guard case .word(let word) = token.kind else { return nil }
    let start = token.place
    if word == "teacher" { return try teacher(start) }
    if word == "same" { return try same(start) }
    if word == "Σ22" || word == "Sigma22" {
      _ = advance()
      try require(.equal, "after Σ22")
      guard token.kind == .number(1) else { throw unexpected("1: Σ22 = 1 says that Σ22 is the unit matrix") }
      return Formula(.unitInputs, joined(start, advance().place))
    }
    if isVector(word), variable != word { return try independence(start) }
    if word == "cov", let formula = try loewner(start) { return formula }
    return nil
  }

  private mutating func teacher(_ start: Range<Int>) throws(ConjectureError) -> Formula {
    _ = advance()
    var name: InstanceName?
    if case .suffix(let instance) = token.kind {
      name = instance
      _ = advance()
    }
    try require(.equal, "after \"teacher\"")
    let kind: Formula.Kind
    switch token.kind {
    case .word("ols"): kind = .leastSquaresTeacher
    case .word("joint"): kind = .jointTeacher
    default:
      let found: String = if case .word(let name) = token.kind { quoted(name) } else { token.name }
      throw error(
        .word, token.place,
        "the teacher can be \"ols\", the least-squares one, or \"joint\", that of both modalities, not \(found)")
    }
    let condition = Formula(kind, joined(start, advance().place))
    return name.map { Formula(.instance($0, condition), condition.place) } ?? condition
  }

  /// `same Σ22, var(y|x2)`: what both instances have in common.
  private mutating func same(_ start: Range<Int>) throws(ConjectureError) -> Formula {
    _ = advance()
    var (parts, last) = ([SharedPart](), start)
    repeat {
      last = token.place
      switch token.kind {
      case .word("Σ11"), .word("Sigma11"):
        _ = advance()
        parts.append(.teacherInputs)
      case .word("Σ22"), .word("Sigma22"):
        _ = advance()
        parts.append(.studentInputs)
      default:
        let shared = try expression(sum())
        if shared.namesInstance {
          throw error(.kind, shared.place, "\"same\" is about both instances: leave .A and .B out")
        }
        last = shared.place
        parts.append(.quantity(shared))
      }
    } while take(.comma)
    return Formula(.same(parts), joined(start, last))
  }

  private mutating func independence(_ start: Range<Int>) throws(ConjectureError) -> Formula {
    let first = try images()
    guard take(.independent) else {
      throw unexpected("\"⊥\" (or indep) after a random vector; of numbers, ask for var(…), cov(…,…) or I(…;…)")
    }
    let second = try images()
    let given = try take(.bar) ? images() : []
    return Formula(.independent(first, second, given: given), joined(start, tokens(before: token)))
  }

  private func tokens(before token: Token) -> Range<Int> { token.place.lowerBound..<token.place.lowerBound }

  /// `cov(t) ⪯ cov(y)`; nil, and nothing taken, where cov has two arguments.
  private mutating func loewner(_ start: Range<Int>) throws(ConjectureError) -> Formula? {
    let before = self
    _ = advance()
    guard take(.open), var first = try? vector() else {
      self = before
      return nil
    }
    let isOne = isNext(.close)
    while take(.comma) {
      guard let next = try? vector() else {
        self = before
        return nil
      }
      first += next
    }
    guard take(.close), isOne || isNext(.below) else {
      self = before
      return nil
    }
    guard take(.below) else {
      throw unexpected("\"⪯\" (or below): the matrix cov(t) is compared as in cov(t) ⪯ cov(y)")
    }
    guard isNext(word: "cov") else { throw unexpected("another covariance matrix, as in cov(t) ⪯ cov(y)") }
    _ = advance()
    try require(.open, "after cov")
    let second = try images()
    let end = token.place
    try require(.close, "at the end of cov(…)")
    return Formula(.below(first, second), joined(start, end))
  }
}
