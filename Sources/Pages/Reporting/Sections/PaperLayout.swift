// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// An experiment with classes, laid out as the paper argues: the student with and without distillation beside the two informations of
/// its hypothesis, one panel a setting, over what is swept.
///
/// - Returns: nothing where the runs have no accuracies.
func paperLayout(
  _ document: JSONReader, _ name: String, _ conditions: [Condition]
) throws(JSONShapeError) -> [Block] {
  var runs: [Outcome] = []
  for run in try document.elements("runs") { if let outcome = try Outcome(run) { runs.append(outcome) } }
  let means = conditions.compactMap { Means($0, runs) }
  guard !means.isEmpty else { return [] }
  var blocks: [Block] = [
    .heading("In the paper's layout"),
    .paragraph(
      """
      The figures of the paper (arXiv 2510.13182) are not at hand. What is laid out is what its hypothesis compares: the student with and without \
      distillation beside I(H1;H2) − I(H2;Y), means over seeds, one panel a setting. Numbers that the paper reports stand beside what came out \
      here where they are known.
      """
    ),
  ]
  if name == "images" { blocks.append(besideThePaper(means)) }
  blocks += panels(means)
  blocks.append(
    .table(
      Table(
        caption: "With and without distillation",
        columns: [
          "condition", .number("I(H1;H2)"), .number("I(H2;Y)"), .number("accuracy without"), .number("accuracy with"),
          .number("runs"),
        ],
        rows: means.map { mean in
          [
            Rich(name: mean.condition.label), Rich(text: mean.teacherInformation.map(computed) ?? "–"),
            Rich(text: mean.labelInformation.map(computed) ?? "–"), Rich(text: computed(mean.alone)),
            Rich(text: computed(mean.taught)), Rich(text: "\(mean.runs)"),
          ]
        })))
  return blocks
}

/// What one run says of accuracies and informations.
private struct Outcome {
  let factors: [String]
  let alone, gain: Double
  let teacherInformation, labelInformation: Double?

  /// Nil where there are no accuracies.
  init?(_ run: JSONReader) throws(JSONShapeError) {
    let outcomes = try run.required("outcomes")
    guard let alone = try outcomes.optionalQuantity("student accuracy")?.finite,
      let gain = try outcomes.optionalQuantity("gain accuracy")?.finite
    else { return nil }
    var factors: [String] = []
    for (_, value) in try run.entries("factors") { factors.append(try value.string()) }
    (self.factors, self.alone, self.gain) = (factors, alone, gain)
    teacherInformation = try outcomes.optionalQuantity("i_ts")?.finite
    labelInformation = try outcomes.optionalQuantity("i_sy")?.finite
  }
}

/// The means of the runs of one condition.
private struct Means {
  let condition: Condition
  let runs: Int
  /// The accuracies of the student without and with distillation.
  let alone, taught: Double
  /// I(H1;H2) and I(H2;Y), of the runs that have them.
  let teacherInformation, labelInformation: Double?

