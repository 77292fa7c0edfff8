// SPDX-License-Identifier: GPL-3.0-or-later
import Plotting

/// The synthetic regression laid out as the paper argues: for every sweep the gain against I(H1;H2) − I(H2;Y), and the error of the
/// student with and without distillation over what is swept, at the paper's λ.
func syntheticPaperLayout(_ points: [SweepPoint], _ curve: [SweepPoint]) -> [Block] {
  let kind = points.flatMap { $0.students.map(\.name) }.uniqued.last
  let lambdas = (points + curve).flatMap { $0.exact.map(\.lambda) }.uniqued.filter(paperWeights.contains)
  let panels = (points + curve).map(\.sweep).uniqued.flatMap { sweep -> [Block] in
    let panel = Panel(
      sweep: sweep, kind: kind, lambdas: lambdas, points: points.filter { $0.sweep == sweep },
      curve: (curve.isEmpty ? points : curve).filter { $0.sweep == sweep }
        .sorted { $0.parameter.value < $1.parameter.value })
    return [panel.gains, panel.errors].compactMap(\.self)
  }
  guard !panels.isEmpty else { return [] }
  let students = kind.map { "marks are students (\($0)) with 1.96 standard errors" } ?? "no student was trained"
  return [
    .heading("In the paper's layout"),
    .paragraph(
      """
      The figures of the paper (arXiv 2510.13182) are not at hand, nor its numbers of this experiment. What is laid out is what its hypothesis \
      compares: the gain against I(H1;H2) − I(H2;Y), and the mean squared error with and without distillation, one row of panels a sweep, at \
      the paper's λ. Curves are exact; \(students).
      """
    ),
  ] + panels
}

/// The λ of the paper, as the documents write them.
private let paperWeights: Set<String> = ["1/5", "3/10", "1/2", "7/10", "4/5"]

/// The two figures of one sweep.
private struct Panel {
  let sweep: String
  /// The students that are drawn.
  let kind: String?
  let lambdas: [String]
  let points, curve: [SweepPoint]

  /// The students' changes of the error at one λ.
  private func changes(_ lambda: String) -> [(point: SweepPoint, change: Double, error: Double)] {
    points.flatMap { point in
      point.students.filter { $0.name == kind && $0.lambda == lambda }.compactMap { student in
        guard let change = student.change.finite, let error = student.error.finite else { return nil }
        return (point, change, error)
      }
    }
  }

  private func exact(_ point: SweepPoint, _ lambda: String) -> Double? {
    point.exact.first { $0.lambda == lambda }?.change.finite
  }

  /// The gain against ΔI; the lines follow what is swept.
  var gains: Block? {
    var layers: [Layer] = [
      .region(name: "where the CCH is right", series: 2, x: Interval(0, nil), y: Interval(0, nil)),
      .region(name: "", series: 2, x: Interval(nil, 0), y: Interval(nil, 0)),
      .rule(name: "", axis: .x, at: 0), .rule(name: "", axis: .y, at: 0),
    ]
    var rows: [[Rich]] = []
    for (series, lambda) in lambdas.enumerated() {
      let line = curve.compactMap { point -> Point? in
        guard let x = point.delta.finite, let y = exact(point, lambda) else { return nil }
        return Point(x, -y)
      }
      layers.append(.line(name: "λ = \(lambda)", series: series, line))
      let marks = changes(lambda).compactMap { own -> Mark? in
        guard let x = own.point.delta.finite else { return nil }
        let half = normalQuantile * own.error
        rows.append([
          Rich(precise: own.point.parameter), Rich(text: lambda), Rich(own.point.delta),
          Rich(text: computed(-own.change)),
        ])
        return Mark(
          x, -own.change, yInterval: Interval(-own.change - half, -own.change + half), label: "λ = \(lambda)")
      }
      if !marks.isEmpty { layers.append(.marks(name: "", series: series, marks)) }
    }
    if rows.isEmpty {
      rows = curve.flatMap { point in
        lambdas.compactMap { lambda in
          exact(point, lambda).map {
            [Rich(precise: point.parameter), Rich(text: lambda), Rich(point.delta), Rich(text: computed(-$0))]
          }
        }
      }
    }
    guard !rows.isEmpty else { return nil }
    return .figure(
      Figure(
        title: "Gain against ΔI: \(sweep)",
        summary: "The lines follow \(sweep); in the shaded quarters the sign of ΔI is that of the gain.",
        x: Axis("ΔI = I(H1;H2) − I(H2;Y), nats", including: [0]), y: Axis("gain R0 − R(λ)", including: [0]),
        layers: layers),
      Table(
        caption: "Gain against ΔI: \(sweep)",
        columns: [.number(sweep), .number("λ"), .number("ΔI"), .number("gain")], rows: rows))
  }

  /// The mean squared error with and without distillation.
  var errors: Block? {
    let drawn = curve.compactMap { point -> (x: Double, baseline: Double, point: SweepPoint)? in
      guard let x = point.parameter.finite, let baseline = point.baseline?.finite else { return nil }
      return (x, baseline, point)
    }
    guard !drawn.isEmpty else { return nil }
    var layers: [Layer] = [.line(name: "without", series: 5, drawn.map { Point($0.x, $0.baseline) })]
    for (series, lambda) in lambdas.enumerated() {
      layers.append(
        .line(
          name: "with, λ = \(lambda)", series: series,
          drawn.compactMap { own in exact(own.point, lambda).map { Point(own.x, own.baseline + $0) } }))
      let marks = changes(lambda).compactMap { own -> Mark? in
        guard let x = own.point.parameter.finite, let baseline = own.point.baseline?.finite else { return nil }
        let (y, half) = (baseline + own.change, normalQuantile * own.error)
        return Mark(x, y, yInterval: Interval(y - half, y + half), label: "λ = \(lambda)")
      }
      if !marks.isEmpty { layers.append(.marks(name: "", series: series, marks)) }
    }
    let rows = (points.isEmpty ? curve : points).map { point in
      [Rich(precise: point.parameter), Rich(point.baseline)]
        + lambdas.map { lambda -> Rich in
          guard let baseline = point.baseline?.finite, let change = exact(point, lambda) else { return "–" }
          return Rich(text: computed(baseline + change))
        }
    }
    return .figure(
      Figure(
        title: "Error with and without: \(sweep)",
        summary:
          "The exact risk R0 without a teacher and R(λ) with one; a mark is R0 and the change that students showed.",
        x: Axis(sweep, spansDecades(drawn.map(\.x)) ? .logarithmic : .linear), y: Axis("mean squared error"),
        layers: layers),
      Table(
        caption: "Error with and without: \(sweep), exact",
        columns: [.number(sweep), .number("without")] + lambdas.map { .number("λ = \($0)") }, rows: rows))
  }
}
