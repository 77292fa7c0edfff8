// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Claims
import Distillation
import ExactAlgebra
import ExactJSON
import PlainText
import DataTables

/// `cch explain`: one instance in full.
package struct ExplainCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain one instance, or data, in full: informations, risk, window, every claim.",
    usage: """
      cch explain <file> [--n <n>] [--lambda <λ>] [--verdict] [--json]
      cch explain --data <file> … --teacher <columns> --student <columns> --label <columns> [--n <n>] [--lambda <λ>]
      """,
    discussion: """
      With --data, Σ is the exact sample covariance of the named columns and the teacher is the least-squares one. \
      Columns and tables are named as in 'cch advise'.
      """)

  @Argument(help: "An instance (cch.instance/1), a model of classes (cch.classes/1), or a certificate about one.")
  var file: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Tables with a header line, or arrays, instead of an instance: FILE, or ARCHIVE.npz:ARRAY.", valueName: "file"))
  var data: [String] = []

  @Option(help: "The columns of x1, which the teacher sees.")
  var teacher: String?

  @Option(help: "The columns of x2, which the student sees.")
  var student: String?

  @Option(help: "The columns of y.")
  var label: String?

  @OptionGroup var reading: DataOptions

  @Option(name: .customLong("n"), help: "The number of training rows of the student, instead of the file's.")
  var rows: Int?

  @Option(help: "The distillation weight λ, as 1/2 or 0.5, instead of the file's.")
  var lambda: String?

  @Flag(help: "Only the verdicts: what the CCH predicts and what is true; --brief without --json is the same.")
  var verdict = false

  @Option(name: .customLong("claim"), help: "A statement in text, which is decided besides the claims.")
  var stated: String?

  @OptionGroup var plotOption: PlotOption
  @OptionGroup var pageOption: PageOption
  @OptionGroup var table: TableOption
  @OptionGroup var output: OutputOptions

  package init() {}

  package func validate() throws {
    if (file == nil) == data.isEmpty { throw ValidationError("name either an instance file or --data FILE.csv") }
    for (name, value) in [("teacher", teacher), ("student", student), ("label", label)] {
      if !data.isEmpty, value == nil { throw ValidationError("--data needs --\(name) with its columns") }
      if data.isEmpty, value != nil { throw ValidationError("--\(name) names columns of a table and needs --data") }
    }
    if data.isEmpty, reading.key != nil || reading.dropMissing || reading.decimal != nil || reading.impute != nil {
      throw ValidationError("--key, --decimal, --drop-missing and --impute are about tables and need --data")
    }
  }

  package func run() throws {
    let claim = try stated.map { try chosenClaim($0, file: nil) }
    let claims = claim.map { allClaims + [$0] } ?? allClaims
    try ExplainProgress.with(output, claims: claims.count) { progress in try explain(claim, among: claims, progress) }
  }

  private func explain(_ claim: (any Claim)?, among claims: [any Claim], _ progress: ExplainProgress) throws {
    let problem = try file.map { ($0, try readAnyProblem($0)) }
    if case (let file, .classes(let model))? = problem { return try explainClasses(model, file) }
    let weight = try lambda.map { try parseWeight($0) }
    let (source, loaded, notes) = try load(problem)
    var instance = loaded
    do { instance = try instance.with(n: rows) } catch { throw UserError("--n \(rows ?? 0): \(source): \(error)") }
    do { instance = try instance.with(lambda: weight) } catch {
      throw UserError("--lambda \(lambda ?? ""): \(source): \(error)")
    }
    do { try instance.requireInformative() } catch { throw UserError(file: source, error) }
    let explanation = Explanation(instance, source: source, claims: claims) { progress.enter($0) }
    progress.end()
    // Only now: an error is one line on standard error.
    if !output.quiet { StandardError.note(notes) }
    try pageOption.save(explanation.json)
    if output.json || table.csv {
      try StandardOutput.write(
        output.json ? output.text(explanation.json) : TableOption.values(explanation.json))
    } else {
      let text = ExplanationText(
        explanation, Palette(isOn: StandardOutput.isColoured), plots: plotOption.characters)
      let page = verdict || output.brief ? text.verdict : text.full
      try StandardOutput.write(
        forPeople: page + (claim.map { ClaimTexts.reader.verdict(of: $0, explanation.facts) } ?? ""))
    }
  }

  /// What to call the instance in messages, the instance, and notes on how data were read.
  private func load(_ problem: (String, AnyProblem)?) throws -> (String, Instance, notes: [String]) {
    if case (let file, .covariance(let read))? = problem { return (file, read.instance, []) }
    let (teacher, student, label) = (teacher ?? "", student ?? "", label ?? "")
    let selection = try DataSelection(
      files: data, roles: [("teacher", teacher), ("student", student), ("label", label)], reading)
    for (columns, option) in zip(selection.columns, ["teacher", "student", "label"]) where columns.isEmpty {
      throw UserError("--\(option) names no column; name some, separated by commas")
    }
    let (p1, p2, q) = (selection.columns[0].count, selection.columns[1].count, selection.columns[2].count)
    let names = Array(selection.columns.joined())
    do {
      let (table, dropped) = try reading.prepared(
        selection.table, inputs: Array(names[..<(p1 + p2)]), labels: Array(names[(p1 + p2)...]))
      var notes = selection.notes
      if dropped > 0 { notes.append("\(dropped) rows with missing values are left out") }
      if !table.imputedColumns.isEmpty {
        notes.append("means stand for missing numbers of \(listed(table.imputedColumns))")
      }
      let sigma = try table.covariance(of: names)
      return (selection.source, try Instance(sigma: sigma, p1: p1, p2: p2, q: q, w1: nil), notes)
    } catch let error as DataTableError where error.isMissingNumber && !reading.dropMissing {
      throw selection.error(error, DataOptions.missingAdvice)
    } catch { throw selection.error(error) }
  }
}
