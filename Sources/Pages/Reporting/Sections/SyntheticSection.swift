// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// The synthetic regression: the change of the error over each sweep, exact and trained.
func syntheticSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  let (points, curve) = (try SweepPoint.all(document, "points"), try SweepPoint.all(document, "curve"))
  guard !points.isEmpty || !curve.isEmpty else {
    throw try document.required("points").failure("the run is empty: there is no point")
  }
  let ok = try document.bool("ok")
  var blocks: [Block] = [
    .callout(
      ok ? .good : .bad,
      ok ? "The simulations agree with the closed forms." : "The simulations contradict the closed forms."),
    .facts([
      Fact("n, rows", Rich(try document.quantity("n"))), Fact("p, inputs", Rich(try document.quantity("p"))),
      Fact("seed", Rich(try document.quantity("seed"))),
    ]),
  ]
  // Documents of before have no count of wins.
  if let wins = document.optional("wins") {
    let (count, shrinkage) = (try wins.quantity("count"), try wins.quantity("shrinkage"))
    blocks.append(
      .paragraph(
        "Of the \(count) wins of distillation, teachers and λ at which the risk falls, \(shrinkage) are shrinkage: shrinking alone, without a teacher, does as well or better."
      ))
  }
  for failure in try document.strings("failures") { blocks.append(.callout(.bad, "\(name: failure)")) }
  if let diverged = document.optional("diverged") {
    blocks.append(.callout(.warning, "\(name: try diverged.string())"))
  }
  for sweep in (points + curve).map(\.sweep).uniqued {
    blocks += sweepBlocks(sweep, points.filter { $0.sweep == sweep }, curve.filter { $0.sweep == sweep })
  }
  blocks += syntheticPaperLayout(points, curve)
  return Section(title: "Experiment synthetic", anchor: "experiment-synthetic", blocks: blocks)
}

/// One teacher of a sweep.
struct SweepPoint {
  let sweep: String
  let parameter, delta, beta: Quantity
  let predicted, helps: Bool
  /// R0, the risk without a teacher.
  let baseline: Quantity?
  /// corr(t, s | y), and what the teacher gains over the best shrunk student without one.
  let correlation, tunedGain: Quantity?
  /// The exact changes by λ, and those of trained students.
  let exact: [(lambda: String, change: Quantity)]
  let students: [(name: String, lambda: String, change: Quantity, error: Quantity)]

  static func all(_ document: JSONReader, _ key: String) throws(JSONShapeError) -> [SweepPoint] {
    var points: [SweepPoint] = []
    for reader in try document.elements(key) { points.append(try SweepPoint(reader)) }
    return points
  }

  init(_ reader: JSONReader) throws(JSONShapeError) {
    sweep = try reader.string("sweep")
    (parameter, delta, beta) = (
      try reader.quantity("parameter"), try reader.quantity("delta"), try reader.quantity("beta")
    )
    (correlation, tunedGain) = (
      try reader.optionalQuantity("correlation_given_label"), try reader.optionalQuantity("tuned_gain")
    )
    baseline = try reader.optionalQuantity("baseline_risk")
    (predicted, helps) = (try reader.bool("cch_predicts"), try reader.bool("helps_for_small_lambda"))
    var exact: [(String, Quantity)] = []
    for (lambda, change) in try reader.entries("exact_change") { exact.append((lambda, try change.quantity())) }
    self.exact = exact
    var students: [(String, String, Quantity, Quantity)] = []
    for student in try reader.optional("students")?.elements() ?? [] {
      students.append(
        (
          try student.string("student"), try student.quantity("lambda").exact, try student.quantity("change"),
          try student.quantity("standard_error")
        ))
    }
    self.students = students
  }
}

