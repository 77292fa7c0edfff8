// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables
import Foundation
import PlainText

/// A file of data: plain, or compressed with gzip, which its first bytes tell.
public struct DataFile: Sendable {
  /// The most bytes that a compressed file, an archive or a pipe may become: 1 GiB unless a task says more.
  @TaskLocal public static var mostBytes = 1 << 30

  /// Where it is; `-` is standard input.
  public let path: String

  /// A file that is read when it is asked for.
  public init(_ path: String) { self.path = path }

  /// The table `name` of a folder: the first there is of .csv, .tsv, .csv.gz and .tsv.gz.
  public init(table name: String, in folder: String) {
    let paths = [".csv", ".tsv", ".csv.gz", ".tsv.gz"].map { "\(folder)/\(name)\($0)" }
    path = paths.first { FileManager.default.fileExists(atPath: $0) } ?? paths[0]
  }

  /// Its contents, inflated where they are compressed.
  ///
  /// - Throws: ``DataFileError``.
  public func bytes() throws(DataFileError) -> [UInt8] {
    let bytes = try fileBytes(path)
    return isGzip(bytes) ? try reading { try gunzip(bytes) } : bytes
  }

  /// The table in it: text, or an array of NumPy.
  ///
  /// - Parameters:
  ///   - decimal: what stands before decimals in a text; nil where its numbers tell.
  ///   - array: which array of an archive; nil for all of them beside each other.
  /// - Throws: ``DataFileError``, of a `DataTableError` or an ``ArrayFileError`` where it is no table.
  public func table(decimal: DecimalMark? = nil, array: String? = nil) throws(DataFileError) -> DataTable {
    try table(of: bytes(), decimal: decimal, array: array)
  }

  /// The table that its contents are.
  func table(of bytes: [UInt8], decimal: DecimalMark?, array: String?) throws(DataFileError) -> DataTable {
    try reading {
      if let array { return try DataTable(npz: bytes, array: array) }
      if bytes.starts(with: NumericArray.npyMagic) { return try DataTable(npy: bytes, name: stem) }
      if NPZ.isArchive(bytes) { return try DataTable(npz: bytes) }
      try requireText(bytes)
      return try DataTable(bytes: bytes, decimal: decimal)
    }
  }

  /// The array in it: IDX, or NumPy's `.npy`, which its first bytes tell.
  ///
  /// - Throws: ``DataFileError``, of an ``ArrayFileError`` where it is no array.
  public func array() throws(DataFileError) -> NumericArray {
    let bytes = try bytes()
    return try reading {
      bytes.starts(with: NumericArray.npyMagic) ? try NumericArray(npy: bytes) : try NumericArray(idx: bytes)
    }
  }

  /// Checks that bytes begin as no other kind of file does.
  ///
  /// - Throws: ``DataFileError`` that says what the file is and what to do.
  public func requireText(_ bytes: [UInt8]) throws(DataFileError) {
    if let kind = FileKind(bytes) { throw DataFileError(path, "is \(kind.advice)") }
  }

  /// The name of the file without folders and extensions.
  var stem: String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.prefix { $0 != "." })
  }

  /// What is more than the limit, and what to do.
  static func beyond(_ limit: Int) -> String {
    "becomes more than \(sizeText(limit)) in memory; split it, or raise the limit with --expand-limit"
  }

  /// What `read` makes of the file; its error with the path before it.
  ///
  /// - Throws: ``DataFileError``.
  public func reading<Value>(_ read: () throws -> Value) throws(DataFileError) -> Value {
    do { return try read() } catch let error as DataFileError { throw error } catch { throw DataFileError(path, error) }
  }
}

/// A number of bytes in words: whole GiB, MiB, or bytes.
func sizeText(_ bytes: Int) -> String {
  for (unit, name) in [(1 << 30, "GiB"), (1 << 20, "MiB")] where bytes >= unit && bytes % unit == 0 {
    return "\(bytes / unit) \(name)"
  }
  return "\(bytes) bytes"
}

/// Why a file could not be used: its path and the reason.
public struct DataFileError: Error, CustomStringConvertible {
  /// The file.
  public let path: String
  /// The error of its format or of what was to be made of it; nil where it could not be read at all.
  public let reason: (any Error)?
  private let message: String

  init(_ path: String, _ message: String) { (self.path, self.reason, self.message) = (path, nil, message) }

  /// The error `reason` in the file at `path`.
  public init(_ path: String, _ reason: any Error) {
    (self.path, self.reason, message) = (path, reason, "\(reason)")
  }

  /// The path, the place in the file, the rule that it breaks, and what to do, in one line.
  public var description: String {
    "\(path == "-" ? "standard input" : shortened(printableText(path), atMost: 200)): \(message)"
  }
}
