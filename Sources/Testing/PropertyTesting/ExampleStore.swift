// SPDX-License-Identifier: MIT

import Foundation
import SeededRuns
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder in which failing cases are kept, a file a property, a replay line a case; they are tried first the next time.
///
/// Tests that run at the same time, in one process or in several, may share a store.
public struct ExampleStore: Sendable {
  /// The folder; made when the first case is saved.
  public let folder: URL
  /// Whether cases that pass again are forgotten.
  public var forgets = true

  /// A store in `folder`.
  public init(_ folder: URL) { self.folder = folder }

  /// The cases kept for the property `name`, and a warning where a file or lines in it could not be read.
  ///
  /// What is damaged or of another version is left out: a store never makes a check fail.
  public func load(_ name: String) -> (cases: [ReplayLine], warning: String?) {
    let (own, earlier) = (content(file(name)), content(earlierFile(name)))
    let cases = own.lines.filter { $0.name == name }
    let older = earlier.lines.filter { $0.name == name && !cases.contains($0) }
    let foreign = own.damaged + own.lines.count - cases.count
    guard own.isText else { return (older, "\(file(name).path): cannot be read as text and is ignored") }
    return (cases + older, foreign == 0 ? nil : "\(file(name).path): \(foreign) damaged or foreign lines are ignored")
  }

  /// Keeps a case, unless it is there; the file is replaced as a whole, so that it is never half-written.
  ///
  /// - Throws: where the folder or the file cannot be written.
  public func save(_ line: ReplayLine) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try change(line.name) { cases in
      if !cases.contains(line) { cases.append(line) }
    }
  }

  /// Forgets cases of the property `name`, as those that pass again, and lines that cannot be read; an empty file goes.
  ///
  /// - Throws: where the file cannot be written.
  public func remove(_ cases: [ReplayLine], of name: String) throws {
    let isThere = [file(name), earlierFile(name)].contains { FileManager.default.fileExists(atPath: $0.path) }
    if isThere { try change(name) { $0.removeAll { cases.contains($0) } } }
  }

  private func change(_ name: String, _ body: (inout [ReplayLine]) -> Void) throws {
    try ExampleStore.exclusively(folder) {
      var cases = load(name).cases
      body(&cases)
      for file in Set([earlierFile(name), file(name)]) {
        // Earlier versions kept other properties in the same file.
        let (lines, damaged, isText) = content(file)
        let kept = lines.filter { $0.name != name } + (file == self.file(name) ? cases : [])
        if isText, damaged > 0 || kept != lines { try write(kept, to: file) }
      }
    }
  }

  private func content(_ file: URL) -> (lines: [ReplayLine], damaged: Int, isText: Bool) {
    guard FileManager.default.fileExists(atPath: file.path) else { return ([], 0, true) }
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return ([], 0, false) }
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
    let read = lines.compactMap { try? ReplayLine(parsing: String($0)) }
    return (read, lines.count - read.count, true)
  }

  private func write(_ cases: [ReplayLine], to file: URL) throws {
    if cases.isEmpty { return try FileManager.default.removeItem(at: file) }
    try Data(cases.map { "\($0)\n" }.joined().utf8).write(to: file, options: .atomic)
  }

  /// The threads of this process wait for each other here, processes at the lock of the folder.
  private static let threads = Mutex(())

  private static func exclusively(_ folder: URL, _ body: () throws -> Void) throws {
    try threads.withLock { _ in
      let lock = open(folder.path, O_RDONLY)
      guard lock >= 0 else { throw CocoaError(.fileReadNoPermission) }
      defer { close(lock) }
      // Where a file system knows no locks, the replacement of whole files must do.
      _ = flock(lock, LOCK_EX)
      try body()
    }
  }

  /// The file of a property, of no other.
  ///
  /// Where characters must be left out, or files might be told apart by case alone, a hash of the whole name follows "~",
  /// which no other name keeps.
  private func file(_ name: String) -> URL {
    let name = name.precomposedStringWithCanonicalMapping
    let isPlain =
      name.utf8.count <= 100 && name.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-_.".utf8.contains($0) }
    if isPlain { return folder.appendingPathComponent(name + ".examples") }
    let hash = fingerprint(of: name)
    let readable = name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" }.prefix(60)
    return folder.appendingPathComponent("\(String(readable))~\(String(hash, radix: 16)).examples")
  }

  /// Where earlier versions kept the cases of a property, and perhaps those of others.
  private func earlierFile(_ name: String) -> URL {
    let safe = name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" }
    return folder.appendingPathComponent(String(safe) + ".examples")
  }
}
