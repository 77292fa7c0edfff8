// SPDX-License-Identifier: GPL-3.0-or-later
import Plotting

/// How a reader should take a message.
enum Tone: String, Sendable {
  case good, bad, neutral, warning

  /// What says it without a colour.
  var sign: String {
    switch self {
    case .good: "✓"
    case .bad: "✗"
    case .neutral: "→"
    case .warning: "!"
    }
  }

  /// The same for those who hear the page.
  var word: String {
    switch self {
    case .good: "As expected"
    case .bad: "Not as expected"
    case .neutral: "Result"
    case .warning: "Mind this"
    }
  }
}

/// A column of a ``Table``.
struct Column: Sendable, Equatable, ExpressibleByStringLiteral {
  let title: String
  let isNumeric: Bool
  init(_ title: String, numeric: Bool = false) { (self.title, isNumeric) = (title, numeric) }
  init(stringLiteral title: String) { self.init(title) }
  /// A column of numbers.
  static func number(_ title: String) -> Column { Column(title, numeric: true) }
}

/// A table; the first cell of each row names the row.
struct Table: Sendable, Equatable {
  let caption: String
  let columns: [Column]
  let rows: [[Rich]]

  /// The most rows that a page shows.
  static let rowLimit = 1000
}

/// A name and what it is.
struct Fact: Sendable {
  let term, what: Rich
  init(_ term: Rich, _ what: Rich) { (self.term, self.what) = (term, what) }
}

/// A part of a page, from top to bottom.
indirect enum Block: Sendable {
  case paragraph(Rich)
  /// The answer, or a warning.
  case callout(Tone, Rich)
  /// Names and what they are.
  case facts([Fact])
  /// A picture and the numbers in it.
  case figure(any Drawing, Table)
  case table(Table)
  case list([Rich])
  /// Text for programs, as it is.
  case code(String)
  case heading(String)
  /// What is shown on request.
  case details(Rich, [Block])
}

/// What a page says of one document.
struct Section: Sendable {
  let title: String
  /// The words that its anchor is made of.
  let anchor: String
  let blocks: [Block]
}
