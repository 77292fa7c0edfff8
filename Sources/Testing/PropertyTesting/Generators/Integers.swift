// SPDX-License-Identifier: MIT

extension Generator where Value: FixedWidthInteger & Sendable, Value.Magnitude: Sendable {
  /// Whole numbers of any fixed width in `range`, of all magnitudes, with its ends and repetitions of earlier numbers more often
  /// than by chance.
  ///
  /// They shrink towards `simplest`, by default the number nearest to 0.
  public static func integer(in range: ClosedRange<Value> = Value.min...Value.max, towards simplest: Value = 0)
    -> Generator
  {
    let simplest = Swift.min(Swift.max(simplest, range.lowerBound), range.upperBound)
    if let lower = Int(exactly: range.lowerBound), let upper = Int(exactly: range.upperBound) {
      return Generator<Int>.int(in: lower...upper, towards: Int(simplest)).map { Value(truncatingIfNeeded: $0) }
    }
    return Value.bitWidth <= 64 ? shifted(range, simplest) : wide(range, simplest)
  }

  /// Unsigned numbers beyond the largest `Int`: as many steps above the smallest `Int`.
  private static func shifted(_ range: ClosedRange<Value>, _ simplest: Value) -> Generator {
    func place(_ value: Value) -> Int { Int(bitPattern: UInt(truncatingIfNeeded: value) ^ (1 << 63)) }
    let places = place(range.lowerBound)...place(range.upperBound)
    return Generator<Int>.int(in: places, towards: place(simplest))
      .map { Value(truncatingIfNeeded: UInt(bitPattern: $0) ^ (1 << 63)) }
  }

  /// More than 64 bits: a side of the simplest number and a distance from it, the high bits first.
  private static func wide(_ range: ClosedRange<Value>, _ simplest: Value) -> Generator {
    func distance(_ a: Value, _ b: Value) -> Value.Magnitude {
      a > b ? Value.Magnitude(truncatingIfNeeded: a &- b) : Value.Magnitude(truncatingIfNeeded: b &- a)
    }
    let (below, above) = (distance(simplest, range.lowerBound), distance(range.upperBound, simplest))
    let words = (Value.bitWidth + 63) / 64
    return Generator { tape in
      let isDown = tape.choose(in: (above == 0 ? 1 : 0)...(below == 0 ? 0 : 1), simplest: 0) {
        $0.random.integer(in: 0...1)
      }
      let limit = isDown == 1 ? below : above
      var steps = Value.Magnitude(0)
      for _ in 0..<words {
        // As many words for every magnitude: small numbers are those whose first words are 0. What follows another word is
        // any number, so that the word before it can become 0.
        let isFirst = steps == 0
        let place = tape.choose(in: Int.min...Int.max, simplest: Int.min) { proposal in
          isFirst
            ? proposal.varied(in: Int.min...Int.max, around: Int.min)
            : Int(truncatingIfNeeded: proposal.random.next() | 1 << 63) ^ Int.min
        }
        steps = (steps << 64) | Value.Magnitude(truncatingIfNeeded: UInt(bitPattern: place) ^ (1 << 63))
      }
      let moved = Value(truncatingIfNeeded: Swift.min(steps, limit))
      return isDown == 1 ? simplest &- moved : simplest &+ moved
    }
  }
}
