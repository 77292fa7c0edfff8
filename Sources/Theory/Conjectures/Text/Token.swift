// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A part of the text of a statement.
struct Token: Equatable {
  enum Kind: Equatable {
    case number(Rational)
    /// A word, in its one spelling: that of the text, without the other alphabet's variants.
    case word(String)
    case symbol(Symbol)
    /// A whole power that is written above the line.
    case superscript(Int)
    /// `.A` or `.B` behind what is said of one of two instances.
    case suffix(InstanceName)
    case end
  }

  enum Symbol: String, CaseIterable {
    case plus = "+", minus = "−", times = "*", divide = "/", power = "^"
    case less = "<", lessOrEqual = "≤", greater = ">", greaterOrEqual = "≥", equal = "=", unequal = "≠"
    case implies = "⇒", iff = "⇔", and = "∧", or = "∨", not = "¬"
    case open = "(", close = ")", openBracket = "[", closeBracket = "]"
    case comma = ",", semicolon = ";", bar = "|", colon = ":"
    case below = "⪯", independent = "⊥", infinity = "∞", forAll = "∀", exists = "∃", element = "∈", root = "√"
  }

  let kind: Kind
  let place: Range<Int>

  /// As a message names it.
  var name: String {
    switch kind {
    case .number(let value): value.description.count <= 20 ? "\"\(value)\"" : "a number"
    case .word(let word): "\"\(word)\""
    case .symbol(let symbol): "\"\(symbol.rawValue)\""
    case .superscript(let power): "the power \(power)"
    case .suffix(let name): "\".\(name.rawValue)\""
    case .end: "the end"
    }
  }
}
