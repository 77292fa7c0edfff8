// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization

/// A file of lines that grows while a long run goes on, to resume from.
///
/// Every line is on the disk when ``append(_:)`` returns; one that cannot be written is taken back. A last line without its
/// end, as a crash leaves it, is dropped. While it is open, no other process can open it. Links are followed, and everything
/// but a regular file is refused.
public final class RecordFile: Sendable {
  /// The path as it was given.
  public let path: String
  /// The complete lines that were there, without their ends.
  public let lines: [Data]
  /// What followed the last complete line.
  public let rest: Data
  /// Where the next line begins.
  private let end: Mutex<UInt64>
  private let isNew: Bool
  private let file: FileHandle

  /// Opens the file at `path`, or makes an empty one, and changes nothing in it.
  ///
  /// - Throws: ``OutputFileError``.
  public init(_ path: String) throws(OutputFileError) {
    func refusal(_ reason: String) -> OutputFileError { OutputFileError(path: path, reason: reason) }
    let status: FileStatus?
    do { status = try POSIXFileSystem().status(of: path) } catch { throw refusal("cannot be opened: \(error)") }
    guard status == nil || status?.kind == .regular else {
      throw refusal("is no regular file, and a record is read and written; name another file")
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw refusal("cannot be opened: \(String(cString: strerror(errno)))") }
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw refusal("is in use by another run; wait for it, or name another file")
    }
    let bytes: Data
    do { bytes = try file.readToEnd() ?? Data() } catch { throw refusal("cannot be read") }
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    rest = lines.popLast() ?? Data()
    (self.path, self.lines, isNew) = (path, lines, status == nil)
    end = Mutex(UInt64(bytes.count - rest.count))
  }

  /// Writes a line, and its end, after the complete ones, and returns when it is on the disk.
  ///
  /// - Throws: ``OutputFileError`` where it cannot be, such as on a full disk; the record is then as it was.
  public func append(_ line: String) throws(OutputFileError) {
    let bytes = Data((line + "\n").utf8)
    let failure = end.withLock { end -> String? in
      let isFirst = end == 0
      do {
        try file.truncate(atOffset: end)
        try writeAll(bytes)
        guard fsync(file.fileDescriptor) == 0 else { throw Failure(code: errno) }
        if isFirst { try? POSIXFileSystem().synchronizeFolder(folder) }
        end += UInt64(bytes.count)
        return nil
      } catch {
        try? file.truncate(atOffset: end)
        if isFirst, isNew { unlink(path) }
        return "\((error as? Failure)?.description ?? "its end cannot be set")"
      }
    }
    if let failure { throw OutputFileError(path: path, reason: "cannot be written: \(failure)") }
  }

  /// Takes an incomplete last line away.
  ///
  /// - Throws: ``OutputFileError``.
  public func dropIncompleteLine() throws(OutputFileError) {
    let isDone = end.withLock { end in (try? file.truncate(atOffset: end)) != nil }
    if !isDone { throw OutputFileError(path: path, reason: "cannot be written: \(String(cString: strerror(errno)))") }
  }

  private struct Failure: Error, CustomStringConvertible {
    let code: Int32
    var description: String { String(cString: strerror(code)) }
  }

  private func writeAll(_ bytes: Data) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(file.fileDescriptor, $0.baseAddress, $0.count) }
      if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { throw Failure(code: errno) }
    }
  }

  private var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
