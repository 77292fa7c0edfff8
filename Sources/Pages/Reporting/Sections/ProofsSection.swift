// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

/// The index of the machine-checked proofs.
func proofsSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  var rows: [[Rich]] = []
  for key in ["statements", "ahead"] {
    for statement in try document.optional(key)?.elements() ?? [] { rows.append(try proofRow(statement)) }
  }
  guard !rows.isEmpty else { throw try document.required("statements").failure("there is no statement in the index") }
  return Section(
    title: "\(rows.count) statements that Coq has decided", anchor: "proofs",
    blocks: [
      .table(
        Table(
          caption: "Statements and what they rest on", columns: proofColumns, rows: rows))
    ])
}

/// The columns of ``proofRow(_:)``.
let proofColumns: [Column] = ["statement", "is", "theorem", "file", "axioms", "assuming"]

func proofRow(_ statement: JSONReader) throws(JSONShapeError) -> [Rich] {
  let (axioms, assuming) = (try statement.strings("axioms"), try statement.strings("assuming"))
  return [
    Rich(name: try statement.string("statement")), try statement.bool("holds") ? "proved" : "refuted",
    "\(code: try statement.string("theorem"))", Rich(name: try statement.string("file")),
    axioms.isEmpty ? "none" : "\(names: axioms)", assuming.isEmpty ? "nothing" : "\(names: assuming)",
  ]
}
