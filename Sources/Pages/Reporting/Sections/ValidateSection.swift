// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// An estimator against known truth.
func validateSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  let estimator = try document.string("estimator")
  var tasks: [ValidatedTask] = []
  for task in try document.elements("tasks") { tasks.append(try ValidatedTask(task)) }
  let checks = try document.elements("checks")
  guard !tasks.isEmpty || !checks.isEmpty else {
    throw try document.required("tasks").failure("the run is empty: no task and no check")
  }
  let ok = try document.bool("ok")
  var blocks: [Block] = []
  if try !document.bool("judged") {
    blocks.append(.callout(.neutral, "\(name: estimator) was reported on, not judged."))
  } else {
    blocks.append(.callout(ok ? .good : .bad, "\(name: estimator) is \(ok ? "within" : "out of") tolerance."))
  }
  for failure in try document.strings("failures") { blocks.append(.callout(.bad, "\(name: failure)")) }
  for warning in try document.strings("warnings") { blocks.append(.callout(.warning, "\(name: warning)")) }
  if let formula = document.optional("formula") {
    blocks.append(.paragraph("It computes what \(name: try formula.string("text")) does."))
  }
  blocks += taskPictures(tasks)
  if !checks.isEmpty { blocks.append(.table(try checkTable(checks))) }
  blocks += try decisionBlocks(document)
  let notes = try document.strings("notes")
  if !notes.isEmpty { blocks += [.heading("Notes"), .list(notes.map { Rich(name: $0) })] }
  return Section(title: "Estimator \(estimator) against known truth", anchor: "validate-\(estimator)", blocks: blocks)
}

/// What came out of one task.
struct ValidatedTask {
  let id: String
  let truth: Quantity
  let mean: Quantity?
  let bias, sd, rmse: (value: Quantity, lower: Quantity, upper: Quantity)?
  let isJudged: Bool
  let isRight: Bool?
  let isUndecided: Bool
  let estimates: [Quantity]
  let rowCounts: [Quantity]
  let problems: [String]

  init(_ task: JSONReader) throws(JSONShapeError) {
    // The same task is tried with several numbers of rows.
    id = "\(try task.string("id")), \(try task.quantity("rows").shown) rows"
    (truth, mean) = (try task.quantity("truth"), try task.optionalQuantity("mean"))
    func figure(_ key: String) throws(JSONShapeError) -> (value: Quantity, lower: Quantity, upper: Quantity)? {
      guard let figure = task.optional(key) else { return nil }
      return (try figure.quantity("value"), try figure.quantity("lower"), try figure.quantity("upper"))
    }
    (bias, sd, rmse) = (try figure("bias"), try figure("sd"), try figure("rmse"))
    (isJudged, isRight) = (try task.bool("judged"), try task.optionalBool("ok"))
    // What was written before there was such a verdict has none.
    isUndecided = try task.optionalBool("undecided") ?? false
    var (estimates, counts): ([Quantity], [Quantity]) = ([], [])
    for estimate in try task.elements("estimates") { estimates.append(try estimate.quantity()) }
    for count in try task.elements("row_counts") { counts.append(try count.quantity()) }
    (self.estimates, rowCounts) = (estimates, counts)
    problems = try task.strings("problems")
  }

  /// "judged right", for the table.
  var verdict: String {
    guard isJudged else { return "reported" }
    return isRight.map { $0 ? isUndecided ? "undecided" : "in tolerance" : "out of tolerance" } ?? "–"
  }
}

private func taskPictures(_ tasks: [ValidatedTask]) -> [Block] {
  guard !tasks.isEmpty else { return [] }
  let numbers = Table(
    caption: "Tasks",
    columns: [
      "task", .number("truth"), .number("mean"), .number("bias"), .number("lower end"), .number("upper end"),
      .number("sd"), .number("rmse"), "verdict",
    ],
    rows: tasks.map { task in
      [
        Rich(name: task.id), Rich(task.truth), Rich(task.mean), Rich(task.bias?.value), Rich(task.bias?.lower),
        Rich(task.bias?.upper),
        Rich(task.sd?.value), Rich(task.rmse?.value), Rich(text: task.verdict),
      ]
    })
  let bias = ForestPlot(
    title: "Bias on each task",
    summary: "The mean error with its interval, in nats; below 0 the estimator says too little.",
    axis: Axis("mean estimate − truth, nats", including: [0]),
    rows: tasks.map { task in
      ForestRow(
        task.id, estimate: task.bias?.value.finite,
        interval: task.bias.map { Interval($0.lower.finite, $0.upper.finite) },
        note: task.bias?.value.shown ?? "no answer", series: task.isRight == false ? 1 : 0)
    }, reference: 0)
  var blocks: [Block] = [.figure(bias, numbers)]
  let marks = tasks.compactMap { task in
    zip2(task.truth.finite, task.mean?.finite).map { Mark($0, $1, label: "\(task.id): \(task.mean?.shown ?? "")") }
  }
  if !marks.isEmpty {
    let all = marks.flatMap { [$0.x, $0.y] }
    let ends = [all.min() ?? 0, all.max() ?? 1]
    blocks.append(
      .figure(
        Figure(
          title: "Estimates against the truth", summary: "A perfect estimator has all marks on the line.",
          x: Axis("truth, nats"), y: Axis("mean estimate, nats"),
          layers: [
            .line(name: "right", series: 4, ends.map { Point($0, $0) }), .marks(name: "tasks", series: 0, marks),
          ]), numbers))
  }
  if let figure = errorsAgainstRows(tasks) { blocks.append(.figure(figure, numbers)) }
  let biases = tasks.compactMap { task -> Mark? in
    guard let bias = task.bias, let y = bias.value.finite, let x = dimension(ofTask: task.id) else { return nil }
    return Mark(Double(x), y, yInterval: Interval(bias.lower.finite, bias.upper.finite), label: task.id)
  }
  if let figure = biasAgainstDimension([("", biases)]) { blocks.append(.figure(figure, numbers)) }
  return blocks
}

