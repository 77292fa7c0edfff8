import Foundation
import DataTables

/// A file of data: plain, or compressed with gzip, which its first bytes tell.
public struct DataFile: Sendable {
  /// The most bytes that a file may inflate to.
  public static let mostBytes = 8 << 30

  /// Where it is.
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
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw DataFileError(path, "no such file")
    }
    if isDirectory.boolValue { throw DataFileError(path, "is a directory; name a file in it") }
    // To the end, whatever size the file says it has: a pipe says none.
    guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.readToEnd() ?? Data() else {
      throw DataFileError(path, "cannot be read; check its permissions")
    }
    let bytes = [UInt8](data)
    return isGzip(bytes) ? try reading { try gunzip(bytes) } : bytes
  }

  /// The CSV table in it.
  ///
  /// - Throws: ``DataFileError``, of a `DataTableError` where it is no table.
  public func table() throws(DataFileError) -> DataTable {
    let bytes = try bytes()
    return try reading { try DataTable(bytes: bytes) }
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

  /// What `read` makes of the file; its error with the path before it.
  ///
  /// - Throws: ``DataFileError``.
  public func reading<Value>(_ read: () throws -> Value) throws(DataFileError) -> Value {
    do { return try read() } catch let error as DataFileError { throw error } catch { throw DataFileError(path, error) }
  }
}

/// Why a file could not be used: its path and the reason.
public struct DataFileError: Error, CustomStringConvertible {
  /// The file.
  public let path: String
  /// The error of its format or of what was to be made of it; nil where it could not be read at all.
  public let reason: (any Error)?
  private let message: String

  init(_ path: String, _ message: String) { (self.path, reason, self.message) = (path, nil, message) }

  /// The error `reason` in the file at `path`.
  public init(_ path: String, _ reason: any Error) {
    (self.path, self.reason, message) = (path, reason, "\(reason)")
  }

  /// The path, the place in the file, the rule that it breaks, and what to do, in one line.
  public var description: String { "\(path): \(message)" }
}
