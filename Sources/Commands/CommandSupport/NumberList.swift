// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// Reads a list of exact numbers separated by commas.
package func parseList(_ text: String, option: String) throws -> [Rational] {
  try text.split(separator: ",", omittingEmptySubsequences: false).map { item in
    do { return try Rational(parsing: String(item)) } catch { throw UserError("\(option): \(error)") }
  }
}

/// Reads a list of whole numbers separated by commas, written in any way that is exact.
package func parseWholeList(_ text: String, option: String, what: String) throws -> [Int] {
  try parseList(text, option: option).map { value in
    guard let number = value.asInt else { throw UserError("\(option) \(value): \(what) is a whole number") }
    return number
  }
}

/// λ as it was typed.
///
/// - Throws: ``UserError`` where it is no number.
package func parseWeight(_ text: String) throws(UserError) -> Rational {
  do { return try Rational(parsing: text) } catch { throw UserError("--lambda: \(error)") }
}
