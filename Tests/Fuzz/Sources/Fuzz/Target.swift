// SPDX-License-Identifier: GPL-3.0-or-later

/// A reader that gets any bytes: it may refuse them with its typed error, and must never trap, hang or take much memory.
///
/// To add one: a value in one of the lists, and in `run.py` files that it accepts, from which the fuzzer starts. What it accepts it should also show to be
/// understood: written and read again it is the same, or a second path says the same.
struct Target {
  /// Its name on the command line and in `regressions`.
  let name: String
  /// Reads the bytes.
  let run: @Sendable ([UInt8]) -> Void

  /// All of them.
  static let all = textTargets + theoryTargets + dataTargets + documentTargets
}

/// Reads, and where the input is refused has the reason told: a description can trap too.
func refusing(_ read: () throws -> Void) {
  do { try read() } catch { require("an error without a word") { !"\(error)".isEmpty } }
}

/// Ends the process, which is a find, unless `test` holds; that it throws is a find too.
func require(_ rule: String, _ test: () throws -> Bool) {
  do { if try test() { return } } catch { fatalError("\(rule): \(error)") }
  fatalError(rule)
}
