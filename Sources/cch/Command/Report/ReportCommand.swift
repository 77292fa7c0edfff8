// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import VerdictCommands
import ArgumentParser
import Claims
import ExactJSON
import FileWriting
import Foundation
import Reporting

/// `cch report`: pages that people look at.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Make pages with pictures: of results, or of the state of the theory.",
    usage: """
      cch report <file> … [--html <page>] [--title <title>]
      cch report --out <folder> [<file> …]
      """,
    discussion: """
      Of files that other commands printed with --json, one page: one HTML file, whole in itself, which needs no network. \
      Several files of one kind are laid side by side. With --out, the state of the theory: an index, and a page for each \
      claim with its theorem, its counterexample and, of a file of 'cch verify --json', how it was tested.
      """)

  @Argument(help: "What commands printed with --json; - for standard input.")
  var files: [String] = []

  @Option(help: ArgumentHelp("Write the page to this file, instead of standard output.", valueName: "page"))
  var html: String?

  @Option(help: "The title of the page.")
  var title: String?

  @Option(help: ArgumentHelp("Write the state of the theory to this folder.", valueName: "folder"))
  var out: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if output.json, out == nil, html == nil {
      throw ValidationError("--json: the page itself goes to standard output; name its file with --html")
    }
    if out == nil, files.isEmpty { throw ValidationError("name files that cch printed with --json, or --out FOLDER") }
    if out != nil, html != nil || title != nil {
      throw ValidationError("--html and --title are about a page of files, without --out")
    }
  }

  func run() throws {
    if let out { return try writeTheory(to: out) }
    let target = try html.map { try outputFile($0, "--html") }
    let page: String
    do { page = try Page(try documents(), title: title).html } catch let error as ReportError {
      throw UserError("\(error)")
    }
    guard let target else { return try StandardOutput.write(Array(page.utf8)) }
    try target.save(page)
    try printDocument([target.path])
  }

  /// What was written, where `--json` asks for it.
  private func printDocument(_ paths: [String]) throws {
    guard output.json else { return }
    try StandardOutput.write(
      output.text(["schema": "cch.report/1", "pages": .array(paths.map { ["file": .string($0)] })]))
  }

  private func documents() throws -> [Document] {
    try files.map { file in
      let data = try readFile(file)
      do { return try Document(name: file, bytes: data) } catch { throw UserError("\(error)") }
    }
  }

  /// The claims of this program, the explanations of their certificates and the index and the graph of the proofs, and what is given.
  private func writeTheory(to folder: String) throws {
    var documents = try self.documents()
    let pages: [TheoryPages.File]
    do {
      documents.append(try Document(name: "cch claims", value: ClaimsCommand.document))
      for path in Set(listedClaims.compactMap(\.certificatePath)).sorted() {
        let source = "fixtures/\(path)"
        let explanation =
          switch try readAnyProblem(try Fixtures.path(path)) {
          case .covariance(let problem): Explanation(problem.instance, source: source).json
          case .classes(let problem): ExplainCommand.classDocument(problem.model, source: source)
          }
        documents.append(try Document(name: path, value: explanation))
      }
      for name in ["index.json", "graph.json"] {
        guard let path = try? Fixtures.path("../proofs/\(name)") else { continue }
        documents.append(try Document(name: path, bytes: try readFile(path)))
      }
      pages = try TheoryPages(documents).files
    } catch let error as ReportError { throw UserError("\(error)") }
    try makeFolder(folder)
    let targets = try pages.map { try outputFile("\(folder)/\($0.name)") }
    for (target, page) in zip(targets, pages) { try target.save(page.html) }
    try printDocument(targets.map(\.path))
    if !output.quiet { StandardError.note(["\(pages.count) pages; begin with \(folder)/index.html"]) }
  }
}
