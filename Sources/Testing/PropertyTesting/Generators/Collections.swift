// SPDX-License-Identifier: MIT

extension Generator where Value: Hashable & Sendable {
  /// Arrays of different values whose length is in `count`; short ones are the simplest.
  ///
  /// - Precondition: `count` has no negative number.
  public func uniqueArray(count: ClosedRange<Int> = 0...30) -> Generator<[Value]> {
    uniqueArray(by: { $0 }, count: count)
  }

  /// Sets of these values whose size is in `count`; small ones are the simplest.
  ///
  /// - Precondition: `count` has no negative number.
  public func set(count: ClosedRange<Int> = 0...30) -> Generator<Set<Value>> {
    uniqueArray(count: count).map { Set($0) }
  }
}

extension Generator {
  /// Arrays of values with different keys; short ones are the simplest.
  ///
  /// A value with a key that is there is drawn again, and the case is rejected where too few can be found.
  ///
  /// - Precondition: `count` has no negative number.
  public func uniqueArray<Key: Hashable & Sendable>(
    by key: @escaping @Sendable (Value) -> Key, count: ClosedRange<Int> = 0...30
  )
    -> Generator<[Value]>
  {
    precondition(count.lowerBound >= 0, "a length is not negative")
    return Generator<[Value]> { tape in
      var (values, keys, repeated) = ([Value](), Set<Key>(), 0)
      try tape.elements(count) { tape in
        let value = try self(&tape)
        if keys.insert(key(value)).inserted {
          values.append(value)
          repeated = 0
          return true
        }
        repeated += 1
        if tape.isTooLarge || repeated > 100 {
          throw Rejection("only \(values.count) different values were found, and \(count.lowerBound) are needed")
        }
        // What cannot be made unique need not be long.
        return repeated > 20 && values.count >= count.lowerBound
      }
      return values
    }
  }

  /// Dictionaries of these values under different `keys`; small ones are the simplest.
  ///
  /// - Precondition: `count` has no negative number.
  public func dictionary<Key: Hashable & Sendable>(keys: Generator<Key>, count: ClosedRange<Int> = 0...30) -> Generator<
    [Key: Value]
  > {
    Generator<(Key, Value)>.pair(keys, self).uniqueArray(by: \.0, count: count)
      .map { Dictionary(uniqueKeysWithValues: $0) }
  }

  /// The elements of `elements` in any order; the order given is the simplest.
  public static func permutation<Element: Sendable>(of elements: [Element]) -> Generator where Value == [Element] {
    Generator { tape in
      // Each is put so many places before the end of those before it.
      try elements.enumerated().reduce(into: []) { order, next in
        let steps = try Generator<Int>.uniform(in: 0...next.offset)(&tape)
        order.insert(next.element, at: order.count - steps)
      }
    }
  }

  /// Some of `elements`, in their order; the fewer, the simpler.
  public static func subset<Element: Sendable>(of elements: [Element]) -> Generator where Value == [Element] {
    Generator { tape in elements.filter { _ in tape.integer(in: 0...1) == 1 } }
  }

  /// Ranges between two of the values of `bounds`, the lower one first; those without a length are the simplest.
  public static func range<Bound: Comparable & Sendable>(of bounds: Generator<Bound>) -> Generator
  where Value == Range<Bound> {
    Generator<(Bound, Bound)>.pair(bounds, bounds).map { Swift.min($0, $1)..<Swift.max($0, $1) }
  }

  /// Closed ranges between two of the values of `bounds`, the lower one first.
  public static func closedRange<Bound: Comparable & Sendable>(of bounds: Generator<Bound>) -> Generator
  where Value == ClosedRange<Bound> {
    Generator<(Bound, Bound)>.pair(bounds, bounds).map { Swift.min($0, $1)...Swift.max($0, $1) }
  }
}

extension Generator where Value: CaseIterable & Sendable {
  /// One of the cases, each equally likely; the first is the simplest.
  ///
  /// - Precondition: there is one.
  public static var allCases: Generator { element(of: Array(Value.allCases)) }
}

extension Generator where Value: OptionSet & Sendable, Value.Element == Value {
  /// Unions of some of `options`; none is the simplest.
  public static func options(_ options: [Value]) -> Generator {
    Generator<[Value]>.subset(of: options).map { Value($0) }
  }
}
