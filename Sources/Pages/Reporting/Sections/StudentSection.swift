// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import Plotting

/// Simulated students beside the closed forms.
func studentSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  try studySection(document, title: "Students against the closed forms", anchor: "student", of: studyBlocks)
}

/// Studies of simulated students, whatever each of them shows: the verdict of all, then one after the other.
func studySection(
  _ document: JSONReader, title: String, anchor: String,
  of studyBlocks: (JSONReader) throws(JSONShapeError) -> [Block]
) throws(JSONShapeError) -> Section {
  let studies = try document.elements("studies")
  guard !studies.isEmpty else { throw try document.required("studies").failure("the run is empty: there is no study") }
  let ok = try document.bool("ok")
  var blocks: [Block] = [
    .callout(
      ok ? .good : .bad,
      ok ? "The simulations agree with the closed forms." : "The simulations contradict the closed forms."),
    .facts([Fact("seed", Rich(try document.quantity("seed")))]),
  ]
  for (place, study) in studies.enumerated() {
    let source = try study.string("source")
    blocks.append(.heading(studies.count == 1 ? source : "\(place + 1): \(source)"))
    blocks += try studyBlocks(study)
  }
  return Section(title: title, anchor: anchor, blocks: blocks)
}

private func studyBlocks(_ study: JSONReader) throws(JSONShapeError) -> [Block] {
  var blocks: [Block] = [
    .paragraph(
      "Student: \(name: try study.string("student")); rows: \(name: try study.string("law")), \(name: try study.string("sampling")); window of helpful λ: \(name: try study.string("window"))."
    )
  ]
  if let diverged = study.optional("diverged") {
    blocks.append(
      .callout(
        .warning,
        "Training diverged at step \(try diverged.quantity("step")), learning rate \(try diverged.quantity("learning_rate"))."
      ))
    return blocks
  }
  let rows = try study.elements("rows")
  guard !rows.isEmpty else { throw try study.required("rows").failure("the run is empty: no λ was simulated") }
  blocks += try pictures(study, rows)
  for failure in try study.strings("failures") { blocks.append(.callout(.bad, "\(name: failure)")) }
  if let rest = study.optional("slope") {
    let exact = try rest.quantity("exact")
    blocks.append(
      .facts([
        Fact("samples", Rich(try study.optionalQuantity("replicates"))),
        Fact("R′(0), exactly", Rich(precise: exact)),
        Fact("R′(0), simulated", "\(try rest.quantity("mean")) ± \(try rest.quantity("standard_error"))"),
      ]))
  }
  return blocks
}

/// R over α: the parabola of the exact values with the simulated means on it; and how far the means are off, in standard errors.
private func pictures(_ study: JSONReader, _ rows: [JSONReader]) throws(JSONShapeError) -> [Block] {
  var (marks, exact, table, deviations): ([Mark], [Point], [[Rich]], [ForestRow]) = ([], [], [], [])
  for row in rows {
    let lambda = try row.quantity("lambda")
    let risk = try row.required("risk")
    let (truth, mean, error) = (
      try risk.quantity("exact"), try risk.quantity("mean"), try risk.quantity("standard_error")
    )
    let (z, p) = (try risk.optionalQuantity("z"), try risk.optionalQuantity("probability"))
    table.append([
      Rich(precise: lambda), Rich(precise: truth), Rich(mean), Rich(error), Rich(z), Rich(p),
      Rich(text: try row.optional("sign")?.string() ?? ""),
    ])
    guard let weight = lambda.finite, weight >= 0, let truth = truth.finite, let value = mean.finite,
      let width = error.finite
    else { continue }
    let alpha = weight / (1 + weight)
    exact.append(Point(alpha, truth))
    let half = normalQuantile * width
    marks.append(
      Mark(alpha, value, yInterval: Interval(value - half, value + half), label: "λ = \(lambda.short): \(mean.shown)"))
    deviations.append(ForestRow("λ = \(lambda.short)", estimate: z?.finite, note: z?.shown ?? "none"))
  }
  guard !marks.isEmpty else { throw try study.required("rows").failure("there is no finite risk to draw") }
  let numbers = Table(
    caption: "Risk, exact and simulated",
    columns: [
      .number("λ"), .number("exact"), .number("simulated"), .number("standard error"), .number("z"), .number("p"),
      "sign of the change",
    ],
    rows: table)
  let curve = parabola(through: exact, count: 120)
  let figure = Figure(
    title: "Simulated risk on the exact curve",
    summary:
      "Means over the samples with 1.96 standard errors on both sides; the curve is the parabola of the exact values.",
    x: Axis("α = λ/(1+λ)"), y: Axis("R, the expected squared error"),
    layers: [.line(name: "exact", series: 0, curve), .marks(name: "simulated", series: 1, marks)])
  let forest = ForestPlot(
    title: "How far the means are from the exact values",
    summary: "In standard errors; most lie between −2 and 2 where the closed forms are right.",
    axis: Axis("standard errors", including: [-2, 2]), rows: deviations, reference: 0)
  return [.figure(figure, numbers), .figure(forest, numbers)]
}

/// The points of the parabola through the first, the last and the middle one of `points`, which are ascending; the points
/// themselves where there are fewer than three places.
func parabola(through points: [Point], count: Int) -> [Point] {
  let sorted = points.sorted { $0.x < $1.x }
  guard let a = sorted.first, let c = sorted.last, c.x > a.x,
    let b = sorted.min(by: { abs($0.x - (a.x + c.x) / 2) < abs($1.x - (a.x + c.x) / 2) }), b.x > a.x, b.x < c.x
  else { return sorted }
  return (0...count).map { place in
    let x = a.x + (c.x - a.x) * Double(place) / Double(count)
    let first = a.y * (x - b.x) * (x - c.x) / ((a.x - b.x) * (a.x - c.x))
    let second = b.y * (x - a.x) * (x - c.x) / ((b.x - a.x) * (b.x - c.x))
    let third = c.y * (x - a.x) * (x - b.x) / ((c.x - a.x) * (c.x - b.x))
    return Point(x, first + second + third)
  }
}
