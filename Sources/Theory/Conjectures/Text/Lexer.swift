// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import PlainText

/// Cuts a text into tokens.
struct Lexer {
  /// The most bytes of a statement.
  static let longestText = 10_000
  /// The most digits of a number.
  static let mostDigits = 1_000

  private let text: String
  private let scalars: [Unicode.Scalar]
  private var next = 0

  private init(_ text: String) { (self.text, scalars) = (text, Array(text.unicodeScalars)) }

  /// The tokens of `text`, the last one its end.
  static func tokens(_ text: String) throws(ConjectureError) -> [Token] {
    guard text.utf8.count <= longestText else {
      throw ConjectureError(
        .size, String(text.prefix(80)), 0..<1,
        "a statement of \(text.utf8.count) bytes; at most \(longestText) are read")
    }
    var lexer = Lexer(text)
    var tokens: [Token] = []
    repeat { tokens.append(try lexer.token()) } while tokens.last?.kind != .end
    return tokens
  }

  private func scalar(_ offset: Int = 0) -> Unicode.Scalar? {
    next + offset < scalars.count ? scalars[next + offset] : nil
  }

  private mutating func token() throws(ConjectureError) -> Token {
    skipBlanks()
    let start = next
    guard let first = scalar() else { return Token(kind: .end, place: start..<(start + 1)) }
    if first.isDigit || first == "." && (scalar(1)?.isDigit ?? false) { return try number() }
    if first.isLetter { return word() }
    if let name = suffix(at: 0) {
      next += 2
      return Token(kind: .suffix(name), place: start..<next)
    }
    for (spelling, symbol) in Lexer.symbols where matches(spelling) {
      next += spelling.count
      return Token(kind: .symbol(symbol), place: start..<next)
    }
    if let power = Lexer.superscripts[first] {
      next += 1
      return Token(kind: .superscript(power), place: start..<next)
    }
    throw ConjectureError(
      .character, text, start..<(start + 1), "no statement has the character \(quoted(String(first)))")
  }

  /// Blanks, and comments from # to the end of the line.
  private mutating func skipBlanks() {
    while let here = scalar() {
      if here == "#" {
        while let rest = scalar(), rest != "\n" { next += 1 }
      } else if here.properties.isWhitespace {
        next += 1
      } else {
        return
      }
    }
  }

  private func matches(_ spelling: [Unicode.Scalar]) -> Bool {
    next + spelling.count <= scalars.count && scalars[next..<(next + spelling.count)].elementsEqual(spelling)
  }

  private mutating func number() throws(ConjectureError) -> Token {
    let start = next
    while let here = scalar(), here.isDigit || here == "." { next += 1 }
    let digits = String(String.UnicodeScalarView(scalars[start..<next]))
    guard digits.count <= Lexer.mostDigits else {
      throw ConjectureError(
        .size, text, start..<next, "a number of \(digits.count) digits; at most \(Lexer.mostDigits) are read")
    }
    guard let value = Rational(digits) else {
      throw ConjectureError(
        .expected, text, start..<next, "\(quoted(digits)) is no number; write one like 3/50 or 0.06")
    }
    return Token(kind: .number(value), place: start..<next)
  }

  private mutating func word() -> Token {
    let start = next
    while let here = scalar(),
      here.isLetter || here.isDigit || here == "_" || here == "'" || here == "′"
        || here == "." && (scalar(1)?.isLetter ?? false) && suffix(at: 0) == nil
    { next += 1 }
    var word = String(String.UnicodeScalarView(scalars[start..<next])).replacing("′", with: "'")
    // The sign of millionths is a letter of its own.
    if word == "\u{B5}" { word = "μ" }
    // σε² and corr² are words; a² is a power.
    if Lexer.squaredWords.contains(word), scalar() == "²" {
      next += 1
      word += "²"
    }
    if Lexer.starredWords.contains(word), scalar() == "*", !operandFollowsStar() {
      next += 1
      word += "*"
    }
    if word == "R", scalar() == "∞" {
      next += 1
      word = "R∞"
    }
    return Token(kind: Lexer.wordSymbols[word].map { .symbol($0) } ?? .word(word), place: start..<next)
  }

  /// The instance that `.A` or `.B` names, where it stands there.
  private func suffix(at offset: Int) -> InstanceName? {
    guard scalar(offset) == ".", let letter = scalar(offset + 1), let name = InstanceName(rawValue: String(letter))
    else {
      return nil
    }
    guard let after = scalar(offset + 2) else { return name }
    return after.isLetter || after.isDigit || after == "_" || after == "'" || after == "′" ? nil : name
  }

  /// Whether the star at `next` is a product: something stands after it that can be multiplied with.
  private func operandFollowsStar() -> Bool {
    var ahead = self
    ahead.next = next + 1
    ahead.skipBlanks()
    guard let first = ahead.scalar() else { return false }
    if first.isDigit || first == "(" || first == "√" || first == "∞" { return true }
    guard first.isLetter else { return false }
    let following = ahead.word().kind
    if following == .symbol(.infinity) { return true }
    guard case .word(let word) = following else { return false }
    return !Lexer.connectives.contains(word)
  }

  private static let squaredWords: Set = ["σε", "ση", "σ1", "sigma1", "corr", "f"]
  private static let starredWords: Set = ["λ", "lambda", "α", "alpha"]
  private static let connectives: Set = ["in", "for", "below", "indep", "let", "same"]
  private static let superscripts: [Unicode.Scalar: Int] = [
    "²": 2, "³": 3, "⁴": 4, "⁵": 5, "⁶": 6, "⁷": 7, "⁸": 8, "⁹": 9,
  ]
  private static let wordSymbols: [String: Token.Symbol] = [
    "and": .and, "or": .or, "not": .not, "below": .below, "indep": .independent, "inf": .infinity, "in": .element,
  ]
  /// Longer spellings first.
  private static let symbols: [([Unicode.Scalar], Token.Symbol)] = {
    var list: [(String, Token.Symbol)] = [
      ("<=>", .iff), ("<->", .iff), ("=>", .implies), ("->", .implies), ("→", .implies), ("↔", .iff),
      ("<=", .lessOrEqual),
      (">=", .greaterOrEqual), ("!=", .unequal), ("==", .equal), ("&&", .and), ("||", .or), ("!", .not), ("-", .minus),
      ("·", .times), ("×", .times), ("÷", .divide), ("⟂", .independent),
    ]
    list += Token.Symbol.allCases.map { ($0.rawValue, $0) }
    return list.map { (Array($0.unicodeScalars), $1) }
  }()
}

extension Unicode.Scalar {
  var isDigit: Bool { self >= "0" && self <= "9" }

  /// Letters but superscripts, which are of another category, and the sign √, which is none.
  var isLetter: Bool {
    properties.isAlphabetic && properties.generalCategory != .otherLetter && self != "ª" && self != "º"
  }
}
