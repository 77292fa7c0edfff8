// SPDX-License-Identifier: MIT

import Foundation
import PropertyTesting
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Runs the cases of every `forAll` in a test or suite in another process, so that a trap is a failure like any other.
///
/// The process is this test alone, started anew after each trap; cases are sent to it one by one. A property that does not
/// return within its `CheckSettings.caseLimit`, or a minute, fails as too slow. The tests of one function with several
/// arguments are told apart by the text of their arguments, which must be the same in each process.
public struct TrapSurvivalTrait: TestTrait, SuiteTrait, TestScoping {
  @TaskLocal static var isOn = false
  /// A suite hands it down to its tests.
  public var isRecursive: Bool { true }

  /// Runs the test with its cases elsewhere.
  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await TrapSurvivalTrait.$isOn.withValue(true) { try await function() }
  }
}

extension Trait where Self == TrapSurvivalTrait {
  /// Traps in the properties of the test or suite are found, made simple and reported like other failures.
  public static var survivingTraps: TrapSurvivalTrait { TrapSurvivalTrait() }
}

/// The other process, as the one that asks sees it.
final class TrapClient: Sendable {
  private let place: TestPlace
  private let patience: Duration?
  private let child = Mutex<Child?>(nil)

  private struct Child: @unchecked Sendable {
    let process: TestProcess
    let folder: URL
    let channel: LineChannel
  }

  init(_ place: TestPlace, _ settings: CheckSettings) { (self.place, patience) = (place, settings.caseLimit) }

  /// The answer to a request: that of the other process, or that it ended.
  func ask(_ request: CaseRequest) -> CaseAnswer {
    child.withLock { child in
      do {
        let current = try child ?? start()
        child = current
        try current.channel.write(JSONEncoder().encode(request))
        // Starting takes a while.
        let limit = max(patience.map { $0 * 10 } ?? .seconds(60), .seconds(10))
        if let line = try current.channel.read(limit, while: { current.process.isRunning }) {
          return try JSONDecoder().decode(CaseAnswer.self, from: line)
        }
        child = nil
        return end(current, limit)
      } catch {
        child = nil
        return CaseAnswer(
          .threw(type: "TrapClient", message: "the test cannot be run in another process: \(error)"), values: [])
      }
    }
  }

  /// Ends the other process.
  func finish() {
    child.withLock { child in
      guard let last = child else { return }
      last.process.end()
      try? FileManager.default.removeItem(at: last.folder)
      child = nil
    }
  }

  private func start() throws -> Child {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("property-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let channel = try LineChannel(making: folder)
    let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
    let arguments = CommandLine.arguments
    // Where a bundle is run by a helper, the helper must know it.
    let bundle = arguments.firstIndex(of: "--test-bundle-path").map { Array(arguments[$0...].prefix(2)) } ?? []
    var environment = ProcessInfo.processInfo.environment
    environment[TrapServer.variable] = "\(folder.path)\n\(place.name)\n\(fingerprint(of: place.arguments))"
    environment["SWIFT_BACKTRACE"] = "enable=no"
    let process = try TestProcess(
      FileManager.default.fileExists(atPath: program) ? program : arguments[0],
      bundle + ["--testing-library", "swift-testing", "--filter", place.filter],
      environment: environment, errors: folder.appendingPathComponent("stderr").path)
    return Child(process: process, folder: folder, channel: channel)
  }

  /// What a process that gave no answer says.
  private func end(_ child: Child, _ limit: Duration) -> CaseAnswer {
    defer { try? FileManager.default.removeItem(at: child.folder) }
    let isStuck = child.process.isRunning
    child.process.end()
    let files = (try? FileManager.default.contentsOfDirectory(at: child.folder, includingPropertiesForKeys: nil)) ?? []
    let trapped = files.first { $0.pathExtension == "running" }.flatMap { CaseFile.trapped($0) }
    let said = (try? String(contentsOf: child.folder.appendingPathComponent("stderr"), encoding: .utf8)) ?? ""
    guard let trapped else {
      let last = said.split(separator: "\n").last.map { ": \($0)" } ?? ""
      return CaseAnswer(
        .threw(type: "TrapClient", message: "the test did not reach this property in another process\(last)"),
        values: [])
    }
    if isStuck { return CaseAnswer(.tookTooLong(limit: patience ?? limit), values: trapped.values) }
    let message = said.split(separator: "\n").last { $0.contains("rror: ") } ?? ""
    return CaseAnswer(
      .trapped(message: message.isEmpty ? child.process.ending : String(message), inGenerator: trapped.inGenerator),
      values: trapped.values)
  }
}

/// The other process, as it sees itself.
struct TrapServer {
  static let variable = "CCH_TRAP_SERVER"
  private let folder: URL
  private let name: String
  private let arguments: String

