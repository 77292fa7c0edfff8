// SPDX-License-Identifier: GPL-3.0-or-later
/// What an operation of a file system failed with.
public struct FileSystemError: Error, Hashable, CustomStringConvertible {
  /// The `errno`.
  public let code: Int32
  /// The words for it, "No space left on device".
  public let description: String

  /// A failure with this `errno`.
  public init(code: Int32, _ description: String) { (self.code, self.description) = (code, description) }
}

/// What stands at a path.
public struct FileStatus: Sendable, Hashable {
  /// The kinds of nodes that POSIX knows.
  public enum Kind: Sendable, Hashable {
    case regular, folder, symbolicLink, fifo, socket, characterDevice, blockDevice
  }

  /// What it is.
  public var kind: Kind
  /// How many names it has.
  public var links: Int
  /// Permissions, with the bits for set-user-id and the like.
  public var mode: UInt32
  /// Whom it belongs to.
  public var owner, group: UInt32

  /// A node.
  public init(kind: Kind, links: Int = 1, mode: UInt32 = 0o644, owner: UInt32 = 0, group: UInt32 = 0) {
    (self.kind, self.links, self.mode, self.owner, self.group) = (kind, links, mode, owner, group)
  }
}

/// The operations of a file system that writing needs, one by one, so that tests can fail or end at any of them.
public protocol FileSystem {
  /// A file that is open for writing.
  associatedtype Handle

  /// What stands at `path`, behind all links; nil where nothing does.
  func status(of path: String) throws(FileSystemError) -> FileStatus?
  /// The target of a symbolic link, as it is written; nil where `path` is none.
  func linkTarget(of path: String) -> String?
  /// Whether we may write to what stands at `path`.
  func isWritable(_ path: String) -> Bool
  /// The names in a folder.
  func names(in folder: String) throws(FileSystemError) -> [String]

  /// Makes a new regular file, which nothing else may be using, and locks it.
  func create(_ path: String, mode: UInt32) throws(FileSystemError) -> Handle
  /// Opens a device or FIFO as it is, without waiting for a reader.
  func openNode(_ path: String) throws(FileSystemError) -> Handle
  /// Writes some of `bytes`, at least one.
  ///
  /// - Returns: how many.
  func write(_ bytes: ArraySlice<UInt8>, to handle: Handle) throws(FileSystemError) -> Int
  /// Gives the file owner and permissions.
  func setAttributes(of handle: Handle, like status: FileStatus) throws(FileSystemError)
  /// Returns when the content is on the disk.
  func synchronize(_ handle: Handle) throws(FileSystemError)
  /// Ends the use of a file, and its lock.
  func close(_ handle: Handle)

  /// Gives a file another name, in the place of what has that name.
  func rename(_ path: String, to target: String) throws(FileSystemError)
  /// Returns when the names in the folder are on the disk.
  func synchronizeFolder(_ folder: String) throws(FileSystemError)
  /// Removes a file.
  func remove(_ path: String) throws(FileSystemError)
  /// Whether the process that made and locked this file is gone.
  func isAbandoned(_ path: String) -> Bool
}
