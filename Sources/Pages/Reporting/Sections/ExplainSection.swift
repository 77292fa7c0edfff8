// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// One instance in full.
func explainSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  let source = try document.string("source")
  var blocks: [Block] = try verdicts(document)
  if let pictures = try RiskPictures(document) {
    blocks += pictures.blocks
  } else {
    blocks += try withoutRows(document)
  }
  if let figure = try gainAgainstRows(document) { blocks.append(figure) }
  if let students = document.optional("students"), let figure = try studentsFigure(students) { blocks.append(figure) }
  blocks.append(try informationFigure(document))
  blocks.append(.heading("The quantities"))
  blocks.append(try quantities(document))
  blocks.append(.heading("The instance"))
  blocks += try instanceBlocks(document.required("instance"))
  if let claims = document.optional("claims") {
    blocks.append(.heading("What every claim says here"))
    blocks.append(.table(try claimTable(claims)))
  }
  return Section(title: "Does this teacher help? \(source)", anchor: "explain-\(source)", blocks: blocks)
}

/// What the CCH predicts, and what is true.
func verdicts(_ document: JSONReader) throws(JSONShapeError) -> [Block] {
  let beta = try document.quantity("beta")
  let helps = try document.bool("helps_for_small_lambda")
  var blocks: [Block] = []
  if let delta = try document.optionalQuantity("delta") {
    let ts = try document.required("mutual_information").optionalQuantity("t;s")
    let sy = try document.required("mutual_information").optionalQuantity("s;y")
    let predicted = delta.value > 0
    let verdict = predicted == helps ? "which is right" : "which is wrong"
    blocks.append(
      .callout(
        predicted == helps ? .neutral : .warning,
        "The CCH compares I(t;s) = \(ts) with I(s;y) = \(sy): ΔI = \(delta) nats, so it says \(predicted ? "yes" : "no"), \(verdict)."
      ))
  }
  let relation: Rich = helps ? "is below 1, so the teacher helps" : "is not below 1, so the teacher never helps"
  var exact: Rich = "Exactly: β = c/σε² = \(precise: beta) \(relation)"
  if helps, let window = document.optional("window") {
    let end = try window.quantity("upper")
    exact = end.finite == nil ? "\(exact), for every λ > 0" : "\(exact), for every λ between 0 and \(precise: end)"
  }
  blocks.append(.callout(helps ? .good : .bad, "\(exact)."))
  return blocks
}

/// R(λ) − R0 for several n, where the instance has none: n changes its size and the end of the window, never the sign near 0.
func withoutRows(_ document: JSONReader) throws(JSONShapeError) -> [Block] {
  let p2 = try document.required("instance").integer("p2")
  guard p2 >= 1, p2 < 1_000_000 else { throw document.failure("p2 = \(p2) is no number of inputs") }
  var (layers, rows): ([Layer], [[Rich]]) = ([.rule(name: "no teacher", axis: .y, at: 0)], [])
  for (series, n) in [p2 + 2, 3 * p2 + 2, 10 * p2 + 2].enumerated() {
    guard let curve = try RiskCurve(document, k: Double(p2) / Double(n - p2 - 1)) else { continue }
    let base = curve.risk(alpha: 0)
    // Divided by k, so that the three are of one size.
    let points = curve.pointsOverAlpha(count: 100).map { Point($0.x, ($0.y - base) / curve.k) }
    layers.append(.line(name: "n = \(n)", series: series, points))
    for point in points where Int((point.x * 100).rounded()) % 20 == 0 {
      rows.append([Rich(text: "n = \(n)"), Rich(text: computed(point.x)), Rich(text: computed(point.y))])
    }
  }
  let helps = try document.bool("helps_for_small_lambda")
  // Where the teacher helps, what matters is just below zero, and the right end of the curves may be far above.
  let depth = -layers.reduce(0) { lowest, layer in
    if case .line(_, _, let points) = layer { min(lowest, points.map(\.y).min() ?? 0) } else { lowest }
  }
  let figure = Figure(
    title: "Risk against the weight of the teacher, for three n",
    summary:
      "The instance has no n. For every n the curve \(helps ? "first falls below" : "stays above") zero; n decides how far.",
    x: Axis("α = λ/(1+λ)", limits: 0...1),
    y: Axis("(R − R0)/k", limits: depth > 0 ? -1.2 * depth...1.2 * depth : nil), layers: layers)
  return [
    .figure(figure, Table(caption: "(R − R0)/k", columns: ["rows", .number("α"), .number("(R − R0)/k")], rows: rows))
  ]
}

