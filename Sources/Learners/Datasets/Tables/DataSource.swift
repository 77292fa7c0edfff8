// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import DataTables

/// A file of data as it is named on a command line: `FILE`, or `FILE:ENTRY` for one array of an archive or one column of a table.
///
/// The first bytes tell what it is: text with a header line as `DataTable` reads it, NumPy's `.npy` or `.npz`, or IDX; each plain or compressed with
/// gzip.
public struct DataSource: Sendable {
  /// The file.
  public let file: DataFile
  /// The array or column of it; nil for the only one, or all.
  public let entry: String?

  /// A file, or what is behind the last colon of one.
  public init(_ argument: String) {
    if !FileManager.default.fileExists(atPath: argument), let colon = argument.lastIndex(of: ":"),
      colon > argument.startIndex
    {
      (file, entry) = (DataFile(String(argument[..<colon])), String(argument[argument.index(after: colon)...]))
    } else {
      (file, entry) = (DataFile(argument), nil)
    }
  }

  /// Features, row by row, and the keys of the rows where the file is a table and has the column `key`.
  ///
  /// - Parameters:
  ///   - name: what the view is called.
  ///   - key: the column by which tables are joined; nil joins by the order of rows.
  /// - Throws: ``DataFileError``.
  public func view(_ name: String, key: String? = nil) throws(DataFileError) -> (view: Modality, keys: [String]?) {
    let bytes = try file.bytes()
    return try file.reading {
      if let array = try arrayBytes(bytes) {
        guard key == nil else { throw DataSourceError.noKeys }
        return (
          try Modality(name, of: array.isIDX ? NumericArray(idx: array.bytes) : NumericArray(npy: array.bytes)), nil
        )
      }
      let table = try textTable(bytes)
      let keys = try key.map { try table.texts(in: $0) }
      let columns = entry.map { [$0] } ?? table.columns.filter { !$0.isEmpty && $0 != key }
      guard !columns.isEmpty else { throw DatasetError.emptyModality(name) }
      return (try Modality(name, of: table, columns: columns), keys)
    }
  }

  /// The texts of the classes, one a row, and the keys of the rows.
  ///
  /// - Parameter key: the column by which tables are joined; nil joins by the order of rows.
  /// - Throws: ``DataFileError``; no text is empty.
  public func labels(key: String? = nil) throws(DataFileError) -> (labels: [String], keys: [String]?) {
    let bytes = try file.bytes()
    return try file.reading {
      if let array = try arrayBytes(bytes) {
        guard key == nil else { throw DataSourceError.noKeys }
        return (try DataSource.labels(array), nil)
      }
      let table = try textTable(bytes)
      let keys = try key.map { try table.texts(in: $0) }
      let columns = entry.map { [$0] } ?? table.columns.filter { !$0.isEmpty && $0 != key }
      guard let column = columns.first, columns.count == 1 else { throw DataSourceError.severalColumns(columns) }
      return (try table.texts(in: column), keys)
    }
  }

  private static func labels(_ array: (bytes: [UInt8], isIDX: Bool)) throws -> [String] {
    if !array.isIDX, let texts = try NumericArray.texts(npy: array.bytes) {
      let blank = texts.firstIndex { $0.allSatisfy(\.isWhitespace) }
      if let blank { throw DatasetError.emptyLabel(row: blank + 1) }
      return texts
    }
    let numbers = try array.isIDX ? NumericArray(idx: array.bytes) : NumericArray(npy: array.bytes)
    guard numbers.shape.first == numbers.count else {
      throw ArrayFileError.wrongShape(expected: "n or n × 1", found: numbers.shape)
    }
    return try numbers.integers().map(String.init)
  }

  /// The bytes of an array; nil where the file is a table.
  private func arrayBytes(_ bytes: [UInt8]) throws -> (bytes: [UInt8], isIDX: Bool)? {
    guard NPZ.isArchive(bytes) else {
      let (isNPY, isIDX) = (bytes.starts(with: NumericArray.npyMagic), bytes.starts(with: [0, 0]))
      guard isNPY || isIDX else { return nil }
      if let entry { throw DataSourceError.oneArray(entry) }
      return (bytes, isIDX)
    }
    let archive = try ZipArchive(bytes)
    let names = archive.names.filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) }
    guard let name = entry ?? (names.count == 1 ? names[0] : nil) else { throw DataSourceError.severalArrays(names) }
    guard names.contains(name) else { throw ZipError.missingEntry(name, available: names) }
    return (try archive.contents(of: name + ".npy"), false)
  }

  /// Whether there is such a file; standard input always is.
  public var exists: Bool {
    var isDirectory: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: file.path, isDirectory: &isDirectory) && !isDirectory.boolValue
    return file.path == "-" || isThere
  }

  /// The table or array as a table, and which columns of it are meant.
  ///
  /// - Parameters:
  ///   - decimal: what stands before decimals in a text; nil where its numbers tell.
  /// - Throws: ``DataFileError``.
  public func table(decimal: DecimalMark? = nil) throws(DataFileError) -> (table: DataTable, columns: [String]) {
    let bytes = try file.bytes()
    let table = try file.table(of: bytes, decimal: decimal, array: NPZ.isArchive(bytes) ? entry : nil)
    if let entry, !NPZ.isArchive(bytes) {
      return (table, try file.reading { try table.columns(of: .quoted(entry)) })
    }
    return (table, table.columns.filter { !$0.isEmpty })
  }

  private func textTable(_ bytes: [UInt8]) throws -> DataTable {
    try file.requireText(bytes)
    return try DataTable(bytes: bytes)
  }
}

/// Why a file does not hold the one thing that is asked for.
public enum DataSourceError: Error, Equatable, CustomStringConvertible {
  /// An archive of several arrays, none of which is named.
  case severalArrays([String])
  /// A table of several columns, none of which is named.
  case severalColumns([String])
  /// An entry of a file that has none.
  case oneArray(String)
  /// An array has no column of keys.
  case noKeys

  /// The rule that it breaks, and what to do, in one line.
  public var description: String {
    switch self {
    case .severalArrays(let names):
      names.isEmpty
        ? "the archive holds no array"
        : "the archive holds several arrays; say FILE:NAME, NAME of \(names.joined(separator: ", "))"
    case .severalColumns(let names):
      names.isEmpty
        ? "no column but the key"
        : "the table has \(names.count) columns; say FILE:COLUMN, such as FILE:\(names[names.count - 1])"
    case .oneArray(let entry): "holds one array, which has no entry \"\(entry)\"; leave out what is behind the colon"
    case .noKeys: "an array has no column of keys; leave out --key, and give all files their rows in one order"
    }
  }
}
