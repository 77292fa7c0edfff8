// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import PlainText

/// What `let` gives a name: a vector, or a quantity.
enum Definition {
  case vector([LinearImage])
  case number(Expression)
}

/// `let u = x1[0] + 2*x1[1], r = n/(n + μ): …`: names for vectors and quantities, which stand for what they name.
extension Parser {
  /// The most coordinates, blocks and combinations side by side.
  static let longestVector = 64

  mutating func defined() throws(ConjectureError) -> Formula {
    let (start, outer) = (advance().place, definitions)
    defer { definitions = outer }
    repeat { try define() } while take(.comma)
    guard take(.colon) || take(.semicolon) || take(.element) else {
      throw unexpected("\",\" and another name, or \":\" and a condition")
    }
    let body = try formula(iff())
    return Formula(body.kind, joined(start, body.place))
  }

  private mutating func define() throws(ConjectureError) {
    guard case .word(let name) = token.kind else { throw unexpected("a name after \"let\", such as u") }
    let place = token.place
    if let what = meaning(of: name) {
      throw error(.word, place, "\(quoted(name)) is \(what) already; choose another name")
    }
    _ = advance()
    try require(.equal, "after the name \(quoted(name))")
    let isVector = beginsVector
    let before = self
    do throws(ConjectureError) {
      let images = try vector()
      if endsDefinition {
        try requireOneUnit(images, place)
        if images.contains(where: \.collected.terms.isEmpty) {
          throw error(.kind, before.token.place, "a vector that is 0")
        }
        definitions[name] = .vector(images)
        return
      }
      if isVector { throw unexpected("the end of the vector \(quoted(name)), or \"+\"") }
    } catch { if isVector { throw error } }
    self = before
    let value = try nested { parser throws(ConjectureError) in try parser.expression(parser.sum()) }
    definitions[name] = .number(value)
  }

  private var endsDefinition: Bool {
    isNext(.comma) || isNext(.colon) || isNext(.semicolon) || isNext(.element)
  }

  /// Whether the first word from here on is that of a vector.
  private var beginsVector: Bool {
    var ahead = self
    while true {
      switch ahead.token.kind {
      case .number, .symbol(.minus), .symbol(.times), .symbol(.divide), .symbol(.open): _ = ahead.advance()
      case .symbol(.openBracket): return true
      case .word(let word): return isVector(word)
      default: return false
      }
    }
  }

  /// What a word is, which `let` cannot name again; nil for a free one.
  func meaning(of name: String) -> String? {
    if definitions[name] != nil || variable == Parser.plain(name) || outputs.contains(name) || row == name
      || counter == name
    {
      return "named"
    }
    if Block(rawValue: name) != nil { return "a random vector" }
    let spelled = Parser.plain(name)
    let isWord = Word.bySpelling[name] != nil || Word.bySpelling[spelled] != nil || Parser.allWords.contains(name)
    return isWord || Parser.moments[name] != nil || name.contains(".") ? "a word of the language" : nil
  }

  /// Whether a word is that of a random vector here.
  func isVector(_ word: String) -> Bool {
    if case .vector? = definitions[word] { return true }
    return Block(rawValue: word) != nil
  }

  /// The quantity that a name stands for, at the place of the name.
  mutating func copy(of value: Expression, _ place: Range<Int>) throws(ConjectureError) -> Expression {
    copiedParts += value.size
    guard copiedParts <= TypeChecker.mostParts else {
      throw error(.size, place, "with its names written out the statement has more than \(TypeChecker.mostParts) parts")
    }
    return Expression(value.kind, place)
  }

  /// Checks that a variable or an output that is bound here does not take the place of what a name means.
  func requireUncaptured(_ name: String) throws(ConjectureError) {
    if definitions[name] != nil { throw error(.word, token.place, "\(quoted(name)) is named by \"let\" already") }
    let bound = OutputIndex.bound(name)
    for (known, definition) in definitions.sorted(by: { $0.key < $1.key }) {
      let isUsed =
        switch definition {
        case .vector(let images): images.contains { $0.terms.contains { $0.index == bound } }
        case .number(let value): value.mentions(variable: name) || value.mentions(output: bound)
        }
      if isUsed {
        throw error(.word, token.place, "\(quoted(name)) means something else in the definition of \(quoted(known))")
      }
    }
  }

  private func requireOneUnit(_ images: [LinearImage], _ place: Range<Int>) throws(ConjectureError) {
    for image in images { _ = try TypeChecker(text: text).unit(image, place) }
  }
}

extension Expression {
  /// Whether the name of a variable, λ, stands in it.
  fileprivate func mentions(variable: String) -> Bool {
    switch kind {
    case .variable(let name): name == variable
    case .word(.lambda, _): variable == "λ"
    default: children.contains { $0.mentions(variable: variable) }
    }
  }

  fileprivate func mentions(output: OutputIndex) -> Bool {
    switch kind {
    case .word(_, let index): index == output
    case .moment(let moment):
      (moment.first + moment.second + moment.given).contains { $0.terms.contains { $0.index == output } }
    default: children.contains { $0.mentions(output: output) }
    }
  }

  /// Whether it says of which of two instances something is.
  var namesInstance: Bool { if case .instance = kind { true } else { children.contains(where: \.namesInstance) } }
}

extension Formula {
  /// Whether it says of which of two instances something is, or compares them.
  var namesInstance: Bool {
    switch kind {
    case .instance, .same: true
    default: expressions.contains(where: \.namesInstance) || children.contains(where: \.namesInstance)
    }
  }
}
