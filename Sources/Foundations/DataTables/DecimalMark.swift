// SPDX-License-Identifier: GPL-3.0-or-later
/// What stands before the decimals of a number.
public enum DecimalMark: String, Sendable, CaseIterable {
  /// As in 0.5.
  case point
  /// As in 0,5.
  case comma
}

/// How the numbers of a column are written, told from all its cells.
///
/// "1,234" may be 1.234 or 1234; so it is read only beside cells that tell which, such as "0,5" or "12,75".
struct NumberStyle {
  /// The first cells whose mark decides nothing, as in "1,234" and "1.234".
  private var unclearComma: Int?, unclearPoint: Int?
  /// The first cells whose mark can only be the decimal one.
  private(set) var comma: Int?, point: Int?
  /// The first cell with a comma and other marks, as "1.234,5".
  private var several: Int?
  /// Whether all cells so far are numbers or say that one is missing.
  private(set) var isNumeric = true

  /// Takes one more cell into account.
  mutating func add(_ cell: String, row: Int) {
    switch NumberStyle.kind(cell) {
    case .plain: break
    case .text: isNumeric = isNumeric && MissingWord.isOne(cell)
    case .several: several = several ?? row
    case .clear(.comma): comma = comma ?? row
    case .clear(.point): point = point ?? row
    case .unclear(.comma): unclearComma = unclearComma ?? row
    case .unclear(.point): unclearPoint = unclearPoint ?? row
    }
  }

  private enum Kind { case plain, text, several, clear(DecimalMark), unclear(DecimalMark) }

  private static func kind(_ cell: String) -> Kind {
    var mantissa = Array(cell.utf8)
    if mantissa.first == UInt8(ascii: "-") || mantissa.first == UInt8(ascii: "+") { mantissa.removeFirst() }
    if let mark = mantissa.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
      let exponent = mantissa[(mark + 1)...].drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
      guard !exponent.isEmpty, exponent.allSatisfy(isDigit) else { return .text }
      mantissa.removeSubrange(mark...)
    }
    let marks = mantissa.indices.filter { mantissa[$0] == .comma || mantissa[$0] == UInt8(ascii: ".") }
    guard mantissa.contains(where: isDigit),
      mantissa.indices.allSatisfy({ isDigit(mantissa[$0]) || marks.contains($0) })
    else { return .text }
    guard let mark = marks.first else { return .plain }
    if marks.count > 1 { return mantissa.contains(.comma) ? .several : .text }
    let kind: DecimalMark = mantissa[mark] == .comma ? .comma : .point
    // Thousands are set off as in 1,234 and 123,456: never after a leading 0, never with an exponent after them.
    let (before, after) = (mantissa[..<mark], mantissa[(mark + 1)...])
    let mayBeThousands = after.count == 3 && (1...3).contains(before.count) && before.first != UInt8(ascii: "0")
    return mayBeThousands ? .unclear(kind) : .clear(kind)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  /// The decimal mark of the column; nil where it is the point and no cell has a comma.
  ///
  /// - Parameter file: the mark that other columns of the file show.
  /// - Returns: the mark, or the row that it cannot be told for, with the reason.
  func mark(file: DecimalMark) -> Result<DecimalMark, Doubt> {
    func doubt(_ row: Int, _ reason: String) -> Result<DecimalMark, Doubt> { .failure(Doubt(row: row, reason: reason)) }
    if let several { return doubt(several, "marks of thousands are not read; leave them out") }
    if let comma, let point {
      return doubt(max(comma, point), "the column has decimal commas and decimal points; write one of them")
    }
    if let unclearPoint, comma != nil || point == nil && file == .comma {
      return doubt(unclearPoint, "beside decimal commas a point may set off thousands; leave it out")
    }
    if let unclearComma, point != nil || unclearPoint != nil {
      return doubt(unclearComma, "beside decimal points a comma may set off thousands; leave it out")
    }
    if let unclearComma, comma == nil, file != .comma {
      return doubt(
        unclearComma,
        "it may be a decimal number or set off thousands, and no other cell tells; say which with --decimal comma, or "
          + "write a point")
    }
    return .success((comma ?? unclearComma) == nil ? .point : .comma)
  }

  /// Why the mark of a column cannot be told.
  struct Doubt: Error {
    let row: Int
    let reason: String
  }
}
