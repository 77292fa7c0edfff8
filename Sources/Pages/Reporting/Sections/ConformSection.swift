// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// How many vectors came out how.
struct Tally {
  let passed, failed, skipped, errored: Quantity

  init(_ reader: JSONReader) throws(JSONShapeError) {
    (passed, failed) = (try reader.quantity("passed"), try reader.quantity("failed"))
    (skipped, errored) = (try reader.quantity("skipped"), try reader.quantity("errored"))
    for count in [passed, failed, skipped, errored] where !(0...1e12).contains(count.value) {
      throw JSONShapeError(path: count.path, problem: "a count must be from 0 to 10¹²")
    }
  }

  var all: [Quantity] { [passed, failed, errored, skipped] }
  var judged: Double { passed.value + failed.value + errored.value }
  static let names = ["passed", "failed", "errored", "skipped"]
}

/// An implementation against the vectors.
func conformSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  let (program, ok) = (try programName(document), try document.bool("ok"))
  let total = try Tally(document.required("total"))
  guard total.judged + total.skipped.value > 0 else {
    throw try document.required("total").failure("the run is empty: no vector was asked")
  }
  var blocks: [Block] = [
    .callout(
      ok ? .good : .bad,
      "\(name: program) \(ok ? "conforms" : "does not conform"): \(total.passed) passed, \(total.failed) failed, \(total.errored) errored, \(total.skipped) skipped."
    )
  ]
  if try document.bool("interrupted") {
    blocks.append(.callout(.warning, "The run was interrupted; this is what was done until then."))
  }
  blocks.append(.paragraph("Command: \(code: try document.string("command"))"))
  for breach in try document.strings("breaches") {
    blocks.append(.callout(.bad, "Against the protocol: \(name: breach)"))
  }
  for remark in try document.strings("remarks") { blocks.append(.callout(.warning, "\(name: remark)")) }
  blocks += try diagnosisBlocks(document)
  blocks.append(try tallyFigure(document, "operations", "operation", title: "Outcome of each operation"))
  if try !document.elements("flags").isEmpty {
    blocks.append(try tallyFigure(document, "flags", "flag", title: "Outcome by what the vectors test"))
  }
  blocks += try failureBlocks(document)
  if let changes = document.optional("changes") { blocks += try changeBlocks(changes) }
  let errors = try document.string("standard_error")
  if !errors.isEmpty {
    blocks.append(.details("What it wrote to standard error", [.code(String(errors.prefix(20_000)))]))
  }
  return Section(title: "Conformance of \(program)", anchor: "conform-\(program)", blocks: blocks)
}

/// What the program calls itself, else the command.
private func programName(_ document: JSONReader) throws(JSONShapeError) -> String {
  let name = try document.optional("name")?.string()
  let version = try document.optional("version")?.string()
  let command = try document.string("command")
  return name.map { name in version.map { "\(name) \($0)" } ?? name } ?? command
}

private func diagnosisBlocks(_ document: JSONReader) throws(JSONShapeError) -> [Block] {
  let diagnoses = try document.elements("diagnoses")
  guard !diagnoses.isEmpty else { return [] }
  var blocks: [Block] = [.heading("The likely mistakes")]
  for diagnosis in diagnoses {
    let mistakes = try diagnosis.strings("mistakes")
    blocks.append(
      .paragraph(
        "\(strong: try diagnosis.string("operation")): \(try diagnosis.quantity("wrong")) of \(try diagnosis.quantity("judged")) answers are wrong."
      ))
    if !mistakes.isEmpty { blocks.append(.list(mistakes.map { Rich(name: $0) })) }
  }
  return blocks
}

private func tallyFigure(_ document: JSONReader, _ key: String, _ nameKey: String, title: String) throws(JSONShapeError)
  -> Block
{
  var (names, tallies): ([String], [Tally]) = ([], [])
  for entry in try document.elements(key) {
    names.append(try entry.string(nameKey))
    tallies.append(try Tally(entry))
  }
  guard !names.isEmpty else { throw try document.required(key).failure("the run is empty: there is no \(nameKey)") }
  let cells = tallies.map { tally in
    let whole = max(1, tally.all.reduce(0) { $0 + $1.value })
    // Passed is blue, failed and errored orange, skipped without a side.
    return zip(tally.all, [-1.0, 1, 1, 0]).map { count, side in
      HeatCell(count.value == 0 ? nil : side * count.value / whole, count.value == 0 ? "·" : count.shown)
    }
  }
  return .figure(
    HeatMap(
      title: title,
      summary: "How many vectors passed (blue), failed or errored (orange) or were skipped; the colour is the share.",
      rows: names, columns: Tally.names, cells: cells, scale: .diverging(limit: 1)),
    Table(
      caption: title, columns: [Column(nameKey)] + Tally.names.map { .number($0) },
      rows: zip(names, tallies).map { name, tally in [Rich(name: name)] + tally.all.map { Rich($0) } }))
}

