// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// What an instance is: its sizes, Σ and the teacher's weights; of a model of classes, its cells.
func instanceBlocks(_ instance: JSONReader) throws(JSONShapeError) -> [Block] {
  if instance.optional("cells") != nil { return try classModelBlocks(instance) }
  var facts: [Fact] = [
    Fact("p1, inputs of the teacher", Rich(try instance.quantity("p1"))),
    Fact("p2, inputs of the student", Rich(try instance.quantity("p2"))),
  ]
  if let q = try instance.optionalQuantity("q") { facts.append(Fact("q, labels", Rich(q))) }
  if let n = try instance.optionalQuantity("n") { facts.append(Fact("n, training rows", Rich(n))) }
  if let lambda = try instance.optionalQuantity("lambda") { facts.append(Fact("λ", Rich(precise: lambda))) }
  if let first = try instance.optionalQuantity("p1a") {
    facts.append(Fact("inputs of the first candidate", Rich(first)))
  }
  // What further keys an instance has: numbers are shown, lists are in the document.
  let known = ["schema", "p1", "p2", "q", "n", "lambda", "p1a", "sigma", "w1", "comment"]
  for member in try instance.members()
  where !known.contains(member.path.split(separator: ".").last.map(String.init) ?? "") {
    let name = member.path.split(separator: ".").last.map(String.init) ?? ""
    if let value = try? member.quantity() { facts.append(Fact(Rich(name: name), Rich(precise: value))) }
    if case .array(let entries) = member.value { facts.append(Fact(Rich(name: name), "\(entries.count) entries")) }
  }
  var blocks: [Block] = [.facts(facts)]
  let names = try variableNames(instance)
  let sigma = try numbers(instance.required("sigma"))
  // Larger matrices say nothing to the eye and weigh much.
  if sigma.count <= 12 {
    guard sigma.count == names.count, sigma.allSatisfy({ $0.count == names.count }) else {
      throw try instance.required("sigma").failure("expected \(names.count) rows of \(names.count) numbers")
    }
    blocks.append(try covarianceFigure(instance, sigma, names))
  } else {
    blocks.append(.paragraph("Σ has \(sigma.count) rows; the document has it in full."))
  }
  if let weights = instance.optional("w1"), case .array(let entries) = weights.value, entries.count <= 40 {
    blocks.append(.table(try weightTable(weights)))
  }
  if let comment = instance.optional("comment") { blocks.append(.paragraph("Comment: \(name: try comment.string())")) }
  return blocks
}

/// x1 in its parts, x2, y, with numbers where a part has several.
private func variableNames(_ instance: JSONReader) throws(JSONShapeError) -> [String] {
  let (p1, p2) = (try instance.integer("p1"), try instance.integer("p2"))
  let q = try instance.optional("q")?.integer() ?? 1
  let first = try instance.optional("p1a")?.integer() ?? 0
  guard p1 >= 1, p2 >= 1, q >= 1, first >= 0, first < p1 || first == 0, p1 <= 1000, p2 <= 1000, q <= 1000 else {
    throw instance.failure("the sizes p1, p2, q and p1a do not fit together")
  }
  func names(_ name: String, _ count: Int) -> [String] { count == 1 ? [name] : (1...count).map { "\(name).\($0)" } }
  let teacher = first > 0 ? names("x1a", first) + names("x1b", p1 - first) : names("x1", p1)
  return teacher + names("x2", p2) + names("y", q)
}

private func numbers(_ matrix: JSONReader) throws(JSONShapeError) -> [[Quantity]] {
  var rows: [[Quantity]] = []
  for row in try matrix.elements() {
    var numbers: [Quantity] = []
    for entry in try row.elements() { numbers.append(try entry.quantity()) }
    rows.append(numbers)
  }
  return rows
}

/// Σ as correlations, for the eye, and exactly in the table.
private func covarianceFigure(_ instance: JSONReader, _ sigma: [[Quantity]], _ names: [String]) throws(JSONShapeError)
  -> Block
{
  var cells: [[HeatCell]] = []
  for (i, row) in sigma.enumerated() {
    cells.append(
      row.enumerated().map { j, entry in
        let scale = (sigma[i][i].value * sigma[j][j].value).squareRoot()
        let correlation = entry.value / scale
        guard correlation.isFinite else { return HeatCell(nil, entry.shown) }
        return HeatCell(correlation, entry.short)
      })
  }
  let map = HeatMap(
    title: "Σ, the covariance",
    summary: "The numbers are covariances; the colours are correlations, from −1, blue, to 1, orange.",
    rows: names, columns: names, cells: cells, scale: .diverging(limit: 1))
  let table = Table(
    caption: "Σ, exactly", columns: [""] + names.map { .number($0) },
    rows: zip(names, sigma).map { name, row in
      [Rich(text: name)]
        + row.map { Rich([.number($0, shown: $0.exact.count <= 24 ? $0.exact.replacing("-", with: "−") : $0.shown)]) }
    })
  return .figure(map, table)
}

private func weightTable(_ weights: JSONReader) throws(JSONShapeError) -> Table {
  var rows: [[Rich]] = []
  var outputs = 1
  for (place, entry) in try weights.elements().enumerated() {
    var numbers: [Rich] = []
    if case .array = entry.value {
      for number in try entry.elements() { numbers.append(Rich(precise: try number.quantity())) }
    } else {
      numbers = [Rich(precise: try entry.quantity())]
    }
    outputs = max(outputs, numbers.count)
    rows.append([Rich(text: "input \(place + 1)")] + numbers)
  }
  return Table(
    caption: "w1, the weights of the teacher",
    columns: [""] + (1...outputs).map { .number(outputs == 1 ? "weight" : "label \($0)") }, rows: rows)
}
