// SPDX-License-Identifier: MIT

extension Generator where Value: BinaryFloatingPoint & Sendable {
  /// Numbers of any floating-point type: whole ones, which are the simplest, fractions with a denominator 2^k, special values,
  /// and any bit pattern.
  ///
  /// - Parameter isFinite: whether infinities and NaN are left out.
  public static func floatingPoint(isFinite: Bool = true) -> Generator {
    let specials = specialValues.filter { $0.isFinite || !isFinite }
    let whole = 1 << Swift.min(Value.significandBitCount + 1, 53)
    let exponents = Int((Value.infinity as Value).exponentBitPattern) - (isFinite ? 1 : 0)
    return Generator { tape in
      // As many choices for each kind, so that the kind alone says what is simpler.
      let kind = tape.choose(in: 0...3, simplest: 0) { [0, 0, 1, 1, 2, 3][$0.random.integer(in: 0...5)] }
      let first = tape.choose(in: kind == 1 ? 1...8 : 0...(kind == 3 ? 1 : 0), simplest: 0) {
        $0.random.integer(in: 0...8)
      }
      switch kind {
      case 0:
        let value = try Generator<Int>.int(in: -whole...whole)(&tape)
        _ = tape.integer(in: 0...0)
        return Value(value)
      case 1:
        // Odd numerators: these are fractions, whatever they are.
        let limit = 1 << Swift.min(Value.significandBitCount - 1, 25)
        let half = try Generator<Int>.int(in: -limit...(limit - 1))(&tape)
        _ = tape.integer(in: 0...0)
        return Value(2 * half + 1) / Value(1 << first)
      case 2:
        let special = tape.integer(in: 0...(specials.count - 1))
        _ = tape.integer(in: 0...0)
        return specials[special]
      default:
        let exponent = tape.integer(in: 0...exponents)
        let bits = UInt64(bitPattern: Int64(tape.integer(in: 0...Int.max)))
        return Value(
          sign: first == 1 ? .minus : .plus, exponentBitPattern: Value.RawExponent(exponent),
          significandBitPattern: Value.RawSignificand(truncatingIfNeeded: bits))
      }
    }.spanned(ChoiceTape.Span.variant)
  }

  /// Finite numbers in `range`: whole ones, which are the simplest where there are any, fractions, the ends, and any other.
  ///
  /// - Precondition: the ends are finite.
  public static func floatingPoint(in range: ClosedRange<Value>) -> Generator {
    precondition(range.lowerBound.isFinite && range.upperBound.isFinite, "a range of finite numbers")
    let (lower, upper) = (range.lowerBound, range.upperBound)
    let steps = 1 << Swift.min(Value.significandBitCount + 1, 53)
    return Generator { tape in
      let kind = tape.choose(in: 0...3, simplest: 0) { $0.random.integer(in: 0...3) }
      let halvings = tape.choose(in: kind == 1 ? 1...8 : 0...0, simplest: 0) { 1 + $0.random.integer(in: 0...7) }
      let unit = 1 / Value(1 << halvings)
      if kind < 2, let places = multiples(of: unit, lower, upper) {
        return Value(try Generator<Int>.int(in: places)(&tape)) * unit
      }
      if kind == 2 { return tape.integer(in: 0...1) == 0 ? lower : upper }
      let share = Value(tape.integer(in: 0...steps)) / Value(steps)
      // Shares of both ends, as the width may be infinite.
      return Swift.min(Swift.max(lower * (1 - share) + upper * share, lower), upper)
    }.spanned(ChoiceTape.Span.variant)
  }

  /// The whole numbers whose product with `unit` is between the ends and exact.
  private static func multiples(of unit: Value, _ lower: Value, _ upper: Value) -> ClosedRange<Int>? {
    let limit = Value(1 << Swift.min(Value.significandBitCount, 52))
    let first = Swift.max((lower / unit).rounded(.up), -limit)
    let last = Swift.min((upper / unit).rounded(.down), limit)
    return first <= last ? Int(first)...Int(last) : nil
  }

  /// The numbers that programs forget, the milder ones first.
  private static var specialValues: [Value] {
    let one: Value = 1
    let positive: [Value] = [
      one / 3, one.ulp, one.nextUp, one.nextDown, Value.pi, .leastNonzeroMagnitude, .leastNormalMagnitude,
      Value.leastNormalMagnitude.nextDown, .greatestFiniteMagnitude, .infinity,
    ]
    return [-0.0] + positive.flatMap { [$0, -$0] } + [.nan]
  }
}

extension Generator where Value == Float {
  /// Finite numbers, ``floatingPoint(isFinite:)``.
  public static var float: Generator { floatingPoint() }
}