  /// Nil unless this process was started to serve.
  static let current: TrapServer? = ProcessInfo.processInfo.environment[variable].flatMap { text in
    let parts = text.split(separator: "\n").map(String.init)
    return parts.count == 3
      ? TrapServer(folder: URL(fileURLWithPath: parts[0]), name: parts[1], arguments: parts[2]) : nil
  }

  /// Whether this is the property that is asked for; the others of the test are passed over.
  func serves(_ place: TestPlace) -> Bool {
    place.name == name && "\(fingerprint(of: place.arguments))" == arguments
  }

  /// Answers requests until the other side ends this process.
  func serve<Value>(_ property: Property<Value>) {
    guard let channel = try? LineChannel(opening: folder) else { exit(3) }
    let file = CaseFile(folder, speaks: false)
    while let line = try? channel.read(.seconds(86_400), while: { getppid() > 1 }) {
      guard let request = try? JSONDecoder().decode(CaseRequest.self, from: line),
        let answer = try? JSONEncoder().encode(property.answer(request, in: file)), (try? channel.write(answer)) != nil
      else { exit(3) }
    }
    exit(0)
  }
}

/// Lines through two named pipes.
final class LineChannel: @unchecked Sendable {
  private let input: Int32
  private let output: Int32
  private var rest = Data()

  /// The end of the side that makes the pipes.
  convenience init(making folder: URL) throws {
    let (requests, answers) = (
      folder.appendingPathComponent("requests").path, folder.appendingPathComponent("answers").path
    )
    guard mkfifo(requests, 0o600) == 0, mkfifo(answers, 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
    try self.init(reading: answers, writing: requests)
  }

  /// The end of the other side.
  convenience init(opening folder: URL) throws {
    try self.init(
      reading: folder.appendingPathComponent("requests").path, writing: folder.appendingPathComponent("answers").path)
  }

  private init(reading: String, writing: String) throws {
    // Opened for both, a pipe never waits for its other end; who is there is known from the process.
    (input, output) = (open(reading, O_RDWR | O_CLOEXEC), open(writing, O_RDWR | O_CLOEXEC))
    guard input >= 0, output >= 0 else { throw CocoaError(.fileReadUnknown) }
  }

  deinit {
    close(input)
    close(output)
  }

  func write(_ line: Data) throws {
    let bytes = Array(line) + [10]
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { writeBytes(output, $0.baseAddress, $0.count) }
      guard count > 0 else { throw CocoaError(.fileWriteUnknown) }
      done += count
    }
  }

  /// The next line; nil when the other side is gone or the time is over.
  func read(_ limit: Duration, while isThere: () -> Bool) throws -> Data? {
    let end = ContinuousClock.now + limit
    while true {
      if let newline = rest.firstIndex(of: 10) {
        defer { rest = Data(rest[(newline + 1)...]) }
        return Data(rest[..<newline])
      }
      var waiting = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      if poll(&waiting, 1, 20) > 0 {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = readBytes(input, &buffer, buffer.count)
        if count > 0 { rest.append(contentsOf: buffer[..<count]) }
      } else if !isThere() || ContinuousClock.now > end {
        // What was written before the end is still read.
        if poll(&waiting, 1, 0) == 0 { return nil }
      }
    }
  }
}

private func writeBytes(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }
private func readBytes(_ file: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(file, bytes, count)
}
