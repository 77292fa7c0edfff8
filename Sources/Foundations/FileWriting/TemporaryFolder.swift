// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization

/// A folder for files that nobody needs after this process, removed at the latest when the process ends.
public struct TemporaryFolder: Sendable {
  /// Where it is.
  public let url: URL
  private let owner: TemporaryFolders

  fileprivate init(_ url: URL, of owner: TemporaryFolders) { (self.url, self.owner) = (url, owner) }

  /// Removes it with all that is in it; returns when it is gone, whoever removes it.
  public func remove() { owner.remove(url) }
}

/// The temporary folders of a process.
///
/// A process that is told to end does so on one thread while others still work. So that no moment leaves a folder behind, a
/// folder is made and listed, and removed and struck off, in one step that no other thread sees half done; once
/// ``removeAll()`` has begun, none is made any more.
public final class TemporaryFolders: Sendable {
  /// Those of this process.
  public static let shared = TemporaryFolders()

  private struct State {
    var folders = Set<URL>()
    var isClosed = false
  }

  private let state = Mutex(State())

  /// A list of its own.
  public init() {}

  /// Makes an empty folder in `parent`, by default where `TMPDIR` says.
  ///
  /// - Throws: ``OutputFileError`` that names it, where it cannot be made or ``removeAll()`` was called.
  public func make(in parent: URL = FileManager.default.temporaryDirectory) throws(OutputFileError) -> TemporaryFolder {
    let url = parent.appendingPathComponent("cch-\(UUID().uuidString)")
    let isMade = state.withLock { state in
      guard !state.isClosed,
        (try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)) != nil
      else { return false }
      state.folders.insert(url)
      return true
    }
    guard isMade else { throw OutputFileError(path: url.path, reason: "cannot be created") }
    return TemporaryFolder(url, of: self)
  }

  /// Removes all folders, and makes none any more; returns when they are gone, whoever removes them.
  public func removeAll() {
    state.withLock { state in
      state.isClosed = true
      for url in state.folders { TemporaryFolders.delete(url) }
      state.folders = []
    }
  }

  fileprivate func remove(_ url: URL) {
    state.withLock { state in
      if state.folders.remove(url) != nil { TemporaryFolders.delete(url) }
    }
  }

  /// Deletes a folder into which others may be writing.
  ///
  /// A file that is made between the listing and the removal keeps the folder, and it is tried again; once the folder is gone,
  /// nothing can be made in it.
  private static func delete(_ url: URL) {
    for _ in 0..<100 {
      try? FileManager.default.removeItem(at: url)
      var status = stat()
      if lstat(url.path, &status) != 0 { return }
      usleep(10_000)
    }
  }
}
