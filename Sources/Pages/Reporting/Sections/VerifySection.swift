// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting
import Statistics

/// A verification run: each claim, how often it was tried, what came out; the regions that were visited.
func verifySection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  let claims = try document.elements("claims")
  guard !claims.isEmpty else {
    throw try document.required("claims").failure("the run is empty: no claim was verified")
  }
  let failed = try names(of: claims) { claim throws(JSONShapeError) in
    let (isExpected, outcome) = (try claim.bool("ok"), try claim.string("outcome"))
    return !isExpected && outcome != "too-few-cases"
  }
  let wanting = try names(of: claims) { claim throws(JSONShapeError) in try claim.string("outcome") == "too-few-cases" }
  var blocks: [Block] = []
  if try document.bool("ok") {
    blocks.append(.callout(.good, "All \(claims.count) claims are as expected."))
  } else if !failed.isEmpty {
    blocks.append(.callout(.bad, "\(failed.count) of \(claims.count) claims are not as expected: \(names: failed)."))
  } else if wanting.isEmpty {
    blocks.append(.callout(.bad, "The run is not as expected: a region was not visited."))
  }
  if !wanting.isEmpty {
    blocks.append(
      .callout(
        .warning, "The cases were too few to tell for \(wanting.count) of \(claims.count) claims: \(names: wanting)."))
  }
  if try document.bool("interrupted") {
    blocks.append(.callout(.warning, "The run was interrupted; this is what was done until then."))
  }
  blocks.append(
    .facts([
      Fact("seed", Rich(try document.quantity("seed"))),
      Fact("whole-number problems besides", Rich(try document.quantity("screened"))),
    ]))
  blocks.append(try shareFigure(claims))
  if let regions = try regionFigure(document) { blocks.append(regions) }
  blocks.append(.table(try verifyTable(claims)))
  return Section(title: "Verification of \(claims.count) claims", anchor: "verify", blocks: blocks)
}

private func names(
  of claims: [JSONReader], where isWanted: (JSONReader) throws(JSONShapeError) -> Bool
) throws(JSONShapeError) -> [String] {
  var names: [String] = []
  for claim in claims where try isWanted(claim) { names.append(try claim.string("id")) }
  return names
}

/// In which share of the cases each hypothesis held, and in which the conclusion failed then.
private func shareFigure(_ claims: [JSONReader]) throws(JSONShapeError) -> Block {
  var (rows, table): ([ForestRow], [[Rich]]) = ([], [])
  for claim in claims {
    let id = try claim.string("id")
    let (cases, applicable) = (try claim.integer("cases"), try claim.integer("applicable"))
    let violations = try claim.integer("violations")
    guard cases >= 0, (0...cases).contains(applicable), (0...applicable).contains(violations) else {
      throw claim.failure("of \(cases) cases \(applicable) applicable ones with \(violations) violations cannot be")
    }
    guard cases > 0 else { continue }
    let share = 100 * Double(applicable) / Double(cases)
    rows.append(
      ForestRow(id, estimate: share, interval: percent(applicable, of: cases), note: percentage(applicable, of: cases)))
    table.append([
      Rich(name: id), Rich(try claim.quantity("cases")), Rich(try claim.quantity("applicable")),
      Rich(text: percentage(applicable, of: cases)), Rich(try claim.quantity("violations")),
    ])
  }
  guard !rows.isEmpty else { throw JSONShapeError(path: "claims", problem: "the run is empty: no case was tried") }
  return .figure(
    ForestPlot(
      title: "How often each claim was tried",
      summary:
        "The share of the random cases in which the hypothesis held, with Wilson intervals. A claim that is never tried would pass too.",
      axis: Axis("cases in which the hypothesis held, per cent", including: [0, 100]), rows: rows),
    Table(
      caption: "Cases of each claim",
      columns: ["claim", .number("cases"), .number("hypothesis held"), .number("share"), .number("violations seen")],
      rows: table))
}

/// Wilson's interval of a share, in per cent.
func percent(_ part: Int, of whole: Int) -> Interval {
  let interval = WilsonInterval(successes: part, trials: whole)
  return Interval(100 * interval.lower, 100 * interval.upper)
}

/// How many cases lay in each region.
func regionFigure(
  _ document: JSONReader,
  summary: String = "How many cases lay in each region where claims may break; every one should be visited."
) throws(JSONShapeError) -> Block? {
  var (rows, table): ([ForestRow], [[Rich]]) = ([], [])
  for (name, count) in try document.entries("regions") {
    let number = try count.quantity()
    rows.append(
      ForestRow(name, estimate: number.value > 0 ? number.finite : nil, note: number.value > 0 ? number.shown : "never")
    )
    table.append([Rich(name: name), Rich(number)])
  }
  guard !rows.isEmpty else { return nil }
  guard rows.contains(where: { $0.estimate != nil }) else {
    return .paragraph("None of the cases that are counted lay in a region where claims may break.")
  }
  return .figure(
    ForestPlot(
      title: "Regions that were visited",
      summary: summary,
      axis: Axis("cases", .logarithmic), rows: rows),
    Table(caption: "Regions", columns: ["region", .number("cases")], rows: table))
}

private func verifyTable(_ claims: [JSONReader]) throws(JSONShapeError) -> Table {
  var rows: [[Rich]] = []
  for claim in claims {
    let certificate = try claim.optional("certificate")?.string()
    rows.append([
      Rich(name: try claim.string("id")), Rich(text: statusWord(try claim.string("status"))),
      Rich(text: try claim.string("outcome").replacing("-", with: " ")),
      Rich(try claim.optionalQuantity("smallest_margin")),
      Rich(try claim.optionalQuantity("screened_applicable")), Rich(try claim.optionalQuantity("screened_violations")),
      certificate.map { Rich(name: $0) } ?? "",
    ])
  }
  return Table(
    caption: "What came out",
    columns: [
      "claim", "status", "result", .number("least margin"), .number("whole-number problems"),
      .number("of these violations"),
      "certificate",
    ], rows: rows)
}

/// A status as people say it.
func statusWord(_ status: String) -> String {
  switch status {
  case "true": "proved"
  case "false": "refuted"
  default: status
  }
}