  init?(_ condition: Condition, _ all: [Outcome]) {
    let own = all.filter { $0.factors == condition.factors.map(\.value) }
    func mean(_ values: [Double]) -> Double? {
      values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    guard let alone = mean(own.map(\.alone)), let taught = mean(own.map { $0.alone + $0.gain }) else { return nil }
    (self.condition, runs, self.alone, self.taught) = (condition, own.count, alone, taught)
    teacherInformation = mean(own.compactMap(\.teacherInformation))
    labelInformation = mean(own.compactMap(\.labelInformation))
  }
}

/// For every setting of what is not swept the gain against ΔI and the two accuracies, over the same axes in all settings.
private func panels(_ means: [Means]) -> [Block] {
  let names = means[0].condition.factors.map(\.name)
  func places(_ name: String) -> [Double]? {
    let values = means.map { mean in
      mean.condition.factors.first { $0.name == name }.flatMap { Double($0.value) }.flatMap { $0.isFinite ? $0 : nil }
    }
    return values.allSatisfy { $0 != nil } ? values.compactMap(\.self) : nil
  }
  // What is swept has the most values.
  let swept = names.map { (name: $0, values: places($0) ?? []) }.max { Set($0.values).count < Set($1.values).count }
  guard let swept, Set(swept.values).count >= 3 else { return [] }
  var (order, settings): ([String], [String: [(x: Double, mean: Means)]]) = ([], [:])
  for (mean, x) in zip(means, swept.values) {
    let rest = mean.condition.factors.filter { $0.name != swept.name }.map { "\($0.name) \($0.value)" }
    let setting = rest.isEmpty ? "all" : rest.joined(separator: " · ")
    if settings[setting] == nil { order.append(setting) }
    settings[setting, default: []].append((x, mean))
  }
  // More are no overview; the table has them.
  guard order.count <= 12 else { return [] }
  let ends = means.flatMap { mean -> [Double] in
    let delta = mean.condition.delta
    return [delta?.estimate, delta?.lower, delta?.upper].compactMap { $0?.finite }
  }
  let gains = means.flatMap { mean -> [Double] in
    let gain = mean.condition.gain
    return [gain.estimate, gain.lower, gain.upper].compactMap { $0?.finite }
  }
  let accuracies = means.flatMap { [$0.alone, $0.taught] }
  return order.flatMap { setting -> [Block] in
    let points = (settings[setting] ?? []).sorted { $0.x < $1.x }
    return [
      gainPanel(setting, swept.name, points, ends, gains), accuracyPanel(setting, swept.name, points, accuracies),
    ].compactMap(\.self)
  }
}

/// The gain against I(H1;H2) − I(H2;Y): the line follows what is swept.
private func gainPanel(
  _ setting: String, _ swept: String, _ points: [(x: Double, mean: Means)], _ ends: [Double], _ gains: [Double]
) -> Block? {
  var (line, marks, rows): ([Point], [Mark], [[Rich]]) = ([], [], [])
  for (x, mean) in points {
    let (delta, gain) = (mean.condition.delta, mean.condition.gain)
    rows.append([
      Rich(text: computed(x)), Rich(delta?.estimate), Rich(gain.estimate), Rich(gain.lower), Rich(gain.upper),
    ])
    guard let delta, let u = delta.estimate.finite, let v = gain.estimate.finite else { continue }
    line.append(Point(u, v))
    marks.append(Mark(u, v, xInterval: delta.interval, yInterval: gain.interval, label: "\(swept) \(computed(x))"))
  }
  guard !marks.isEmpty else { return nil }
  return .figure(
    Figure(
      title: "Gain against ΔI: \(setting)",
      summary:
        "The line goes through \(swept) in rising order; in the shaded quarters the sign of ΔI is that of the gain.",
      x: Axis("ΔI = I(H1;H2) − I(H2;Y), nats", including: ends + [0]),
      y: Axis("gain in accuracy", including: gains + [0]),
      layers: [
        .region(name: "where the CCH is right", series: 2, x: Interval(0, nil), y: Interval(0, nil)),
        .region(name: "", series: 2, x: Interval(nil, 0), y: Interval(nil, 0)),
        .rule(name: "", axis: .x, at: 0), .rule(name: "", axis: .y, at: 0),
        .line(name: "over \(swept)", series: 0, line), .marks(name: "", series: 0, marks),
      ]),
    Table(
      caption: "Gain against ΔI: \(setting)",
      columns: [.number(swept), .number("ΔI"), .number("gain"), .number("from"), .number("to")], rows: rows))
}

/// The two accuracies over what is swept.
private func accuracyPanel(
  _ setting: String, _ swept: String, _ points: [(x: Double, mean: Means)], _ accuracies: [Double]
) -> Block? {
  func layers(_ name: String, _ series: Int, _ value: (Means) -> Double) -> [Layer] {
    [
      .line(name: name, series: series, points.map { Point($0.x, value($0.mean)) }),
      .marks(
        name: "", series: series,
        points.map { Mark($0.x, value($0.mean), label: "\(name), \(swept) \(computed($0.x))") }),
    ]
  }
  return .figure(
    Figure(
      title: "Accuracy with and without: \(setting)",
      summary:
        "Means over seeds of the student's accuracy on test rows; intervals of their difference are in the panel of gains.",
      x: Axis(swept), y: Axis("accuracy", including: accuracies),
      layers: layers("without distillation", 4, \.alone) + layers("with distillation", 0, \.taught)),
    Table(
      caption: "Accuracy with and without: \(setting)",
      columns: [.number(swept), .number("without"), .number("with")],
      rows: points.map {
        [Rich(text: computed($0.x)), Rich(text: computed($0.mean.alone)), Rich(text: computed($0.mean.taught))]
      }))
}

/// What the paper reports of MNIST → MNIST-M, gains in accuracy where the CCH holds and losses where not, beside what came out.
private func besideThePaper(_ means: [Means]) -> Block {
  func range(_ isPredicted: Bool) -> String {
    let gains = means.filter { $0.condition.isPredicted == isPredicted }.compactMap(\.condition.gain.estimate.finite)
    guard let least = gains.min(), let most = gains.max() else { return "no condition" }
    return "\(withSign(least)) to \(withSign(most)), \(gains.count) conditions"
  }
  return .table(
    Table(
      caption: "Gain in accuracy, the paper's and here",
      columns: ["", "the paper", "here, means over seeds"],
      rows: [
        ["ΔI > 0", "+0.01 to +0.035", Rich(text: range(true))],
        ["ΔI ≤ 0", "−0.46 to −0.12", Rich(text: range(false))],
      ]))
}

private func withSign(_ value: Double) -> String { value > 0 ? "+\(computed(value))" : computed(value) }
