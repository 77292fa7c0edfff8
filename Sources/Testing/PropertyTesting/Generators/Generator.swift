// SPDX-License-Identifier: MIT

/// A way to make values from choices.
///
/// A generator is a function of a ``ChoiceTape``. Whatever a value is made of, a dimension and then a matrix of it, say, is on
/// the tape, so it shrinks, mutates and replays without code of its own.
public struct Generator<Value>: Sendable {
  private let make: @Sendable (inout ChoiceTape) throws -> Value

  /// A generator that draws what it needs from the tape.
  ///
  /// It may throw ``Rejection`` where the choices make no value; other errors fail the case.
  public init(_ make: @escaping @Sendable (inout ChoiceTape) throws -> Value) { self.make = make }

  /// Makes a value.
  ///
  /// - Throws: what the generator throws.
  public func callAsFunction(_ tape: inout ChoiceTape) throws -> Value { try make(&tape) }

  /// The value that the choices `values` make; nil where they make none.
  public func value(of values: [Int]) -> Value? {
    var tape = ChoiceTape(values)
    let value = try? make(&tape)
    return tape.isTooLarge ? nil : value
  }
}

/// The choices do not make a case: an assumption does not hold.
///
/// It is neither a pass nor a failure.
public struct Rejection: Error, Hashable, CustomStringConvertible {
  private let reason: any Sendable

  /// A rejection for `reason`.
  public init(_ reason: String) { self.reason = reason }

  /// A rejection since making the value throws `cause`, whose text is made only where someone reads it.
  public init(_ cause: any Error) { reason = (cause as? Rejection)?.reason ?? cause }

  /// Why.
  public var description: String { "\(reason)" }

  /// Whether both say the same.
  public static func == (first: Rejection, second: Rejection) -> Bool { first.description == second.description }

  /// Hashes what it says.
  public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}

// MARK: Combining

extension Generator {
  /// `transform` of each value.
  public func map<Result>(_ transform: @escaping @Sendable (Value) throws -> Result) -> Generator<Result> {
    Generator<Result> { tape in try transform(self(&tape)) }
  }

  /// A value of the generator that `next` makes of each value.
  public func flatMap<Result>(_ next: @escaping @Sendable (Value) throws -> Generator<Result>) -> Generator<Result> {
    Generator<Result> { tape in try next(self(&tape))(&tape) }
  }

  /// Only values with `isIncluded`: after three tries the case is rejected.
  ///
  /// Values that are valid by construction are better.
  public func filter(_ isIncluded: @escaping @Sendable (Value) throws -> Bool) -> Generator {
    Generator { tape in
      for _ in 0..<3 {
        let value = try tape.span("try") { try self(&$0) }
        if try isIncluded(value) { return value }
      }
      throw Rejection("a filter found no value in three tries")
    }
  }

  /// Values of this generator, or nil, which is simpler.
  public var optional: Generator<Value?> {
    Generator<Value?> { tape in
      let isPresent = tape.choose(in: 0...1, simplest: 0) { $0.random.integer(in: 0...3) > 0 ? 1 : 0 }
      // Marked, so that it can be deleted when it is not wanted any more.
      return isPresent == 1 ? try tape.span(ChoiceTape.Span.optional) { try self(&$0) } : nil
    }
  }

  /// Always `value`.
  public static func constant(_ value: Value) -> Generator where Value: Sendable { Generator { _ in value } }

  /// A value of one of `generators`, each equally likely; the first is the simplest.
  ///
  /// - Precondition: there is at least one.
  public static func oneOf(_ generators: Generator...) -> Generator {
    frequency(generators.map { (1, $0) })
  }

  /// A value of one of `generators`, each as likely as its weight says; the first is the simplest.
  ///
  /// - Precondition: there is at least one, and the weights are positive.
  public static func frequency(_ generators: [(weight: Int, generator: Generator)]) -> Generator {
    precondition(!generators.isEmpty && generators.allSatisfy { $0.weight > 0 }, "generators of positive weight")
    let total = generators.map(\.weight).reduce(0, +)
    return Generator { tape in
      let pick = tape.choose(in: 0...(generators.count - 1), simplest: 0) { proposal in
        var rest = proposal.random.integer(in: 0...(total - 1))
        return generators.firstIndex { generator in
          rest -= generator.weight
          return rest < 0
        } ?? 0
      }
      return try generators[pick].generator(&tape)
    }
  }

  /// Values that hold values of their own kind, at most `depth` deep: `leaf`, or what `node` makes of the generator of the parts.
  public static func recursive(
    depth: Int = 5, leaf: Generator, node: @escaping @Sendable (Generator) -> Generator
  ) -> Generator {
    // The label lets a part take the place of the whole.
    var level = leaf.spanned("node")
    for _ in 0..<depth { level = Generator.frequency([(1, leaf), (1, node(level))]).spanned("node") }
    return level
  }

  /// The same values, each marked on the tape as one value of kind `label`.
  public func spanned(_ label: String) -> Generator {
    Generator { tape in try tape.span(label) { try self(&$0) } }
  }

  /// Two values.
  public static func pair<A, B>(_ a: Generator<A>, _ b: Generator<B>) -> Generator where Value == (A, B) {
    Generator { tape in (try a(&tape), try b(&tape)) }
  }

  /// Several values, one of each generator.
  public static func zip<each Part>(_ parts: repeat Generator<each Part>) -> Generator
  where Value == (repeat each Part) {
    Generator { tape in (repeat try (each parts)(&tape)) }
  }
}
