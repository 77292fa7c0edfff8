// SPDX-License-Identifier: MIT

import PropertyTesting
import Testing

/// Checks, inside a `@Test`, that `holds` is as wished for every value of `generator`.
///
/// `holds` reports a failure by returning false, by throwing, or as tests always do, by `#expect`, `#require` and
/// `Issue.record`; where it returns something else than a `Bool`, only these count. A failure is recorded once, for the simplest value that was found: its own issues, with the value, the
/// notes and the line that replays it. What the search tries before is quiet. What deserves attention, such as many rejected
/// cases, is recorded as a warning. A trap ends the test process: Swift cannot catch it.
///
/// The settings are those given; without them those of the ``CheckTrait`` of the test or its suite. The environment
/// variables `CCH_CASES` and `CCH_SEED` override both, for deeper runs. Failures are kept in a folder of the test, in
/// `.build/property-examples` or where `CCH_EXAMPLES` says ("off": nowhere), and tried first in the next run.
///
/// - Parameters:
///   - replay: the line of an earlier failure: only that case is run.
/// - Returns: what was found.
@discardableResult
public func forAll<Value, Outcome>(
  _ generator: Generator<Value>, settings: CheckSettings? = nil, replay: String? = nil,
  sourceLocation: SourceLocation = #_sourceLocation, holds: @escaping @Sendable (Value, inout Trial) throws -> Outcome
) async -> CheckReport<Value> {
  await PropertyTest(generator, settings, replay, sourceLocation).run { value, trial in
    isTrue(try holds(value, &trial))
  }
}

/// The same for a property that classifies nothing.
@discardableResult
public func forAll<Value, Outcome>(
  _ generator: Generator<Value>, settings: CheckSettings? = nil, replay: String? = nil,
  sourceLocation: SourceLocation = #_sourceLocation, holds: @escaping @Sendable (Value) throws -> Outcome
) async -> CheckReport<Value> {
  await PropertyTest(generator, settings, replay, sourceLocation).run { value, _ in
    isTrue(try holds(value))
  }
}

/// The same for several arguments, with a generator each.
@_disfavoredOverload
@discardableResult
public func forAll<each Value, Outcome>(
  _ generators: repeat Generator<each Value>, settings: CheckSettings? = nil, replay: String? = nil,
  sourceLocation: SourceLocation = #_sourceLocation, holds: @escaping @Sendable (repeat each Value) throws -> Outcome
) async -> CheckReport<(repeat each Value)> {
  await PropertyTest(.zip(repeat each generators), settings, replay, sourceLocation).run { value, _ in
    isTrue(try holds(repeat each value))
  }
}

/// The same for a property that waits: it runs in the test's task and on its actor, one case after the other.
@discardableResult
public func forAll<Value, Outcome>(
  _ generator: Generator<Value>, settings: CheckSettings? = nil, replay: String? = nil,
  sourceLocation: SourceLocation = #_sourceLocation, isolation: isolated (any Actor)? = #isolation,
  holds: @escaping (Value) async throws -> Outcome
) async -> CheckReport<Value> {
  await PropertyTest(generator, settings, replay, sourceLocation).runWaiting { value, _ in
    isTrue(try await holds(value))
  }
}

/// The same for a property that waits, and labels, notes or scores its cases.
@discardableResult
public func forAll<Value, Outcome>(
  _ generator: Generator<Value>, settings: CheckSettings? = nil, replay: String? = nil,
  sourceLocation: SourceLocation = #_sourceLocation, isolation: isolated (any Actor)? = #isolation,
  holds: @escaping (Value, inout Trial) async throws -> Outcome
) async -> CheckReport<Value> {
  await PropertyTest(generator, settings, replay, sourceLocation).runWaiting { value, trial in
    isTrue(try await holds(value, &trial))
  }
}

/// The same for several arguments, with a generator each, and a property that waits.
@_disfavoredOverload
@discardableResult
public func forAll<each Value, Outcome>(
  _ generators: repeat Generator<each Value>, settings: CheckSettings? = nil, replay: String? = nil,
  sourceLocation: SourceLocation = #_sourceLocation, isolation: isolated (any Actor)? = #isolation,
  holds: @escaping (repeat each Value) async throws -> Outcome
) async -> CheckReport<(repeat each Value)> {
  await PropertyTest(.zip(repeat each generators), settings, replay, sourceLocation).runWaiting { value, _ in
    isTrue(try await holds(repeat each value))
  }
}

/// Only a `Bool` says by itself whether a property holds.
private func isTrue<Outcome>(_ outcome: Outcome) -> Bool { outcome as? Bool ?? true }
