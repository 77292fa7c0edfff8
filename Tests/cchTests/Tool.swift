// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// The built `cch`, run as a user runs it.
enum Tool {
  /// The root of this checkout.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
    .standardizedFileURL

  /// The executable that was built beside the tests.
  static let executable = built("cch")
  /// The part of it that `make verify` builds first.
  static let verdicts = built("verdicts")

  private static func built(_ name: String) -> URL {
    let beside = [CommandLine.arguments[0], Bundle.main.bundlePath + "/x"].map {
      URL(fileURLWithPath: $0).resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent(name)
    }
    let usual = root.appendingPathComponent(".build/debug/\(name)")
    return beside.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? usual
  }

  struct Result {
    let status: Int32
    let output: String
    let errors: String

    /// The output with every run of blanks and line ends as one blank.
    var flat: String { output.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    func json() throws -> JSONValue { try JSONValue(parsing: output) }
  }

  /// Runs the tool in the root of the checkout; both streams go through files, so no pipe can fill up.
  static func run(
    _ arguments: String..., environment: [String: String] = [:], afterStart: ((Process) -> Void)? = nil
  ) throws -> Result {
    try run(arguments, environment: environment, afterStart: afterStart)
  }

  /// The same for a list of arguments.
  static func run(
    _ arguments: [String], program: URL = executable, environment: [String: String] = [:],
    afterStart: ((Process) -> Void)? = nil
  ) throws -> Result {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = root
    // Wide, so that tests can look for whole sentences.
    process.environment = ProcessInfo.processInfo.environment.merging(["COLUMNS": "400"].merging(environment) { $1 }) {
      $1
    }
    let streams = try ["out", "err"].map { name -> FileHandle in
      let file = folder.appendingPathComponent(name)
      try Data().write(to: file)
      return try FileHandle(forWritingTo: file)
    }
    (process.standardOutput, process.standardError) = (streams[0], streams[1])
    try process.run()
    afterStart?(process)
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    }
    #expect(process.terminationReason == .exit, "the tool must not be killed by a signal or a trap")
    return Result(status: process.terminationStatus, output: try text("out"), errors: try text("err"))
  }

  /// Waits until a process has computed for a second, which is long after it began: a time on the clock is too short where the
  /// machine is busy, and keeps it busy where it is not.
  static func waitForWork(of process: Process) {
    func seconds() -> Double? {
      // The 14th and the 15th field count ticks, of which there are 100 in a second; the second one is in brackets.
      guard let text = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8),
        let fields = text.split(separator: ")").last?.split(separator: " "), fields.count > 12,
        let user = Double(fields[11]), let system = Double(fields[12])
      else { return nil }
      return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
    guard seconds() != nil else { return Thread.sleep(forTimeInterval: 4) }
    while process.isRunning, let done = seconds(), done < 1 { usleep(10_000) }
  }

  static func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// Checks the contract for bad input: status 2, one error line with these parts, nothing on standard output.
  static func expectRefusal(_ result: Result, naming parts: [String], _ comment: String = "") {
    #expect(result.status == 2, "\(comment): \(result.errors)")
    #expect(result.output.isEmpty, "\(comment): \(result.output)")
    #expect(result.errors.hasPrefix("error: ") && result.errors.hasSuffix("\n"), "\(comment): \(result.errors)")
    #expect(result.errors.filter { $0 == "\n" }.count == 1, "\(comment): \(result.errors)")
    for part in parts { #expect(result.errors.contains(part), "\(comment): \(result.errors)") }
  }
}

extension JSONValue {
  /// The elements of an array; none of anything else.
  var elements: [JSONValue] {
    if case .array(let elements) = self { elements } else { [] }
  }
}
