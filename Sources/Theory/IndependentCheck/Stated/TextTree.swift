// SPDX-License-Identifier: GPL-3.0-or-later
/// A number of a statement.
indirect enum TextNumber {
  case number(Fraction)
  case infinity
  case word(String)
  case risk(TextNumber)
  case moment(String, [TextVector], [TextVector], given: [TextVector])
  case function(String, [TextNumber])
  case operation(String, TextNumber, TextNumber)
  case power(TextNumber, Int)
  /// On the second instance, or the first.
  case on(isSecond: Bool, TextNumber)
}

/// Σ coefficient · vector, each maybe one coordinate of it.
typealias TextVector = [(coefficient: Fraction, name: String, place: Int?)]

/// A condition of a statement.
indirect enum TextCondition {
  /// A chain of numbers and the relations between them.
  case chain([TextNumber], [String])
  case helps, leastSquares, joint, whiteInputs
  case independent([TextVector], [TextVector], given: [TextVector])
  case same(matrices: [String], numbers: [TextNumber])
  case all([TextCondition]), any([TextCondition]), equivalent([TextCondition])
  case not(TextCondition)
  case implies(TextCondition, TextCondition)
  case on(isSecond: Bool, TextCondition)
}

/// Reads the statements that are made of arithmetic, comparisons and connectives, by a grammar of its own.
struct TextReader {
  private let tokens: [TextTokens.Token]
  private var next = 0
  private var depth = 0

  private enum Node {
    case number(TextNumber)
    case condition(TextCondition)
  }

  init(_ text: String) throws(CertificateError) { tokens = try TextTokens(text).list }

  mutating func statement() throws(CertificateError) -> TextCondition {
    let read = try condition(equivalence())
    guard tokens[next] == .end else { throw unread }
    return read
  }

  mutating func wholeNumber() throws(CertificateError) -> TextNumber {
    let read = try number(sum())
    guard tokens[next] == .end else { throw unread }
    return read
  }

  private var unread: CertificateError {
    let found =
      switch tokens[next] {
      case .number(let value): "\(value)"
      case .word(let word): word
      case .sign(let sign): sign
      case .suffix(let isSecond): isSecond ? ".B" : ".A"
      case .end: "the end"
      }
    return CertificateError(
      "the independent check does not read \"\(found)\" there: it knows arithmetic, comparisons and connectives, and no "
        + "quantifiers and sums; 'cch explain' with --claim decides the statement", isRefusal: true)
  }

  private mutating func take(_ sign: String) -> Bool {
    guard tokens[next] == .sign(sign) else { return false }
    next += 1
    return true
  }

  private mutating func take(word: String) -> Bool {
    guard tokens[next] == .word(word) else { return false }
    next += 1
    return true
  }

  private mutating func require(_ sign: String) throws(CertificateError) { guard take(sign) else { throw unread } }

  private mutating func deeper() throws(CertificateError) {
    depth += 1
    guard depth <= 100 else { throw CertificateError("brackets more than 100 deep") }
  }

  private func condition(_ node: Node) throws(CertificateError) -> TextCondition {
    if case .condition(let condition) = node { return condition }
    throw unread
  }

  private func number(_ node: Node) throws(CertificateError) -> TextNumber {
    if case .number(let number) = node { return number }
    throw unread
  }

  // MARK: Conditions

  private mutating func equivalence() throws(CertificateError) -> Node {
    let first = try implication()
    guard tokens[next] == .sign("<=>") else { return first }
    var parts = [try condition(first)]
    while take("<=>") { parts.append(try condition(implication())) }
    return .condition(.equivalent(parts))
  }

  private mutating func implication() throws(CertificateError) -> Node {
    let first = try disjunction()
    guard take("=>") else { return first }
    try deeper()
    defer { depth -= 1 }
    return .condition(.implies(try condition(first), try condition(implication())))
  }

  private mutating func disjunction() throws(CertificateError) -> Node {
    let first = try conjunction()
    var parts: [TextCondition] = []
    while take(word: "or") || take("∨") {
      if parts.isEmpty { parts = [try condition(first)] }
      parts.append(try condition(conjunction()))
    }
    return parts.isEmpty ? first : .condition(.any(parts))
  }

  private mutating func conjunction() throws(CertificateError) -> Node {
    let first = try negation()
    var parts: [TextCondition] = []
    while take(word: "and") || take("∧") {
      if parts.isEmpty { parts = [try condition(first)] }
      parts.append(try condition(negation()))
    }
    return parts.isEmpty ? first : .condition(.all(parts))
  }

  private mutating func negation() throws(CertificateError) -> Node {
    if take(word: "not") || take("¬") {
      try deeper()
      defer { depth -= 1 }
      return .condition(.not(try condition(negation())))
    }
    if take(word: "teacher") {
      try require("=")
      if take(word: "ols") { return .condition(.leastSquares) }
      if take(word: "joint") { return .condition(.joint) }
      throw unread
    }
    if tokens[next] == .word("Σ22"), tokens[next + 1] == .sign("=") {
      next += 2
      guard tokens[next] == .number(.one) else { throw unread }
      next += 1
      return .condition(.whiteInputs)
    }
    if take(word: "same") { return .condition(try shared()) }
    if case .word(let word) = tokens[next], TextReader.vectors.contains(word) {
      let first = try vectors()
      guard take("⊥") || take(word: "indep") else { throw unread }
      let second = try vectors()
      return .condition(.independent(first, second, given: try take("|") ? vectors() : []))
    }
    return try chain()
  }

