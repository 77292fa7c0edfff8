// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// Advice where the label is a class.
func classAdviceSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  var candidates: [ClassAdviceCandidate] = []
  for reader in try document.elements("candidates") { candidates.append(try ClassAdviceCandidate(reader)) }
  let teachers = candidates.filter { !$0.isSmoothing }
  // What was written before recommended the first.
  let recommended = try document.optional("recommended")?.string()
  guard let best = teachers.first(where: { $0.label.plain == recommended }) ?? teachers.first else {
    throw try document.required("candidates").failure("the run is empty: there is no teacher")
  }
  let (file, student) = (try document.string("file"), try document.required("student"))
  var blocks: [Block] = [
    .paragraph(
      "\(name: file): \(try document.quantity("rows")) rows; classes of \(name: try document.string("label")): \(names: try document.strings("classes")); student columns: \(try document.quantity("student_columns"))."
    ),
    best.callout(beside: teachers[0]),
  ]
  blocks += try sample(document)
  blocks.append(
    .facts([
      Fact("the student alone, accuracy", Rich(try student.quantity("accuracy"))),
      Fact("log-loss, nats", Rich(try student.quantity("log_loss"))),
      Fact("weight decay, chosen without a teacher", Rich(try document.quantity("weight_decay"))),
      Fact("folds", "\(try document.quantity("folds")), \(try document.quantity("repeats")) times"),
      Fact("coverage of the intervals", Rich(try document.quantity("level"))),
    ]))
  blocks += [
    forest(
      "Gain in log-loss", "In nats, after one fitted temperature, at the λ and T that other folds choose.",
      Axis("fall of the log-loss, nats", including: [0]), candidates.map { ($0.label, $0.logLoss, 0) }, reference: 0),
    forest(
      "Gain beyond soft labels shuffled within class",
      "What is knowledge of single rows; the rest is regularisation, for which no teacher is needed.",
      Axis("fall of the log-loss beyond shuffling, nats", including: [0]),
      candidates.map { ($0.label, $0.beyondShuffled, 0) }, reference: 0),
    forest(
      "Gain in accuracy", "The share of held-out rows that are told right more often.",
      Axis("accuracy", including: [0]), candidates.map { ($0.label, $0.accuracy, 0) }, reference: 0),
    .table(controls(candidates)),
  ]
  if let table = evidence(candidates) { blocks.append(.table(table)) }
  blocks += try unlabelledRows(document, candidates) + perceptrons(document, candidates)
  return Section(title: "Advice: \(file)", anchor: "advise-\(file)", blocks: blocks)
}

/// What the document says of one candidate.
struct ClassAdviceCandidate {
  let label: Rich
  let isSmoothing: Bool
  let verdict: String
  let lambda, temperature, slope: Quantity
  let logLoss, accuracy, shuffled, classMeans, beyondShuffled: Estimate
  let f1, auc: Estimate?
  let teacherAccuracy: Quantity?
  let alignment, information, withinClasses, unlabelled, perceptron: JSONReader?

  init(_ reader: JSONReader) throws(JSONShapeError) {
    label = "\(name: try reader.string("teacher"))"
    isSmoothing = try reader.string("kind") == "label_smoothing"
    verdict = try reader.string("verdict")
    (lambda, temperature) = (try reader.quantity("lambda"), try reader.quantity("temperature"))
    slope = try reader.quantity("slope")
    logLoss = try Estimate(reader.required("gain_log_loss"))
    accuracy = try Estimate(reader.required("gain_accuracy"))
    shuffled = try Estimate(reader.required("shuffled_gain_log_loss"))
    classMeans = try Estimate(reader.required("class_mean_gain_log_loss"))
    beyondShuffled = try Estimate(reader.required("gain_beyond_shuffled"))
    func optional(_ key: String) throws(JSONShapeError) -> Estimate? {
      guard let gain = reader.optional(key) else { return nil }
      return try Estimate(gain)
    }
    (f1, auc) = (try optional("gain_weighted_f1"), try optional("gain_macro_auc"))
    teacherAccuracy = try reader.optionalQuantity("teacher_accuracy")
    (alignment, information) = (reader.optional("alignment"), reader.optional("information"))
    // What was written before had none of these.
    withinClasses = reader.optional("information_within_classes")
    (unlabelled, perceptron) = (reader.optional("unlabelled"), reader.optional("perceptron"))
  }

