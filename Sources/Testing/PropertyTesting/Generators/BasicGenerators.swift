// SPDX-License-Identifier: MIT

// MARK: Numbers

extension Generator where Value == Int {
  /// Whole numbers of all magnitudes in `range`, with its ends and repetitions of earlier numbers more often than by chance.
  ///
  /// They shrink towards `simplest`, by default the number nearest to 0.
  public static func int(in range: ClosedRange<Int> = Int.min...Int.max, towards simplest: Int = 0) -> Generator {
    Generator { tape in
      tape.choose(in: range, simplest: simplest) { $0.varied(in: range, around: Choice.clamp(simplest, range)) }
    }
  }

  /// Whole numbers in `range`, each equally likely.
  public static func uniform(in range: ClosedRange<Int>) -> Generator { Generator { $0.integer(in: range) } }
}

extension ChoiceTape.Proposal {
  /// A number whose magnitude is as likely to be small as large.
  mutating func varied(in range: ClosedRange<Int>, around simplest: Int) -> Int {
    switch random.integer(in: 0...15) {
    case 0: return random.integer(in: 0...1) == 0 ? range.lowerBound : range.upperBound
    case 1, 2:
      // Dependences between numbers, such as equality, would hardly ever arise by chance.
      guard let model = earlier.last(where: { _ in random.integer(in: 0...2) == 0 }) ?? earlier.first else { break }
      return model.value &+ random.integer(in: -2...2)
    case 3: return random.integer(in: range)
    default: break
    }
    let width = UInt64(range.upperBound.distanceAsUInt(to: range.lowerBound))
    let bits = random.integer(in: 0...min(64 - width.leadingZeroBitCount, 2 + size * 62 / 100))
    let magnitude = bits == 0 ? 0 : random.next() >> UInt64(64 - bits)
    let steps = Int(truncatingIfNeeded: magnitude & UInt64(Int.max))
    let (up, overflowUp) = simplest.addingReportingOverflow(steps)
    let (down, overflowDown) = simplest.subtractingReportingOverflow(steps)
    let isDown = random.integer(in: 0...1) == 1
    let (value, other) = isDown && !overflowDown || overflowUp ? (down, up) : (up, down)
    return range.contains(value) ? value : other
  }
}

extension Generator where Value == Bool {
  /// False, which is simpler, or true.
  public static var bool: Generator { Generator { $0.integer(in: 0...1) == 1 } }
}

extension Generator where Value == Double {
  /// Finite numbers: whole ones, which are the simplest, then with a fraction of growing denominator 2^k, then any.
  public static var double: Generator {
    Generator { tape in
      // As many choices for each kind, so that the kind alone says what is simpler.
      let kind = tape.choose(in: 0...2, simplest: 0) { $0.random.integer(in: 0...2) }
      let halvings = try Generator<Int>.int(in: 0...(kind == 1 ? 26 : 0))(&tape)
      switch kind {
      case 0: return Double(try Generator<Int>.int(in: -(1 << 53)...(1 << 53))(&tape))
      case 1: return Double(try Generator<Int>.int(in: -(1 << 26)...(1 << 26))(&tape)) / Double(1 << halvings)
      default:
        let value = Double(bitPattern: UInt64(bitPattern: Int64(tape.integer(in: Int.min...Int.max))))
        if !value.isFinite { throw Rejection("not a finite number") }
        return value
      }
    }
  }
}

/// A fraction in lowest terms.
public struct Fraction: Sendable, Hashable {
  /// Any whole number.
  public let numerator: Int
  /// A positive whole number.
  public let denominator: Int
}

extension Generator where Value == Fraction {
  /// Fractions with |numerator| and denominator up to `height`; whole numbers are simpler.
  ///
  /// - Precondition: `height` is positive.
  public static func fraction(height: Int) -> Generator {
    Generator { tape in
      let denominator = try Generator<Int>.int(in: 1...height, towards: 1)(&tape)
      let numerator = try Generator<Int>.int(in: -height...height)(&tape)
      let divisor = greatestCommonDivisor(abs(numerator), denominator)
      return Fraction(numerator: numerator / divisor, denominator: denominator / divisor)
    }
  }
}

private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : greatestCommonDivisor(b, a % b) }

// MARK: Choices and collections

extension Generator where Value: Sendable {
  /// One of `elements`, each equally likely; the first is the simplest.
  ///
  /// - Precondition: `elements` is not empty.
  public static func element(of elements: [Value]) -> Generator {
    precondition(!elements.isEmpty, "an element of something")
    return Generator { elements[$0.integer(in: 0...(elements.count - 1))] }
  }
}

extension Generator {
  /// Arrays of these values whose length is in `count`; short ones are the simplest.
  ///
  /// - Precondition: `count` has no negative number.
  public func array(count: ClosedRange<Int> = 0...100) -> Generator<[Value]> {
    precondition(count.lowerBound >= 0, "a length is not negative")
    if count.count == 1 { return array(count: count.lowerBound) }
    return Generator<[Value]> { tape in
      var values: [Value] = []
      try tape.elements(count) { tape in
        values.append(try self(&tape))
        return true
      }
      return values
    }
  }

  /// Arrays of exactly `count` values.
  ///
  /// - Precondition: `count` is not negative.
  public func array(count: Int) -> Generator<[Value]> {
    precondition(count >= 0, "a length is not negative")
    return Generator<[Value]> { tape in
      try (0..<count).map { _ in try tape.span("element") { try self(&$0) } }
    }.spanned("array")
  }
}

extension ChoiceTape {
  /// Draws elements whose number is in `count`, as an array: `body` draws one, and says whether it counts.
  ///
  /// Whether another follows is drawn before each, even where there is no choice, so that elements look alike and any of them
  /// can be deleted.
  mutating func elements(_ count: ClosedRange<Int>, _ body: (inout ChoiceTape) throws -> Bool) rethrows {
    try span("array") { tape in
      var (made, planned) = (0, Int?.none)
      while true {
        let start = tape.choices.count
        let allowed = (made < count.lowerBound ? 1 : 0)...(made < count.upperBound ? 1 : 0)
        let goesOn = tape.choose(in: allowed, simplest: 0) { proposal in
          let most = min(count.upperBound, count.lowerBound + 2 + proposal.size / 4)
          let length = planned ?? proposal.random.integer(in: count.lowerBound...most)
          planned = length
          return made < length ? 1 : 0
        }
        if goesOn == 0 { return }
        if try tape.span("element", from: start, body) { made += 1 }
      }
    }
  }
}
