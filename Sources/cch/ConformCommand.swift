import ArgumentParser
import Conformance
import ExactJSON
import ForeignPrograms
import Foundation
import LineProtocol
import PropertyTesting

/// `cch conform`: another implementation against the vectors.
struct ConformCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conform",
    abstract: "Test an implementation in any language against vectors with exact answers.",
    discussion: """
      cch conform -- python3 mine.py

      The program after -- is started once and asked in JSON Lines on its standard input: the operations that it lists, \
      each with inputs whose exact answers are known, valid and invalid ones. What it gets wrong is shown with the \
      likely mistake. Exit status 1 where a vector fails or the protocol is broken, 2 where the program does not start. \
      examples/implementations has complete programs to start from.
      """)

  @Argument(parsing: .postTerminator, help: "The program to test, and its arguments.")
  var command: [String] = []

  @Option(help: "Only this operation; may be repeated.")
  var only: [String] = []

  @Option(help: "The folder of the vectors, in place of fixtures/vectors.")
  var vectors: String?

  @Option(help: "This many fresh random cases more, judged by the exact oracle; failures are made small.")
  var random: Int?

  @Option(help: "The seed of the random cases; without it a new one is chosen and printed.")
  var seed: UInt64?

  @Option(help: "Write JUnit XML to this file.")
  var junit: String?

  @Option(help: "Write all answers to this file, to compare a later release with.")
  var record: String?

  @Option(help: "Compare with the answers in this file, which --record wrote.")
  var against: String?

  @Option(help: "How long the program may go without answering: 500ms, 10s.")
  var timeLimit = TimeBudget(.seconds(10))

  @Option(help: "How long the program may take to start.")
  var startLimit = TimeBudget(.seconds(30))

  @Option(help: "How long the whole run may take.")
  var time: TimeBudget?

  @Option(help: "How many requests are sent ahead of the answers, 1 to 1024.")
  var window = 32

  @Option(help: "How many failures of each operation are shown in full.")
  var show = 2

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard !command.isEmpty else {
      throw ValidationError("no program is named; give it after --, as in cch conform -- python3 mine.py")
    }
    if let random, !(1...1_000_000).contains(random) {
      throw ValidationError("--random \(random): 1 to 1,000,000 random cases are possible")
    }
    guard (1...1024).contains(window) else { throw ValidationError("--window \(window): 1 to 1024 requests") }
    guard show >= 0 else { throw ValidationError("--show \(show): the number must not be negative") }
  }

  mutating func run() async throws {
    let program = try program()
    let suite = try suite()
    let earlier = try against.map(readRecord)
    for (option, path) in [("--junit", junit), ("--record", record)] {
      if let path { try requireWritable(path, option) }
    }
    let seed = seed ?? UInt64.random(in: 0..<1_000_000)
    let session = CaseRun(Budget())
    let interruption = Interruption(of: session)
    let display = CountDisplay(of: suite.count, isOn: StandardError.isTerminal && !output.quiet)
    let report: ConformanceReport
    do throws(StartError) {
      report = try suite.report(
        on: program, limits: limits, random: random.map { ($0, seed) }, until: { session.wasStopped },
        progress: display.show)
    } catch {
      if session.wasStopped { throw ExitCode.interrupted }
      throw UserError("\(error)")
    }
    display.end()
    interruption.end()
    let now = ConformanceRecord(report)
    let page = ConformPage(report: report, difference: earlier.map { RecordDifference(from: $0, to: now) }, show: show)
    if let junit { try writeFile(report.junit, to: junit) }
    if let record { try writeFile(now.document.pretty + "\n", to: record) }
    try StandardOutput.write(output.json ? page.json.pretty + "\n" : page.text)
    if !output.quiet, !report.standardError.isEmpty {
      StandardError.write("the end of its standard error:\n" + page.standardError)
    }
    if random != nil, self.seed == nil, output.json, !output.quiet { StandardError.write("seed \(seed)\n") }
    if report.wasInterrupted { throw ExitCode.interrupted }
    if !report.passes { throw ExitCode.falseFound }
  }

  private var limits: ProgramLimits {
    var limits = ProgramLimits()
    (limits.start, limits.answer) = (startLimit.duration, timeLimit.duration)
    (limits.total, limits.window) = (time?.duration, window)
    return limits
  }

  private func program() throws -> ForeignCommand {
    do {
      let program = try ForeignCommand(command)
      _ = try program.executable()
      return program
    } catch { throw UserError("\(error)") }
  }

  /// The vectors of the operations that are asked for; every file is checked, also those of others.
  private func suite() throws -> VectorSuite {
    let known = Conformance.Operation.allCases.map(\.rawValue)
    let operations = try only.map { name in
      guard let operation = Conformance.Operation(rawValue: name) else {
        let hint = nearestName(to: name, among: known).map { "did you mean \($0)?" }
        throw UserError("--only \(name): no such operation; \(hint ?? "there are \(known.joined(separator: ", "))")")
      }
      return operation
    }
    let suite: VectorSuite
    do { suite = try VectorSuite(folder: try vectors ?? Fixtures.path("vectors")) } catch let error as VectorSuiteError
    {
      throw UserError("\(error)")
    }
    if operations.isEmpty { return suite }
    let chosen = suite.only(Set(operations))
    guard chosen.count > 0 else {
      throw UserError("--only \(only.joined(separator: ", ")): the folder has no such vectors")
    }
    return chosen
  }

  private func readRecord(_ path: String) throws -> ConformanceRecord {
    let data = try readFile(path)
    do { return try ConformanceRecord(parsing: data) } catch { throw UserError(file: path, error) }
  }

  /// Checks before anything runs that a file can be written, and leaves it as it is.
  private func requireWritable(_ path: String, _ option: String) throws {
    let manager = FileManager.default
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var isDirectory: ObjCBool = false
    guard manager.fileExists(atPath: folder, isDirectory: &isDirectory), isDirectory.boolValue else {
      throw UserError("\(option) \(path): the folder \(folder) does not exist; make it first")
    }
    if manager.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue {
      throw UserError("\(option) \(path): is a folder; name a file in it")
    }
    // The file is replaced as a whole, so its folder must be writable; a file that is protected is left alone.
    let isProtected = manager.fileExists(atPath: path) && !manager.isWritableFile(atPath: path)
    guard manager.isWritableFile(atPath: folder), !isProtected else {
      throw UserError("\(option) \(path): cannot be written; check the permissions")
    }
  }
}

/// How many vectors are done, on one line that is written over.
private final class CountDisplay {
  private let total: Int
  private let isOn: Bool
  private var last = ContinuousClock.now

  init(of total: Int, isOn: Bool) { (self.total, self.isOn) = (total, isOn) }

  func show(_ count: Int) {
    guard isOn, ContinuousClock.now - last > .milliseconds(100) else { return }
    last = .now
    StandardError.write("\r\(count) of \(total) vectors")
  }

  func end() { if isOn { StandardError.write("\r\u{1B}[K") } }
}
