// SPDX-License-Identifier: MIT

import Foundation

/// A type with a generator of its own: what is drawn where none is named.
public protocol Generatable: Sendable {
  /// All values of the type, the simplest ones first.
  static var generator: Generator<Self> { get }
}

extension Generator where Value: Generatable {
  /// The values of a type's own generator.
  public static func any(_ type: Value.Type = Value.self) -> Generator { Value.generator }
}

extension Generatable where Self: FixedWidthInteger & Sendable, Self.Magnitude: Sendable {
  /// Whole numbers of all magnitudes.
  public static var generator: Generator<Self> { .integer() }
}

extension Generatable where Self: BinaryFloatingPoint & Sendable {
  /// All numbers, infinities and NaN among them.
  public static var generator: Generator<Self> { .floatingPoint(isFinite: false) }
}

extension Generatable where Self: CaseIterable & Sendable {
  /// All cases.
  public static var generator: Generator<Self> { .allCases }
}

extension Int128: Generatable {}
extension UInt128: Generatable {}
#if !(os(macOS) && arch(x86_64))
  extension Float16: Generatable {}
#endif
extension Int: Generatable {}
extension Int8: Generatable {}
extension Int16: Generatable {}
extension Int32: Generatable {}
extension Int64: Generatable {}
extension UInt: Generatable {}
extension UInt8: Generatable {}
extension UInt16: Generatable {}
extension UInt32: Generatable {}
extension UInt64: Generatable {}
extension Float: Generatable {}
extension Double: Generatable {}

extension Bool: Generatable {
  /// False or true.
  public static var generator: Generator<Bool> { .bool }
}

extension Character: Generatable {
  /// Any character.
  public static var generator: Generator<Character> { .character }
}

extension Unicode.Scalar: Generatable {
  /// Any Unicode scalar.
  public static var generator: Generator<Unicode.Scalar> { .unicodeScalar }
}

extension String: Generatable {
  /// Strings of any characters.
  public static var generator: Generator<String> { .string() }
}

extension Data: Generatable {
  /// Any bytes.
  public static var generator: Generator<Data> { .data() }
}

extension Date: Generatable {
  /// Instants from year 1 to 9999.
  public static var generator: Generator<Date> { .date() }
}

extension Duration: Generatable {
  /// Durations up to a year either way.
  public static var generator: Generator<Duration> { .duration() }
}

extension UUID: Generatable {
  /// Any 128 bits.
  public static var generator: Generator<UUID> { .uuid }
}

extension URL: Generatable {
  /// Addresses with all parts.
  public static var generator: Generator<URL> { .url }
}

extension Optional: Generatable where Wrapped: Generatable {
  /// Nothing, or a value.
  public static var generator: Generator<Wrapped?> { Wrapped.generator.optional }
}

extension Range: Generatable where Bound: Generatable {
  /// Ranges between any two values.
  public static var generator: Generator<Range<Bound>> { .range(of: Bound.generator) }
}

extension ClosedRange: Generatable where Bound: Generatable {
  /// Closed ranges between any two values.
  public static var generator: Generator<ClosedRange<Bound>> { .closedRange(of: Bound.generator) }
}

extension Array: Generatable where Element: Generatable {
  /// Arrays of any values.
  public static var generator: Generator<[Element]> { Element.generator.array() }
}

extension Set: Generatable where Element: Generatable {
  /// Sets of any values.
  public static var generator: Generator<Set<Element>> { Element.generator.set() }
}

extension Dictionary: Generatable where Key: Generatable, Value: Generatable {
  /// Dictionaries of any keys and values.
  public static var generator: Generator<[Key: Value]> { Value.generator.dictionary(keys: Key.generator) }
}
