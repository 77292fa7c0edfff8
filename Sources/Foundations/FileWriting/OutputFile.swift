// SPDX-License-Identifier: GPL-3.0-or-later
/// Why a file cannot be written: its path and the reason.
public struct OutputFileError: Error, Hashable, CustomStringConvertible {
  /// The path as it was given.
  public let path: String
  /// What is in the way, and what to do.
  public let reason: String

  /// Path and reason.
  public var description: String { "\(path): \(reason)" }
}

/// A file that a result goes to: as a whole or not at all, and nothing else at its path is destroyed.
///
/// A regular file of one name, or none yet, is replaced at once: the content goes to a new file beside it, which is brought to
/// the disk, given the owner and the permissions of the old one and then its name. Whatever ends the process or the machine
/// meanwhile, the path has the old content or the new one. Symbolic links are followed and stay. Devices and FIFOs are
/// written through. What could be neither is refused: folders, sockets, disks, and a file of several names, of which the
/// others would keep the old content.
///
/// A process that is killed while it writes leaves a file `.cch-unfinished-…`; the next output to the same folder removes it.
public final class OutputFile<System: FileSystem> {
  private enum Destination {
    /// A regular file, or none yet.
    case replace(path: String, like: FileStatus?)
    /// A device or a FIFO, open.
    case through(System.Handle)
  }

  /// The path as it was given.
  public let path: String
  private let system: System
  private let destination: Destination

  /// Checks, before anything is computed, that `path` can be written, and leaves it as it is.
  ///
  /// - Throws: ``OutputFileError``.
  public init(_ path: String, in system: System) throws(OutputFileError) {
    (self.path, self.system) = (path, system)
    func refusal(_ reason: String) -> OutputFileError { OutputFileError(path: path, reason: reason) }
    if path.isEmpty { throw refusal("an empty path; name a file") }
    let status: FileStatus?
    do { status = try system.status(of: path) } catch { throw refusal("cannot be written: \(error)") }
    switch status?.kind {
    case .folder: throw refusal("is a directory; name a file in that folder")
    case .socket: throw refusal("is a socket; name a file")
    case .blockDevice: throw refusal("is a disk; name a file")
    case .symbolicLink: throw refusal("is a link without an end; name a file")
    case .fifo, .characterDevice:
      do { destination = .through(try system.openNode(path)) } catch {
        let isUnread = status?.kind == .fifo
        throw refusal(
          isUnread ? "is a FIFO that no program reads; start its reader first" : "cannot be written: \(error)")
      }
    case .regular, nil:
      guard let target = OutputFile.target(of: path, in: system) else { throw refusal("is a circle of links") }
      if let status, status.links > 1 {
        throw refusal("has \(status.links) hard links, and the others would keep the old content; name another file")
      }
      let folder = OutputFile.folder(of: target)
      let parent: FileStatus?
      do { parent = try system.status(of: folder) } catch { throw refusal("cannot be written: \(error)") }
      guard parent?.kind == .folder else { throw refusal("there is no folder \(folder); make it first") }
      guard system.isWritable(folder), status == nil || system.isWritable(target) else {
        throw refusal("cannot be written; check its permissions and those of the folder \(folder)")
      }
      destination = .replace(path: target, like: status)
    }
  }

  deinit {
    if case .through(let handle) = destination { system.close(handle) }
  }

  /// Writes `bytes` as the whole content.
  ///
  /// - Throws: ``OutputFileError``; a regular file is then as it was.
  public func write(_ bytes: [UInt8]) throws(OutputFileError) {
    do throws(FileSystemError) {
      switch destination {
      case .through(let handle): try writeAll(bytes, to: handle)
      case .replace(let target, let old): try replace(target, like: old, with: bytes)
      }
    } catch { throw OutputFileError(path: path, reason: "cannot be written: \(error)") }
  }

  /// Writes a text as the whole content.
  ///
  /// - Throws: ``OutputFileError``; a regular file is then as it was.
  public func write(_ text: String) throws(OutputFileError) { try write(Array(text.utf8)) }

  private func replace(_ target: String, like old: FileStatus?, with bytes: [UInt8]) throws(FileSystemError) {
    let folder = OutputFile.folder(of: target)
    removeUnfinished(in: folder)
    let temporary = "\(folder)/\(unfinishedPrefix)\(String(UInt64.random(in: 0 ... .max), radix: 36))"
    let handle = try system.create(temporary, mode: old.map { $0.mode & 0o600 } ?? 0o666)
    do throws(FileSystemError) {
      defer { system.close(handle) }
      try writeAll(bytes, to: handle)
      if let old { try system.setAttributes(of: handle, like: old) }
      try system.synchronize(handle)
      try system.rename(temporary, to: target)
    } catch {
      try? system.remove(temporary)
      throw error
    }
    try system.synchronizeFolder(folder)
  }

  private func writeAll(_ bytes: [UInt8], to handle: System.Handle) throws(FileSystemError) {
    var rest = bytes[...]
    while !rest.isEmpty { rest = rest.dropFirst(try system.write(rest, to: handle)) }
  }

  /// Removes what killed processes left.
  private func removeUnfinished(in folder: String) {
    for name in (try? system.names(in: folder)) ?? [] where name.hasPrefix(unfinishedPrefix) {
      let path = "\(folder)/\(name)"
      if system.isAbandoned(path) { try? system.remove(path) }
    }
  }

  /// The path at the end of all symbolic links; nil where they go in a circle.
  private static func target(of path: String, in system: System) -> String? {
    var path = path
    for _ in 0..<40 {
      guard let next = system.linkTarget(of: path) else { return path }
      path = next.hasPrefix("/") ? next : "\(folder(of: path))/\(next)"
    }
    return nil
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

extension OutputFile where System == POSIXFileSystem {
  /// Checks, before anything is computed, that `path` can be written on this machine, and leaves it as it is.
  ///
  /// - Throws: ``OutputFileError``.
  public convenience init(_ path: String) throws(OutputFileError) { try self.init(path, in: POSIXFileSystem()) }
}

/// How the names begin of files that are being written.
private let unfinishedPrefix = ".cch-unfinished-"
