// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// Several estimators on the same samples: tasks × estimators, and the bias over the dimension.
func comparisonSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  var names: [String] = []
  for estimator in try document.elements("estimators") { names.append(try estimator.string("id")) }
  var (ids, rows): ([String], [[Rich]]) = ([], [])
  var biases: [[Quantity?]] = []
  var marks = names.map { _ in [Mark]() }
  for task in try document.elements("tasks") {
    let (id, truth) = (try task.string("id"), try task.quantity("truth"))
    let scores = try task.elements("scores")
    guard scores.count == names.count else { throw task.failure("expected \(names.count) scores, one an estimator") }
    var own: [Quantity?] = []
    for (place, score) in scores.enumerated() {
      let bias = score.optional("bias")
      let value = try bias?.quantity("value")
      own.append(value)
      rows.append([
        Rich(name: id), Rich(name: names[place]), Rich(truth), Rich(try score.optionalQuantity("mean")),
        Rich(try score.optionalQuantity("sd")), Rich(value), Rich(try bias?.quantity("lower")),
        Rich(try bias?.quantity("upper")), Rich(try score.optionalQuantity("rmse")),
        Rich(try score.optionalQuantity("seconds")),
      ])
      guard let bias, let y = value?.finite, let x = dimension(ofTask: id) else { continue }
      let interval = Interval(try bias.quantity("lower").finite, try bias.quantity("upper").finite)
      marks[place].append(Mark(Double(x), y, yInterval: interval, label: "\(names[place]), \(id)"))
    }
    ids.append(id)
    biases.append(own)
  }
  guard !ids.isEmpty, !names.isEmpty else {
    throw try document.required("tasks").failure("the run is empty: no task or no estimator")
  }
  let table = Table(
    caption: "Scores, nats",
    columns: [
      "task", "estimator", .number("truth"), .number("mean"), .number("sd"), .number("bias"), .number("lower end"),
      .number("upper end"), .number("rmse"), .number("seconds"),
    ], rows: rows)
  var blocks: [Block] = [
    .facts([
      Fact("rows of a sample", Rich(try document.quantity("rows"))),
      Fact("samples of a task", Rich(try document.quantity("samples"))),
      Fact("seed", Rich(try document.quantity("seed"))),
    ]), .figure(signedErrors(ids, names, biases), table),
  ]
  if let figure = biasAgainstDimension(zip(names, marks).map { ($0, $1) }) { blocks.append(.figure(figure, table)) }
  return Section(
    title: "\(names.count) estimators on \(ids.count) tasks of known truth", anchor: "comparison", blocks: blocks)
}

/// Tasks × estimators: the mean error of each, blue where it is too low.
func signedErrors(_ tasks: [String], _ estimators: [String], _ errors: [[Quantity?]]) -> HeatMap {
  // The largest errors would hide all others.
  let sizes = errors.joined().compactMap { $0?.finite.map { abs($0) } }.sorted()
  let limit = sizes.isEmpty ? 1 : max(sizes[sizes.count * 9 / 10], 1e-12)
  return HeatMap(
    title: "Signed error of each estimator on each task",
    summary:
      "Blue where the estimate is too low on average, orange where it is too high; full colour from \(computed(limit)) nats.",
    rows: tasks, columns: estimators,
    cells: errors.map { row in row.map { HeatCell($0?.finite, $0?.shown ?? "–") } }, scale: .diverging(limit: limit))
}

/// The bias of each task over the dimensions of x and y together; nil where all tasks have the same.
func biasAgainstDimension(_ groups: [(name: String, marks: [Mark])]) -> Figure? {
  guard Set(groups.flatMap { $0.marks.map(\.x) }).count > 1 else { return nil }
  return Figure(
    title: "Bias against the dimension",
    summary:
      "One mark a task with its interval, over the dimensions of x and y together; below 0 the estimate is too low.",
    x: Axis("dimensions of x and y together", .logarithmic), y: Axis("mean estimate − truth, nats", including: [0]),
    layers: [.rule(name: "", axis: .y, at: 0)]
      + groups.enumerated().filter { !$1.marks.isEmpty }.map { .marks(name: $1.name, series: $0, $1.marks) })
}

/// The dimensions of x and y together, of a task that is called as the published ones are: 5 of "2v3-normal", 4 of "student-dense-2-2-5".
///
/// Nil where the name does not tell: a Swiss roll has a dimension more than what it is made of.
func dimension(ofTask id: String) -> Int? {
  guard !id.contains("swissroll"),
    let match = id.firstMatch(of: /(?:^|-)([0-9]{1,4})v([0-9]{1,4})-|[a-z]-([0-9]{1,4})-([0-9]{1,4})-/),
    let x = (match.1 ?? match.3).flatMap({ Int($0) }), let y = (match.2 ?? match.4).flatMap({ Int($0) }), x > 0, y > 0
  else { return nil }
  return x + y
}
