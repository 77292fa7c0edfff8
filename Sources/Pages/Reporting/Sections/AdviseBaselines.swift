// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// What an advice says of one teacher beyond the student as it is: baselines, rows, curves; nil in documents of before.
struct AdviseBaselines {
  let correlation, gain, share: Estimate
  let shrinkage: Estimate?
  let verdict: String
  let worth: Quantity
  let weights: (label: Quantity, teacher: Quantity)
  let untaught, shrinkageGain: Quantity
  let test: JSONReader?
  let heldOut: HeldOut?
  let crossover: (lambda: Quantity, rows: Estimate)?
  let joint, pseudo: JSONReader?
  let risk: [(weight: Quantity, plain: Estimate, tuned: Quantity)]
  let rows: [(n: Quantity, plain: Quantity, tuned: Quantity)]

  init?(_ reader: JSONReader) throws(JSONShapeError) {
    guard let tuned = reader.optional("tuned"), let conclusion = reader.optional("conclusion") else { return nil }
    correlation = try Estimate(tuned.required("partial_correlation"))
    (gain, share) = (try Estimate(tuned.required("gain")), try Estimate(tuned.required("share")))
    shrinkage = try tuned.optional("shrinkage_share").map { share throws(JSONShapeError) in try Estimate(share) }
    (verdict, worth) = (try conclusion.string("verdict"), try conclusion.quantity("worth"))
    weights = (try tuned.quantity("weight_of_label"), try tuned.quantity("weight_of_teacher"))
    (untaught, shrinkageGain) = (try tuned.quantity("untaught_risk"), try tuned.quantity("shrinkage_gain"))
    test = tuned.optional("test")
    heldOut = try tuned.optional("held_out").map { folds throws(JSONShapeError) in try HeldOut(folds) }
    crossover = try reader.optional("crossover").map { place throws(JSONShapeError) in
      (try place.quantity("lambda"), try Estimate(place.required("rows")))
    }
    (joint, pseudo) = (reader.optional("joint_teacher"), reader.optional("pseudo_labels"))
    var risk: [(weight: Quantity, plain: Estimate, tuned: Quantity)] = []
    var rows: [(n: Quantity, plain: Quantity, tuned: Quantity)] = []
    if let curves = reader.optional("curves") {
      for point in try curves.elements("risk") {
        risk.append(
          (try point.quantity("weight"), try Estimate(point.required("plain")), try point.quantity("tuned")))
      }
      for point in try curves.elements("rows") {
        rows.append((try point.quantity("n"), try point.quantity("plain"), try point.quantity("tuned")))
      }
    }
    (self.risk, self.rows) = (risk, rows)
  }

  /// The answer: sign, size and held-out folds together.
  func callout(_ label: Rich) -> Block {
    let (tone, words): (Tone, String) =
      switch verdict {
      case "yes": (.good, "yes, distil")
      case "probably_yes": (.good, "probably yes, but not beyond doubt")
      case "perhaps": (.neutral, "helps in sign; whether it is worth it these rows do not tell")
      case "not_worth_it": (.neutral, "helps in sign, not worth it")
      case "not_held": (.bad, "no: the promise did not hold on held-out folds")
      case "probably_no": (.bad, "probably not")
      case "no": (.bad, "no, it adds nothing to what one would do anyway")
      default: (.neutral, "no verdict that is known here")
      }
    return .callout(
      tone,
      "\(label): \(strong: words). Over a student that may shrink: corr(t,s|y) = \(correlation.text), gain as a share of its risk \(share.text); from \(worth) on it is worth it."
    )
  }

  /// The risk of the student as it is, with the band of its interval, and of one that may shrink.
  func riskFigure(_ label: Rich) -> Block? {
    guard risk.count > 1 else { return nil }
    var (plain, tuned, band): ([Point], [Point], [BandPoint]) = ([], [], [])
    for point in risk {
      guard let weight = point.weight.finite else { continue }
      if let value = point.plain.estimate.finite { plain.append(Point(weight, 100 * value)) }
      if let value = point.tuned.finite { tuned.append(Point(weight, 100 * value)) }
      if let lower = point.plain.lower?.finite, let upper = point.plain.upper?.finite, lower <= upper {
        band.append(BandPoint(weight, 100 * lower, 100 * upper))
      }
    }
    guard plain.count > 1, tuned.count > 1 else { return nil }
    var layers: [Layer] = [.rule(name: "R0", axis: .y, at: 0)]
    if band.count > 1 { layers.append(.band(name: "interval, labels (1−α)y + αt", series: 0, band)) }
    layers += [
      .line(name: "labels (1−α)y + αt", series: 0, plain), .line(name: "may shrink", series: 1, tuned),
    ]
    return .figure(
      Figure(
        title: "Risk against the weight of the teacher: \(label.plain)",
        summary:
          "How far the expected squared error is from that of the student alone: of a student that mixes labels, with the band of its interval, and of one "
          + "that may shrink, which starts lower where shrinking helps.",
        x: Axis("weight of the teacher", including: [0]), y: Axis("change of the risk, per cent of R0", including: [0]),
        layers: layers),
      Table(
        caption: "Change of the risk, share of R0",
        columns: [
          .number("weight"), .number("labels (1−α)y + αt"), .number("lower end"), .number("upper end"),
          .number("may shrink"),
        ],
        rows: risk.map {
          [
            Rich($0.weight), Rich($0.plain.estimate), Rich($0.plain.lower), Rich($0.plain.upper), Rich($0.tuned),
          ]
        }))
  }

