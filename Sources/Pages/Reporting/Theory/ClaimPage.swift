// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// The page of one claim.
func claimPage(_ theory: Theory, _ place: Int) throws(ReportError) -> String {
  let claim = theory.claims[place]
  var composer = Composer()
  composer.file = theory.list.name
  var nodes: [Composer.Node] = []
  nodes.append(
    try composer.node(try theory.list.reading { _ throws(JSONShapeError) in try statementSection(claim) }, source: nil))
  if let proofs = theory.proofs {
    let section = try proofs.reading { _ throws(JSONShapeError) in
      try proofSection(theory.statements(of: claim), theory.graph)
    }
    nodes.append(try composer.node(section, source: nil))
  }
  if let path = claim.certificate, let explanation = theory.explanations[path] {
    composer.file = explanation.name
    let isOfClasses = explanation.kind == .classes
    let section = try explanation.reading { reader throws(JSONShapeError) in
      try counterexample(reader, claim, path, isOfClasses: isOfClasses)
    }
    nodes.append(try composer.node(section, source: nil))
  }
  if let verification = theory.verification, let run = theory.runs[claim.id] {
    composer.file = verification.name
    let section = try verification.reading { reader throws(JSONShapeError) in try runSection(run, in: reader) }
    nodes.append(try composer.node(section, source: nil))
  }
  let neighbours = [place - 1, place + 1].filter(theory.claims.indices.contains).map { theory.claims[$0] }
  let ways: Rich = neighbours.reduce("Beside it:") { "\($0) \(link: $1.id, to: $1.file)" }
  return Page.html(
    title: claim.id, lede: neighbours.isEmpty ? nil : composer.runs(ways), nodes: nodes,
    up: ("All claims", "index.html"))
}

private func statementSection(_ claim: ListedClaim) throws(JSONShapeError) -> Section {
  let verdict: (Tone, Rich) =
    switch claim.status {
    case "true": (.good, "Proved.")
    case "false": (.bad, "Refuted: there is an exact counterexample.")
    default: (.neutral, "Open: neither proved nor refuted.")
    }
  var facts = [Fact("in short", Rich(text: claim.says)), Fact("theorem in Coq", try theorem(claim.reader))]
  if let certificate = claim.certificate { facts.append(Fact("certificate", Rich(name: certificate))) }
  return Section(
    title: "The statement", anchor: "statement",
    blocks: [
      .callout(verdict.0, verdict.1), .paragraph(Rich(text: claim.statement)),
      .paragraph(
        claim.assumptions.isEmpty ? "It assumes nothing besides the model." : "It assumes, besides the model:"),
      .list(claim.assumptions.map { Rich(text: $0) }), .facts(facts),
    ])
}

private func proofSection(_ statements: [JSONReader], _ graph: ProofGraph?) throws(JSONShapeError) -> Section {
  var (rows, pictures): ([[Rich]], [Block]) = ([], [])
  for statement in statements {
    rows.append(try proofRow(statement))
    guard try statement.string("statement").hasPrefix("Claim.") else { continue }
    let (theorem, file) = (try statement.string("theorem"), try statement.string("file"))
    if let picture = graph?.picture(of: theorem, in: file) { pictures.append(picture) }
  }
  guard !rows.isEmpty else {
    return Section(
      title: "What Coq says", anchor: "proof",
      blocks: [.paragraph("The index of the proofs has no statement of this name.")])
  }
  let words: Rich =
    "Axioms are those beyond Coq's own logic; under assuming stand facts from elsewhere that the theorem takes as a hypothesis."
  return Section(
    title: "What Coq says", anchor: "proof",
    blocks: [
      .table(Table(caption: "Statements named after this claim", columns: proofColumns, rows: rows)), .paragraph(words),
    ] + pictures)
}

/// The counterexample: what it breaks, R(λ) against R0 with the window, Σ; of a claim about classes, R(α) and the cells.
private func counterexample(
  _ reader: JSONReader, _ claim: ListedClaim, _ path: String, isOfClasses: Bool
) throws(JSONShapeError) -> Section {
  var blocks: [Block] = []
  for own in try reader.optional("claims")?.elements() ?? [] where try own.string("id") == claim.id {
    let (applies, holds) = (try own.bool("hypothesis"), try own.optionalBool("conclusion"))
    let breaks = applies && holds == false
    blocks.append(
      .callout(
        breaks ? .bad : .warning,
        "Its hypothesis \(applies ? "holds" : "does not hold"), its conclusion \(holds == true ? "holds" : "fails"); margin \(precise: try own.optionalQuantity("margin"))."
      ))
  }
  if isOfClasses {
    blocks += try classBlocks(reader)
  } else {
    blocks += try verdicts(reader)
    if let pictures = try RiskPictures(reader) { blocks += pictures.blocks } else { blocks += try withoutRows(reader) }
  }
  if let students = reader.optional("students"), let figure = try studentsFigure(students) { blocks.append(figure) }
  blocks += try instanceBlocks(reader.required("instance"))
  blocks += [.paragraph("Check it by the independent path:"), .code("cch check \(path)")]
  return Section(title: "The counterexample", anchor: "counterexample", blocks: blocks)
}

private func runSection(_ run: JSONReader, in verification: JSONReader) throws(JSONShapeError) -> Section {
  let isWanting = try run.string("outcome") == "too-few-cases"
  let tone: Tone = try run.bool("ok") ? .good : isWanting ? .warning : .bad
  let outcome = try run.string("outcome").replacing("-", with: " ")
  var facts = [
    Fact("cases", Rich(try run.quantity("cases"))),
    Fact("in which the hypothesis held", Rich(try run.quantity("applicable"))),
    Fact("of these violations", Rich(try run.quantity("violations"))),
    Fact("least margin", Rich(precise: try run.optionalQuantity("smallest_margin"))),
    Fact("seed", Rich(try verification.quantity("seed"))),
  ]
  if let problems = try run.optionalQuantity("screened_applicable") {
    facts.append(Fact("whole-number problems besides", Rich(problems)))
    facts.append(Fact("of these violations", Rich(try run.optionalQuantity("screened_violations"))))
  }
  var blocks: [Block] = [.callout(tone, "\(outcome)"), .facts(facts)]
  if let regions = try regionFigure(verification) { blocks.append(regions) }
  return Section(title: "Verification on random instances", anchor: "verification", blocks: blocks)
}
