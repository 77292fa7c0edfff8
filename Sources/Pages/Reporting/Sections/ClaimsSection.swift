// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

/// The list of claims, as a table.
func claimsSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  let claims = try document.elements("claims")
  guard !claims.isEmpty else { throw try document.required("claims").failure("there is no claim in the list") }
  var rows: [[Rich]] = []
  for claim in claims {
    rows.append([
      Rich(name: try claim.string("id")), Rich(text: statusWord(try claim.string("status"))),
      Rich(text: try claim.string("says")),
      try theorem(claim),
      try claim.optional("certificate").map { reader throws(JSONShapeError) in Rich(name: try reader.string()) } ?? "",
    ])
  }
  return Section(
    title: "\(claims.count) claims", anchor: "claims",
    blocks: [
      .table(
        Table(caption: "Claims", columns: ["claim", "status", "says", "theorem in Coq", "certificate"], rows: rows))
    ])
}

/// The theorem of a claim: what Coq calls it, and where it stands.
func theorem(_ claim: JSONReader) throws(JSONShapeError) -> Rich {
  guard let theorem = claim.optional("theorem") else { return "–" }
  let negated = try theorem.bool("holds") ? "" : "negation, "
  let assuming = theorem.optional("assuming") == nil ? [] : try theorem.strings("assuming")
  let facts: Rich = assuming.isEmpty ? "" : ", assuming \(names: assuming)"
  return "\(negated)\(code: try theorem.string("name")) in \(name: try theorem.string("file"))\(facts)"
}
