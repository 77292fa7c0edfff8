// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// Advice on data of one's own.
func adviseSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  var candidates: [AdviseCandidate] = []
  let readers = try document.elements("candidates")
  guard !readers.isEmpty else {
    throw try document.required("candidates").failure("the run is empty: there is no teacher")
  }
  for (place, reader) in readers.enumerated() {
    candidates.append(try AdviseCandidate(reader, number: readers.count > 1 ? place + 1 : nil))
  }
  let file = try document.string("file")
  var blocks: [Block] = [
    .paragraph(
      "\(name: file): \(try document.quantity("rows")) rows; label \(name: try document.string("label")), student \(names: try document.strings("student"))."
    )
  ]
  let asked = try document.optionalQuantity("n")
  for candidate in candidates {
    if let baselines = candidate.baselines { blocks.append(baselines.callout(candidate.label)) }
    blocks += candidate.verdict
  }
  blocks += try ranking(document, candidates)
  blocks += try combination(document, candidates)
  blocks += forests(candidates)
  for candidate in candidates {
    if let baselines = candidate.baselines {
      blocks += [
        baselines.riskFigure(candidate.label) ?? candidate.curve,
        baselines.rowsFigure(candidate.label, asked: asked),
      ].compactMap(\.self)
    } else if let curve = candidate.curve {
      blocks.append(curve)
    }
  }
  blocks.append(.heading("Warnings"))
  let warnings = try document.elements("warnings")
  if warnings.isEmpty { blocks.append(.paragraph("The model fits as far as it was checked.")) }
  for warning in warnings {
    let message = try warning.string("message")
    blocks.append(.callout(.warning, "\(strong: try warning.string("kind")): \(name: message)."))
  }
  blocks += try residualFigures(document)
  blocks.append(.heading("Each teacher"))
  for candidate in candidates { blocks += try candidate.details() }
  return Section(title: "Advice: \(file)", anchor: "advise-\(file)", blocks: blocks)
}

private func ranking(_ document: JSONReader, _ candidates: [AdviseCandidate]) throws(JSONShapeError) -> [Block] {
  guard candidates.count > 1 else { return [] }
  var names: [Rich] = []
  for place in try document.elements("ranking") {
    let index = try place.integer()
    guard candidates.indices.contains(index) else { throw place.failure("there is no candidate \(index)") }
    names.append("\(candidates[index].label): gain \(candidates[index].gain.estimate)")
  }
  var blocks: [Block] = [.heading("Teachers, the best first"), .list(names)]
  if let share = try document.optionalQuantity("share_of_first") {
    blocks.append(.paragraph("The share of resamples in which the first gains more than the second: \(share)."))
  }
  return blocks
}

private func forests(_ candidates: [AdviseCandidate]) -> [Block] {
  let tuned = candidates.compactMap { candidate in candidate.baselines.map { (candidate, $0) } }
  var blocks: [Block] = []
  if !tuned.isEmpty {
    blocks.append(
      forest(
        "corr(t,s | y)", "A teacher helps a student that may shrink exactly where it is above 0.",
        Axis("corr(t,s | y)", including: [0]), tuned.map { ($0.label, $1.correlation, 0) }, reference: 0))
    blocks.append(
      forest(
        "Gain over a student that may shrink", "As a share of that student's risk.",
        Axis("gain, share of the risk", including: [0]), tuned.map { ($0.label, $1.share, 0) }, reference: 0))
  }
  blocks += [
    forest(
      "β, how much each teacher over-reacts", "A teacher helps exactly where β is below 1.", Axis("β", including: [1]),
      candidates.map { ($0.label, $0.beta, 0) }, reference: 1),
    forest(
      "What the criteria look at", "The CCH asks for ΔI above 0, the calibrated criterion for ΔI − ln a above 0.",
      Axis("nats", including: [0]),
      candidates.map { ("ΔI: \($0.label)", $0.delta, 0) }
        + candidates.map { ("ΔI − ln a: \($0.label)", $0.calibrated, 1) },
      reference: 0),
    forest(
      "Gain at the best λ", "How much the expected squared error falls, in units of the label squared.",
      Axis("R0 − R(λ*)", including: [0]), candidates.map { ($0.label, $0.gain, 0) }, reference: 0),
  ]
  let heldOut = candidates.compactMap { candidate in candidate.heldOut.map { (candidate, $0) } }
  if !heldOut.isEmpty {
    blocks.append(heldOutFigure(heldOut))
  }
  return blocks
}

