import ArgumentParser
import Claims
import Distillation
import ExactAlgebra
import ExactJSON
import DataTables

/// `cch explain`: one instance in full.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain one instance, or data, in full: informations, risk, window, every claim.",
    usage: """
      cch explain <file> [--n <n>] [--lambda <λ>] [--verdict] [--json]
      cch explain --data <csv> --teacher <columns> --student <columns> --label <columns> [--n <n>] [--lambda <λ>]
      """,
    discussion: """
      With --data, Σ is the exact sample covariance of the named columns and the teacher is the least-squares one. \
      Columns are separated by commas.
      """)

  @Argument(help: "An instance (cch.instance/1) or a certificate (cch.certificate/1).")
  var file: String?

  @Option(help: "A CSV file with a header line, instead of an instance.")
  var data: String?

  @Option(help: "The columns of x1, which the teacher sees.")
  var teacher: String?

  @Option(help: "The columns of x2, which the student sees.")
  var student: String?

  @Option(help: "The columns of y.")
  var label: String?

  @Option(name: .customLong("n"), help: "The number of training rows of the student, instead of the file's.")
  var rows: Int?

  @Option(help: "The distillation weight λ, as 1/2 or 0.5, instead of the file's.")
  var lambda: String?

  @Flag(help: "Only the verdicts: what the CCH predicts and what is true; --brief without --json is the same.")
  var verdict = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if (file == nil) == (data == nil) { throw ValidationError("name either an instance file or --data FILE.csv") }
    for (name, value) in [("teacher", teacher), ("student", student), ("label", label)] {
      if data != nil, value == nil { throw ValidationError("--data needs --\(name) with its columns") }
      if data == nil, value != nil { throw ValidationError("--\(name) names columns of a CSV and needs --data") }
    }
  }

  func run() throws {
    let weight = try lambda.map { try parseWeight($0) }
    let (source, loaded) = try load()
    var instance = loaded
    do { instance = try instance.with(n: rows) } catch { throw UserError("--n \(rows ?? 0): \(source): \(error)") }
    do { instance = try instance.with(lambda: weight) } catch {
      throw UserError("--lambda \(lambda ?? ""): \(source): \(error)")
    }
    do { try instance.requireInformative() } catch { throw UserError(file: source, error) }
    let explanation = Explanation(instance, source: source)
    if output.json {
      try StandardOutput.write(output.text(explanation.json))
    } else {
      let text = ExplanationText(explanation, Palette(isOn: StandardOutput.isColoured))
      try StandardOutput.write(verdict || output.brief ? text.verdict : text.full)
    }
  }

  /// The instance, and what to call it in messages.
  private func load() throws -> (String, Instance) {
    guard let data, let teacher, let student, let label else {
      let file = file ?? ""
      return (file, try readProblem(file).instance)
    }
    let table = try readTable(data)
    func columns(_ list: String) -> [String] {
      list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let (x1, x2, y) = (columns(teacher), columns(student), columns(label))
    do {
      let sigma = try table.covariance(of: x1 + x2 + y)
      return (data, try Instance(sigma: sigma, p1: x1.count, p2: x2.count, q: y.count, w1: nil))
    } catch { throw UserError(file: data, error) }
  }
}
