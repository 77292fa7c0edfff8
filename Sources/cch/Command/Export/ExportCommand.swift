// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Claims
import Conjectures
import ExactJSON

/// `cch export`: an instance or a certificate for other tools.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write an instance or a certificate for other tools: Coq, JSON, CSV.",
    discussion: """
      coq: a file for a folder below proofs, whose theorems say that the numbers of this tool are those of the model \
      and, for a certificate, that its claim is false; the kernel checks them by computation. json: the canonical \
      document. csv: lines part,row,column,value. Of a certificate of a statement in text, the Coq file states it over \
      the words of the proofs and refutes it; --claim exports a statement alone. What 'cch explain --json' printed is read as its instance. A \
      certificate that does not hold is refused.
      """)

  @Argument(help: "An instance (cch.instance/1) or a certificate (cch.certificate/1).")
  var file: String?

  @Option(name: .customLong("claim"), help: "Instead of a file: a statement in text, as a Coq definition.")
  var stated: String?

  @Option(help: "coq, json or csv.")
  var format: ExportFormat

  @Option(help: "Write to this file instead of standard output.")
  var out: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if (file == nil) == (stated == nil) { throw ValidationError("name either a file or --claim TEXT") }
    if stated != nil, format != .coq { throw ValidationError("--claim is exported with --format coq only") }
  }

  func run() throws {
    let target = try out.map { try outputFile($0) }
    let (source, text) = try exported()
    try target?.save(text)
    if output.json {
      let document: JSONValue = [
        "schema": "cch.export/1", "file": .string(source), "format": .string(format.rawValue), "text": .string(text),
      ]
      try StandardOutput.write(output.text(document))
    } else if out == nil {
      try StandardOutput.write(text)
    }
  }

  /// What is exported, and the text.
  private func exported() throws -> (source: String, text: String) {
    guard let file else {
      let text = stated ?? ""
      let claim = try chosenClaim(text, file: nil)
      guard let conjecture = claim.stated else {
        throw UserError("--claim: \(claim.id) is a claim of the project, which proofs/Statements.v has")
      }
      do throws(CoqStatementError) { return (text, try conjecture.coqFile()) } catch {
        throw UserError("--claim: \(error)")
      }
    }
    let problem = try readProblem(file)
    let name = file.split(separator: "/").last.map(String.init) ?? file
    if format == .coq, let conjecture = problem.claim?.stated {
      do throws(CoqStatementError) {
        return (file, try conjecture.coqRefutation(on: problem.instance, source: name))
      } catch { throw UserError("\(file): claim: \(error)") }
    }
    do throws(ExportError) { return (file, try problem.exported(as: format, name: name)) } catch {
      throw UserError(file: file, error)
    }
  }
}

extension ExportFormat: ExpressibleByArgument {}