private func heldOutFigure(_ candidates: [(AdviseCandidate, HeldOut)]) -> Block {
  .figure(
    ForestPlot(
      title: "Gain on held-out folds",
      summary: "The measured fall of the squared error, with 1.96 standard errors on both sides.",
      axis: Axis("fall of the squared error", including: [0]),
      rows: candidates.map { candidate, fold in
        let (gain, width) = (fold.gain.finite ?? 0, normalQuantile * (fold.error.finite ?? 0))
        return ForestRow(
          candidate.label.plain, estimate: gain, interval: Interval(gain - width, gain + width),
          note: fold.gain.shown)
      }, reference: 0),
    Table(
      caption: "Held-out folds",
      columns: [
        "teacher", .number("gain"), .number("standard error"), .number("error without"), .number("folds"),
        .number("share distilled"),
      ],
      rows: candidates.map { candidate, fold in
        [candidate.label, Rich(fold.gain), Rich(fold.error), Rich(fold.without), Rich(fold.folds), Rich(fold.share)]
      }))
}

/// The check on held-out folds.
struct HeldOut {
  let gain, error, without, folds, share: Quantity

  init(_ reader: JSONReader) throws(JSONShapeError) {
    (gain, error) = (try reader.quantity("gain"), try reader.quantity("standard_error"))
    (without, folds) = (try reader.quantity("error_without"), try reader.quantity("folds"))
    share = try reader.quantity("share_distilled")
  }
}

/// What the document says of one teacher.
struct AdviseCandidate {
  let reader: JSONReader
  let columns: [String]
  let number: Int?
  let helps, isPredicted, isCalibrated: Bool
  let beta, delta, calibrated, gain, best, windowEnd, teacher, student: Estimate
  let heldOut: HeldOut?
  let baselines: AdviseBaselines?

  init(_ reader: JSONReader, number: Int?) throws(JSONShapeError) {
    (self.reader, self.number) = (reader, number)
    columns = try reader.strings("teacher")
    helps = try reader.bool("helps_for_small_lambda")
    isPredicted = try reader.bool("cch_predicts")
    isCalibrated = try reader.bool("calibrated")
    beta = try Estimate(reader.required("beta"))
    delta = try Estimate(reader.required("delta"))
    calibrated = try Estimate(reader.required("calibrated_margin"))
    gain = try Estimate(reader.required("gain"))
    best = try Estimate(reader.required("best_lambda"))
    windowEnd = try Estimate(reader.required("window_end"))
    teacher = try Estimate(reader.required("teacher_information"))
    student = try Estimate(reader.required("label_information"))
    heldOut = try reader.optional("held_out").map { folds throws(JSONShapeError) in try HeldOut(folds) }
    baselines = try AdviseBaselines(reader)
  }

  /// "teacher 1: displacement, horsepower"; of many columns the first and the last.
  var label: Rich {
    let names: Rich =
      columns.count > 3 ? "\(name: columns[0]) … \(name: columns[columns.count - 1])" : "\(names: columns)"
    return number.map { "\($0): \(names)" } ?? names
  }

  var verdict: [Block] {
    let answer: Rich =
      helps
      ? "\(strong: "yes"), a little weight of the teacher lowers the error of a student that does not shrink"
      : "\(strong: "no"), no weight of the teacher helps a student that does not shrink"
    let cch: Rich =
      "The CCH says \(isPredicted ? "yes" : "no")\(isPredicted == helps ? "" : ", which is wrong for this fit")."
    return [.callout(helps ? .good : .bad, "\(label): \(answer): β = \(beta.text). \(cch)")]
  }

