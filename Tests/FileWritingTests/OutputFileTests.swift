// SPDX-License-Identifier: GPL-3.0-or-later
import FileWriting
import Foundation
import Testing

@Suite struct CrashTests {
  private let old = Array("what was there".utf8)
  private let new = Array("the new content".utf8)
  private let path = "d/result.json"

  /// Writes the new content, whatever becomes of it.
  private func write(_ system: ModelFileSystem) throws { try OutputFile(path, in: system).write(new) }

  /// The number of steps of a write that nothing disturbs.
  private func stepCount(from content: [UInt8]?) throws -> Int {
    let system = ModelFileSystem(at: path, content: content)
    try write(system)
    #expect(system.content(of: path) == new)
    #expect(system.possibleContents(of: path) == [new], "a write that has ended is on the disk")
    return system.steps
  }

  @Test func afterEveryPrefixTheDiskHasTheOldOrTheNewContent() throws {
    for content in [old, nil, []] {
      for step in 1...(try stepCount(from: content)) {
        let system = ModelFileSystem(at: path, content: content, ending: (step, .crash))
        #expect(throws: OutputFileError.self) { try write(system) }
        for found in system.possibleContents(of: path) { #expect(found == content || found == new, "step \(step)") }
      }
    }
  }

  /// The model can see a fault: without synchronization some crash leaves neither.
  @Test func theModelSeesAWriterThatDoesNotSynchronize() throws {
    let found = (1...(try stepCount(from: old))).flatMap { step in
      let system = ModelFileSystem(at: path, content: old, ending: (step, .crash), ignoresSynchronization: true)
      #expect(throws: OutputFileError.self) { try write(system) }
      return system.possibleContents(of: path)
    }
    #expect(found.contains { $0 != old && $0 != new })
  }

  @Test func aFailureOfAnyStepIsNamedAndLosesNothing() throws {
    let full = FileSystemError(code: ENOSPC, "No space left on device")
    let count = try stepCount(from: old)
    for step in 1...count {
      let system = ModelFileSystem(at: path, content: old, ending: (step, .failure(full)))
      let error = #expect(throws: OutputFileError.self) { try write(system) }
      #expect(error?.description == "d/result.json: cannot be written: No space left on device")
      // The last step brings the new name to the disk; the new content is there already.
      #expect(system.content(of: path) == (step < count ? old : new), "step \(step)")
      #expect(system.names.count == 1, "step \(step): no leftover")
    }
  }

  @Test func theNextWriteRemovesLeftovers() throws {
    let system = ModelFileSystem(at: "d/.cch-unfinished-1", content: [1])
    try write(system)
    #expect(Array(system.names.keys) == [path])
  }

  @Test func theReplacementHasTheOwnerAndModeOfTheOld() throws {
    let system = ModelFileSystem(at: path, content: old)
    try write(system)
    #expect(system.fileStatus(of: path)?.mode == 0o640)
  }
}

@Suite struct NodeTests {
  /// Calls `body` with an empty folder.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cch-nodes-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
  private func kind(_ path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
  }
  private func refusal(_ path: String) -> String? {
    do {
      _ = try OutputFile(path)
      return nil
    } catch { return error.description }
  }

  @Test func newFilesAndOldOnes() throws {
    try withFolder { folder in
      let path = folder + "/a"
      try OutputFile(path).write("one")
      #expect(try text(path) == "one")
      chmod(path, 0o640)
      try OutputFile(path).write("two")
      var status = stat()
      #expect(stat(path, &status) == 0 && status.st_mode & 0o7777 == 0o640)
      #expect(try text(path) == "two")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
    }
  }

  @Test func symbolicLinksStay() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/sub", withIntermediateDirectories: true)
      for (link, target) in [("one", "sub/file"), ("two", "one"), ("three", folder + "/sub/other")] {
        #expect(symlink(target, folder + "/" + link) == 0)
        try OutputFile(folder + "/" + link).write(link)
        #expect(kind(folder + "/" + link) == S_IFLNK)
      }
      #expect(try text(folder + "/sub/file") == "two")
      #expect(try text(folder + "/sub/other") == "three")
      #expect(symlink("circle", folder + "/circle") == 0)
      #expect(refusal(folder + "/circle") != nil)
    }
  }

  @Test func filesOfSeveralNamesAreRefusedAndKept() throws {
    try withFolder { folder in
      try OutputFile(folder + "/a").write("old")
      #expect(link(folder + "/a", folder + "/b") == 0)
      #expect(refusal(folder + "/b")?.contains("2 hard links") == true)
      #expect(try text(folder + "/a") == "old")
    }
  }

  @Test func aFIFOIsWrittenThroughOrRefused() throws {
    try withFolder { folder in
      let path = folder + "/fifo"
      #expect(mkfifo(path, 0o600) == 0)
      #expect(refusal(path)?.contains("no program reads") == true)
      let reader = open(path, O_RDONLY | O_NONBLOCK)
      try OutputFile(path).write("through")
      var buffer = [UInt8](repeating: 0, count: 100)
      let count = read(reader, &buffer, 100)
      close(reader)
      #expect(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self) == "through" && kind(path) == S_IFIFO)
    }
  }

  /// Only where the machine lets us make a node of our own: as root, outside of most containers.
  @Test func aDeviceIsWrittenThrough() throws {
    try withFolder { folder in
      let path = folder + "/null"
      guard mknod(path, S_IFCHR | 0o666, dev_t(1 << 8 | 3)) == 0 else { return }
      // The folder may lie on a file system where nodes cannot be used; then it is refused.
      if refusal(path) == nil { try OutputFile(path).write("into nothing") }
      #expect(kind(path) == S_IFCHR)
    }
  }

  @Test func placesThatCannotBeWritten() throws {
    try withFolder { folder in
      for (path, part) in [
        (folder, "is a directory"), (folder + "/no/file", "there is no folder"), ("", "an empty path"),
        (folder + "/" + String(repeating: "x", count: 300), "name too long"),
      ] { #expect(refusal(path)?.lowercased().contains(part) == true, "\(path)") }
    }
  }

  @Test func whatIsBeingWrittenElsewhereIsLeftAlone() throws {
    try withFolder { folder in
      let system = POSIXFileSystem()
      let busy = try system.create(folder + "/.cch-unfinished-busy", mode: 0o600)
      try Data().write(to: URL(fileURLWithPath: folder + "/.cch-unfinished-stale"))
      try OutputFile(folder + "/a").write("x")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == [".cch-unfinished-busy", "a"])
      system.close(busy)
      try OutputFile(folder + "/a").write("y")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
    }
  }
}
