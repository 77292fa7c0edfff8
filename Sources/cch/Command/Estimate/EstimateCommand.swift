// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import DataTables
import Estimation
import ExactAlgebra
import Foundation
import PlainText
import SeededRuns

/// `cch estimate`: the mutual information of one's own data.
struct EstimateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract: "Estimate the mutual information of your own data, with intervals, a test and what to think of it.",
    usage: "cch estimate <table> --x <columns> --y <columns> [--given <columns>]",
    discussion: """
      Columns and files are named as in 'cch advise': lists, patterns (img_*), ranges, files (feats.npz:audio). Columns of texts, and of numbers \
      that take at most a tenth as many values as there are rows, are classes; --discrete and --continuous say otherwise. Which \
      estimators are used follows from that: ksg1, ksg2 and gaussian for measurements, mixed where values repeat, ross for a class \
      and measurements, counts for two classes; with --given classes the mean over them, else conditional-ksg and gaussian. In nats. \
      The interval is that of random halves of the rows (it knows no bias); p is that of rows in random order; the bias is \
      the method's on a Gaussian of the same size and correlations.
      """)

  @Argument(help: "A table with a header line, one row a sample.")
  var file: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("More tables or arrays of the same samples: FILE, or ARCHIVE.npz:ARRAY.", valueName: "file"))
  var data: [String] = []

  @Option(help: "The columns of x.")
  var x: String

  @Option(help: "The columns of y.")
  var y: String

  @Option(help: "The columns that are given: I(x; y | these).")
  var given: String?

  @Option(help: "Columns that are classes, whatever they look like.")
  var discrete: String?

  @Option(help: "Columns that are measurements, whatever they look like.")
  var continuous: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: "Only this estimator; may be given again. Of \(EstimatorList.all().map(\.name).joined(separator: ", ")).")
  var estimator: [String] = []

  @Option(help: "The number of neighbours of the methods that look for some.")
  var k = 3

  @Option(
    help: "What is done to measurements before distances are taken: unit (variance 1), ranks (normal scores) or none.")
  var scale = ColumnScale.unit

  @Option(help: "Take only so many rows, at random.")
  var rows: Int?

  @Option(help: "The number of random halves of the rows that make the interval; 0 for none.")
  var repeats = 100

  @Option(help: "The number of random orders of the test; 0 for none.")
  var permutations = 199

  @Option(help: "The number of Gaussian samples that tell the bias; 0 for none.")
  var simulations = 20

  @Option(help: "The coverage of the intervals, between 0 and 1.")
  var confidence = 0.95

  @OptionGroup var reading: DataOptions
  @OptionGroup var seed: SeedOption
  @OptionGroup var threads: ThreadsOption

  @Flag(help: "Print CSV, a line an estimator.")
  var csv = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if reading.impute != nil {
      throw ValidationError("--impute: means in the place of missing numbers would be ties; use --drop-missing")
    }
    if k < 1 { throw ValidationError("--k \(k): at least 1 neighbour is needed") }
    if let rows, rows < 2 { throw ValidationError("--rows \(rows): at least 2 rows are needed") }
    guard confidence > 0, confidence < 1 else {
      throw ValidationError("--confidence \(confidence): a coverage is between 0 and 1")
    }
    for (option, number, least) in [
      ("repeats", repeats, 10), ("permutations", permutations, 19), ("simulations", simulations, 2),
    ] where number != 0 && !(least...100_000).contains(number) {
      throw ValidationError("--\(option) \(number): 0, or \(least) to 100,000 are possible")
    }
  }

  mutating func run() async throws {
    let seed = seed.choose()
    let (data, source, notes) = try measured(seed: seed)
    guard k < data.sample.count else {
      throw UserError(
        file: source,
        "--k \(k): k is \(k), and there are \(data.sample.count) rows; fewer neighbours than rows are needed")
    }
    let methods = try chosen(for: data.sample)
    var settings = InformationStudy.Settings()
    (settings.halves, settings.permutations, settings.simulations) = (repeats, permutations, simulations)
    (settings.confidence, settings.seed) = (confidence, seed)
    let study = InformationStudy(data.sample, methods: methods, settings)
    let page = EstimatePage(
      study, source: source, dropped: data.dropped, confidence: confidence, k: k, seed: seed)
    let threads = threads.chosen
    try await RunSession.with(output, unit: "estimates") { session in
      let run = study.run()
      let findings = await session.showing(run) { await study.findings(run, threads: threads) }
      guard let findings else { throw ExitCode.interrupted }
      if !output.quiet { StandardError.note(notes) }
      let text = output.json ? output.text(page.json(findings)) : csv ? page.csv(findings) : page.text(findings)
      try StandardOutput.write(text)
      if csv { self.seed.note(seed, output) }
      // Every method refused the data, and says why.
      if findings.allSatisfy({ $0.estimate == nil }) {
        throw UserError(file: source, findings.first?.reason ?? "no estimate")
      }
    }
  }

  /// The sample, how many rows were left out, and where it is from.
  private func measured(
    seed: UInt64
  ) throws -> (data: (sample: MeasuredSample, dropped: Int), source: String, notes: [String]) {
    let optional = [("given", given), ("discrete", discrete), ("continuous", continuous)].compactMap { option, list in
      list.map { (option: option, list: $0) }
    }
    let roles = [(option: "x", list: x), (option: "y", list: y)] + optional
    let selection = try DataSelection(files: (file.map { [$0] } ?? []) + self.data, roles: roles, reading)
    func columns(_ option: String) -> [String] {
      roles.firstIndex { $0.option == option }.map { selection.columns[$0] } ?? []
    }
    let used = columns("x") + columns("y") + columns("given")
    for (place, name) in used.enumerated() where used[..<place].contains(name) {
      throw UserError(
        file: selection.source, "column \(quoted(name)) is named twice; x, y and what is given must not share columns")
    }
    let (classes, numbers) = (columns("discrete"), columns("continuous"))
    for (option, names) in [("discrete", classes), ("continuous", numbers)] {
      if let name = names.first(where: { !used.contains($0) }) {
        throw UserError(file: selection.source, "--\(option): column \(quoted(name)) is not in --x, --y or --given")
      }
    }
    if let name = classes.first(where: numbers.contains) {
      throw UserError(file: selection.source, "column \(quoted(name)) is in --discrete and in --continuous")
    }
    do {
      let (table, dropped) = try reading.prepared(selection.table, inputs: used, labels: [])
      let kept = InformationStudy.sample(rows, of: table.rowCount, seed: seed)
      func measured(_ names: [String]) throws -> [MeasuredColumn] {
        try names.map { name in
          let kind: MeasuredColumn.Kind? =
            classes.contains(name) ? .discrete : numbers.contains(name) ? .continuous : nil
          return try column(name, of: table, rows: kept, kind: kind)
        }
      }
      let sample = try MeasuredSample(
        x: measured(columns("x")), y: measured(columns("y")), given: measured(columns("given")), scale: scale)
      return ((sample, dropped), selection.source, selection.notes)
    } catch let error as DataTableError where error.isMissingNumber && !reading.dropMissing {
      throw selection.error(error, "; or leave such rows out, counted, with --drop-missing")
    } catch { throw selection.error(error) }
  }

  /// A column as numbers or, where it holds texts and need not be a measurement, as classes.
  private func column(
    _ name: String, of table: DataTable, rows: [Int], kind: MeasuredColumn.Kind?
  ) throws(DataTableError) -> MeasuredColumn {
    do throws(DataTableError) {
      let numbers = try table.doubles(in: name)
      return MeasuredColumn(name, numbers: rows.map { numbers[$0] }, kind: kind)
    } catch {
      guard case .notANumber = error, !error.isMissingNumber, kind != .continuous else { throw error }
      let texts = try table.texts(in: name)
      return MeasuredColumn(name, texts: rows.map { texts[$0] })
    }
  }

  private func chosen(for sample: MeasuredSample) throws -> [InformationMethod] {
    guard !estimator.isEmpty else { return InformationMethod.suited(to: sample, k: k) }
    let names = InformationMethod.names(for: sample)
    return try estimator.map { name in
      if let method = InformationMethod.named(name, for: sample, k: k) { return method }
      let hint = nearestName(to: name, among: names).map { "did you mean \($0)?" }
      let place = sample.given.isEmpty ? "" : " where measurements are given"
      throw UserError(
        "--estimator \(name): no such estimator\(place); \(hint ?? "there are \(names.joined(separator: ", "))")")
    }
  }
}

extension ColumnScale: ExpressibleByArgument {}
