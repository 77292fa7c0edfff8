// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A fraction as a term of type Q.
package func coq(_ value: Rational) -> String {
  let text = value.description.split(separator: "/")
  let numerator = value.signum < 0 ? "(\(text[0]))" : "\(text[0])"
  return text.count == 1 ? "wholeQ \(numerator)" : "Qmake \(numerator) \(text[1])"
}

/// A matrix as a list of rows, each entry as `entry` writes it.
package func coq(_ matrix: RationalMatrix, entry: (Rational) -> String = { coq($0) }) -> String {
  let rows = matrix.values.map { row in "[:: " + row.map(entry).joined(separator: "; ") + "]" }
  return "[:: " + rows.joined(separator: ";\n      ") + "]"
}
