// SPDX-License-Identifier: GPL-3.0-or-later
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
      document. csv: lines part,row,column,value. What 'cch explain --json' printed is read as its instance. A \
      certificate that does not hold is refused.
      """)

  @Argument(help: "An instance (cch.instance/1) or a certificate (cch.certificate/1).")
  var file: String

  @Option(help: "coq, json or csv.")
  var format: ExportFormat

  @Option(help: "Write to this file instead of standard output.")
  var out: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    let target = try out.map { try outputFile($0) }
    let problem = try readProblem(file)
    if problem.claim?.stated != nil {
      throw UserError(
        "\(file): claim: a statement in text, whose refutation is not exported; without \"claim\" it can be exported as an instance"
      )
    }
    let text: String
    do throws(ExportError) {
      text = try problem.exported(as: format, name: file.split(separator: "/").last.map(String.init) ?? file)
    } catch { throw UserError(file: file, error) }
    try target?.save(text)
    if output.json {
      let document: JSONValue = [
        "schema": "cch.export/1", "file": .string(file), "format": .string(format.rawValue), "text": .string(text),
      ]
      try StandardOutput.write(output.text(document))
    } else if out == nil {
      try StandardOutput.write(text)
    }
  }
}

extension ExportFormat: ExpressibleByArgument {}
