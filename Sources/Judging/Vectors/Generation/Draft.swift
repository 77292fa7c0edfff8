// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

/// A vector before it has an answer and a name.
struct Draft {
  var comment: String
  var flags: [Flag]
  var catches: String
  /// For programs that compute exactly only; its numbers are strings.
  var isExactOnly = false
  /// A tie that plain double arithmetic decides in any order: only powers of two and zeros meet.
  var isSafeTie = false
  var input: JSONValue
  /// Its answer, where that is known already.
  var assessment: Assessment?
}
