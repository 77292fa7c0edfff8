// SPDX-License-Identifier: GPL-3.0-or-later
import FileWriting

/// A file system in memory that tells what is on its disk from what is only in its cache, and fails or ends at a given step.
///
/// On the disk names change in the order of the operations, as with a journal; how many of the changes since the last
/// synchronization of a folder are there after a crash is open, and so is how much of a content that was not synchronized.
final class ModelFileSystem: FileSystem {
  struct File {
    var status: FileStatus
    var content: [UInt8] = []
    /// What is certainly on the disk; nil where that is open.
    var durable: [UInt8]?
  }

  enum Change { case link(String, Int), unlink(String) }

  enum Ending { case crash, failure(FileSystemError) }

  private(set) var files: [Int: File] = [:]
  private(set) var names: [String: Int] = [:]
  private var durableNames: [String: Int] = [:]
  private var pending: [Change] = []
  private(set) var steps = 0
  private var isDown = false
  private let ending: (step: Int, how: Ending)?
  /// Where true, synchronizing does nothing: a writer that relies on it must be seen to fail.
  let ignoresSynchronization: Bool

  init(
    at path: String, content: [UInt8]?, ending: (step: Int, how: Ending)? = nil, ignoresSynchronization: Bool = false
  ) {
    (self.ending, self.ignoresSynchronization) = (ending, ignoresSynchronization)
    if let content {
      files[0] = File(status: FileStatus(kind: .regular, mode: 0o640), content: content, durable: content)
      (names[path], durableNames[path]) = (0, 0)
    }
  }

  /// Counts an operation that changes something; throws where it is the last one, or the machine is down.
  private func step() throws(FileSystemError) {
    if isDown { throw FileSystemError(code: -1, "the machine is down") }
    steps += 1
    guard let ending, ending.step == steps else { return }
    switch ending.how {
    case .failure(let error): throw error
    case .crash:
      isDown = true
      throw FileSystemError(code: -1, "the machine is down")
    }
  }

  /// Every content that `path` may have on the disk after a crash; nil in it: there is no such file.
  func possibleContents(of path: String) -> [[UInt8]?] {
    (0...pending.count).flatMap { count -> [[UInt8]?] in
      var names = durableNames
      for change in pending.prefix(count) { apply(change, to: &names) }
      guard let file = names[path].flatMap({ files[$0] }) else { return [nil] }
      if let durable = file.durable { return [durable] }
      return (0...file.content.count).map { Array(file.content.prefix($0)) }
    }
  }

  func content(of path: String) -> [UInt8]? { names[path].flatMap { files[$0]?.content } }
  func fileStatus(of path: String) -> FileStatus? { names[path].flatMap { files[$0]?.status } }

  private func apply(_ change: Change, to names: inout [String: Int]) {
    switch change {
    case .link(let path, let file): names[path] = file
    case .unlink(let path): names[path] = nil
    }
  }

  private func change(_ change: Change) {
    apply(change, to: &names)
    pending.append(change)
  }

  func status(of path: String) -> FileStatus? {
    path == "d" ? FileStatus(kind: .folder, mode: 0o755) : names[path].flatMap { files[$0]?.status }
  }
  func linkTarget(of path: String) -> String? { nil }
  func isWritable(_ path: String) -> Bool { true }
  func names(in folder: String) -> [String] { names.keys.map { String($0.dropFirst(folder.count + 1)) } }

  func create(_ path: String, mode: UInt32) throws(FileSystemError) -> Int {
    try step()
    let file = files.count
    files[file] = File(status: FileStatus(kind: .regular, mode: mode))
    change(.link(path, file))
    return file
  }
  func openNode(_ path: String) throws(FileSystemError) -> Int { throw FileSystemError(code: 6, "no such device") }

  func write(_ bytes: ArraySlice<UInt8>, to handle: Int) throws(FileSystemError) -> Int {
    try step()
    files[handle]?.content += bytes.prefix(3)
    files[handle]?.durable = nil
    return min(3, bytes.count)
  }
  func setAttributes(of handle: Int, like status: FileStatus) throws(FileSystemError) {
    try step()
    files[handle]?.status = status
  }
  func synchronize(_ handle: Int) throws(FileSystemError) {
    try step()
    let content = files[handle]?.content
    if !ignoresSynchronization { files[handle]?.durable = content }
  }
  func close(_ handle: Int) {}

  func rename(_ path: String, to target: String) throws(FileSystemError) {
    try step()
    guard let file = names[path] else { throw FileSystemError(code: 2, "no such file") }
    change(.link(target, file))
    change(.unlink(path))
  }
  func synchronizeFolder(_ folder: String) throws(FileSystemError) {
    try step()
    if ignoresSynchronization { return }
    durableNames = names
    pending = []
  }
  func remove(_ path: String) throws(FileSystemError) {
    try step()
    change(.unlink(path))
  }
  func isAbandoned(_ path: String) -> Bool { true }
}
