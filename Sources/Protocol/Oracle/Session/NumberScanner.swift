// SPDX-License-Identifier: GPL-3.0-or-later
extension RequestScanner {
  /// A JSON number, or an exact string: a decimal or p/q.
  mutating func scanNumber() -> Bool {
    let isString = next < end && next[0] == 0x22
    if isString { next += 1 }
    guard let number = scanDecimal() else { return false }
    var denominator: Int64 = 1
    if isString {
      if next < end, next[0] == 0x2F, number.exponent == 0 {
        next += 1
        guard let divisor = scanDecimal(), divisor.exponent == 0, divisor.mantissa > 0 else { return false }
        denominator = divisor.mantissa
      }
      guard next < end, next[0] == 0x22 else { return false }
      next += 1
    }
    return numbers.append(number.mantissa, exponent: number.exponent, denominator: denominator)
  }

  private mutating func scanDecimal() -> (mantissa: Int64, exponent: Int)? {
    let isNegative = next < end && next[0] == 0x2D
    if isNegative { next += 1 }
    let start = next
    var (mantissa, digits, exponent) = (Int64(0), 0, 0)
    func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    while next < end, isDigit(next[0]) {
      mantissa = mantissa &* 10 &+ Int64(next[0] &- 0x30)
      if mantissa != 0 { digits += 1 }
      next += 1
    }
    guard next > start, next - start == 1 || start[0] != 0x30 else { return nil }
    if next < end, next[0] == 0x2E {
      next += 1
      let point = next
      while next < end, isDigit(next[0]) {
        mantissa = mantissa &* 10 &+ Int64(next[0] &- 0x30)
        if mantissa != 0 { digits += 1 }
        next += 1
      }
      exponent = point - next
      guard exponent < 0 else { return nil }
    }
    guard digits <= 18 else { return nil }
    if next < end, next[0] == 0x65 || next[0] == 0x45 {
      next += 1
      let isBelow = next < end && next[0] == 0x2D
      if next < end, next[0] == 0x2D || next[0] == 0x2B { next += 1 }
      var (power, count) = (0, 0)
      while next < end, isDigit(next[0]), count < 4 {
        power = 10 * power + Int(next[0] &- 0x30)
        count += 1
        next += 1
      }
      guard count > 0, count < 4 else { return nil }
      exponent += isBelow ? -power : power
    }
    return (isNegative ? -mantissa : mantissa, exponent)
  }
}
