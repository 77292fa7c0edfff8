// SPDX-License-Identifier: GPL-3.0-or-later
/// Numbers in rows and columns that are no text, such as an array in a file.
public protocol NumberRows: Sendable {
  /// The number of rows.
  var rowCount: Int { get }
  /// The number of columns.
  var columnCount: Int { get }
  /// The number in a row and column, both from 0.
  func number(row: Int, column: Int) -> StoredNumber
}

/// A number as a file of numbers stores it.
public enum StoredNumber: Sendable, CustomStringConvertible {
  case integer(Int64)
  case double(Double)

  /// Whether it says that a number is missing.
  public var isNaN: Bool { if case .double(let value) = self { value.isNaN } else { false } }

  /// Its digits: of a Double the fewest that are nearest to it and no other.
  public var description: String {
    switch self {
    case .integer(let value): "\(value)"
    case .double(let value): value == value.rounded() && abs(value) < 0x1p53 ? "\(Int64(value))" : "\(value)"
    }
  }
}
