// SPDX-License-Identifier: MIT

import SeededRuns
import Synchronization

/// A pure function made at random: the same argument always gives the same result.
///
/// It prints as the calls that were made of it: so a counterexample shows what matters.
public struct PureFunction<Argument, Result: Sendable>: Sendable, CustomStringConvertible {
  private final class Calls: Sendable {
    let known = Mutex<[String: String]>([:])
  }

  private let results: [Result]
  private let salt: UInt64
  private let calls = Calls()

  init(_ results: [Result], salt: Int) { (self.results, self.salt) = (results, UInt64(salt)) }

  /// The result for `argument`; arguments that read the same are the same.
  public func callAsFunction(_ argument: Argument) -> Result {
    let text = String(describing: argument)
    var hash = fingerprint(of: text, salt: salt &* 0x9E37_79B9_7F4A_7C15)
    hash ^= hash >> 32
    let result = results[Int(hash % UInt64(results.count))]
    calls.known.withLock { $0[text] = String(describing: result) }
    return result
  }

  /// The calls so far, "[1 → 5, 2 → 0]", or "always 5" for a constant.
  public var description: String {
    if results.count == 1 { return "always \(results[0])" }
    let known = calls.known.withLock { $0 }.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }
    return "[" + known.map { "\($0) → \($1)" }.joined(separator: ", ") + "]"
  }
}

extension Generator {
  /// Functions whose results are values of `results`, at most `count` different draws of them; constants are the simplest.
  ///
  /// - Precondition: `count` is positive.
  public static func function<Argument, Result: Sendable>(
    from argument: Argument.Type = Argument.self, to results: Generator<Result>, count: Int = 8
  ) -> Generator where Value == PureFunction<Argument, Result> {
    Generator { tape in
      let table = try results.array(count: 1...count)(&tape)
      // Another table for the same results, where the arguments in question share one.
      let salt = table.count == 1 ? 0 : tape.integer(in: 0...255)
      return PureFunction(table, salt: salt)
    }
  }
}
