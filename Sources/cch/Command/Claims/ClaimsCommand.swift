// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Claims
import Conjectures
import ExactJSON
import PlainText

/// `cch claims`: the list.
struct ClaimsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claims", abstract: "List every claim: what it says, whether it is true, and what shows it.")

  @Flag(help: "List the words of statements in text instead, with their units.")
  var words = false

  @OptionGroup var table: TableOption
  @OptionGroup var output: OutputOptions

  func run() throws {
    let document = words ? vocabulary : ClaimsCommand.document
    try StandardOutput.write(
      output.json
        ? output.text(document)
        : table.csv ? TableOption.rows(document, words ? "words" : "claims") : words ? wordTable : claimTable)
  }

  private var wordTable: String {
    var table = TextTable([("word", .left), ("in ASCII", .left), ("unit", .left), ("meaning", .left)])
    for entry in Vocabulary.entries {
      table.append(entry.symbol, entry.ascii == entry.symbol ? "" : entry.ascii, entry.unit, entry.meaning)
    }
    return table.text
  }

  private var vocabulary: JSONValue {
    let words = Vocabulary.entries.map { entry -> JSONValue in
      [
        "symbol": .string(entry.symbol), "ascii": .string(entry.ascii), "unit": .string(entry.unit),
        "meaning": .string(entry.meaning),
      ]
    }
    return ["schema": "cch.words/1", "words": .array(words)]
  }

  private var claimTable: String {
    var table = TextTable([
      ("claim", .left), ("says", .left), ("status", .left), ("theorem in Coq", .left), ("certificate", .left),
    ])
    for claim in listedClaims {
      table.append(
        claim.id, claim.summary, claim.status.label, reference(claim.theorem), ClaimsCommand.certificate(claim) ?? "")
    }
    let palette = Palette(isOn: StandardOutput.isColoured)
    table.style = { row, column, text in column == 0 ? palette.strong(text) : text }
    return table.text
  }

  /// Where the theorem stands, and what of elsewhere it takes as given.
  private func reference(_ theorem: Theorem?) -> String {
    guard let theorem else { return "–" }
    let given = theorem.assuming.isEmpty ? "" : ", given \(theorem.assuming.joined(separator: ", "))"
    return theorem.reference + given
  }

  private static func theorem(_ theorem: Theorem) -> JSONValue {
    [
      "name": .string(theorem.name), "file": .string(theorem.file), "holds": .bool(theorem.holds),
      "assuming": .array(theorem.assuming.map { .string($0) }),
    ]
  }

  private static func certificate(_ claim: any ListedClaim) -> String? {
    claim.certificatePath.map { "fixtures/\($0)" }
  }

  /// The list as a document.
  static var document: JSONValue {
    let claims = listedClaims.map { claim -> JSONValue in
      let proof = claim.status.isProved ? claim.theorem?.reference : nil
      return [
        "id": .string(claim.id), "says": .string(claim.summary), "statement": .string(claim.statement),
        "assumptions": .array(claim.conditions.map { .string($0) }), "status": .string(claim.status.word),
        "proof": proof.map(JSONValue.string) ?? nil, "certificate": certificate(claim).map(JSONValue.string) ?? nil,
        "theorem": claim.theorem.map(theorem) ?? nil,
      ]
    }
    return ["schema": "cch.claims/1", "claims": .array(claims)]
  }
}
