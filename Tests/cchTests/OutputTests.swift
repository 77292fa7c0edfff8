// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// Outputs destroy nothing: every option that writes a file, on every kind of node, all of them our own.
@Suite(.serialized) struct OutputTests {
  /// Calls `body` with an empty folder.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = try Tool.temporaryFolder().path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func kind(_ path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  /// Command lines without their output, which comes last, and their usual status.
  private static let writers: [(line: String, status: Int32)] = [
    ("hunt unbounded --seed 4 --out", 1), ("tasks sample 1v1-normal-0.75 --rows 4 --seed 1 --out", 0),
    ("export fixtures/certificates/converse.json --format csv --out", 0),
  ]

  private func run(_ line: String, _ path: String) throws -> Tool.Result {
    try Tool.run(line.split(separator: " ").map(String.init) + [path])
  }

  @Test func regularFilesKeepTheirMode() throws {
    try withFolder { folder in
      for (number, writer) in Self.writers.enumerated() {
        let path = "\(folder)/\(number)"
        #expect(try run(writer.line, path).status == writer.status)
        let first = try text(path)
        #expect(first.count > 20)
        chmod(path, 0o604)
        try FileManager.default.removeItem(atPath: path)
        try Data("old".utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, 0o604)
        #expect(try run(writer.line, path).status == writer.status)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o7777 == 0o604)
        #expect(try text(path) == first)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == Self.writers.count)
    }
  }

  @Test func linksStay() throws {
    try withFolder { folder in
      for (number, writer) in Self.writers.enumerated() {
        let (link, target) = ("\(folder)/link\(number)", "\(folder)/target\(number)")
        #expect(symlink("target\(number)", link) == 0)
        #expect(try run(writer.line, link).status == writer.status)
        #expect(kind(link) == S_IFLNK)
        #expect(try text(target).count > 20)
        let second = "\(folder)/second\(number)"
        #expect(Foundation.link(target, second) == 0)
        let before = try text(target)
        Tool.expectRefusal(try run(writer.line, second), naming: ["--out", second, "hard links"])
        #expect(try text(target) == before)
      }
    }
  }

  @Test func fifosAreWrittenThroughOrRefused() throws {
    try withFolder { folder in
      for (number, writer) in Self.writers.enumerated() {
        let path = "\(folder)/fifo\(number)"
        #expect(mkfifo(path, 0o600) == 0)
        Tool.expectRefusal(try run(writer.line, path), naming: [path, "FIFO"])
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        #expect(try run(writer.line, path).status == writer.status)
        var buffer = [UInt8](repeating: 0, count: 1 << 15)
        #expect(read(reader, &buffer, buffer.count) > 20)
        #expect(kind(path) == S_IFIFO)
      }
    }
  }

  /// Only where the machine lets us make a device of our own.
  @Test func devicesStay() throws {
    try withFolder { folder in
      for (number, writer) in Self.writers.enumerated() {
        let path = "\(folder)/null\(number)"
        guard mknod(path, S_IFCHR | 0o666, dev_t(1 << 8 | 3)) == 0 else { return }
        let status = try run(writer.line, path).status
        #expect(status == writer.status || status == 2)
        #expect(kind(path) == S_IFCHR)
      }
    }
  }

  @Test func conformAndRecordsRefuseWhatTheyCannotKeep() throws {
    try withFolder { folder in
      let fifo = folder + "/fifo"
      #expect(mkfifo(fifo, 0o600) == 0)
      for option in ["--record", "--junit"] {
        Tool.expectRefusal(try Tool.run(["conform", option, fifo, "--", "true"]), naming: [option, fifo, "FIFO"])
      }
      for name in ["regression", "synthetic"] {
        Tool.expectRefusal(
          try Tool.run(["experiment", name, "--quick", "--seed", "1", "--record", fifo]),
          naming: [fifo, "no regular file"])
      }
      #expect(kind(fifo) == S_IFIFO)
      // A file that is no record is not taken for one, not even where it has no complete line.
      for content in ["notes", "notes\n", "{\"a\": 1}"] {
        let notes = folder + "/notes"
        try Data(content.utf8).write(to: URL(fileURLWithPath: notes))
        let result = try Tool.run(["experiment", "synthetic", "--quick", "--seed", "1", "--record", notes])
        Tool.expectRefusal(result, naming: [notes], content)
        #expect(try text(notes) == content)
      }
    }
  }

  /// A process that is killed while it writes leaves a file that the next output removes.
  @Test func leftoversAreRemoved() throws {
    try withFolder { folder in
      let stray = folder + "/.cch-unfinished-x"
      try Data("half".utf8).write(to: URL(fileURLWithPath: stray))
      #expect(try run(Self.writers[0].line, folder + "/c.json").status == 1)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["c.json"])
    }
  }

  /// Only where a small file system can be mounted: a full disk is named, and what was there stays.
  @Test func aFullDiskIsNamed() throws {
    try withFolder { folder in
      guard getuid() == 0, try shell("mount -t tmpfs -o size=16k none \(folder)") == 0 else { return }
      defer { _ = try? shell("umount \(folder)") }
      let path = folder + "/c.csv"
      try Data("old".utf8).write(to: URL(fileURLWithPath: path))
      let result = try run("tasks sample 1v1-normal-0.75 --rows 4000 --seed 1 --out", path)
      Tool.expectRefusal(result, naming: [path, "No space left on device"])
      #expect(try text(path) == "old")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["c.csv"])
      let record = folder + "/r.jsonl"
      _ = try shell("head -c 12000 /dev/zero > \(folder)/fill")
      Tool.expectRefusal(
        try Tool.run(["experiment", "regression", "--quick", "--seed", "1", "--record", record]),
        naming: [record, "No space left on device"])
    }
  }

  private func shell(_ line: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line + " 2>/dev/null"]
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}

@Suite struct WidthTests {
  /// Where nothing says otherwise a table has at most 80 columns, and `COLUMNS` says otherwise.
  @Test(arguments: [["claims"], ["tasks"], ["claims", "--words"], ["explain", "fixtures/instances/first.json"]])
  func tablesFit(arguments: [String]) throws {
    let widths = try ["", "50", "200"].map { columns in
      try Tool.run(arguments, environment: ["COLUMNS": columns]).output.split(separator: "\n")
        // Sentences are left to the terminal; rows of tables have columns.
        .filter { $0.contains("  ") }.map(\.count).max() ?? 0
    }
    #expect(widths[0] <= 80 && widths[0] > 60 && widths[2] > 80, "\(widths)")
    #expect(widths[1] <= 80 && widths[1] <= widths[0], "\(widths)")
  }
}
