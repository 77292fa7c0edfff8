// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables

extension NumericArray: NumberRows {
  /// The length of the first axis.
  public var rowCount: Int { shape.first ?? 1 }
  /// The product of the other lengths.
  public var columnCount: Int { shape.dropFirst().reduce(1, *) }

  /// A number of the array taken as rows × columns.
  public func number(row: Int, column: Int) -> StoredNumber {
    let place = row * columnCount + column
    return switch elements {
    case .uint8(let values): .integer(Int64(values[place]))
    case .int32(let values): .integer(Int64(values[place]))
    case .int64(let values): .integer(values[place])
    case .float32(let values): .double(Double(values[place]))
    case .float64(let values): .double(values[place])
    }
  }
}

extension DataTable {
  /// The columns of an array: of one axis a single column `name`, of two axes `name[0]`, `name[1]` and so on.
  ///
  /// - Throws: ``ArrayFileError`` where it has none or more axes.
  public init(_ array: NumericArray, name: String) throws(ArrayFileError) {
    guard (1...2).contains(array.shape.count) else {
      throw .wrongShape(expected: "rows, or rows × columns", found: array.shape)
    }
    let columns = array.shape.count == 1 ? [name] : (0..<array.shape[1]).map { "\(name)[\($0)]" }
    self.init(columns: columns, numbers: array)
  }

  /// The columns of NumPy's `.npy`: of numbers, or one of texts such as the names of classes.
  ///
  /// - Throws: ``ArrayFileError``.
  init(npy bytes: [UInt8], name: String) throws {
    guard let texts = try NumericArray.texts(npy: bytes) else {
      try self.init(NumericArray(npy: bytes), name: name)
      return
    }
    let lines = ([name] + texts).map { "\"\($0.replacing("\"", with: "\"\""))\"\n" }
    try self.init(bytes: Array(lines.joined().utf8))
  }

  /// One array of an archive `.npz`, or all that are rows or rows × columns beside each other.
  ///
  /// - Throws: ``ZipError``, ``NPZArrayError``; `DataTableError` where the arrays have not as many rows.
  public init(npz bytes: [UInt8], array: String? = nil) throws {
    let npz = try NPZ(bytes)
    let shapes = try (array.map { [$0] } ?? npz.names).map { ($0, try npz.shape(of: $0)) }
    let chosen = shapes.filter { array != nil || (1...2).contains($0.1.count) }
    guard let first = chosen.first else {
      throw ZipError.missingEntry("an array of rows and columns", available: npz.names)
    }
    // Before any is inflated.
    for (name, shape) in chosen where shape.first != first.1.first {
      throw DataTableError.unequalRows(
        first: first.0, rows: first.1.first ?? 1, second: name, otherRows: shape.first ?? 1)
    }
    try npz.requireSize(of: chosen.map(\.0))
    let tables = try chosen.map { name, _ in
      let array = try npz.array(name)
      do { return (name: name, table: try DataTable(array, name: name)) } catch let error as ArrayFileError {
        throw NPZArrayError(name: name, reason: error)
      }
    }
    if tables.count == 1 { self = tables[0].table } else { try self.init(joining: tables) }
  }
}
