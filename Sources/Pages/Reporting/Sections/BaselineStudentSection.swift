// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// Simulated students with closed forms of their own, at several weights a of the label fit and b of the teacher fit.
func baselineStudentSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  try studySection(
    document, title: "Students with closed forms of their own", anchor: "student-baseline", of: studyBlocks)
}

private func studyBlocks(_ study: JSONReader) throws(JSONShapeError) -> [Block] {
  let instance = try study.required("instance")
  var facts = [
    Fact("student", Rich(name: try study.string("student"))), Fact("n, training rows", Rich(try study.quantity("n"))),
  ]
  for (key, term) in [
    ("unlabelled", "m, rows without a label"), ("teacher_rows", "N, rows of the teacher"), ("ridge", "μ, ridge"),
  ] {
    if let value = try instance.optionalQuantity(key) { facts.append(Fact(Rich(text: term), Rich(precise: value))) }
  }
  facts += [
    Fact("residuals", Rich(name: try study.string("residuals"))),
    Fact("samples", "\(try study.quantity("replicates")), drawn by \(name: try study.string("sampling"))"),
  ]
  var blocks: [Block] = [.facts(facts)]
  if try !study.bool("in_theorem") {
    blocks.append(.callout(.neutral, "Outside of the theorem: the closed forms are reported beside it, not judged."))
  }
  for failure in try study.strings("failures") { blocks.append(.callout(.bad, "\(name: failure)")) }
  blocks += try weightPictures(study)
  blocks += try gains(study)
  if let chosen = study.optional("chosen") { blocks += try choice(chosen) }
  return blocks
}

/// The excess risk at each pair of weights, simulated beside the exact one, and how far the two are apart.
private func weightPictures(_ study: JSONReader) throws(JSONShapeError) -> [Block] {
  var (table, risks, deviations): ([[Rich]], [ForestRow], [ForestRow]) = ([], [], [])
  let pairs = try study.elements("weights")
  guard !pairs.isEmpty else { throw try study.required("weights").failure("the run is empty: there are no weights") }
  for (place, pair) in pairs.enumerated() {
    let (a, b, excess) = (try pair.quantity("a"), try pair.quantity("b"), try pair.required("excess"))
    let (truth, mean, error) = (
      try excess.quantity("exact"), try excess.quantity("mean"), try excess.quantity("standard_error")
    )
    let (z, p) = (try excess.optionalQuantity("z"), try excess.optionalQuantity("probability"))
    let (isBest, isUntaught) = (try pair.bool("is_best"), try pair.bool("is_untaught_best"))
    let what = place == 0 ? "as it is" : isBest ? "the best" : isUntaught ? "best without a teacher" : ""
    table.append([
      Rich(precise: a), Rich(precise: b), Rich(text: what), Rich(precise: truth), Rich(mean), Rich(error), Rich(z),
      Rich(p),
    ])
    let label = "a = \(a.shown), b = \(b.shown)" + (what.isEmpty ? "" : ", \(what)")
    let interval = mean.finite.flatMap { mean in
      error.finite.map { Interval(mean - normalQuantile * $0, mean + normalQuantile * $0) }
    }
    risks.append(
      ForestRow(label, estimate: mean.finite, interval: interval, note: "exact \(truth.shown)", series: isBest ? 1 : 0))
    deviations.append(ForestRow(label, estimate: z?.finite, note: z?.shown ?? "none"))
  }
  let numbers = Table(
    caption: "Excess risk at weights a and b, exact and simulated",
    columns: [
      .number("a"), .number("b"), "which", .number("exact"), .number("simulated"), .number("standard error"),
      .number("z"), .number("p"),
    ],
    rows: table)
  let forest = ForestPlot(
    title: "Excess risk by weights",
    summary: "Means over the samples with 1.96 standard errors on both sides; at the right the exact values.",
    axis: Axis("excess risk, beyond σε²", including: [0]), rows: risks)
  let off = ForestPlot(
    title: "How far the means are from the exact values",
    summary: "In standard errors; most lie between −2 and 2 where the closed forms are right.",
    axis: Axis("standard errors", including: [-2, 2]), rows: deviations, reference: 0)
  return [.figure(forest, numbers), .figure(off, numbers)]
}

/// What the best weights gain over the student as it is, and what of it needs a teacher.
private func gains(_ study: JSONReader) throws(JSONShapeError) -> [Block] {
  let (itself, untaught) = (try study.required("gain_over_itself"), try study.required("gain_over_untaught"))
  let (whole, taught) = (try itself.quantity("exact"), try untaught.quantity("exact"))
  func simulated(_ gain: JSONReader) throws(JSONShapeError) -> Rich {
    "\(try gain.quantity("mean")) ± \(try gain.quantity("standard_error"))"
  }
  var blocks: [Block] = [
    .facts([
      Fact("gain over the student as it is, exactly", Rich(precise: whole)),
      Fact("the same, simulated", try simulated(itself)),
      Fact("gain over the best without a teacher, exactly", Rich(precise: taught)),
      Fact("the same, simulated", try simulated(untaught)),
    ])
  ]
  guard let all = whole.finite, let own = taught.finite, all > 0 else { return blocks }
  if own <= 0 {
    blocks.append(.callout(.warning, "All of the gain is shrinkage: the student has it without the teacher."))
  } else if own < all {
    let share = percentage(Int(1e6 * (1 - own / all)), of: 1_000_000)
    blocks.append(.paragraph("Of the gain over the student as it is, \(share) is shrinkage, which needs no teacher."))
  }
  return blocks
}

/// What is left where cross-validation chooses the weights.
private func choice(_ chosen: JSONReader) throws(JSONShapeError) -> [Block] {
  let ways = [
    ("shrunk", "shrunk, without the teacher"), ("mixed", "with the chosen λ"), ("tuned", "with both weights chosen"),
  ]
  var (rows, table): ([ForestRow], [[Rich]]) = ([], [])
  for (key, name) in ways {
    let way = try chosen.required(key)
    let (mean, error) = (try way.quantity("mean"), try way.quantity("standard_error"))
    table.append([Rich(text: name), Rich(mean), Rich(error)])
    let interval = mean.finite.flatMap { mean in
      error.finite.map { Interval(mean - normalQuantile * $0, mean + normalQuantile * $0) }
    }
    rows.append(ForestRow(name, estimate: mean.finite, interval: interval, note: mean.shown))
  }
  let share = try chosen.optionalQuantity("kept_share")
  return [
    .figure(
      ForestPlot(
        title: "Excess risk where \(try chosen.quantity("folds").shown)-fold cross-validation chooses the weights",
        summary: "Means over the samples with 1.96 standard errors on both sides.",
        axis: Axis("excess risk, beyond σε²", including: [0]), rows: rows),
      Table(
        caption: "Excess risk with chosen weights",
        columns: ["student", .number("simulated"), .number("standard error")],
        rows: table)),
    .facts([
      Fact(
        "share of the teacher's gain that remains",
        share.map { $0.value < 0 ? "nothing: choosing costs more" : Rich($0) } ?? "no gain to keep"),
      Fact("share of the samples where the teacher got a weight", Rich(try chosen.quantity("share_taught"))),
    ]),
  ]
}
