// SPDX-License-Identifier: MIT

/// Seeded random choices: case `index` of `seed` makes the same choices on every machine and thread.
///
/// SplitMix64 (Steele, Lea & Flood 2014) from a start that mixes the seed with the index of the case.
public struct RandomSource: ChoiceSource, RandomNumberGenerator, Sendable {
  /// What the next bits are made of.
  package private(set) var state: UInt64

  /// A source that goes on where another one was.
  package init(state: UInt64) { self.state = state }

  /// The choices of case `index` under `seed`.
  public init(seed: UInt64, index: UInt64) {
    state = RandomSource.mixed(seed) ^ RandomSource.mixed(index &+ 0x9E37_79B9_7F4A_7C15)
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return RandomSource.mixed(state)
  }

  /// A uniform number in `range`: Lemire's multiplication (2019), with the rejection that makes it exactly uniform.
  public mutating func integer(in range: ClosedRange<Int>) -> Int {
    let span = UInt64(bitPattern: Int64(range.upperBound &- range.lowerBound)) &+ 1
    guard span != 0 else { return Int(bitPattern: UInt(next())) }
    let threshold = (0 &- span) % span
    while true {
      let (high, low) = next().multipliedFullWidth(by: span)
      if low >= threshold { return range.lowerBound &+ Int(truncatingIfNeeded: high) }
    }
  }

  /// 64 bits that tell lists of numbers apart, the same on every machine; two different lists share them by chance alone.
  package static func digest(of values: [Int]) -> UInt64 {
    values.reduce(UInt64(values.count)) { mixed($0 ^ UInt64(truncatingIfNeeded: $1)) &+ 0x9E37_79B9_7F4A_7C15 }
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
