// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Oracle
import PlainText
import ArgumentParser
import Conformance
import ExactJSON
import ForeignPrograms
import Foundation
import LineProtocol
import SeededRuns
import Vectors

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

  @Option(
    name: .customLong("init"),
    help:
      "Write a program to start from into this folder, in python, r, julia, node, c or swift, and say what to do next.")
  var skeleton: Skeleton?

  @Option(help: "Only this operation; may be repeated.")
  var only: [String] = []

  @Option(help: "The folder of the vectors, in place of fixtures/vectors.")
  var vectors: String?

  @Option(help: "This many fresh random cases more, judged by the exact oracle; failures are made small.")
  var random: Int?

  @OptionGroup var seed: SeedOption

  @Option(help: "Write JUnit XML to this file.")
  var junit: String?

  @Option(help: "Write all answers to this file, to compare a later release with.")
  var record: String?

  @Option(help: "Compare with the answers in this file, which --record wrote.")
  var against: String?

  @OptionGroup var guarding: GuardOptions

  @Option(
    help: "How long the program may go without answering, as 500ms or 10s, which is the default.",
    transform: TimeBudget.init(parsing:))
  var timeLimit = TimeBudget(.seconds(10))

  @Option(help: "How long the program may take to start, by default 30s.", transform: TimeBudget.init(parsing:))
  var startLimit = TimeBudget(.seconds(30))

  @Option(help: "How long the whole run may take.", transform: TimeBudget.init(parsing:))
  var time: TimeBudget?

  @Option(help: "How many requests are sent ahead of the answers, 1 to 1024.")
  var inFlight = 32

  @Option(help: "How many failures of each operation are shown in full.")
  var show = 2

  @OptionGroup var pageOption: PageOption
  @OptionGroup var table: TableOption
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let skeleton, !command.isEmpty {
      throw ValidationError(
        "--init \(skeleton.rawValue): writes a program, and tests none; leave out what is behind --")
    }
    if skeleton != nil, output.json || table.csv {
      throw ValidationError(
        "--init: writes a program, and has no document to print; leave out \(output.json ? "--json" : "--csv")")
    }
    guard !command.isEmpty || skeleton != nil else {
      throw ValidationError("no program is named; give it after --, as in cch conform -- python3 mine.py")
    }
    if let random, !(1...1_000_000).contains(random) {
      throw ValidationError("--random \(random): 1 to 1,000,000 random cases are possible")
    }
    guard (1...1024).contains(inFlight) else {
      throw ValidationError("--in-flight \(inFlight): 1 to 1024 requests are possible")
    }
    guard show >= 0 else { throw ValidationError("--show \(show): the number must not be negative") }
  }

  mutating func run() async throws {
    if let skeleton { return try write(skeleton) }
    let program = try program()
    let suite = try suite()
    let earlier = try against.map(readRecord)
    let guards = try guarding.open()
    let junitFile = try junit.map { try outputFile($0, "--junit") }
    let recordFile = try record.map { try outputFile($0, "--record") }
    let seed = seed.choose()
    try await RunSession.with(output) { session in
      let run = CaseRun(Budget())
      session.follow(run)
      let report = try await session.drawing { draw in
        do throws(StartError) {
          return try suite.report(
            on: program, limits: limits, random: random.map { ($0, seed) }, until: { run.wasStopped },
            progress: CountDisplay(of: suite.count, draw).show)
        } catch {
          if run.wasStopped { throw ExitCode.interrupted }
          throw UserError("\(error)")
        }
      }
      let now = ConformanceRecord(report)
      let judgement = ConformanceJudgement(
        report, known: guards.known, since: earlier.map { RecordDifference(from: $0, to: now) })
      let page = ConformPage(judgement: judgement, knownFile: guarding.xfails, show: show)
      try guards.save(report)
      try junitFile?.save(report.junit)
      try recordFile?.save(now.document.pretty + "\n")
      try pageOption.save(page.json)
      try output.write(page.json, csv: table.csv ? TableOption.rows(page.json, "operations") : nil, or: page.text)
      if !output.quiet { StandardError.quote(report.standardError) }
      if random != nil, output.json || table.csv { self.seed.note(seed, output) }
      if report.wasInterrupted { throw ExitCode.interrupted }
      if !judgement.isAsExpected { throw ExitCode.falseFound }
    }
  }

  private var limits: ProgramLimits {
    var limits = ProgramLimits()
    (limits.start, limits.answer) = (startLimit.duration, timeLimit.duration)
    (limits.total, limits.mostInFlight) = (time?.duration, inFlight)
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
    let known = OracleOperation.allCases.map(\.rawValue)
    let operations = try only.map { name in
      guard let operation = OracleOperation(rawValue: name) else {
        let hint = nearestName(to: name, among: known).map { "did you mean \($0)?" }
        throw UserError("--only \(name): no such operation; \(hint ?? "there are \(known.joined(separator: ", "))")")
      }
      return operation
    }
    let suite: VectorSuite
    do {
      suite = try VectorSuite(folder: try vectors ?? Fixtures.path("vectors", or: "name the folder with --vectors"))
    } catch let error as VectorSuiteError {
      throw UserError("\(error)")
    }
    let kept = try guarding.keep(of: suite)
    if operations.isEmpty { return kept }
    let chosen = kept.only(Set(operations))
    guard chosen.count > 0 else {
      throw UserError("--only \(only.joined(separator: ", ")): the folder has no such vectors")
    }
    return chosen
  }

  private func readRecord(_ path: String) throws -> ConformanceRecord {
    let data = try readFile(path)
    do { return try ConformanceRecord(parsing: data) } catch { throw UserError(file: path, error) }
  }
}

/// How many vectors are done, on one line that is drawn over, at most ten times a second.
private final class CountDisplay {
  private let line: ProgressLine
  private let draw: (String) -> Void
  private let start = ContinuousClock.now
  private var last = ContinuousClock.now

  init(of total: Int, _ draw: @escaping (String) -> Void) {
    (line, self.draw) = (ProgressLine(unit: "vectors", total: total), draw)
  }

  func show(_ count: Int) {
    guard ContinuousClock.now - last > .milliseconds(100) else { return }
    last = .now
    draw(line.text(done: count, after: last - start))
  }
}
