import ArgumentParser
import Claims
import ExactJSON

/// `cch claims`: the list.
struct ClaimsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claims", abstract: "List every claim: what it says, whether it is true, and what shows it.")

  @OptionGroup var output: OutputOptions

  func run() throws {
    try StandardOutput.write(output.json ? output.text(json) : table)
  }

  private var table: String {
    var table = TextTable([
      ("claim", .left), ("says", .left), ("status", .left), ("theorem in Coq", .left), ("certificate", .left),
    ])
    for claim in allClaims {
      table.append(
        claim.id, claim.summary, claim.status.label, claim.theorem?.reference ?? "–", certificate(claim) ?? "")
    }
    let palette = Palette(isOn: StandardOutput.isColoured)
    table.style = { row, column, text in column == 0 ? palette.strong(text) : text }
    return table.text
  }

  private func theorem(_ theorem: Theorem) -> JSONValue {
    ["name": .string(theorem.name), "file": .string(theorem.file), "holds": .bool(theorem.holds)]
  }

  private func certificate(_ claim: any Claim) -> String? { claim.certificatePath.map { "fixtures/\($0)" } }

  private var json: JSONValue {
    let claims = allClaims.map { claim -> JSONValue in
      let proof = claim.status.isProved ? claim.theorem?.reference : nil
      return [
        "id": .string(claim.id), "says": .string(claim.summary), "statement": .string(claim.statement),
        "assumptions": .array(claim.assumptions.map { .string($0.rawValue) }), "status": .string(claim.status.word),
        "proof": proof.map(JSONValue.string) ?? nil, "certificate": certificate(claim).map(JSONValue.string) ?? nil,
        "theorem": claim.theorem.map(theorem) ?? nil,
      ]
    }
    return ["schema": "cch.claims/1", "claims": .array(claims)]
  }
}
