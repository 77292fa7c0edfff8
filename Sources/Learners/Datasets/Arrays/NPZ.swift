// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText

/// A NumPy archive `.npz`: named arrays in a ZIP archive, read when they are asked for.
public struct NPZ: Sendable {
  private let archive: ZipArchive

  /// Reads the archive's directory.
  ///
  /// - Throws: ``ZipError``.
  public init(_ bytes: [UInt8]) throws(ZipError) { archive = try ZipArchive(bytes) }

  /// The names of the arrays, in the archive's order.
  public var names: [String] { archive.names.filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) } }

  /// Whether bytes begin as an archive whose first entry is an array.
  static func isArchive(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > 30, bytes.starts(with: [0x50, 0x4B, 3, 4]) else { return false }
    let end = min(bytes.count, 30 + bytes.littleEndian(at: 26, size: 2))
    return bytes[30..<end].suffix(4).elementsEqual(".npy".utf8)
  }

  /// The shape of the array of this name, for which only its header is inflated.
  ///
  /// - Throws: as ``array(_:)``; also where the header promises another number of bytes than the entry has.
  public func shape(of name: String) throws -> [Int] {
    let entry = try entry(name)
    let (size, start) = (try archive.size(of: entry), try archive.prefix(of: entry, NPZ.headerSize))
    do {
      let header = try NPYHeader(start)
      try header.layout().requireSize(size - header.dataOffset, of: header.shape, at: header.dataOffset)
      return header.shape
    } catch { throw NPZArrayError(name: name, reason: error) }
  }

  /// More than any header that NumPy writes.
  private static let headerSize = 1 << 17

  /// Checks that arrays together take no more than `limit` bytes.
  ///
  /// - Throws: ``ZipError``.
  public func requireSize(of names: [String], limit: Int = DataFile.mostBytes) throws(ZipError) {
    try archive.requireSize(of: names.map { $0 + ".npy" }, limit: limit)
  }

  /// The array of this name.
  ///
  /// - Throws: ``ZipError`` where there is none or its entry is corrupt, ``NPZArrayError`` where the entry is no array.
  public func array(_ name: String) throws -> NumericArray {
    let bytes = try archive.contents(of: entry(name))
    do { return try NumericArray(npy: bytes) } catch { throw NPZArrayError(name: name, reason: error) }
  }

  private func entry(_ name: String) throws(ZipError) -> String {
    guard archive.has(name + ".npy") else { throw .missingEntry(name, available: names) }
    return name + ".npy"
  }
}

/// What is wrong with one array of an archive; offsets count from the array's own first byte.
public struct NPZArrayError: Error, Equatable, CustomStringConvertible {
  /// The array.
  public let name: String
  /// What is wrong with it.
  public let reason: ArrayFileError

  /// The array, the place in it, the rule that it breaks, and what to do, in one line.
  public var description: String { "array \(quoted(name)): \(reason)" }
}
