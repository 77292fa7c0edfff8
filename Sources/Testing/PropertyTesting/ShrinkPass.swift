// SPDX-License-Identifier: MIT

/// One way of making a failing case simpler, under a name.
///
/// To write another, add a method to ``Shrinker`` and its name to ``Shrinker/passes`` or, if it tries many combinations, to
/// ``Shrinker/costlyPasses``. What a pass has to keep to:
///
/// - It proposes tapes to ``Shrinker/consider(_:)`` and changes nothing itself. What is proposed need not be simpler, nor fit the
///   generator: that is found out, and only what is simpler and fails costs a step.
/// - It is deterministic: no random numbers, and nothing in the order of a set or a dictionary.
/// - It goes through the tape once. After a success it looks at the same place again, since what stands there is new; else it goes on.
///   It does not begin anew until nothing changes: rounds do that, and give every pass its turn.
/// - It ends, also where ``Shrinker/isExhausted``; every success makes the tape simpler, so that only its failures need counting.
/// - The cheap and the large come first: ``Shrinker/largest(_:)`` doubles what succeeds, so that a thousand steps are tried as twenty.
/// - It is about one form that the others do not simplify, and a test has a value that is only made simple by it.
struct ShrinkPass<Value> {
  /// What it does, in words; no other pass is called so.
  let name: String
  let run: (inout Shrinker<Value>) -> Void

  init(_ name: String, _ run: @escaping (inout Shrinker<Value>) -> Void) { (self.name, self.run) = (name, run) }
}

/// What one way of making a case simpler did.
public struct ShrinkPassStatistics: Sendable, Equatable, CustomStringConvertible {
  /// What it does.
  public let name: String
  /// How often it had its turn.
  public internal(set) var calls = 0
  /// How often the property was tried for it.
  public internal(set) var evaluations = 0
  /// How often it made the case simpler.
  public internal(set) var steps = 0
  /// How many choices fewer there were after it.
  public internal(set) var deletions = 0

  init(_ name: String) { self.name = name }

  /// "delete spans: 3 steps in 14 tries of 2 turns, 12 choices fewer".
  public var description: String {
    "\(name): \(steps) steps in \(evaluations) tries of \(calls) turns, \(deletions) choices fewer"
  }
}
