// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Claims
import Distillation
import ExactAlgebra
import ExactJSON
import PlainText

/// A model of classes, for people.
package struct ClassText {
  private let model: FiniteModel

  package init(_ model: FiniteModel) { self.model = model }

  /// The cells and their outcomes, a line each.
  package var text: String {
    "  \(model.classes) class\(model.classes == 1 ? "" : "es"), \(model.cells.count) cell\(model.cells.count == 1 ? "" : "s")\n"
      + model.cells.enumerated().map { place, cell in
        "  cell \(place): weight \(cell.weight), \(cell.rows) row\(cell.rows == 1 ? "" : "s")\n"
          + cell.outcomes.map { outcome in
            "    probability \(outcome.probability): label \(outcome.label), soft label \(outcome.teacher.map(\.description).joined(separator: ", "))\n"
          }.joined()
      }.joined()
  }
}

extension ExplainCommand {
  /// Explains a model of classes: moments of each cell, the risk, what the claims say.
  func explainClasses(_ problem: ClassProblemFile, _ file: String) throws {
    for (option, isGiven) in [
      ("--n", rows != nil), ("--lambda", lambda != nil), ("--claim", stated != nil),
    ] where isGiven {
      throw UserError("\(option): \(file) is a model of classes, which has none of it; leave it out")
    }
    let (model, risk) = (problem.model, problem.model.risk)
    let document = ExplainCommand.classDocument(model, source: file)
    try pageOption.save(document)
    if output.json { return try StandardOutput.write(output.text(document)) }
    if table.csv { return try StandardOutput.write(TableOption.values(document)) }
    var cells = TextTable([
      ("cell", .right), ("var(y)", .right), ("cov(t,y)", .right), ("var(t)", .right), ("‖Et − Ey‖²", .right),
      ("open", .left),
    ])
    for (place, cell) in model.cells.enumerated() {
      let moments = cell.moments
      cells.append(
        "\(place)", marginText(moments.label), marginText(moments.softCovariance), marginText(moments.soft),
        marginText(moments.lean), cell.isOpen ? "yes" : "no")
    }
    var claims = TextTable([("claim", .left), ("hypothesis", .left), ("conclusion", .left), ("margin", .right)])
    for claim in classClaims {
      let verdict = claim.evaluate(model)
      claims.append(
        claim.id, verdict.hypothesis ? "holds" : "fails", verdict.conclusion == true ? "holds" : "fails",
        verdict.margin.map(marginText) ?? "–")
    }
    let end = risk.windowEnd.map { "0 < α < \(marginText($0))" } ?? (risk.helpsForSmall ? "all α > 0" : "none")
    let summary = """
      Brier risk R(α) = \(marginText(risk.constant)) \(risk.slope.signum < 0 ? "−" : "+") \(marginText(risk.slope.magnitude))·α + \(marginText(risk.curvature))·α², \
      labels (1 − α)·y + α·t
      α that help: \(end); the best in 0 … 1: \(marginText(risk.best))

      """
    let own = verdict || output.brief ? "" : ClassText(model).text + "\n" + cells.text + "\n"
    try StandardOutput.write(forPeople: own + summary + "\n" + claims.text)
  }

  /// `cch.explain.classes/1`.
  package static func classDocument(_ model: FiniteModel, source: String) -> JSONValue {
    let risk = model.risk
    return [
      "schema": "cch.explain.classes/1", "source": .string(source), "instance": model.document,
      "cells": .array(
        model.cells.map { cell in
          let moments = cell.moments
          return [
            "label_variance": JSONValue(moments.label), "soft_covariance": JSONValue(moments.softCovariance),
            "soft_variance": JSONValue(moments.soft), "lean": JSONValue(moments.lean), "open": .bool(cell.isOpen),
          ]
        }),
      "baseline_risk": JSONValue(risk.constant), "slope": JSONValue(risk.slope), "curvature": JSONValue(risk.curvature),
      "best_alpha": JSONValue(risk.best), "window_end": risk.windowEnd.map { JSONValue($0) } ?? nil,
      "claims": .array(
        classClaims.map { claim in
          let verdict = claim.evaluate(model)
          return [
            "id": .string(claim.id), "hypothesis": .bool(verdict.hypothesis),
            "conclusion": verdict.conclusion.map { .bool($0) } ?? nil,
            "margin": verdict.margin.map { JSONValue($0) } ?? nil,
          ]
        }),
    ]
  }
}
