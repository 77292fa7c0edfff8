import ExactAlgebra

/// A column of short decimals as whole numbers that share a power of ten, so that exact sums of products are cheap.
struct DecimalColumn {
  /// The numbers times 10^``places``, each below 2⁵³ in size.
  private(set) var mantissas: [Int64] = []
  private(set) var places = 0

  /// Digits that fit 2⁵³ whatever they are.
  private static let mostDigits = 15

  /// Nil where a cell is anything but an optional minus, digits, and at most one point among them, or is too long.
  init?(_ cells: [String]) {
    mantissas.reserveCapacity(cells.count)
    var cellPlaces: [Int] = []
    cellPlaces.reserveCapacity(cells.count)
    for cell in cells {
      guard let (mantissa, places) = DecimalColumn.parse(cell) else { return nil }
      mantissas.append(mantissa)
      cellPlaces.append(places)
    }
    places = cellPlaces.max() ?? 0
    for index in mantissas.indices where cellPlaces[index] < places {
      for _ in cellPlaces[index]..<places {
        mantissas[index] *= 10
        if mantissas[index].magnitude >= 1 << 53 { return nil }
      }
    }
  }

  private static func parse(_ cell: String) -> (mantissa: Int64, places: Int)? {
    var (mantissa, digits, point, position) = (Int64(0), 0, -1, 0)
    var isNegative = false
    for byte in cell.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        mantissa = 10 * mantissa + Int64(byte - UInt8(ascii: "0"))
        digits += 1
        if digits > mostDigits { return nil }
      case UInt8(ascii: "-") where position == 0: isNegative = true
      case UInt8(ascii: ".") where point < 0 && digits > 0: point = digits
      default: return nil
      }
      position += 1
    }
    guard digits > 0, point != digits else { return nil }
    return (isNegative ? -mantissa : mantissa, point < 0 ? 0 : digits - point)
  }

  /// The numbers to the nearest Double: both whole numbers of the fraction are exact.
  var doubles: [Double] {
    let scale = (0..<places).reduce(1.0) { power, _ in 10 * power }
    return mantissas.map { Double($0) / scale }
  }

  /// Whether all numbers are the same.
  var isConstant: Bool { mantissas.allSatisfy { $0 == mantissas[0] } }

  /// The sum of the whole numbers.
  var sum: Rational { Rational(mantissas.reduce(Int128(0)) { $0 + Int128($1) }) }

  /// The sum of the products of the whole numbers of two columns of one length.
  func dot(_ other: DecimalColumn) -> Rational {
    var total = Rational(0)
    // 2²⁰ products below 2¹⁰⁶ fit 128 bits.
    for start in stride(from: 0, to: mantissas.count, by: 1 << 20) {
      var sum = Int128(0)
      for row in start..<min(start + (1 << 20), mantissas.count) {
        sum &+= Int128(mantissas[row]) &* Int128(other.mantissas[row])
      }
      total += Rational(sum)
    }
    return total
  }
}
