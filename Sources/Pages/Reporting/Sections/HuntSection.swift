// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting

/// What a hunt found, or that it found nothing.
func huntSection(_ document: JSONReader) throws(JSONShapeError) -> Section {
  let claim = try document.string("claim")
  let found = try document.bool("found")
  let cases = try document.quantity("cases")
  var blocks: [Block] = []
  if found {
    blocks.append(
      .callout(
        .bad,
        "A counterexample of \(name: claim) was found, and made small in \(try document.quantity("shrinks")) steps."))
  } else {
    blocks.append(.callout(.neutral, "No counterexample of \(name: claim) in \(cases) cases. That is no proof."))
  }
  var facts: [Fact] = [Fact("cases", Rich(cases))]
  if let applicable = try document.optionalQuantity("applicable") {
    facts.append(Fact("in which the hypothesis held", Rich(applicable)))
  }
  facts.append(Fact("seed", Rich(try document.quantity("seed"))))
  if let first = try document.optionalQuantity("first_case") {
    facts.append(Fact("first violated in case", Rich(first)))
  }
  if let margin = try document.optionalQuantity("best_margin") {
    facts.append(Fact("least margin seen", Rich(precise: margin)))
  }
  if let screened = try document.optionalQuantity("screened"), screened.value > 0 {
    facts.append(Fact("of the cases, whole-number problems", Rich(screened)))
  }
  facts.append(Fact("seconds", Rich(try document.quantity("seconds"))))
  blocks.append(.facts(facts))
  if let path = try huntPathFigure(document) { blocks.append(path) }
  if !(try document.required("regions").isNull) {
    let words =
      "How many of the instances lay in each region where claims may break; whole-number problems are not counted."
    if let regions = try regionFigure(document, summary: words) { blocks.append(regions) }
  }
  if let instance = document.optional("instance") {
    blocks.append(.heading("The counterexample"))
    blocks += try instanceBlocks(instance)
  }
  if let replay = document.optional("replay") {
    blocks.append(.paragraph("Run it again anywhere:"))
    blocks.append(.code("cch replay '\(try replay.string())'"))
  }
  return Section(title: "Hunt for a counterexample of \(claim)", anchor: "hunt-\(claim)", blocks: blocks)
}
