// SPDX-License-Identifier: GPL-3.0-or-later

/// A reader that gets any bytes: it may refuse them with its typed error, and must never trap, hang or take much memory.
///
/// To add one: a value in the list of the program that has its rooms, and in `run.py` files that it accepts, from which the fuzzer starts. What it accepts it should also show to be
/// understood: written and read again it is the same, or a second path says the same.
public struct Target: Sendable {
  /// Its name on the command line and in `regressions`.
  public let name: String
  /// Reads the bytes.
  public let run: @Sendable ([UInt8]) -> Void

  /// A target.
  public init(name: String, run: @escaping @Sendable ([UInt8]) -> Void) { (self.name, self.run) = (name, run) }
}

/// Reads, and where the input is refused has the reason told: a description can trap too.
public func refusing(_ read: () throws -> Void) {
  do { try read() } catch { require("an error without a word") { !"\(error)".isEmpty } }
}

/// Ends the process, which is a find, unless `test` holds; that it throws is a find too.
public func require(_ rule: String, _ test: () throws -> Bool) {
  do { if try test() { return } } catch { fatalError("\(rule): \(error)") }
  fatalError(rule)
}
