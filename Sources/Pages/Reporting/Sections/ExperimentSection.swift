// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import PlainText
import Plotting

/// An experiment: ΔI against gain, who was right, the gains, the runs.
func experimentSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  let name = try document.string("experiment")
  var conditions: [Condition] = []
  for condition in try document.elements("conditions") { conditions.append(try Condition(condition)) }
  guard !conditions.isEmpty else {
    throw try document.required("conditions").failure("the run is empty: there is no condition")
  }
  let gain = try document.string("gain")
  var blocks: [Block] = []
  if try !document.bool("complete") {
    blocks.append(.callout(.warning, "The run is not complete; this is what was done until then."))
  }
  blocks += try agreementBlocks(document)
  if let scatter = scatter(conditions, gain) { blocks.append(scatter) }
  blocks += gainsAgainstFactors(conditions, gain)
  blocks.append(gainForest(conditions, gain))
  blocks += try paperLayout(document, name, conditions)
  if let histogram = try runHistogram(document, gain) { blocks += [.heading("Single runs"), histogram] }
  var settings: [Fact] = [Fact("seed", Rich(try document.quantity("seed")))]
  for (key, value) in try document.entries("settings") {
    settings.append(Fact(Rich(name: key), Rich(name: try value.string())))
  }
  blocks += [.heading("Settings"), .facts(settings)]
  for table in try document.elements("tables") { blocks.append(.table(try givenTable(table))) }
  let notes = try document.strings("notes")
  if !notes.isEmpty { blocks += [.heading("Notes"), .list(notes.map { Rich(name: $0) })] }
  return Section(title: "Experiment \(name)", anchor: "experiment-\(name)", blocks: blocks)
}

/// What came out under one condition.
struct Condition {
  let factors: [(name: String, value: String)]
  let delta: Estimate?
  let gain: Estimate
  let isPredicted, isSharp: Bool?
  let gains: Bool

  init(_ reader: JSONReader) throws(JSONShapeError) {
    var factors: [(String, String)] = []
    for (name, value) in try reader.entries("factors") { factors.append((name, try value.string())) }
    self.factors = factors
    delta = try reader.optional("delta").map { delta throws(JSONShapeError) in try Estimate(delta) }
    gain = try Estimate(reader.required("gain"))
    isPredicted = try reader.optionalBool("cch_predicts")
    isSharp = try reader.optionalBool("sharp")
    gains = try reader.bool("gains")
  }

  var label: String { factors.map(\.value).joined(separator: " · ") }
}

/// One mark a condition; the shaded quarters are where the CCH is right.
private func scatter(_ conditions: [Condition], _ gain: String) -> Block? {
  let groups: [(name: String, holds: (Condition) -> Bool)] = [
    ("β < 1, so the teacher helps", { $0.isSharp == true }), ("β ≥ 1, so it does not", { $0.isSharp == false }),
    ("no exact criterion applies", { $0.isSharp == nil }),
  ]
  var layers: [Layer] = [
    .region(name: "where the CCH is right", series: 2, x: Interval(0, nil), y: Interval(0, nil)),
    .region(name: "", series: 2, x: Interval(nil, 0), y: Interval(nil, 0)),
    .rule(name: "", axis: .x, at: 0), .rule(name: "", axis: .y, at: 0),
  ]
  var (rows, count): ([[Rich]], Int) = ([], 0)
  for (series, group) in groups.enumerated() {
    let marks = conditions.filter(group.holds).compactMap { condition -> Mark? in
      guard let delta = condition.delta, let x = delta.estimate.finite, let y = condition.gain.estimate.finite else {
        return nil
      }
      return Mark(x, y, xInterval: delta.interval, yInterval: condition.gain.interval, label: condition.label)
    }
    count += marks.count
    if !marks.isEmpty { layers.append(.marks(name: group.name, series: series == 2 ? 4 : series, marks)) }
  }
  guard count > 0 else { return nil }
  for condition in conditions {
    rows.append([
      Rich(name: condition.label), Rich(condition.delta?.estimate), Rich(condition.delta?.lower),
      Rich(condition.delta?.upper),
      Rich(condition.gain.estimate), Rich(condition.gain.lower), Rich(condition.gain.upper),
      Rich(text: condition.isPredicted.map { $0 == condition.gains ? "right" : "wrong" } ?? "–"),
    ])
  }
  return .figure(
    Figure(
      title: "What the CCH looks at against what was gained",
      summary:
        "One mark a condition with both intervals. In the shaded quarters the sign of ΔI is that of the gain, as the CCH says.",
      x: Axis("ΔI = I(H1;H2) − I(H2;Y), nats", including: [0]), y: Axis(gain, including: [0]), layers: layers),
    Table(
      caption: "Conditions",
      columns: [
        "condition", .number("ΔI"), .number("from"), .number("to"), .number("gain"), .number("from"), .number("to"),
        "the CCH was",
      ],
      rows: rows))
}

