// SPDX-License-Identifier: GPL-3.0-or-later
/// Cuts a statement into words, numbers and signs, all in one spelling.
struct TextTokens {
  enum Token: Equatable {
    case number(Fraction)
    case word(String)
    case sign(String)
    /// `.A` or `.B`: whether it is the second.
    case suffix(Bool)
    case end
  }

  private(set) var list: [Token] = []
  private let characters: [Unicode.Scalar]
  private var next = 0

  init(_ text: String) throws(CertificateError) {
    guard text.utf8.count <= 10_000 else { throw CertificateError("a statement of more than 10000 bytes") }
    characters = Array(text.unicodeScalars)
    while next < characters.count {
      if characters[next].properties.isWhitespace {
        next += 1
      } else {
        list.append(try token())
      }
    }
    list.append(.end)
  }

  private func at(_ offset: Int) -> Unicode.Scalar? {
    next + offset < characters.count ? characters[next + offset] : nil
  }

  private static func isDigit(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { $0 >= "0" && $0 <= "9" } ?? false }

  private static func isLetter(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { $0.properties.isAlphabetic && !"²³ªº".unicodeScalars.contains($0) } ?? false
  }

  private mutating func taken(_ count: Int) -> String {
    defer { next += count }
    return String(String.UnicodeScalarView(characters[next..<(next + count)]))
  }

  private mutating func token() throws(CertificateError) -> Token {
    if TextTokens.isDigit(at(0)) || at(0) == "." && TextTokens.isDigit(at(1)) {
      var length = 0
      while TextTokens.isDigit(at(length)) || at(length) == "." { length += 1 }
      let digits = taken(length)
      guard digits.count <= 1_000, let value = Fraction(digits.hasPrefix(".") ? "0" + digits : digits) else {
        throw CertificateError("\(digits.prefix(20)) is no number")
      }
      return .number(value)
    }
    if at(0) == ".", let letter = at(1), letter == "A" || letter == "B", !TextTokens.isLetter(at(2)) {
      next += 2
      return .suffix(letter == "B")
    }
    if TextTokens.isLetter(at(0)) { return word() }
    for sign in TextTokens.signs where String(String.UnicodeScalarView(characters[next...].prefix(3))).hasPrefix(sign) {
      next += sign.unicodeScalars.count
      return .sign(TextTokens.spelled[sign] ?? sign)
    }
    throw CertificateError("the independent check does not read the sign \"\(taken(1))\"", isRefusal: true)
  }

  private mutating func word() -> Token {
    var length = 0
    while TextTokens.isLetter(at(length)) || TextTokens.isDigit(at(length)) || at(length) == "_" || at(length) == "'" {
      length += 1
    }
    var word = taken(length)
    if at(0) == "²", ["σε", "ση", "corr", "f", "σ1"].contains(word) { word += taken(1) }
    if word == "R", at(0) == "∞" { word += taken(1) }
    if word == "window", at(0) == ".", at(1) == "u" {
      next += 1
      word += "." + (self.word().text)
    }
    return .word(TextTokens.words[word] ?? word)
  }

  /// Longer ones first.
  private static let signs = [
    "<=>", "=>", "<=", ">=", "!=", "⇔", "⇒", "≤", "≥", "≠", "<", ">", "=", "+", "−", "-", "*", "/", "^", "²", "(", ")",
    "[",
    "]", ",", ";", "|", ":", "⊥", "⪯", "∧", "∨", "¬", "∞", "∀", "∃",
  ]
  private static let spelled = [
    "⇔": "<=>", "⇒": "=>", "≤": "<=", "≥": ">=", "≠": "!=", "−": "-",
  ]
  private static let words = [
    "residual_variance": "σε²", "teacher_residual_variance": "ση²", "full_residual_variance": "σ1²", "f2": "f²",
    "beta": "β", "dI": "ΔI", "lambda": "λ", "alpha": "α", "mu": "μ", "corr2": "corr²", "inf": "∞", "R_inf": "R∞",
    "Sigma11": "Σ11", "Sigma22": "Σ22",
  ]
}

extension TextTokens.Token {
  fileprivate var text: String { if case .word(let word) = self { word } else { "" } }
}
