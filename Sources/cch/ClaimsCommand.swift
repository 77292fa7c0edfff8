import ArgumentParser
import Claims
import ExactJSON

/// `cch claims`: the list.
struct ClaimsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claims", abstract: "List every claim: what it says, whether it is true, and what shows it.")

  @OptionGroup var output: OutputOptions

  func run() throws {
    try StandardOutput.write(output.json ? json.pretty + "\n" : table)
  }

  private var table: String {
    var table = TextTable([("claim", .left), ("says", .left), ("status", .left), ("proof or certificate", .left)])
    for claim in allClaims {
      table.append(claim.id, claim.says, claim.status.label, evidence(claim))
    }
    let palette = Palette(isOn: StandardOutput.isColoured)
    table.style = { row, column, text in column == 0 ? palette.strong(text) : text }
    return table.text
  }

  private func evidence(_ claim: any Claim) -> String {
    switch claim.status {
    case .proved(let proof): proof
    case .refuted(let certificate): "fixtures/\(certificate)"
    }
  }

  private var json: JSONValue {
    let claims = allClaims.map { claim -> JSONValue in
      let (proof, certificate): (JSONValue, JSONValue) =
        switch claim.status {
        case .proved(let proof): (.string(proof), nil)
        case .refuted: (nil, .string(evidence(claim)))
        }
      return [
        "id": .string(claim.id), "says": .string(claim.says), "statement": .string(claim.statement),
        "assumptions": .array(claim.assumptions.map { .string($0.rawValue) }), "status": .string(claim.status.word),
        "proof": proof, "certificate": certificate,
      ]
    }
    return ["schema": "cch.claims/1", "claims": .array(claims)]
  }
}