  /// The answer of the recommended candidate; `first` is the one of the greatest gain.
  func callout(beside first: ClassAdviceCandidate) -> Block {
    let how: Rich = "\(label) with λ = \(lambda), T = \(temperature)"
    let gain: Rich = "gain in log-loss \(logLoss.text) nats, in accuracy \(accuracy.estimate)"
    let more: Rich =
      first.label.plain == label.plain
      ? ""
      : " A greater gain, \(first.logLoss.text), that of \(first.label), is \(name: first.verdict == "regularises" ? "perhaps regularisation" : "not told from chance")."
    switch verdict {
    case "helps":
      return .callout(
        .good, "\(strong: "Yes, distil") from \(how): \(gain); \(beyondShuffled.text) beyond shuffling.\(more)")
    case "regularises":
      return .callout(
        .neutral,
        "\(strong: "Soft labels help, perhaps as regularisation"): \(how): \(gain); shuffled within class they gain \(shuffled.estimate), and beyond that \(beyondShuffled.text).\(more)"
      )
    case "hurts":
      return .callout(.bad, "\(strong: "No, don't distil"): the best candidate, \(how): \(gain).")
    default:
      return .callout(
        .neutral, "\(strong: "No verdict, so don't"): the best candidate, \(how): \(gain), which may be chance.")
    }
  }
}

private func sample(_ document: JSONReader) throws(JSONShapeError) -> [Block] {
  var blocks: [Block] = []
  let (all, seen) = (try document.integer("rows"), try document.integer("rows_looked_at"))
  if seen < all {
    blocks.append(
      .callout(
        .warning,
        "A sample of \(try document.quantity("rows_looked_at")) rows was looked at; gains mostly shrink with rows."))
  }
  if try document.integer("dropped") > 0 {
    blocks.append(.paragraph("Rows with missing values that were left out: \(try document.quantity("dropped"))."))
  }
  return blocks
}

private func controls(_ candidates: [ClassAdviceCandidate]) -> Table {
  Table(
    caption: "Controls and other measures",
    columns: [
      "teacher", .number("λ"), .number("T"), .number("shuffled"), .number("class means"), .number("F1"),
      .number("AUC"), .number("slope at λ = 0"), "verdict",
    ],
    rows: candidates.map { c in
      [
        c.label, Rich(c.lambda), Rich(c.temperature), c.shuffled.text, c.classMeans.text, c.f1?.text ?? "–",
        c.auc?.text ?? "–", Rich(c.slope), Rich(name: c.verdict),
      ]
    })
}

private func evidence(_ candidates: [ClassAdviceCandidate]) -> Table? {
  func quantity(_ reader: JSONReader?, _ key: String) -> Quantity? { (try? reader?.optionalQuantity(key)) ?? nil }
  let seen = candidates.filter { $0.alignment != nil }
  return seen.isEmpty
    ? nil
    : Table(
      caption: "Teachers on held-out rows; alignment and I(H1;H2|Y) are vetoes, no forecasts",
      columns: [
        "teacher", .number("accuracy"), .number("alignment r"), .number("p"), .number("I(H1;H2|Y)"),
        .number("by chance"),
        .number("p"), .number("I(H1;H2)"), .number("I(H2;Y)"),
      ],
      rows: seen.map { c in
        [
          c.label, Rich(c.teacherAccuracy), Rich(quantity(c.alignment, "r")), Rich(quantity(c.alignment, "p")),
          Rich(quantity(c.withinClasses, "nats")), Rich(quantity(c.withinClasses, "by_chance")),
          Rich(quantity(c.withinClasses, "p")), Rich(quantity(c.information?.optional("teacher_student"), "nats")),
          Rich(quantity(c.information?.optional("student_label"), "nats")),
        ]
      })
}

private func unlabelledRows(_ document: JSONReader, _ candidates: [ClassAdviceCandidate]) throws(JSONShapeError)
  -> [Block]
{
  guard let rows = document.optional("unlabelled") else { return [] }
  var gains = PairedGains(second: "beyond labelled rows")
  for candidate in candidates {
    guard let own = candidate.unlabelled else { continue }
    try gains.append(candidate, own.required("gain_log_loss"), own.required("gain_beyond_labelled"))
  }
  let count = try rows.quantity("rows")
  let what: Rich =
    try rows.bool("hidden")
    ? "The labels of \(count) rows were hidden; all that is above is of the others alone."
    : "Teachers also gave soft labels to \(count) rows without a label."
  return [
    .heading("Rows without a label"), .paragraph(what),
    gains.forest(
      "Gain with rows without a label",
      "In log-loss, over the student alone, and beyond the same teacher on labelled rows."),
  ]
}

private func perceptrons(_ document: JSONReader, _ candidates: [ClassAdviceCandidate]) throws(JSONShapeError) -> [Block]
{
  guard let students = document.optional("perceptron") else { return [] }
  var gains = PairedGains(second: "beyond shuffling")
  for candidate in candidates {
    guard let own = candidate.perceptron else { continue }
    try gains.append(candidate, own.required("gain_log_loss"), own.required("gain_beyond_shuffled"))
  }
  return [
    .heading("Perceptron students"),
    .facts([
      Fact("hidden units", Rich(try students.quantity("units"))),
      Fact("weight decay", Rich(try students.quantity("weight_decay"))),
      Fact("alone, accuracy", Rich(try students.quantity("accuracy"))),
      Fact("alone, log-loss, nats", Rich(try students.quantity("log_loss"))),
    ]),
    gains.forest("Gain of perceptron students", "In log-loss, at the λ and T that softmax students choose."),
  ]
}

/// Two gains of each candidate, one below the other.
private struct PairedGains {
  /// What the second one is called; in the picture it stands below the candidate, whose name would leave no room for it.
  let second: String
  private var pairs: [(candidate: ClassAdviceCandidate, first: Estimate, second: Estimate)] = []

  init(second: String) { self.second = second }

  mutating func append(
    _ candidate: ClassAdviceCandidate, _ first: JSONReader, _ second: JSONReader
  ) throws(JSONShapeError) {
    pairs.append((candidate, try Estimate(first), try Estimate(second)))
  }

  func forest(_ title: String, _ summary: String) -> Block {
    .figure(
      ForestPlot(
        title: title, summary: summary, axis: Axis("fall of the log-loss, nats", including: [0]),
        rows: pairs.flatMap { [$0.first.row($0.candidate.label.plain), $0.second.row(second, series: 1)] },
        reference: 0),
      Table(
        caption: title, columns: ["", .number("estimate"), .number("lower end"), .number("upper end")],
        rows: pairs.flatMap {
          [$0.first.cells($0.candidate.label), $0.second.cells("\($0.candidate.label), \(second)")]
        }))
  }
}