  /// The gain against the number of rows, with that of the document and the crossover.
  func rowsFigure(_ label: Rich, asked: Quantity?) -> Block? {
    func points(_ value: (Quantity, Quantity, Quantity)) -> (Double, Double, Double)? {
      guard let n = value.0.finite, n > 0, let plain = value.1.finite, let tuned = value.2.finite else { return nil }
      return (n, 100 * plain, 100 * tuned)
    }
    let values = rows.compactMap { points(($0.n, $0.plain, $0.tuned)) }
    guard values.count > 1 else { return nil }
    var layers: [Layer] = [
      .rule(name: "", axis: .y, at: 0),
      .line(name: "over the student as it is", series: 0, values.map { Point($0.0, $0.1) }),
      .line(name: "over one that may shrink", series: 1, values.map { Point($0.0, $0.2) }),
    ]
    if let n = asked?.finite, n > 0 { layers.append(.rule(name: "n", axis: .x, at: n)) }
    var words = ""
    if let crossover {
      if let n = crossover.rows.estimate.finite, n > 0, n <= values[values.count - 1].0 {
        layers.append(.rule(name: "crossover", axis: .x, at: n))
      }
      words = " λ = \(crossover.lambda.shown) helps below n = \(crossover.rows.estimate.shown)."
    }
    return .figure(
      Figure(
        title: "Gain against the number of rows: \(label.plain)",
        summary: "What the teacher takes away of the error at the best weights; it fades as rows grow.\(words)",
        x: Axis("n, training rows", .logarithmic), y: Axis("gain, per cent of R0", including: [0]), layers: layers),
      Table(
        caption: "Gain, share of R0",
        columns: [.number("n"), .number("over the student as it is"), .number("over one that may shrink")],
        rows: rows.map { [Rich($0.n), Rich($0.plain), Rich($0.tuned)] }))
  }

  /// What stands among the details.
  func facts() throws(JSONShapeError) -> [Fact] {
    var facts: [Fact] = [
      Fact("corr(t,s|y)", correlation.text), Fact("gain over the best student without a teacher", gain.text),
      Fact("the same as a share of its risk", share.text), Fact("risk of that student", Rich(untaught)),
      Fact("gain of shrinking alone", Rich(shrinkageGain)), Fact("best weight of the label's fit", Rich(weights.label)),
      Fact("best weight of the teacher's fit", Rich(weights.teacher)),
    ]
    if let shrinkage { facts.append(Fact("share of the untuned gain that is shrinkage", shrinkage.text)) }
    if let test {
      facts.append(Fact("corr(t,s|y) on the other half of the rows", Rich(try test.quantity("correlation"))))
      facts.append(Fact("its p-value if the teacher does not help", Rich(try test.quantity("p_if_not_helping"))))
    }
    if let crossover {
      facts.append(Fact("λ = \(crossover.lambda) helps below this number of rows", crossover.rows.text))
    }
    if let joint {
      facts.append(Fact("f² of x1 beyond x2", try Estimate(joint.required("effect_size")).text))
      facts.append(
        Fact("gain of a teacher of both modalities, share of R0", try Estimate(joint.required("share")).text))
    }
    if let pseudo {
      facts.append(Fact("rows without a label", Rich(try pseudo.quantity("rows"))))
      facts.append(Fact("what f² has to be above for imitation", Rich(try pseudo.quantity("threshold"))))
      facts.append(Fact("best weight of the pseudo-labels", try Estimate(pseudo.required("best_weight")).text))
      facts.append(Fact("their gain, share of R0", try Estimate(pseudo.required("share")).text))
    }
    return facts
  }
}

/// The best combination of several teachers; nothing where there is none.
func combination(_ document: JSONReader, _ candidates: [AdviseCandidate]) throws(JSONShapeError) -> [Block] {
  guard let best = document.optional("combination") else { return [] }
  var rows: [[Rich]] = []
  for (place, weight) in try best.elements("weights").enumerated() {
    guard candidates.indices.contains(place) else { throw weight.failure("there is no candidate \(place)") }
    rows.append([candidates[place].label, Rich(try weight.quantity())])
  }
  let single = try best.integer("best_single")
  guard candidates.indices.contains(single) else {
    throw try best.required("best_single").failure("there is no candidate \(single)")
  }
  return [
    .table(Table(caption: "The best combination of all", columns: ["teacher", .number("weight")], rows: rows)),
    .paragraph(
      "The label has what is left of 1. The combination gains \(try best.quantity("share")) of R0, the best single teacher, \(candidates[single].label), \(try best.quantity("share_of_best_single"))."
    ),
  ]
}

/// Residuals of which there is a warning.
func residualFigures(_ document: JSONReader) throws(JSONShapeError) -> [Block] {
  guard let plots = document.optional("residuals") else { return [] }
  var blocks: [Block] = []
  for plot in try plots.elements() {
    let name = try plot.string("name")
    let (fitted, residual) = (try plot.elements("fitted"), try plot.elements("residual"))
    var (marks, rows): ([Mark], [[Rich]]) = ([], [])
    for (x, y) in zip(fitted, residual) {
      let (x, y) = (try x.quantity(), try y.quantity())
      guard let a = x.finite, let b = y.finite else { continue }
      marks.append(Mark(a, b))
      rows.append([Rich(x), Rich(y)])
    }
    guard marks.count > 1 else { continue }
    blocks.append(
      .figure(
        Figure(
          title: "Residuals: \(name)",
          summary:
            "What the student's inputs leave of it against their linear prediction, in standard deviations of the residuals; of many rows a part, with the largest.",
          x: Axis("prediction"), y: Axis("residual", including: [0]),
          layers: [.rule(name: "", axis: .y, at: 0), .marks(name: "rows", series: 0, marks)]),
        Table(caption: "Residuals", columns: [.number("prediction"), .number("residual")], rows: rows)))
  }
  return blocks
}
