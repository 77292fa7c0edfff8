/// A NumPy archive `.npz`: named arrays in a ZIP archive, read when they are asked for.
public struct NPZ: Sendable {
  private let archive: ZipArchive

  /// Reads the archive's directory.
  ///
  /// - Throws: ``ZipError``.
  public init(_ bytes: [UInt8]) throws(ZipError) { archive = try ZipArchive(bytes) }

  /// The names of the arrays, in the archive's order.
  public var names: [String] { archive.names.filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) } }

  /// The array of this name.
  ///
  /// - Throws: ``ZipError`` where there is none or its entry is corrupt, ``NPZArrayError`` where the entry is no array.
  public func array(_ name: String) throws -> NumericArray {
    guard names.contains(name) else { throw ZipError.missingEntry(name, available: names) }
    let bytes = try archive.contents(of: name + ".npy")
    do { return try NumericArray(npy: bytes) } catch { throw NPZArrayError(name: name, reason: error) }
  }
}

/// What is wrong with one array of an archive; offsets count from the array's own first byte.
public struct NPZArrayError: Error, Equatable, CustomStringConvertible {
  /// The array.
  public let name: String
  /// What is wrong with it.
  public let reason: ArrayFileError

  /// The array, the place in it, the rule that it breaks, and what to do, in one line.
  public var description: String { "array \"\(name)\": \(reason)" }
}
