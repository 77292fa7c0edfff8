// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import PlainText

extension Parser {
  mutating func sum() throws(ConjectureError) -> Node {
    let start = token.place
    var parts: [Expression.Part] = []
    if take(.minus) {
      let first = try nested { parser throws(ConjectureError) in try parser.expression(parser.product()) }
      parts.append(.init(isInverse: true, expression: first))
    } else {
      _ = take(.plus)
      let first = try product()
      guard isNext(.plus) || isNext(.minus) else { return first }
      parts.append(.init(isInverse: false, expression: try expression(first)))
    }
    while isNext(.plus) || isNext(.minus) {
      let isInverse = advance().kind == .symbol(.minus)
      parts.append(.init(isInverse: isInverse, expression: try expression(product())))
    }
    return .expression(Expression(.sum(parts), joined(start, parts[parts.count - 1].expression.place)))
  }

  private mutating func product() throws(ConjectureError) -> Node {
    let first = try power()
    guard isNext(.times) || isNext(.divide) else { return first }
    var parts = [Expression.Part(isInverse: false, expression: try expression(first))]
    while isNext(.times) || isNext(.divide) {
      let isInverse = advance().kind == .symbol(.divide)
      parts.append(.init(isInverse: isInverse, expression: try expression(power())))
    }
    let place = joined(parts[0].expression.place, parts[parts.count - 1].expression.place)
    // A fraction of two numbers is a number.
    if parts.count == 2, parts[1].isInverse, case .number(let p) = parts[0].expression.kind,
      case .number(let q) = parts[1].expression.kind
    {
      guard q.signum != 0 else { throw error(.kind, parts[1].expression.place, "a division by 0") }
      return .expression(Expression(.number(p / q), place))
    }
    return .expression(Expression(.product(parts), place))
  }

  private mutating func power() throws(ConjectureError) -> Node {
    let base = try suffixed()
    switch token.kind {
    case .superscript(let power):
      let end = advance().place
      let base = try expression(base)
      return .expression(Expression(.power(base, power), joined(base.place, end)))
    case .symbol(.power):
      let base = try expression(base)
      _ = advance()
      if let counter, isNext(word: counter) {
        let end = advance().place
        return .expression(Expression(.counterPower(base, counter), joined(base.place, end)))
      }
      let isNegative = take(.minus)
      guard case .number(let value) = token.kind, let power = value.asInt, power <= Parser.largestPower else {
        throw unexpected("a whole power up to \(Parser.largestPower)")
      }
      let end = advance().place
      return .expression(Expression(.power(base, isNegative ? -power : power), joined(base.place, end)))
    default: return base
    }
  }

  /// What may say of which instance it is: `var(t).A`.
  private mutating func suffixed() throws(ConjectureError) -> Node {
    let node = try primary()
    guard case .suffix(let name) = token.kind else { return node }
    let end = advance().place
    let place = joined(node.place, end)
    if case .suffix = token.kind { throw error(.kind, token.place, "one of \".A\" and \".B\" is enough") }
    switch node {
    case .expression(let expression):
      if expression.namesInstance { throw error(.kind, end, "a part of it says already of which instance it is") }
      return .expression(Expression(.instance(name, expression), place))
    case .formula(let formula):
      if formula.namesInstance { throw error(.kind, end, "a part of it says already of which instance it is") }
      return .formula(Formula(.instance(name, formula), place))
    }
  }

  private mutating func primary() throws(ConjectureError) -> Node {
    let start = token
    switch start.kind {
    case .number(let value):
      _ = advance()
      if case .word(let word) = token.kind, token.place.lowerBound == start.place.upperBound {
        throw error(.expected, token.place, "expected an operator; a product is written \(value)*\(word)")
      }
      return .expression(Expression(.number(value), start.place))
    case .symbol(.infinity):
      _ = advance()
      return .expression(Expression(.infinity, start.place))
    case .symbol(.open):
      _ = advance()
      let node = try nested { parser throws(ConjectureError) in try parser.iff() }
      guard isNext(.close) else { throw unexpected("\")\", or an operator") }
      _ = advance()
      return node
    case .symbol(.root):
      _ = advance()
      try require(.open, "after √")
      let inner = try nested { parser throws(ConjectureError) in try parser.expression(parser.sum()) }
      try require(.close, "at the end of the root")
      return .expression(Expression(.call(.sqrt, [inner]), start.place))
    case .word(let word): return try named(word)
    default: throw unexpected("a quantity, a number or \"(\"")
    }
  }

