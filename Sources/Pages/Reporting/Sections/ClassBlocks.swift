// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// What a model of classes is: its cells, and what may happen in each.
func classModelBlocks(_ model: JSONReader) throws(JSONShapeError) -> [Block] {
  var (rows, bars): ([[Rich]], [ForestRow]) = ([], [])
  for (place, cell) in try model.elements("cells").enumerated() {
    let (weight, training) = (try cell.quantity("weight"), try cell.quantity("rows"))
    for outcome in try cell.elements("outcomes") {
      let (probability, label) = (try outcome.quantity("probability"), try outcome.quantity("label"))
      var (soft, note): (Rich, [String]) = ("", [])
      for (number, share) in try outcome.elements("teacher").enumerated() {
        let share = try share.quantity()
        soft = "\(soft)\(number == 0 ? "" : ", ")\(precise: share)"
        note.append(share.short)
      }
      rows.append([
        "cell \(place)", Rich(precise: weight), Rich(training), Rich(precise: probability), Rich(label), soft,
      ])
      bars.append(
        ForestRow(
          "cell \(place), label \(label.shown)", estimate: probability.finite, note: note.joined(separator: ", "),
          series: place))
    }
  }
  guard !rows.isEmpty else { throw try model.required("cells").failure("the model has no outcome") }
  var blocks: [Block] = [
    .facts([Fact("K, classes", Rich(try model.quantity("classes"))), Fact("cells", "\(Set(bars.map(\.series)).count)")]
    ),
    .figure(
      ForestPlot(
        title: "What may happen in each cell",
        summary: "The probability of each outcome in its cell; at the right the teacher's soft label there.",
        axis: Axis("probability in the cell", including: [0, 1]), rows: bars),
      Table(
        caption: "The model, exactly",
        columns: [
          "cell", .number("weight"), .number("training rows"), .number("probability"), .number("label"), "soft label",
        ], rows: rows)),
  ]
  if let comment = model.optional("comment") { blocks.append(.paragraph("Comment: \(name: try comment.string())")) }
  return blocks
}

/// A model of classes in full.
func classesSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  let source = try document.string("source")
  var blocks = try classBlocks(document)
  blocks.append(.heading("The model"))
  blocks += try classModelBlocks(document.required("instance"))
  blocks.append(.heading("What every claim about classes says here"))
  var rows: [[Rich]] = []
  for claim in try document.elements("claims") {
    let (applies, holds) = (try claim.bool("hypothesis"), try claim.optionalBool("conclusion"))
    let result = !applies ? "does not apply" : holds == true ? "holds" : "fails: a counterexample"
    rows.append([
      Rich(name: try claim.string("id")), Rich(text: result), Rich(precise: try claim.optionalQuantity("margin")),
    ])
  }
  blocks.append(.table(Table(caption: "Claims", columns: ["claim", "here", .number("margin")], rows: rows)))
  return Section(title: "Do these soft labels help? \(source)", anchor: "classes-\(source)", blocks: blocks)
}

/// The answer, the risk over α, and the moments of each cell.
func classBlocks(_ document: JSONReader) throws(JSONShapeError) -> [Block] {
  let (slope, best) = (try document.quantity("slope"), try document.quantity("best_alpha"))
  let end = try document.optionalQuantity("window_end")
  let answer: Rich =
    end.map { "Mixing in the teacher's soft labels lowers the risk for every α between 0 and \(precise: $0)." }
    ?? (slope.value < 0
      ? "Mixing in the teacher's soft labels lowers the risk for every α."
      : "No α lowers the risk: R′(0) is not below 0.")
  let (base, curvature) = (try document.quantity("baseline_risk"), try document.quantity("curvature"))
  func risk(_ alpha: Double) -> Double { base.value + slope.value * alpha + curvature.value * alpha * alpha }
  let points = (0...100).map { Point(Double($0) / 100, risk(Double($0) / 100)) }
  var layers: [Layer] = []
  if slope.value < 0 {
    layers.append(
      .region(
        name: "where the teacher helps", series: 2, x: Interval(0, min(1, end?.value ?? 1)), y: Interval(nil, nil)))
  }
  layers += [
    .rule(name: "R0, without a teacher", axis: .y, at: base.value), .line(name: "R(α)", series: 0, points),
    .marks(name: "the best α", series: 2, [Mark(best.value, risk(best.value), label: "the best α")]),
  ]
  var rows: [[Rich]] = [
    ["without a teacher", "0", Rich(base)], ["the best in 0 … 1", Rich(best), Rich(text: computed(risk(best.value)))],
  ]
  for point in points where Int((point.x * 100).rounded()) % 10 == 0 {
    rows.append(["curve", Rich(text: computed(point.x)), Rich(text: computed(point.y))])
  }
  let figure = Figure(
    title: "Brier risk against the weight of the teacher",
    summary: "The expected Brier score of the student on labels (1 − α)·y + α·t, a parabola in α.",
    x: Axis("α, the weight of the soft label", limits: 0...1), y: Axis("R, the expected Brier score"), layers: layers)
  var moments: [[Rich]] = []
  for (place, cell) in try document.elements("cells").enumerated() {
    moments.append([
      "cell \(place)", Rich(precise: try cell.quantity("label_variance")),
      Rich(precise: try cell.quantity("soft_covariance")), Rich(precise: try cell.quantity("soft_variance")),
      Rich(precise: try cell.quantity("lean")), try cell.bool("open") ? "yes" : "no",
    ])
  }
  return [
    .callout(slope.value < 0 ? .good : .bad, answer),
    .figure(figure, Table(caption: "R(α)", columns: ["point", .number("α"), .number("R")], rows: rows)),
    .facts([
      Fact("R0, the risk without a teacher", Rich(precise: base)), Fact("R′(0)", Rich(precise: slope)),
      Fact("R″/2", Rich(precise: curvature)), Fact("the best α in 0 … 1", Rich(precise: best)),
    ]),
    .table(
      Table(
        caption: "Moments of the cells",
        columns: [
          "cell", .number("var(y)"), .number("cov(t,y)"), .number("var(t)"), .number("‖Et − Ey‖²"), "open",
        ], rows: moments)),
  ]
}
