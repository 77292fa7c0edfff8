// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The file system of this machine.
public struct POSIXFileSystem: FileSystem {
  /// The file system of this machine.
  public init() {}

  private func failure() -> FileSystemError { FileSystemError(code: errno, String(cString: strerror(errno))) }

  /// What stands at `path`, behind all links; nil where nothing does.
  public func status(of path: String) throws(FileSystemError) -> FileStatus? {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw failure()
    }
    return FileStatus(status)
  }

  /// The target of a symbolic link, as it is written; nil where `path` is none.
  public func linkTarget(of path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    return count < 0 ? nil : String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Whether we may write to what stands at `path`.
  public func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

  /// The names in a folder.
  public func names(in folder: String) throws(FileSystemError) -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: folder) } catch { throw failure() }
  }

  /// Makes a new regular file, which nothing else may be using, and locks it.
  public func create(_ path: String, mode: UInt32) throws(FileSystemError) -> Int32 {
    for _ in 0..<100 {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
      guard descriptor >= 0 else { throw failure() }
      // The lock tells other runs that this file is not a leftover. One that looked before it was locked removes it; then
      // it is made again. Where there are no locks, it goes without.
      var status = stat()
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK, fstat(descriptor, &status) == 0,
        status.st_nlink > 0
      {
        return descriptor
      }
      _ = Foundation.close(descriptor)
      _ = unlink(path)
    }
    throw FileSystemError(code: EAGAIN, String(cString: strerror(EAGAIN)))
  }

  /// Opens a device or FIFO as it is, without waiting for a reader.
  public func openNode(_ path: String) throws(FileSystemError) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure() }
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
    return descriptor
  }

  /// Writes some of `bytes`, at least one.
  ///
  /// - Returns: how many.
  public func write(_ bytes: ArraySlice<UInt8>, to handle: Int32) throws(FileSystemError) -> Int {
    while true {
      let count = bytes.withUnsafeBytes { Foundation.write(handle, $0.baseAddress, $0.count) }
      if count >= 0 { return count }
      if errno != EINTR { throw failure() }
    }
  }

  /// Gives the file owner and permissions.
  public func setAttributes(of handle: Int32, like status: FileStatus) throws(FileSystemError) {
    var own = stat()
    guard fstat(handle, &own) == 0 else { throw failure() }
    // The owner first: giving a file away takes its set-user-id bit.
    if own.st_uid != status.owner || own.st_gid != status.group {
      guard fchown(handle, status.owner, status.group) == 0 else { throw failure() }
    }
    guard fchmod(handle, mode_t(status.mode)) == 0 else { throw failure() }
  }

  /// Returns when the content is on the disk.
  public func synchronize(_ handle: Int32) throws(FileSystemError) {
    guard fsync(handle) == 0 else { throw failure() }
  }

  /// Ends the use of a file, and its lock.
  public func close(_ handle: Int32) { _ = Foundation.close(handle) }

  /// Gives a file another name, in the place of what has that name.
  public func rename(_ path: String, to target: String) throws(FileSystemError) {
    guard Foundation.rename(path, target) == 0 else { throw failure() }
  }

  /// Returns when the names in the folder are on the disk.
  public func synchronizeFolder(_ folder: String) throws(FileSystemError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure() }
    defer { _ = Foundation.close(descriptor) }
    // Some file systems cannot synchronize folders, and say so.
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else { throw failure() }
  }

  /// Removes a file.
  public func remove(_ path: String) throws(FileSystemError) {
    guard unlink(path) == 0 else { throw failure() }
  }

  /// Whether the process that made and locked this file is gone.
  public func isAbandoned(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { _ = Foundation.close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, FileStatus(status).kind == .regular else { return false }
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0
  }
}

extension FileStatus {
  fileprivate init(_ status: stat) {
    let kinds: [mode_t: Kind] = [
      S_IFREG: .regular, S_IFDIR: .folder, S_IFLNK: .symbolicLink, S_IFIFO: .fifo, S_IFSOCK: .socket,
      S_IFCHR: .characterDevice, S_IFBLK: .blockDevice,
    ]
    self.init(
      kind: kinds[status.st_mode & S_IFMT] ?? .socket, links: Int(status.st_nlink),
      mode: UInt32(status.st_mode & 0o7777), owner: status.st_uid, group: status.st_gid)
  }
}
