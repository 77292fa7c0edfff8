// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import ExactJSON
import Foundation
import Oracle
import PlainText
import Vectors

/// `cch vectors`: the test vectors for other implementations, made anew.
struct VectorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vectors",
    abstract: "Write the test vectors for other implementations, byte for byte the same anywhere.",
    discussion: """
      One file an operation, of schema cch.vectors/1. A vector is never changed in place: where DIR already has one of the \
      same id and other content, nothing is written.
      """)

  @Option(help: ArgumentHelp("The folder to write to; it is made if it is missing.", valueName: "dir"))
  var out: String

  @OptionGroup var table: TableOption
  @OptionGroup var output: OutputOptions

  func run() throws {
    try makeFolder(out)
    let published = try OracleOperation.allCases.compactMap { try readPublished($0) }
    let files = VectorBook.files()
    for file in files { try requireUnchanged(file, published) }
    let outputs = try files.map { try outputFile(path(of: $0.operation)) }
    for (file, output) in zip(files, outputs) { try output.save(file.text) }
    try StandardOutput.write(
      output.json ? output.text(json(files)) : table.csv ? TableOption.rows(json(files), "files") : text(files))
  }

  private func path(of operation: OracleOperation) -> String {
    URL(fileURLWithPath: out).appendingPathComponent(VectorBook.fileName(operation)).path
  }

  /// The file of an operation that is there already.
  private func readPublished(_ operation: OracleOperation) throws -> VectorFile? {
    let path = path(of: operation)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do { return try VectorFile(parsing: try readFile(path)) } catch let error as VectorFileError {
      throw UserError(file: path, error)
    }
  }

  private func requireUnchanged(_ file: VectorFile, _ published: [VectorFile]) throws {
    guard let old = published.first(where: { $0.operation == file.operation }) else { return }
    do throws(ChangedVector) { try file.requireUnchanged(since: old) } catch {
      throw UserError("\(path(of: file.operation)): \(error)")
    }
  }

  private func text(_ files: [VectorFile]) -> String {
    var table = TextTable([("operation", .left), ("vectors", .right), ("refusals", .right), ("exact only", .right)])
    for file in files {
      table.append([
        file.operation.rawValue, "\(file.tests.count)", "\(file.refusals)", "\(file.tests.count(where: \.exactOnly))",
      ])
    }
    let total = files.reduce(0) { $0 + $1.tests.count }
    return table.text + "\(total) vectors of version \(VectorBook.version) in \(out)\n"
  }

  private func json(_ files: [VectorFile]) -> JSONValue {
    [
      "schema": "cch.vectors.files/1", "version": .string(VectorBook.version),
      "vectors": JSONValue(files.reduce(0) { $0 + $1.tests.count }),
      "files": .array(
        files.map {
          [
            "file": .string(path(of: $0.operation)), "operation": .string($0.operation.rawValue),
            "vectors": JSONValue($0.tests.count),
            "refusals": JSONValue($0.refusals), "exact_only": JSONValue($0.tests.count(where: \.exactOnly)),
          ]
        }),
    ]
  }
}
