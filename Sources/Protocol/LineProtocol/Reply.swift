// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

/// What a program made of one request.
public enum Reply: Sendable, Hashable {
  /// The operation's output.
  case result(JSONValue)
  /// The output holds this in the place of a number: NaN or an infinity, which JSON does not have.
  case notFinite(String)
  /// It does not do this, and why.
  case skipped(String)
  /// It refuses the input, and why.
  case errored(String)
  /// It gave no usable answer: it crashed, hung, or wrote something that is none.
  case broken(String)
  /// It was not asked, and why: the run ended before.
  case notAsked(String)
}