  private mutating func shared() throws(CertificateError) -> TextCondition {
    var (matrices, numbers) = ([String](), [TextNumber]())
    repeat {
      if case .word(let word) = tokens[next], word == "Σ11" || word == "Σ22" {
        next += 1
        matrices.append(word)
      } else {
        numbers.append(try number(sum()))
      }
    } while take(",")
    return .same(matrices: matrices, numbers: numbers)
  }

  private mutating func chain() throws(CertificateError) -> Node {
    let first = try sum()
    var (numbers, relations) = ([TextNumber](), [String]())
    while case .sign(let sign) = tokens[next], ["<", "<=", ">", ">=", "=", "!="].contains(sign) {
      if numbers.isEmpty { numbers = [try number(first)] }
      next += 1
      relations.append(sign)
      numbers.append(try number(sum()))
    }
    return relations.isEmpty ? first : .condition(.chain(numbers, relations))
  }

  // MARK: Numbers

  private mutating func sum() throws(CertificateError) -> Node {
    var result: Node
    if take("-") {
      result = .number(.operation("-", .number(.zero), try number(product())))
    } else {
      result = try product()
    }
    while case .sign(let sign) = tokens[next], sign == "+" || sign == "-" {
      next += 1
      result = .number(.operation(sign, try number(result), try number(product())))
    }
    return result
  }

  private mutating func product() throws(CertificateError) -> Node {
    var result = try power()
    while case .sign(let sign) = tokens[next], sign == "*" || sign == "/" {
      next += 1
      result = .number(.operation(sign, try number(result), try number(power())))
    }
    return result
  }

  private mutating func power() throws(CertificateError) -> Node {
    let base = try suffixed()
    if take("²") { return .number(.power(try number(base), 2)) }
    guard take("^") else { return base }
    let isNegative = take("-")
    guard case .number(let value) = tokens[next], value.denominator == 1, let n = Int(value.description), n <= 32 else {
      throw unread
    }
    next += 1
    return .number(.power(try number(base), isNegative ? -n : n))
  }

  private mutating func suffixed() throws(CertificateError) -> Node {
    let node = try primary()
    guard case .suffix(let isSecond) = tokens[next] else { return node }
    next += 1
    return switch node {
    case .number(let number): .number(.on(isSecond: isSecond, number))
    case .condition(let condition): .condition(.on(isSecond: isSecond, condition))
    }
  }

  private mutating func primary() throws(CertificateError) -> Node {
    let token = tokens[next]
    switch token {
    case .number(let value):
      next += 1
      return .number(.number(value))
    case .sign("("):
      next += 1
      try deeper()
      defer { depth -= 1 }
      let inner = try equivalence()
      try require(")")
      return inner
    case .sign("∞"):
      next += 1
      return .number(.infinity)
    case .word(let word):
      next += 1
      return try named(word)
    default: throw unread
    }
  }

  private mutating func named(_ word: String) throws(CertificateError) -> Node {
    if word == "helps" { return .condition(.helps) }
    if word == "∞" { return .number(.infinity) }
    if word == "best", case .word(let what) = tokens[next] {
      next += 1
      return .number(.word("best \(what)"))
    }
    if word == "best_gain" { return .number(.word("best gain")) }
    guard tokens[next] == .sign("(") else { return .number(.word(word)) }
    next += 1
    try deeper()
    defer { depth -= 1 }
    let result: TextNumber
    switch word {
    case "R": result = .risk(try number(sum()))
    case "I", "var", "cov", "corr", "corr²", "det":
      let isList = word == "I" || word == "det"
      let first = try isList ? vectors() : vector()
      var second: [TextVector] = []
      if word == "I" {
        try require(";")
        second = try vectors()
      } else if word.hasPrefix("co") {
        try require(",")
        second = try vector()
      }
      result = .moment(word, first, second, given: try take("|") ? vectors() : [])
    case "ln", "exp", "abs", "min", "max":
      var arguments = [try number(sum())]
      while take(",") { arguments.append(try number(sum())) }
      result = .function(word, arguments)
    default:
      next -= 1
      throw unread
    }
    try require(")")
    return .number(result)
  }

  // MARK: Vectors

  private static let vectors: Set = ["x1", "x2", "y", "t", "s", "joint", "t'"]

  private mutating func vectors() throws(CertificateError) -> [TextVector] {
    var list = try vector()
    while take(",") { list += try vector() }
    return list
  }

  /// One, or several side by side in brackets.
  private mutating func vector() throws(CertificateError) -> [TextVector] {
    if take("(") {
      try deeper()
      defer { depth -= 1 }
      let list = try vectors()
      try require(")")
      return list
    }
    var (terms, isNegative) = (TextVector(), take("-"))
    while true {
      var coefficient = isNegative ? Fraction.zero - .one : .one
      if case .number(let value) = tokens[next] {
        next += 1
        coefficient = coefficient * value
        if take("/") {
          guard case .number(let divisor) = tokens[next], divisor != .zero else { throw unread }
          next += 1
          coefficient = coefficient / divisor
        }
        try require("*")
      }
      guard case .word(let name) = tokens[next], TextReader.vectors.contains(name) else { throw unread }
      next += 1
      var place: Int?
      if take("[") {
        guard case .number(let value) = tokens[next], value.denominator == 1, let number = Int(value.description) else {
          throw unread
        }
        next += 1
        place = number
        try require("]")
      }
      terms.append((coefficient, name, place))
      if take("+") { isNegative = false } else if take("-") { isNegative = true } else { return [terms] }
    }
  }
}