  /// What begins with a word.
  private mutating func named(_ word: String) throws(ConjectureError) -> Node {
    let start = advance().place
    if word == "helps" { return .formula(Formula(.helps, start)) }
    if isVariable(word) { return .expression(Expression(.variable(Parser.plain(word)), start)) }
    if word == counter { return .expression(Expression(.counter(word), start)) }
    if word == "sum" || word == "mean", isNext(word: "over") { return .expression(try fold(word == "mean", start)) }
    if let kind = Parser.moments[word], isNext(.open) { return .expression(try moment(kind, start)) }
    if let function = Function(rawValue: word), isNext(.open) { return .expression(try call(function, start)) }
    if word == "ln", let argument = try? primary() {
      let inner = try expression(argument)
      return .expression(Expression(.call(.ln, [inner]), joined(start, inner.place)))
    }
    if word == "R", take(.open) {
      let argument = try nested { parser throws(ConjectureError) in try parser.expression(parser.sum()) }
      let end = token.place
      try require(.close, "after the λ of R")
      if argument.kind == .infinity { return .expression(Expression(.word(.limit, nil), joined(start, end))) }
      return .expression(Expression(.risk(argument), joined(start, end)))
    }
    if word == "R'", take(.open) {
      guard token.kind == .number(0) else { throw unexpected("0: the slope is known at 0, R'(0)") }
      _ = advance()
      let end = token.place
      try require(.close, "after R'(0")
      return .expression(Expression(.word(.slope, nil), joined(start, end)))
    }
    if let known = try twoWords(word, start) { return .expression(known) }
    if case .number(let value)? = definitions[word] { return .expression(try copy(of: value, start)) }
    if word == "best", case .word(let what) = token.kind, let known = Parser.best[what] {
      return .expression(Expression(.word(known, nil), joined(start, advance().place)))
    }
    guard let known = Word.bySpelling[word] else { throw unknown(word, start) }
    let index = try outputIndex()
    switch index {
    case .row(let name)?:
      guard known.hasRows else { throw error(.kind, start, "\(quoted(word)) is one number, not one for each row") }
      return .expression(Expression(.word(known, .row(name)), start))
    case nil where known == .leverage:
      throw error(.expected, start, "a leverage is that of a row: write sum over rows i: … ℓ[i] …")
    case nil: break
    default:
      guard known.hasOutputs else {
        throw error(.kind, start, "\(quoted(word)) is one number, not one for each output")
      }
    }
    return .expression(Expression(.word(known, index), start))
  }

  /// `tuned gain` and `signed tuned gain`; nil, and nothing taken, for anything else.
  private mutating func twoWords(_ word: String, _ start: Range<Int>) throws(ConjectureError) -> Expression? {
    let before = self
    if word == "signed", isNext(word: "tuned") {
      _ = advance()
      if isNext(word: "gain") { return Expression(.word(.signedTunedGain, nil), joined(start, advance().place)) }
    } else if word == "tuned", isNext(word: "gain") {
      return Expression(.word(.tunedGain, nil), joined(start, advance().place))
    }
    self = before
    return nil
  }

  private func isVariable(_ word: String) -> Bool { variable == Parser.plain(word) }

  /// One spelling for λ and α.
  static func plain(_ word: String) -> String { word == "lambda" ? "λ" : word == "alpha" ? "α" : word }

  private mutating func call(_ function: Function, _ start: Range<Int>) throws(ConjectureError) -> Expression {
    try require(.open, "after \(function.rawValue)")
    var arguments: [Expression] = []
    repeat {
      arguments.append(try nested { parser throws(ConjectureError) in try parser.expression(parser.sum()) })
    } while take(.comma)
    let end = token.place
    try require(.close, "at the end of \(function.rawValue)(…)")
    let needed = function == .min || function == .max ? 2...8 : function == .binomial ? 2...2 : 1...1
    guard needed.contains(arguments.count) else {
      let count = needed == 1...1 ? "one number" : needed == 2...2 ? "two numbers" : "2 to 8 numbers"
      throw error(.expected, joined(start, end), "\(function.rawValue) takes \(count), not \(arguments.count)")
    }
    return Expression(.call(function, arguments), joined(start, end))
  }

  private func unknown(_ word: String, _ place: Range<Int>) -> ConjectureError {
    if isVector(word) {
      return error(
        .kind, place, "\(quoted(word)) is a random vector; ask for var(\(word)), cov(\(word),…) or I(\(word);…) of it")
    }
    if Parser.moments[word] != nil || Function(rawValue: word) != nil {
      return error(.expected, place, "expected \"(\" after \(quoted(word))")
    }
    let near = nearestName(to: word, among: Parser.allWords + definitions.keys.sorted()).map {
      "; did you mean \(quoted($0))?"
    }
    return error(.word, place, "unknown word \(quoted(word))\(near ?? "; 'cch claims --words' lists all")")
  }

  static let moments: [String: MomentKind] = {
    var table = Dictionary(uniqueKeysWithValues: MomentKind.allCases.map { ($0.rawValue, $0) })
    table["corr2"] = .squaredCorrelation
    return table
  }()

  private static let best: [String: Word] = [
    "λ": .bestLambda, "lambda": .bestLambda, "α": .bestAlpha, "alpha": .bestAlpha, "gain": .bestGain,
  ]

  static let allWords: [String] =
    Word.allCases.flatMap { [$0.spellings.ascii, $0.spellings.symbol] } + moments.keys.sorted()
    + Function.allCases.map(\.rawValue) + Block.allCases.map(\.rawValue)
    + [
      "and", "or", "not", "for", "helps", "teacher", "best", "inf", "below", "indep", "R", "let", "same", "tuned",
      "signed", "sum", "mean",
    ]
}
