// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText

/// The line of an error: at most 500 bytes, and none of them a control character.
package func errorLine(_ message: String) -> String { "error: \(printableText(message, limit: 492))\n" }

/// What is wrong with the usage or the input: the file or option, the rule that it breaks, what to do.
///
/// Exit status 2.
package struct UserError: Error, CustomStringConvertible {
  package let description: String
  /// Lines that show the place in a text, below the line of the error.
  private(set) var excerpt: String?

  package init(_ description: String) { self.description = description }

  /// What is wrong with a text, and where in it.
  package init(_ description: String, excerpt: String?) { (self.description, self.excerpt) = (description, excerpt) }

  package init(file: String, _ error: any Error) { self.init(file: file, "\(error)") }

  package init(file: String, _ message: String) {
    self.init("\(file == "-" ? "standard input" : shortened(printableText(file), atMost: 200)): \(message)")
  }
}
