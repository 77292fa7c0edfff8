// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

// Pieces of text that are written alike wherever they stand.

/// A number with its digits in groups of three: 412,004.
package func grouped(_ number: Int) -> String {
  let digits = Array(String(number.magnitude))
  let grouped = digits.enumerated().flatMap { place, digit -> [Character] in
    place > 0 && (digits.count - place) % 3 == 0 ? [",", digit] : [digit]
  }
  return (number < 0 ? "−" : "") + String(grouped)
}

/// The text with real minus signs.
package func withMinus(_ text: String) -> String { text.replacing("-", with: "−") }

/// A level of confidence in percent: 95 %, 99.9 %.
package func levelText(_ level: Double) -> String { String(format: "%g %%", 100 * level) }

/// A text of a CSV, in quotes where it needs them.
package func quotedField(_ text: String) -> String {
  text.contains { $0 == "," || $0 == "\"" || $0.isNewline } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
}
