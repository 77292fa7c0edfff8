// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText

/// Text broken at blanks into lines of at most 80 columns, each ended by a newline.
package func wrapped(_ text: String, indent: String = "", hanging: String? = nil) -> String {
  PlainText.wrapped(text, width: 80, indent: indent, hanging: hanging).map { $0 + "\n" }.joined()
}

extension StandardOutput {
  /// Writes text for people: a terminal would break long lines anywhere, within numbers too, so they are broken at blanks there.
  ///
  /// - Throws: as ``write(_:)-(String)``.
  package static func write(forPeople text: String) throws {
    try write(isTerminal ? PlainText.fitted(text, width: columns, plain: Palette.plain) : text)
  }
}
