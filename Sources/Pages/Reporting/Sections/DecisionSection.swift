// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting
import Statistics

/// How often a practitioner would decide wrongly, by rule and number of rows.
func decisionSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  let studies = try document.elements("studies")
  guard !studies.isEmpty else { throw try document.required("studies").failure("the run is empty: there is no study") }
  var blocks: [Block] = [.facts([Fact("seed", Rich(try document.quantity("seed")))])]
  for study in studies {
    let distance = try study.quantity("distance")
    let source = try study.string("source")
    blocks.append(.heading("\(source), 1 − β = \(distance.precise)"))
    blocks.append(try figure(study))
    var needed: [Fact] = []
    for (rule, rows) in try study.entries("rows_needed") {
      needed.append(
        Fact("rows that rule \(name: rule) needs", rows.isNull ? "more than were tried" : Rich(try rows.quantity())))
    }
    blocks.append(.facts(needed))
  }
  return Section(title: "Wrong decisions against the number of rows", anchor: "student-decision", blocks: blocks)
}

private func figure(_ study: JSONReader) throws(JSONShapeError) -> Block {
  var (rules, marks, approximations): ([String], [String: [Mark]], [String: [Point]]) = ([], [:], [:])
  var table: [[Rich]] = []
  for decision in try study.elements("decisions") {
    let rule = try decision.string("rule")
    let (n, share) = (try decision.quantity("n"), try decision.quantity("share"))
    let (error, formula) = (try decision.quantity("standard_error"), try decision.optionalQuantity("delta_method"))
    let exact = try decision.optionalQuantity("exact")
    table.append([
      Rich(name: rule), Rich(n), Rich(share), Rich(error), Rich(formula), Rich(exact),
      Rich(try decision.quantity("samples")),
    ])
    if marks[rule] == nil { rules.append(rule) }
    let (wrong, samples) = (try decision.integer("wrong"), try decision.integer("samples"))
    guard samples > 0, (0...samples).contains(wrong) else {
      throw decision.failure("\(wrong) of \(samples) decisions cannot be wrong")
    }
    guard let rows = n.finite, rows > 0, let value = share.finite else { continue }
    let interval = WilsonInterval(successes: wrong, trials: samples)
    marks[rule, default: []].append(
      Mark(
        rows, value, yInterval: Interval(interval.lower, interval.upper),
        label: "\(rule), n = \(n.shown): \(share.shown)"))
    if let best = (exact ?? formula)?.finite { approximations[rule, default: []].append(Point(rows, best)) }
  }
  guard !marks.isEmpty else {
    throw try study.required("decisions").failure("the run is empty: no decision was simulated")
  }
  var layers: [Layer] = []
  for (series, rule) in rules.enumerated() {
    if let line = approximations[rule], line.count > 1 {
      layers.append(.line(name: "", series: series, line.sorted { $0.x < $1.x }))
    }
    layers.append(.marks(name: rule, series: series, marks[rule] ?? []))
  }
  return .figure(
    Figure(
      title: "Probability of the wrong sign",
      summary:
        "By rule and number of rows; marks are simulated, with Wilson intervals, lines are the exact value or the delta method.",
      x: Axis("n, rows", .logarithmic), y: Axis("share of wrong decisions", including: [0]), layers: layers),
    Table(
      caption: "Wrong decisions",
      columns: [
        "rule", .number("n"), .number("share wrong"), .number("standard error"), .number("delta method"),
        .number("exact"), .number("samples"),
      ],
      rows: table))
}
