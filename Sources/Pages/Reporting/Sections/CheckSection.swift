// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

/// Certificates that were checked by the independent path.
func checkSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  var rows: [[Rich]] = []
  for file in try document.elements("files") {
    rows.append([
      Rich(name: try file.string("file")), Rich(name: try file.string("claim")),
      try file.bool("ok") ? "holds" : "does not hold",
      Rich(name: try file.string("message")),
    ])
  }
  guard !rows.isEmpty else { throw try document.required("files").failure("the run is empty: no file was checked") }
  let ok = try document.bool("ok")
  return Section(
    title: "\(rows.count) certificates checked", anchor: "check",
    blocks: [
      .callout(ok ? .good : .bad, ok ? "Every certificate holds." : "Not every certificate holds."),
      .table(Table(caption: "Certificates", columns: ["file", "claim", "result", "what was compared"], rows: rows)),
    ])
}