/// A figure a kind of student: exact curves over the parameter, one a λ, with the trained students on them.
private func sweepBlocks(_ sweep: String, _ points: [SweepPoint], _ curve: [SweepPoint]) -> [Block] {
  let exact = (curve.isEmpty ? points : curve).sorted { $0.parameter.value < $1.parameter.value }
  let lambdas = Array((exact.first?.exact.map(\.lambda) ?? []).prefix(seriesCount))
  let kinds = points.flatMap { $0.students.map(\.name) }.uniqued
  let places = exact.compactMap(\.parameter.finite)
  let isWide = spansDecades(places)
  var blocks: [Block] = [.heading("Sweep: \(sweep)")]
  for kind in kinds.isEmpty ? ["exact"] : kinds {
    var (layers, rows): ([Layer], [[Rich]]) = ([.rule(name: "", axis: .y, at: 0)], [])
    for (series, lambda) in lambdas.enumerated() {
      let line = exact.compactMap { point -> Point? in
        guard let x = point.parameter.finite, let y = point.exact.first(where: { $0.lambda == lambda })?.change.finite
        else { return nil }
        return Point(x, y)
      }
      layers.append(.line(name: "λ = \(lambda)", series: series, line))
      let marks = points.flatMap { point in
        point.students.filter { $0.name == kind && $0.lambda == lambda }.compactMap { student -> Mark? in
          guard let x = point.parameter.finite, let y = student.change.finite, let error = student.error.finite else {
            return nil
          }
          rows.append([
            Rich(precise: point.parameter), Rich(text: lambda), Rich(student.change), Rich(student.error),
            Rich(point.delta), Rich(point.beta),
          ])
          let half = normalQuantile * error
          return Mark(x, y, yInterval: Interval(y - half, y + half), label: "λ = \(lambda)")
        }
      }
      if !marks.isEmpty { layers.append(.marks(name: "", series: series, marks)) }
    }
    blocks.append(
      .figure(
        Figure(
          title: "\(sweep), \(kind): change of the error",
          summary:
            "Curves are exact, marks are simulated students with 1.96 standard errors; below 0 the teacher helped.",
          x: Axis(sweep, isWide ? .logarithmic : .linear), y: Axis("R(λ) − R0", including: [0]), layers: layers),
        Table(
          caption: "\(sweep), \(kind)",
          columns: [
            .number(sweep), .number("λ"), .number("change"), .number("standard error"), .number("ΔI"), .number("β"),
          ], rows: rows)))
  }
  if points.contains(where: { $0.tunedGain != nil }) { blocks.append(tunedFigure(sweep, points, exact, isWide)) }
  let wrong = points.filter { $0.predicted != $0.helps }.count
  blocks.append(.paragraph("The CCH is wrong about the sign for small λ at \(wrong) of \(points.count) teachers."))
  return blocks
}

/// Whether places are better read on a logarithmic axis.
func spansDecades(_ places: [Double]) -> Bool {
  places.allSatisfy { $0 > 0 } && (places.max() ?? 1) >= 10 * (places.min() ?? 1)
}

extension Array where Element: Hashable {
  /// Each element once, in the order of their first places.
  var uniqued: [Element] {
    var seen = Set<Element>()
    return filter { seen.insert($0).inserted }
  }
}

/// What the teacher brings beyond shrinkage, over the parameter.
private func tunedFigure(_ sweep: String, _ points: [SweepPoint], _ exact: [SweepPoint], _ isWide: Bool) -> Block {
  let line = exact.compactMap { point -> Point? in
    guard let x = point.parameter.finite, let y = point.tunedGain?.finite else { return nil }
    return Point(x, y)
  }
  return .figure(
    Figure(
      title: "\(sweep): gain over tuned",
      summary:
        "What the best weights of label and teacher bring beyond the best shrunk student without a teacher: nothing where corr(t, s | y) ≤ 0.",
      x: Axis(sweep, isWide ? .logarithmic : .linear), y: Axis("gain", including: [0]),
      layers: [.line(name: "gain over tuned", series: 0, line)]),
    Table(
      caption: "\(sweep), gain over tuned",
      columns: [.number(sweep), .number("corr(t, s | y)"), .number("gain over tuned"), .number("ΔI"), .number("β")],
      rows: points.map {
        [Rich($0.parameter), Rich($0.correlation), Rich($0.tunedGain), Rich($0.delta), Rich($0.beta)]
      }))
}
