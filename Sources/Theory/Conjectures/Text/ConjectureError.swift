// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText

/// Why a text is no statement, and where.
public struct ConjectureError: Error, Equatable, CustomStringConvertible {
  /// The rule that the text breaks.
  public enum Rule: String, Sendable {
    /// More text, more parentheses within each other or more digits than are read.
    case size
    /// A character that no statement has.
    case character
    /// A word that is not in the vocabulary.
    case word
    /// Something else was expected at this place.
    case expected
    /// Two quantities whose units differ.
    case units
    /// Something of the wrong kind: a condition for a number, an irrational number for a rational one.
    case kind
    /// A quantifier that cannot be decided: over two variables, or of a body that is no rational function.
    case quantifier
    /// The lines of a file of claims.
    case file
  }

  /// The rule.
  public let rule: Rule
  /// The text, as it was given.
  public let text: String
  /// The place: positions of Unicode scalars in the text, from 0.
  public let place: Range<Int>
  /// What is wrong there, and what to write instead.
  public let message: String

  init(_ rule: Rule, _ text: String, _ place: Range<Int>, _ message: String) {
    (self.rule, self.text, self.place, self.message) = (rule, text, place, message)
  }

  /// The place and the message: "column 12: unknown word "lamda"; did you mean "lambda"?".
  public var description: String { "column \(place.lowerBound + 1): \(message)" }

  /// Two lines: what is around the place, and a caret below it.
  public var excerpt: String {
    let scalars = Array(text.unicodeScalars.prefix(place.upperBound + 200))
    var start = max(0, min(place.lowerBound - 40, scalars.count - 76))
    if place.lowerBound < 60 { start = 0 }
    let end = min(scalars.count, start + 76)
    // One column for each scalar: what a terminal would obey becomes a blank.
    var line = String.UnicodeScalarView()
    for scalar in scalars[min(start, end)..<end] { line.append(scalar.isObeyed ? " " : scalar) }
    let (before, after) = (start > 0 ? "…" : "", end < text.unicodeScalars.count ? "…" : "")
    let width = max(1, min(place.upperBound, end) - place.lowerBound)
    let indent = String(repeating: " ", count: max(0, place.lowerBound - start) + before.count)
    return "  \(before)\(String(line))\(after)\n  \(indent)^\(String(repeating: "~", count: width - 1))"
  }
}
