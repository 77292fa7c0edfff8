// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

/// The index: all claims with their state, and what the proofs and the verification say together.
func indexPage(_ theory: Theory) throws(ReportError) -> String {
  var composer = Composer()
  composer.file = theory.list.name
  let counts = ["true", "false", "open"].map { status in theory.claims.count { $0.status == status } }
  var nodes = [
    try composer.node(Section(title: "Claims", anchor: "claims", blocks: [.table(try claimTable(theory))]), source: nil)
  ]
  if let verification = theory.verification {
    composer.file = verification.name
    nodes.append(try composer.node(try section(of: verification), source: nil))
  }
  if let proofs = theory.proofs {
    composer.file = proofs.name
    nodes.append(try composer.node(try section(of: proofs), source: nil))
  }
  let lede: Rich =
    "\(theory.claims.count) claims about when distilling from a teacher helps a student: \(counts[0]) proved, \(counts[1]) refuted by an exact counterexample, \(counts[2]) open."
  return Page.html(title: "The state of the theory", lede: composer.runs(lede), nodes: nodes, hasSearch: true)
}

private func claimTable(_ theory: Theory) throws(ReportError) -> Table {
  var rows: [[Rich]] = []
  for claim in theory.claims {
    let run = try theory.verification?.reading { _ throws(JSONShapeError) in
      try theory.runs[claim.id].map(outcome) ?? "not verified"
    }
    rows.append([
      "\(link: claim.id, to: claim.file)", Rich(text: statusWord(claim.status)), Rich(text: claim.says),
      try theory.list.reading { _ throws(JSONShapeError) in try theorem(claim.reader) }, run ?? "–",
    ])
  }
  return Table(
    caption: "All claims", columns: ["claim", "status", "says", "theorem in Coq", "verification"], rows: rows)
}

private func outcome(_ run: JSONReader) throws(JSONShapeError) -> Rich {
  let word = try run.string("outcome").replacing("-", with: " ")
  return "\(word), \(try run.quantity("applicable")) of \(try run.quantity("cases")) cases"
}