/// Each single estimate's error over the rows that it is from.
private func errorsAgainstRows(_ tasks: [ValidatedTask]) -> Figure? {
  let marks = tasks.flatMap { task -> [Mark] in
    guard let truth = task.truth.finite else { return [] }
    return zip(task.rowCounts, task.estimates).compactMap { rows, estimate -> Mark? in
      guard let size = rows.finite, size > 0, let value = estimate.finite else { return nil }
      return Mark(size, value - truth, label: "\(task.id); this one \(rows.shown)")
    }
  }
  guard Set(marks.map(\.x)).count > 1 else { return nil }
  return Figure(
    title: "Errors against the number of rows", summary: "Every single estimate; errors should shrink as rows grow.",
    x: Axis("rows", .logarithmic), y: Axis("estimate − truth, nats", including: [0]),
    layers: [.rule(name: "", axis: .y, at: 0), .marks(name: "", series: 0, marks)])
}

private func zip2(_ a: Double?, _ b: Double?) -> (Double, Double)? { a.flatMap { a in b.map { (a, $0) } } }

private func checkTable(_ checks: [JSONReader]) throws(JSONShapeError) -> Table {
  var rows: [[Rich]] = []
  for check in checks {
    rows.append([
      Rich(name: try check.string("name")), Rich(text: try check.string("result")),
      Rich(name: try check.string("action")),
      Rich(name: try check.string("finding")), Rich(name: try check.string("meaning")),
    ])
  }
  return Table(caption: "Checks", columns: ["check", "result", "tried on", "found", "what failing means"], rows: rows)
}

private func decisionBlocks(_ document: JSONReader) throws(JSONShapeError) -> [Block] {
  var (rows, table): ([ForestRow], [[Rich]]) = ([], [])
  for decision in try document.elements("decisions") {
    let instance = try decision.string("instance")
    let (right, trials) = (try decision.integer("right"), try decision.integer("trials"))
    guard trials > 0, (0...trials).contains(right) else {
      throw decision.failure("\(right) of \(trials) trials cannot be right")
    }
    let n = try decision.quantity("rows")
    rows.append(
      ForestRow(
        "\(instance), \(n.shown) rows", estimate: 100 * Double(right) / Double(trials),
        interval: percent(right, of: trials), note: percentage(right, of: trials)))
    table.append([
      Rich(name: instance), Rich(try decision.quantity("delta")), Rich(n), Rich(try decision.quantity("trials")),
      Rich(try decision.quantity("right")),
    ])
  }
  guard !rows.isEmpty else { return [] }
  return [
    .figure(
      ForestPlot(
        title: "Right decisions on ΔI > 0",
        summary: "How often the sign of the estimated ΔI is the true one, with Wilson intervals.",
        axis: Axis("right decisions, per cent", including: [0, 100]), rows: rows, reference: 50),
      Table(
        caption: "Decisions",
        columns: ["instance", .number("ΔI"), .number("rows"), .number("trials"), .number("right")], rows: table))
  ]
}

/// Tasks × estimators: the signed error of each.
func validationComparison(_ documents: [Document]) throws(ReportError) -> Section {
  var (ids, names, errors): ([String], [String], [[String: Quantity]]) = ([], [], [])
  for document in documents {
    do throws(JSONShapeError) {
      names.append(try document.reader.string("estimator"))
      var own: [String: Quantity] = [:]
      for reader in try document.reader.elements("tasks") {
        let task = try ValidatedTask(reader)
        if !ids.contains(task.id) { ids.append(task.id) }
        own[task.id] = task.bias?.value
      }
      errors.append(own)
    } catch { throw ReportError(file: document.name, place: error.path, rule: error.problem) }
  }
  guard !ids.isEmpty else {
    return Section(
      title: "Estimators side by side", anchor: "estimators", blocks: [.paragraph("No document has a task.")])
  }
  let map = signedErrors(ids, names, ids.map { id in errors.map { $0[id] } })
  let table = Table(
    caption: "Mean error, nats", columns: ["task"] + names.map { .number($0) },
    rows: ids.map { id in [Rich(name: id)] + errors.map { Rich(text: $0[id]?.shown ?? "–") } })
  return Section(title: "Estimators side by side", anchor: "estimators", blocks: [.figure(map, table)])
}