  /// R over α: a parabola that starts at R0 and has its vertex at α* = λ*/(1+λ*), lower by the gain.
  var curve: Block? {
    guard helps, let base = (try? reader.optionalQuantity("baseline_risk"))?.flatMap(\.finite),
      let lambda = best.estimate.finite,
      lambda > 0, let fall = gain.estimate.finite, fall > 0
    else { return nil }
    let vertex = lambda / (1 + lambda)
    let end = min(1, 2.6 * vertex)
    func risk(_ alpha: Double) -> Double { let t = (alpha - vertex) / vertex; return base - fall + fall * t * t }
    let points = (0...100).map { Point(end * Double($0) / 100, risk(end * Double($0) / 100)) }
    var layers: [Layer] = []
    if let window = windowEnd.estimate.finite {
      layers.append(
        .region(
          name: "where the teacher helps", series: 2, x: Interval(0, window / (1 + window)), y: Interval(nil, nil)))
    }
    if let lower = best.lower?.finite, let upper = best.upper?.finite {
      layers.append(
        .region(
          name: "interval of the best weight", series: 1, x: Interval(lower / (1 + lower), upper / (1 + upper)),
          y: Interval(nil, nil)))
    }
    layers += [
      .rule(name: "R0, without a teacher", axis: .y, at: base), .line(name: "R", series: 0, points),
      .marks(
        name: "the best weight, with the interval of the gain", series: 1,
        [
          Mark(
            vertex, base - fall,
            yInterval: gain.interval.map { Interval($0.upper.map { base - $0 }, $0.lower.map { base - $0 }) },
            label: "the best weight")
        ]),
    ]
    let figure = Figure(
      title: "Risk against the weight: \(label.plain)",
      summary:
        "The fitted risk falls by \(gain.estimate.shown) at the best λ = \(best.estimate.shown), and is back at R0 at the end of the window.",
      x: Axis("α = λ/(1+λ)", including: [0]), y: Axis("R, the expected squared error"), layers: layers)
    let rows: [[Rich]] =
      [
        ["without a teacher", "0", Rich((try? reader.optionalQuantity("baseline_risk")) ?? nil)],
        ["best λ", Rich(best.estimate), "R0 − \(gain.estimate)"],
        ["end of the window", Rich(windowEnd.estimate), "R0"],
      ]
      + stride(from: 0, through: 100, by: 10).map { place in
        [
          "curve", Rich(text: computed(points[place].x / (1 - min(points[place].x, 1 - 1e-9)))),
          Rich(text: computed(points[place].y)),
        ]
      }
    return .figure(figure, Table(caption: "R", columns: ["point", .number("λ"), .number("R")], rows: rows))
  }

  func details() throws(JSONShapeError) -> [Block] {
    var facts: [Fact] = [
      Fact("I(t;s)", teacher.text), Fact("I(s;y)", student.text), Fact("ΔI", delta.text),
      Fact("ΔI − ln a", calibrated.text), Fact("β", beta.text),
      Fact("end of the window", windowEnd.text), Fact("the best λ", best.text), Fact("gain at the best λ", gain.text),
      Fact("calibrated criterion", isCalibrated ? "holds" : "does not hold"),
    ]
    if let test = reader.optional("test") {
      facts.append(
        Fact("β on the other half of the rows", "\(try test.quantity("beta")) ± \(try test.quantity("standard_error"))")
      )
      facts.append(Fact("p-value if it does not help", Rich(try test.quantity("p_if_not_helping"))))
      facts.append(Fact("p-value if it helps", Rich(try test.quantity("p_if_helping"))))
    } else if let reason = reader.optional("test_not_computable") {
      facts.append(Fact("test of β < 1", "not computable: \(name: try reason.string())"))
    }
    for (key, name) in [
      ("probability_of_error", "probability that the sign of this verdict is wrong"),
      ("rows_for_sign", "rows that decide by β"),
      ("rows_for_information", "rows that decide by informations"), ("baseline_risk", "R0"),
    ] {
      if let value = try reader.optionalQuantity(key) { facts.append(Fact(Rich(text: name), Rich(value))) }
    }
    if let baselines { facts += try baselines.facts() }
    return [.details("\(label)", [.facts(facts)])]
  }
}
