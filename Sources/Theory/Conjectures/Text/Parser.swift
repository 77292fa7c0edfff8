// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import PlainText

/// Reads a statement, by recursive descent.
///
/// What is in parentheses may be a number or a condition: which one is known only behind it, so that every level gives
/// a ``Node``.
struct Parser {
  /// How deep parentheses, negations and quantifiers may stand within each other.
  static let deepest = 60
  /// The largest whole power.
  static let largestPower = 32

  enum Node {
    case expression(Expression)
    case formula(Formula)

    var place: Range<Int> {
      switch self {
      case .expression(let expression): expression.place
      case .formula(let formula): formula.place
      }
    }
  }

  let text: String
  private let tokens: [Token]
  private var next = 0
  private var depth = 0
  /// The variable of the quantifier around this place, and the names of outputs.
  var variable: String?
  var outputs: [String] = []
  /// What the sum around this place calls its row, or the number that it counts with.
  var row: String?
  var counter: String?
  /// What `let` has named around this place.
  var definitions: [String: Definition] = [:]
  /// The parts of all the quantities that stand in place of their names.
  var copiedParts = 0

  private init(_ text: String, _ tokens: [Token]) { (self.text, self.tokens) = (text, tokens) }

  /// The formula that `text` says.
  static func formula(_ text: String) throws(ConjectureError) -> Formula {
    var parser = Parser(text, try Lexer.tokens(text))
    if parser.token.kind == .end { throw parser.error(.expected, 0..<1, "a statement is expected, and there is none") }
    let node = try parser.iff()
    let formula = try parser.formula(node)
    guard parser.token.kind == .end else { throw parser.unexpected("an operator, \"and\", \"or\", \"=>\" or the end") }
    return formula
  }

  /// The quantity that `text` names, of one of two instances where it says so.
  static func quantity(_ text: String) throws(ConjectureError) -> Expression {
    var parser = Parser(text, try Lexer.tokens(text))
    let node = try parser.sum()
    let quantity = try parser.expression(node)
    guard parser.token.kind == .end else { throw parser.unexpected("an operator or the end") }
    return quantity
  }

  // MARK: Tokens

  var token: Token { tokens[next] }

  var following: Token { tokens[min(next + 1, tokens.count - 1)] }

  mutating func advance() -> Token {
    let current = token
    if next < tokens.count - 1 { next += 1 }
    return current
  }

  func isNext(_ symbol: Token.Symbol) -> Bool { token.kind == .symbol(symbol) }

  func isNext(word: String) -> Bool { token.kind == .word(word) }

  /// Whether the next token is this one, which is then behind.
  mutating func take(_ symbol: Token.Symbol) -> Bool {
    guard isNext(symbol) else { return false }
    _ = advance()
    return true
  }

  mutating func require(_ symbol: Token.Symbol, _ why: String) throws(ConjectureError) {
    guard take(symbol) else { throw unexpected("\"\(symbol.rawValue)\" \(why)") }
  }

  func error(_ rule: ConjectureError.Rule, _ place: Range<Int>, _ message: String) -> ConjectureError {
    ConjectureError(rule, text, place, message)
  }

  func unexpected(_ what: String) -> ConjectureError {
    error(.expected, token.place, "expected \(what), found \(token.name)")
  }

  /// Runs `body` one level deeper.
  mutating func nested<Result>(_ body: (inout Parser) throws(ConjectureError) -> Result) throws(ConjectureError)
    -> Result
  {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Parser.deepest else {
      throw error(.size, token.place, "more than \(Parser.deepest) parentheses or conditions within each other")
    }
    return try body(&self)
  }

  // MARK: Kinds

  func formula(_ node: Node) throws(ConjectureError) -> Formula {
    switch node {
    case .formula(let formula): return formula
    case .expression(let expression):
      throw error(
        .kind, expression.place, "this is a quantity and no condition; compare it, as in \"… > 0\" or \"… < 1\"")
    }
  }

  func expression(_ node: Node) throws(ConjectureError) -> Expression {
    switch node {
    case .expression(let expression): return expression
    case .formula(let formula):
      throw error(.kind, formula.place, "this is a condition, where a quantity is expected")
    }
  }

  func joined(_ first: Range<Int>, _ last: Range<Int>) -> Range<Int> {
    first.lowerBound..<max(first.upperBound, last.upperBound)
  }

  // MARK: Connectives

  mutating func iff() throws(ConjectureError) -> Node {
    let first = try implication()
    guard isNext(.iff) else { return first }
    var parts = [try formula(first)]
    while take(.iff) { parts.append(try formula(implication())) }
    return .formula(Formula(.iff(parts), joined(parts[0].place, parts[parts.count - 1].place)))
  }

  private mutating func implication() throws(ConjectureError) -> Node {
    let first = try disjunction()
    guard isNext(.implies) else { return first }
    let premise = try formula(first)
    _ = advance()
    let conclusion = try nested { parser throws(ConjectureError) in try parser.formula(parser.implication()) }
    return .formula(Formula(.implies(premise, conclusion), joined(premise.place, conclusion.place)))
  }

  private mutating func disjunction() throws(ConjectureError) -> Node {
    let first = try conjunction()
    guard isNext(.or) else { return first }
    var parts = [try formula(first)]
    while take(.or) { parts.append(try formula(conjunction())) }
    return .formula(Formula(.any(parts), joined(parts[0].place, parts[parts.count - 1].place)))
  }

  private mutating func conjunction() throws(ConjectureError) -> Node {
    let first = try negation()
    guard isNext(.and) else { return first }
    var parts = [try formula(first)]
    while take(.and) { parts.append(try formula(negation())) }
    return .formula(Formula(.all(parts), joined(parts[0].place, parts[parts.count - 1].place)))
  }

  private mutating func negation() throws(ConjectureError) -> Node {
    if isNext(.not) {
      let start = advance().place
      let part = try nested { parser throws(ConjectureError) in try parser.formula(parser.negation()) }
      return .formula(Formula(.not(part), joined(start, part.place)))
    }
    if isNext(word: "let") {
      return .formula(try nested { parser throws(ConjectureError) in try parser.defined() })
    }
    if isNext(word: "for") || isNext(.forAll) || isNext(.exists) {
      return .formula(try nested { parser throws(ConjectureError) in try parser.quantified() })
    }
    if let condition = try sideCondition() { return .formula(condition) }
    return try comparison()
  }

  private mutating func comparison() throws(ConjectureError) -> Node {
    let first = try sum()
    guard let relation else { return first }
    let left = try expression(first)
    var (steps, last) = ([Formula.Comparison.Step](), relation)
    while true {
      _ = advance()
      steps.append(.init(relation: last, expression: try expression(sum())))
      guard let another = self.relation else { break }
      last = another
    }
    let place = joined(left.place, steps[steps.count - 1].expression.place)
    return .formula(Formula(.comparison(.init(first: left, rest: steps)), place))
  }

  /// The relation that comes next.
  var relation: Relation? {
    switch token.kind {
    case .symbol(.less): .less
    case .symbol(.lessOrEqual): .lessOrEqual
    case .symbol(.greater): .greater
    case .symbol(.greaterOrEqual): .greaterOrEqual
    case .symbol(.equal): .equal
    case .symbol(.unequal): .unequal
    default: nil
    }
  }
}
