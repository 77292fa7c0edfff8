// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A column of a table less a constant near its mean, in units of the largest difference: whatever the column's units and
/// offset are, no digits are lost, since both are taken away exactly before anything is rounded.
///
/// Columns that differ by a power of ten or by a constant only become the same numbers.
public struct CentredColumn: Sendable {
  /// A number a row, from −1 to 1; all 0 for a constant column.
  public let values: [Double]
  /// What 1 stands for in the units of the file; 0 for a constant column.
  public let unit: Rational

  init(_ column: DecimalColumn) {
    let differences = column.centred()
    let largest = differences.lazy.map(\.magnitude).max() ?? 0
    unit = Rational(Int128(largest)) * Rational.powerOfTen(-column.places)
    let divisor = largest == 0 ? 1 : Double(largest)
    values = differences.map { Double($0) / divisor }
  }

  init(_ numbers: [Rational]) {
    guard !numbers.isEmpty else {
      (values, unit) = ([], 0)
      return
    }
    let mean = numbers.reduce(0, +) / Rational(numbers.count)
    let differences = numbers.map { $0 - mean }
    let largest = differences.lazy.map(\.magnitude).max() ?? 0
    unit = largest
    values = largest.signum == 0 ? differences.map { _ in 0 } : differences.map { ($0 / largest).asDouble }
  }
}

extension CentredColumn {
  /// The row that is so far from most others that the differences between these are lost, if there is one.
  ///
  /// - Parameter areEqual: whether two rows hold the same number.
  fileprivate func hidingRow(_ areEqual: (Int, Int) -> Bool) -> Int? {
    func bucket(_ row: Int) -> Double { (values[row] * 0x1p40).rounded() }
    // The bucket of more than half of the rows, if one is (Boyer & Moore).
    var (candidate, surplus) = (0, 0)
    for row in values.indices {
      if surplus == 0 { candidate = row }
      surplus += bucket(row) == bucket(candidate) ? 1 : -1
    }
    let alike = values.indices.filter { bucket($0) == bucket(candidate) }
    guard 2 * alike.count > values.count, alike.contains(where: { !areEqual($0, candidate) }) else { return nil }
    return values.indices.max { abs(values[$0]) < abs(values[$1]) }
  }
}

extension DataTable {
  /// The numbers of one column, centred and scaled exactly and then rounded, whatever their size.
  ///
  /// - Throws: ``DataTableError`` as ``numbers(in:)``; ``DataTableError/hidesOthers(_:column:_:)`` for a number so far
  ///   from most others that Doubles of one unit cannot tell these apart.
  public func centred(_ column: String) throws(DataTableError) -> CentredColumn {
    let cells = try decimals(in: column)
    let centred: CentredColumn
    let hiding: Int?
    if let short = DecimalColumn(cells) {
      centred = CentredColumn(short)
      hiding = centred.hidingRow { short.areEqual($0, $1) }
    } else {
      let numbers = try numbers(in: column)
      centred = CentredColumn(numbers)
      hiding = centred.hidingRow { numbers[$0] == numbers[$1] }
    }
    if let hiding { throw .hidesOthers(place(ofRow: hiding, column), column: column, cells[hiding]) }
    return centred
  }
}
