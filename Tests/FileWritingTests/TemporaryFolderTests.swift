// SPDX-License-Identifier: GPL-3.0-or-later
import FileWriting
import Foundation
import Testing

@Suite struct TemporaryFolderTests {
  /// A folder for the folders of a test.
  private func withParent(_ body: (URL) throws -> Void) throws {
    let parent = FileManager.default.temporaryDirectory.appendingPathComponent("cch-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: parent) }
    try body(parent)
  }

  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
  }

  @Test func isMadeAndRemovedWithItsFiles() throws {
    try withParent { parent in
      let folders = TemporaryFolders()
      let (one, two) = (try folders.make(in: parent), try folders.make(in: parent))
      #expect(one.url != two.url)
      try Data("1".utf8).write(to: one.url.appendingPathComponent("file"))
      one.remove()
      one.remove()
      #expect(try names(in: parent) == [two.url.lastPathComponent])
      folders.removeAll()
      #expect(try names(in: parent).isEmpty)
    }
  }

  @Test func sayWhichCannotBeMade() throws {
    let folders = TemporaryFolders()
    #expect(throws: OutputFileError.self) { try folders.make(in: URL(fileURLWithPath: "/dev/null/x")) }
    folders.removeAll()
    #expect(throws: OutputFileError.self) { try folders.make() }
  }

  /// Whoever ends the process may rely on it: also where another thread is just removing, every way out waits until all is gone.
  @Test(arguments: [[true, true], [false, false], [true, false]]) func removalIsOverForEveryThread(areAll: [Bool])
    throws
  {
    try withParent { parent in
      for _ in 0..<10 {
        let folders = TemporaryFolders()
        let folder = try folders.make(in: parent)
        for index in 0..<200 { try Data().write(to: folder.url.appendingPathComponent("\(index)")) }
        // Whether the folder was still there when a thread returned.
        let (begun, isLeft) = (Recorder(), Recorder())
        for isAll in areAll {
          Thread.detachNewThread {
            begun.add(true)
            begun.wait(for: areAll.count)
            if isAll { folders.removeAll() } else { folder.remove() }
            isLeft.add(FileManager.default.fileExists(atPath: folder.url.path))
          }
        }
        isLeft.wait(for: areAll.count)
        #expect(isLeft.values == [false, false])
      }
    }
  }

  /// Threads that make folders while all are removed, at many moments.
  @Test func noneIsMadeAfterwards() throws {
    try withParent { parent in
      for moment in 0..<20 {
        let (folders, ended) = (TemporaryFolders(), Recorder())
        for _ in 0..<3 {
          Thread.detachNewThread {
            for _ in 0..<2_000 { guard (try? folders.make(in: parent)) != nil else { break } }
            ended.add(true)
          }
        }
        usleep(UInt32(moment * 100))
        folders.removeAll()
        ended.wait(for: 3)
        let left = try names(in: parent)
        #expect(left.isEmpty, "moment \(moment)")
      }
    }
  }

  /// Threads that write into a folder while it is removed: it goes all the same.
  @Test func goesWhileOthersWriteIntoIt() throws {
    try withParent { parent in
      for moment in 0..<20 {
        let (folders, ended) = (TemporaryFolders(), Recorder())
        let folder = try folders.make(in: parent)
        for thread in 0..<3 {
          Thread.detachNewThread {
            for index in 0..<20_000 {
              let file = folder.url.appendingPathComponent("\(thread)-\(index)")
              let descriptor = open(file.path, O_WRONLY | O_CREAT, 0o600)
              guard descriptor >= 0 else { break }
              close(descriptor)
            }
            ended.add(true)
          }
        }
        usleep(UInt32(moment * 100))
        folders.removeAll()
        ended.wait(for: 3)
        let left = try names(in: parent)
        #expect(left.isEmpty, "moment \(moment)")
      }
    }
  }
}

/// Values that several threads record; unchecked, since the lock guards all of them.
private final class Recorder: @unchecked Sendable {
  private let lock = NSLock()
  private var recorded: [Bool] = []

  func add(_ value: Bool) { lock.withLock { recorded.append(value) } }
  func wait(for count: Int) { while values.count < count { usleep(20) } }
  var values: [Bool] { lock.withLock { recorded } }
}
