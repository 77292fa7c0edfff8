// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText

/// Why a page cannot be made of a document: the file, the place in it, the rule that is broken.
public struct ReportError: Error, Equatable, CustomStringConvertible {
  /// The file, or what else the document came from.
  public let file: String
  /// Where in it: `line 3, column 7`, or `studies[0].rows`; empty for all of it.
  public let place: String
  /// The rule.
  public let rule: String

  /// An error at `place` of `file`.
  public init(file: String, place: String = "", rule: String) {
    (self.file, self.place, self.rule) = (file, place, rule)
  }

  /// "run.json: studies[0].rows: expected an array, found null".
  public var description: String { printableText(file) + ": " + (place.isEmpty ? "" : place + ": ") + rule }
}
