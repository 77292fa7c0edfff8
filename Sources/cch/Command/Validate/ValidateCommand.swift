// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import PlainText
import ArgumentParser
import Estimation
import ExactJSON
import FileWriting
import ForeignPrograms
import Foundation
import LineProtocol
import SeededRuns

/// `cch validate`: any estimator of mutual information against known truth.
struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Judge an estimator of mutual information, of this tool or of any language, against known truth.",
    discussion: """
      cch validate --estimator ksg1
      cch validate --protocol lines -- python3 mine.py
      cch validate -- ./mine
      cch validate --estimator ksg1 --add mine='lines:python3 mine.py' --add theirs='./theirs' --csv

      With --protocol lines the program after -- is started once and answers JSON Lines: the faster way for interpreters. \
      Else it is called for every sample with a CSV file (a header line; the columns of x, then those of y), the number of \
      columns of x and that of y, and prints one number, the estimate in nats. It is judged on easy tasks, independence, consistency and relations between estimates, \
      with numbers of rows near 250, 1,000 and 4,000 that the seed draws; tasks of --all and --tasks beyond these are \
      reported only. With --add, several --estimator, --latex or --record it compares and judges nothing: all on the same samples of --tasks, \
      by default of the published benchmark; its --csv has an estimate a line, with the columns of the benchmark bmi. Exit status 1 where it is out of tolerance, 2 where it cannot be started or ends with an error whatever it \
      is asked.
      """)

  /// How a program is asked.
  enum ProgramProtocol: String, ExpressibleByArgument, CaseIterable {
    /// One call a sample: CSV in, one number out.
    case file
    /// One process for many samples: JSON Lines.
    case lines
  }

  @Option(
    name: .long, parsing: .singleValue,
    help: "An estimator of this tool: \(EstimatorList.all().map(\.name).joined(separator: ", ")); several are compared."
  )
  var estimator: [String] = []

  @OptionGroup var comparison: ComparisonOptions

  @Option(help: "What the program after -- is called in what is printed.")
  var name: String?

  @Argument(parsing: .postTerminator, help: "The program to judge, and its arguments.")
  var command: [String] = []

  @Option(
    name: .customLong("protocol"), help: "How the program is asked: file (one call a sample) or lines (JSON Lines).")
  var programProtocol: ProgramProtocol = .file

  @Option(
    help:
      "What it is made for: any density, mixed (classes, counts and atoms too), classes (y a class), discrete, or gaussian; judged on such tasks only. By default its own, or any."
  )
  var family: DistributionFamily?

  @Option(help: "Only tasks whose id matches, such as '1v1-*': judged where they are part of the gate, else reported.")
  var tasks: String?

  @Flag(help: "Report the whole published benchmark as well; it is not judged.")
  var all = false

  @Option(help: "The most columns a side that it takes; tasks and checks with more are left out.")
  var maxDimension: Int?

  @Option(help: "The number of rows of the samples of tasks that are only reported.")
  var rows = 1000

  @Option(help: "The number of samples of each task, 3 to 1000.")
  var repeats = 4

  @Option(help: "An instance file on whose decision ΔI > 0 it is tried; may be repeated.")
  var instance: [String] = []

  @Option(
    help: "The time that the program has for one sample, as 500ms or 60s, which is the default.",
    transform: TimeBudget.init(parsing:))
  var timeLimit = TimeBudget.minute

  @Option(
    help: "With --protocol lines, the time that the program has to start, as 500ms or 30s, which is the default.",
    transform: TimeBudget.init(parsing:))
  var startLimit = TimeBudget(.seconds(30))

  @OptionGroup var seed: SeedOption
  @OptionGroup var threads: ThreadsOption

  @Option(help: "Write JUnit XML to this file.")
  var junit: String?

  @Flag(help: "Warnings fail as well.")
  var strict = false

  @OptionGroup var pageOption: PageOption
  @OptionGroup var table: TableOption
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if isComparison {
      try validateComparison()
    } else {
      guard estimator.isEmpty != command.isEmpty else {
        throw ValidationError("name either an estimator with --estimator or a program after --")
      }
      guard (3...1000).contains(repeats) else {
        throw ValidationError("--repeats \(repeats): 3 to 1000 samples are possible")
      }
    }
    if name != nil, command.isEmpty {
      throw ValidationError("--name: names the program after --, and there is none; --add has names of its own")
    }
    guard (2...1_000_000).contains(rows) else {
      throw ValidationError("--rows \(rows): a sample has 2 to 1,000,000 rows")
    }
    if let maxDimension, maxDimension < 1 {
      throw ValidationError("--max-dimension \(maxDimension): at least 1 column is needed")
    }
  }

  mutating func run() async throws {
    if isComparison { return try await compare() }
    let (seed, threads) = (seed.choose(), threads.chosen)
    let (validation, judged, page) = try chosenValidation(seed: seed)
    let junitFile = try junit.map { try outputFile($0, "--junit") }
    try await RunSession.with(output, unit: "estimates") { session in
      // However this ends, what was written for the program goes.
      defer { judged.end() }
      let run = validation.run()
      session.follow(run)
      let pool = RespondentPool(judged.makeRespondent)
      do throws(StartError) { try validation.prepare(pool, until: { run.wasStopped }) } catch {
        if run.wasStopped { throw ExitCode.interrupted }
        throw UserError("\(error)")
      }
      if !output.json && !table.csv {
        try StandardOutput.write(forPeople: page.header(estimates: validation.estimateCount, threads: threads))
      }
      let answers = await session.showing(run) { await validation.answers(run, threads: threads, pool) }
      let conduct = pool.finish()
      let report = validation.report(answers, conduct: conduct)
      try junitFile?.save(report.junit(judged.name))
      let document = page.json(report)
      try pageOption.save(document)
      try output.write(document, csv: table.csv ? TableOption.rows(document, "tasks") : nil, or: page.text(report))
      // Of an estimator that passes it is but warnings.
      if !output.quiet, !report.passes { StandardError.quote(conduct.standardError) }
      if output.json || table.csv { self.seed.note(seed, output) }
      if run.wasStopped { throw ExitCode.interrupted }
      if !report.passes { throw ExitCode.falseFound }
    }
  }

  /// The validation that is asked for, what is judged, which must be ended after it, and how it is printed.
  ///
  /// - Throws: ``UserError`` where there is nothing to judge.
  func chosenValidation(seed: UInt64) throws -> (Validation, JudgedEstimator, ValidationPage) {
    let judged = try command.isEmpty ? JudgedEstimator(own: estimator[0]) : program(command)
    let family = family ?? judged.family
    let validation = Validation(try settings(seed: seed, family: family))
    guard validation.estimateCount > 0 else {
      throw UserError("--tasks \(tasks ?? "*"): nothing to judge or to report; 'cch tasks' lists the tasks")
    }
    return (validation, judged, ValidationPage(subject: judged.name, seed: seed, family: family))
  }

  /// The program after `--`.
  func program(_ words: [String]) throws -> JudgedEstimator {
    try JudgedEstimator(
      words, called: name, programProtocol, timeLimit: timeLimit.duration, startLimit: startLimit.duration)
  }

  private func settings(seed: UInt64, family: DistributionFamily) throws -> Validation.Settings {
    var settings = Validation.Settings()
    (settings.family, settings.seed, settings.samples, settings.rows) = (family, seed, repeats, rows)
    settings.isStrict = strict
    settings.decisions = try instance.map(instanceTasks)
    settings.dimension = maxDimension ?? .max
    do throws(NoSuchTasks) { try settings.choose(tasks, whole: all) } catch {
      throw UserError("--tasks \(error); 'cch tasks' lists them")
    }
    return settings
  }
}

extension DistributionFamily: ExpressibleByArgument {}

extension TimeBudget {
  static let minute = TimeBudget(.seconds(60))
}
