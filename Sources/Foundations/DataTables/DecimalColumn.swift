// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A column of decimals as whole numbers that share a power of ten, so that exact sums of products are cheap.
///
/// A whole number is below 2¹⁰⁴ in size, that of 31 digits: all 17 digits of Doubles fit, with room for exponents that differ. It is kept
/// as high·2⁵² + low; where all are below 2⁵³, as low alone.
struct DecimalColumn {
  private var low: [Int64]
  /// Empty where it is 0 everywhere.
  private var high: [Int64] = []
  /// The numbers are the whole numbers times 10^−places.
  let places: Int

  /// Nil where a cell is no plain decimal, as ``Decimal`` reads it, or the whole numbers become too large.
  init?(_ cells: [String]) {
    var decimals: [Decimal] = []
    decimals.reserveCapacity(cells.count)
    for cell in cells {
      guard let decimal = Decimal(cell) else { return nil }
      decimals.append(decimal)
    }
    // Negative where all numbers are multiples of a power of ten: no unit makes the whole numbers large.
    let places = decimals.lazy.filter { $0.mantissa != 0 }.map(\.places).max() ?? 0
    low = []
    low.reserveCapacity(cells.count)
    let mask = Int128(1) << 52 - 1
    for decimal in decimals {
      guard let whole = decimal.whole(places: places) else { return nil }
      if high.isEmpty, whole.magnitude < 1 << 53 {
        low.append(Int64(whole))
        continue
      }
      if high.isEmpty {
        // The first long number: the ones before it are split too.
        high = low.map { $0 >> 52 }
        low = low.map { $0 & Int64(mask) }
      }
      high.append(Int64(whole >> 52))
      low.append(Int64(whole & mask))
    }
    self.places = places
  }

  /// Whether all numbers are the same.
  var isConstant: Bool { low.allSatisfy { $0 == low[0] } && high.allSatisfy { $0 == high[0] } }

  /// Whether two rows hold the same number.
  func areEqual(_ row: Int, _ other: Int) -> Bool {
    low[row] == low[other] && (high.isEmpty || high[row] == high[other])
  }

  /// The sum of the whole numbers.
  var sum: Rational { DecimalColumn.sum(low) + DecimalColumn.unit * DecimalColumn.sum(high) }

  /// The sum of the products of the whole numbers of two columns of one length.
  func dot(_ other: DecimalColumn) -> Rational {
    let unit = DecimalColumn.unit
    var total = DecimalColumn.dot(low, other.low)
    if !high.isEmpty { total += unit * DecimalColumn.dot(high, other.low) }
    if !other.high.isEmpty { total += unit * DecimalColumn.dot(low, other.high) }
    if !high.isEmpty, !other.high.isEmpty { total += unit * unit * DecimalColumn.dot(high, other.high) }
    return total
  }

  /// The whole numbers less one that is near their mean, exactly.
  func centred() -> [Int128] {
    func whole(_ row: Int) -> Int128 { high.isEmpty ? Int128(low[row]) : Int128(high[row]) << 52 + Int128(low[row]) }
    guard !low.isEmpty else { return [] }
    let first = whole(0)
    // Differences from the first are summed, since whole numbers of 104 bits are.
    var sum = Int128(0)
    for row in low.indices {
      let (next, overflow) = sum.addingReportingOverflow(whole(row) - first)
      // Millions of rows of 31 digits: any other constant will do.
      if overflow { return low.indices.map { whole($0) - first } }
      sum = next
    }
    let mean = first + sum / Int128(low.count)
    return low.indices.map { whole($0) - mean }
  }

  private static let unit = Rational(Int128(1) << 52)

  private static func sum(_ values: [Int64]) -> Rational { Rational(values.reduce(Int128(0)) { $0 + Int128($1) }) }

  private static func dot(_ a: [Int64], _ b: [Int64]) -> Rational {
    var total = Rational(0)
    // 2²⁰ products of at most 2¹⁰⁶ fit 128 bits.
    for start in stride(from: 0, to: a.count, by: 1 << 20) {
      var sum = Int128(0)
      for row in start..<min(start + (1 << 20), a.count) { sum &+= Int128(a[row]) &* Int128(b[row]) }
      total += Rational(sum)
    }
    return total
  }
}

/// A number written as digits, with at most one point among them, and perhaps a sign and a decimal exponent.
struct Decimal {
  /// The digits as a whole number, and how many of them are behind the point: negative for zeros before it.
  let mantissa: Int128
  let places: Int

  /// The most digits, which fit 2¹⁰⁴ whatever they are.
  private static let mostDigits = 31
  private static let powersOfTen = (0...mostDigits).map { power in (0..<power).reduce(Int128(1)) { ten, _ in 10 * ten }
  }

  /// Nil for anything else, be it another number, such as a fraction, or none.
  init?(_ text: String) {
    var text = text
    guard let number = text.withUTF8({ Decimal($0) }) else { return nil }
    self = number
  }

  private init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var position = 0
    /// Skips the byte if it is next.
    func take(_ byte: UInt8) -> Bool {
      guard position < bytes.count, bytes[position] == byte else { return false }
      position += 1
      return true
    }
    var mantissa = Int128(0)
    /// Reads digits into `number`; how many.
    func digits(_ number: inout Int128) -> Int {
      let start = position
      while position < bytes.count, position - start <= Decimal.mostDigits, bytes[position] &- 0x30 < 10 {
        number = 10 &* number &+ Int128(bytes[position] &- 0x30)
        position += 1
      }
      return position - start
    }
    let isNegative = take(UInt8(ascii: "-"))
    let before = digits(&mantissa)
    var behind = 0
    if take(UInt8(ascii: ".")) {
      behind = digits(&mantissa)
      if behind == 0 { return nil }
    }
    guard before > 0, before + behind <= Decimal.mostDigits else { return nil }
    var exponent = Int128(0)
    var exponentIsNegative = false
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      exponentIsNegative = take(UInt8(ascii: "-"))
      if !exponentIsNegative { _ = take(UInt8(ascii: "+")) }
      guard (1...3).contains(digits(&exponent)) else { return nil }
    }
    guard position == bytes.count else { return nil }
    self.mantissa = isNegative ? -mantissa : mantissa
    places = behind - (exponentIsNegative ? -Int(exponent) : Int(exponent))
  }

  /// The number times 10^`places`, where that is a whole number below 2¹⁰⁴ in size.
  func whole(places wanted: Int) -> Int128? {
    let power = wanted - places
    if mantissa == 0 { return 0 }
    guard power >= 0, power <= Decimal.mostDigits else { return nil }
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: Decimal.powersOfTen[power])
    return overflow || product.magnitude >= 1 << 104 ? nil : product
  }

  /// The nearest Double; nil where that takes more than one rounding.
  var double: Double? {
    // Both whole numbers are exact, so that the quotient is rounded once.
    guard mantissa.magnitude <= 1 << 53, (0...22).contains(places) else { return nil }
    return Double(Int64(mantissa)) / Decimal.doublePowersOfTen[places]
  }

  private static let doublePowersOfTen = (0...22).map { power in (0..<power).reduce(1.0) { ten, _ in 10 * ten } }
}