/// The most failures that are shown in full.
private let failureLimit = 20

private func failureBlocks(_ document: JSONReader) throws(JSONShapeError) -> [Block] {
  var failures: [(reader: JSONReader, size: Double)] = []
  for failure in try document.elements("failures") {
    failures.append((failure, try failure.optionalQuantity("tolerances")?.value ?? .infinity))
  }
  guard !failures.isEmpty else { return [] }
  // The worst first; equal ones stay in their order.
  let worst = failures.enumerated().sorted { ($1.element.size, $0.offset) < ($0.element.size, $1.offset) }.map(
    \.element)
  var (table, details): ([[Rich]], [Block]) = ([], [])
  for (place, failure) in worst.enumerated() {
    let (id, message) = (try failure.reader.string("id"), try failure.reader.optional("message")?.string() ?? "")
    table.append([
      Rich(name: id), Rich(text: try failure.reader.string("verdict")),
      Rich(try failure.reader.optionalQuantity("tolerances")),
      Rich(name: message),
    ])
    guard place < failureLimit else { continue }
    var parts: [Block] = [
      .paragraph(
        "\(name: try failure.reader.string("comment")). It catches: \(name: try failure.reader.string("catches")).")
    ]
    for key in ["input", "expected", "got"] {
      guard let part = failure.reader.member(key) else { continue }
      parts += [.paragraph("\(key):"), .code(String(part.value.pretty.prefix(4_000)))]
    }
    details.append(.details("\(name: id): \(name: message)", parts))
  }
  return [
    .heading("What failed, the worst first"),
    .details(
      "All \(failures.count) failures",
      [
        .table(
          Table(caption: "Failures", columns: ["vector", "verdict", .number("tolerances off"), "message"], rows: table))
      ]),
  ] + details
}

private func changeBlocks(_ changes: JSONReader) throws(JSONShapeError) -> [Block] {
  var facts: [Fact] = []
  for (key, name) in [
    ("newly_failing", "newly failing"), ("newly_passing", "newly passing"), ("added", "new"), ("missing", "missing"),
  ] {
    facts.append(Fact(Rich(text: name), "\(try changes.elements(key).count)"))
  }
  var blocks: [Block] = [.heading("Against the recorded answers"), .facts(facts)]
  let failing = try changes.strings("newly_failing")
  if !failing.isEmpty { blocks.append(.paragraph("Newly failing: \(names: failing)")) }
  return blocks
}

/// Operations × programs: the share of judged vectors that passed.
func conformanceComparison(_ documents: [Document]) throws(ReportError) -> Section {
  var (operations, programs, tallies): ([String], [String], [[String: Tally]]) = ([], [], [])
  for document in documents {
    do throws(JSONShapeError) {
      programs.append(try programName(document.reader))
      var own: [String: Tally] = [:]
      for entry in try document.reader.elements("operations") {
        let name = try entry.string("operation")
        if !operations.contains(name) { operations.append(name) }
        own[name] = try Tally(entry)
      }
      tallies.append(own)
    } catch { throw ReportError(file: document.name, place: error.path, rule: error.problem) }
  }
  func text(_ tally: Tally?) -> String {
    guard let tally, tally.judged > 0 else { return "not asked" }
    return percentage(Int(tally.passed.value), of: Int(tally.judged))
  }
  let cells = operations.map { operation in
    tallies.map { own in
      guard let tally = own[operation], tally.judged > 0 else { return HeatCell(nil, "–") }
      let share = tally.passed.value / tally.judged
      return HeatCell(share == 1 ? -1 : 1 - share, text(tally))
    }
  }
  let table = Table(
    caption: "Passed, of what was judged", columns: ["operation"] + programs.map { .number($0) },
    rows: operations.map { operation in [Rich(name: operation)] + tallies.map { Rich(text: text($0[operation])) } })
  guard !operations.isEmpty else {
    return Section(title: "Programs side by side", anchor: "programs", blocks: [.table(table)])
  }
  let map = HeatMap(
    title: "What each program passes",
    summary: "The share of judged vectors that passed: blue where all did, orange the more the fewer.",
    rows: operations, columns: programs, cells: cells, scale: .diverging(limit: 1))
  return Section(title: "Programs side by side", anchor: "programs", blocks: [.figure(map, table)])
}