/// Over each factor whose values are numbers, at least three, the gains of conditions that differ in it alone.
private func gainsAgainstFactors(_ conditions: [Condition], _ gain: String) -> [Block] {
  let names = conditions.first?.factors.map(\.name) ?? []
  return names.compactMap { name -> Block? in
    var (groups, series): ([String], [String: [(x: Double, estimate: Estimate)]]) = ([], [:])
    for condition in conditions {
      guard let factor = condition.factors.first(where: { $0.name == name }), let x = Double(factor.value), x.isFinite
      else { return nil }
      let rest = condition.factors.filter { $0.name != name }.map(\.value).joined(separator: " · ")
      if series[rest] == nil { groups.append(rest) }
      series[rest, default: []].append((x, condition.gain))
    }
    let places = Set(series.values.flatMap { $0.map(\.x) })
    // More curves than looks cannot be told apart.
    guard places.count >= 3, groups.count <= seriesCount else { return nil }
    let positive = places.allSatisfy { $0 > 0 }
    let isWide = positive && (places.max() ?? 1) / (places.min() ?? 1) >= 5
    var (layers, rows): ([Layer], [[Rich]]) = ([.rule(name: "", axis: .y, at: 0)], [])
    for (place, group) in groups.enumerated() {
      let points = (series[group] ?? []).sorted { $0.x < $1.x }
      let drawn = points.filter { $0.estimate.estimate.finite != nil }
      layers.append(.line(name: "", series: place, drawn.map { Point($0.x, $0.estimate.estimate.value) }))
      layers.append(
        .marks(
          name: group, series: place,
          drawn.map { Mark($0.x, $0.estimate.estimate.value, yInterval: $0.estimate.interval, label: group) }))
      rows += points.map {
        [
          Rich(name: group), Rich(text: computed($0.x)), Rich($0.estimate.estimate), Rich($0.estimate.lower),
          Rich($0.estimate.upper),
        ]
      }
    }
    return .figure(
      Figure(
        title: "Gain against \(name)", summary: "Means over seeds with their intervals; above 0 the teacher helped.",
        x: Axis(name, isWide ? .logarithmic : .linear), y: Axis(gain, including: [0]), layers: layers),
      Table(
        caption: "Gain against \(name)",
        columns: ["condition", .number(name), .number("gain"), .number("lower end"), .number("upper end")], rows: rows))
  }
}

private func gainForest(_ conditions: [Condition], _ gain: String) -> Block {
  forest(
    "Gain under each condition", "Means over seeds with their intervals; to the right of 0 the teacher helped.",
    Axis(gain, including: [0]),
    conditions.map { (Rich(name: $0.label), $0.gain, $0.isSharp == false ? 1 : 0) }, reference: 0)
}

private func agreementBlocks(_ document: JSONReader) throws(JSONShapeError) -> [Block] {
  let names = [
    "cch": "the CCH", "cch_decided": "the CCH, where its interval leaves no doubt",
    "beyond_control": "the CCH, beyond the control",
    "calibrated": "the calibrated criterion", "sharp": "β < 1",
  ]
  // In a picture there is room for short names alone.
  let short = [
    "cch_decided": "the CCH, where clear", "beyond_control": "the CCH, beyond control", "calibrated": "calibrated",
  ]
  var (rows, table): ([ForestRow], [[Rich]]) = ([], [])
  for (key, agreement) in try document.entries("agreement") {
    let (right, whole) = (try agreement.integer("agreements"), try agreement.integer("conditions"))
    guard whole > 0 else { continue }
    let (lower, upper) = (try agreement.quantity("lower"), try agreement.quantity("upper"))
    rows.append(
      ForestRow(
        short[key] ?? names[key] ?? key, estimate: 100 * Double(right) / Double(whole),
        interval: Interval(lower.finite.map { 100 * $0 }, upper.finite.map { 100 * $0 }), note: "\(right) of \(whole)"))
    table.append([
      Rich(text: names[key] ?? key), Rich(try agreement.quantity("agreements")),
      Rich(try agreement.quantity("conditions")), Rich(lower), Rich(upper),
    ])
  }
  guard !rows.isEmpty else { return [] }
  return [
    .figure(
      ForestPlot(
        title: "Who was right about the sign of the gain",
        summary: "In which share of the conditions each criterion said what came out, with binomial intervals.",
        axis: Axis("conditions, per cent", including: [0, 100]), rows: rows, reference: 50),
      Table(
        caption: "Agreement",
        columns: ["criterion", .number("right"), .number("of"), .number("lower end"), .number("upper end")], rows: table
      ))
  ]
}

/// The gains of all single runs.
private func runHistogram(_ document: JSONReader, _ gain: String) throws(JSONShapeError) -> Block? {
  var values: [Double] = []
  for run in try document.elements("runs") {
    if let value = try run.required("outcomes").optionalQuantity(gain)?.finite { values.append(value) }
  }
  guard values.count >= 10 else { return nil }
  guard
    let figure = try? Figure.histogram(
      of: values, gain, title: "Gains of single runs",
      summary: "How the \(grouped(values.count)) runs of all conditions and seeds lie.",
      rules: [.rule(name: "", axis: .x, at: 0)])
  else { return nil }
  var rows: [[Rich]] = []
  for case .bars(_, _, let bars) in figure.layers {
    rows += bars.map { [Rich(text: "\(computed($0.from)) to \(computed($0.to))"), Rich(text: computed($0.height))] }
  }
  return .figure(figure, Table(caption: "Gains of single runs", columns: [Column(gain), .number("runs")], rows: rows))
}

private func givenTable(_ table: JSONReader) throws(JSONShapeError) -> Table {
  let columns = try table.strings("columns")
  var rows: [[Rich]] = []
  for row in try table.elements("rows") {
    var cells: [Rich] = []
    for cell in try row.elements() { cells.append(Rich(name: try cell.string())) }
    guard cells.count == columns.count else {
      throw row.failure("expected \(columns.count) cells, found \(cells.count)")
    }
    rows.append(cells)
  }
  return Table(
    caption: try table.string("title"), columns: columns.enumerated().map { Column($1, numeric: $0 > 0) }, rows: rows)
}