/// The informations beside each other, with their exact forms in the table.
private func informationFigure(_ document: JSONReader) throws(JSONShapeError) -> Block {
  let names = ["t;s": "I(t;s)", "s;y": "I(s;y)", "x1;x2": "I(x1;x2)", "x2;y": "I(x2;y)"]
  var (rows, table): ([ForestRow], [[Rich]]) = ([], [])
  for (key, member) in try document.entries("mutual_information") where !member.isNull {
    let value = try member.quantity()
    let name = names[key] ?? key
    rows.append(ForestRow(name, estimate: value.finite, note: value.shown))
    let exact = try member.optionalQuantity("half_log_of")
    table.append([Rich(text: name), Rich(value), exact.map { "½ ln \(precise: $0)" } ?? "–"])
  }
  if let delta = try document.optionalQuantity("delta") {
    rows.append(ForestRow("ΔI = I(t;s) − I(s;y)", estimate: delta.finite, note: delta.shown, series: 1))
    let exact = try document.required("delta").optionalQuantity("half_log_of")
    table.append(["ΔI", Rich(delta), exact.map { "½ ln \(precise: $0)" } ?? "–"])
  }
  if let given = document.optional("information_given_label") {
    let value = try given.quantity()
    let exact = try given.optionalQuantity("half_log_of")
    rows.append(ForestRow("I(t;s|y)", estimate: value.finite, note: value.shown, series: 2))
    table.append([
      "I(t;s|y), corr(t,s|y) of sign \(try given.quantity("sign"))", Rich(value),
      exact.map { "½ ln \(precise: $0)" } ?? "–",
    ])
  }
  let plot = ForestPlot(
    title: "Informations",
    summary: "How much each pair tells about each other, in nats, and the difference that the CCH looks at.",
    axis: Axis("nats", including: [0]), rows: rows, reference: 0)
  return .figure(plot, Table(caption: "Informations", columns: ["", .number("nats"), "exactly"], rows: table))
}

/// What each kind of student gains by the teacher, at the best weights of both: from its risk without to that with the teacher.
func studentsFigure(_ students: JSONReader) throws(JSONShapeError) -> Block? {
  var (rows, table): ([ForestRow], [[Rich]]) = ([], [])
  for student in try students.elements() {
    let name = try student.string("student")
    let (without, with) = (try student.quantity("risk_without_teacher"), try student.quantity("risk_with_teacher"))
    let helps = try student.bool("helps")
    rows.append(
      ForestRow(
        name, estimate: with.finite, interval: Interval(with.finite, without.finite), note: with.shown,
        series: helps ? 2 : 1))
    table.append([
      Rich(name: name), Rich(precise: try student.quantity("risk_as_it_is")), Rich(precise: without),
      Rich(precise: with),
      Rich(precise: try student.quantity("gain")),
      Rich(precise: try student.quantity("gain_over_best_without_teacher")),
      Rich(precise: try student.quantity("weight_of_label")), Rich(precise: try student.quantity("weight_of_teacher")),
      helps ? "helps" : "does not help",
    ])
  }
  guard !rows.isEmpty else { return nil }
  return .figure(
    ForestPlot(
      title: "Which student gains",
      summary:
        "The mark is the risk with the teacher, the other end the best without it; triangles where the teacher helps.",
      axis: Axis("R, the expected squared error"), rows: rows),
    Table(
      caption: "Students",
      columns: [
        "student", .number("R as it is"), .number("R without a teacher"), .number("R with the teacher"),
        .number("gain"),
        .number("gain over the best without"), .number("weight of the label"), .number("weight of the teacher"),
        "the teacher",
      ], rows: table))
}

private func quantities(_ document: JSONReader) throws(JSONShapeError) -> Block {
  var facts: [Fact] = []
  for (key, name) in [
    ("beta", "β = c/σε², how much the teacher over-reacts"),
    ("residual_variance", "σε², what x2 leaves open of the label"),
    ("teacher_residual_variance", "ση², what x2 leaves open of the teacher"),
    ("residual_covariance", "c, their covariance"),
    ("mismatch", "B, how differently the two use x2"), ("scale_squared", "a², the scale of the teacher"),
    ("k", "k = p2/(n−p2−1), the price of few rows"), ("baseline_risk", "R0, the risk without a teacher"),
    ("risk", "R at the given λ"), ("slope", "R′(0)"), ("best_lambda", "the best λ"),
    ("best_gain", "the gain at the best λ"),
  ] {
    guard let value = try document.optionalQuantity(key) else { continue }
    facts.append(Fact(Rich(text: name), Rich(precise: value)))
  }
  return .facts(facts)
}

private func claimTable(_ claims: JSONReader) throws(JSONShapeError) -> Table {
  var rows: [[Rich]] = []
  for claim in try claims.elements() {
    let conclusion = try claim.optionalBool("conclusion")
    let applies = try claim.bool("hypothesis")
    let unmet = try claim.optional("unmet")?.string()
    let result =
      switch (applies, conclusion) {
      case (true, true?): "holds"
      case (true, false?): "fails: a counterexample"
      case (false, _): "does not apply"
      case (true, nil): "–"
      }
    rows.append([
      Rich(name: try claim.string("id")), Rich(text: result), Rich(precise: try claim.optionalQuantity("margin")),
      Rich(text: unmet ?? ""),
    ])
  }
  return Table(
    caption: "Claims", columns: ["claim", "here", .number("margin"), "what of its hypothesis is not met"], rows: rows)
}
