// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON

/// A finite model as a document.
extension FiniteModel {
  /// The schema name of a file.
  public static let schema = "cch.classes/1"
  /// The keys of a file.
  public static let fileKeys = ["schema", "comment", "classes", "cells"]

  /// The model as a document.
  public var document: JSONValue { .object([.init(key: "schema", value: .string(FiniteModel.schema))] + members) }

  /// The keys of the model, without the schema.
  public var members: [JSONValue.Member] {
    [
      .init(key: "classes", value: JSONValue(classes)), .init(key: "cells", value: .array(cells.map(\.document))),
    ]
  }

  /// Reads a model strictly from a document whose schema is checked.
  ///
  /// - Throws: `JSONShapeError` that names the key and the rule.
  public init(document reader: JSONReader) throws(JSONShapeError) {
    let classes = try reader.required("classes").integer()
    var cells: [Cell] = []
    for cell in try reader.required("cells").elements() { cells.append(try Cell(cell)) }
    do throws(FiniteModelError) { try self.init(classes: classes, cells: cells) } catch {
      throw JSONShapeError(path: error.place, problem: error.rule)
    }
  }
}

extension FiniteModel.Cell {
  fileprivate var document: JSONValue {
    [
      "weight": JSONValue(weight), "rows": JSONValue(rows),
      "outcomes": .array(
        outcomes.map { outcome in
          [
            "probability": JSONValue(outcome.probability), "label": JSONValue(outcome.label),
            "teacher": .array(outcome.teacher.map { JSONValue($0) }),
          ]
        }),
    ]
  }

  fileprivate init(_ reader: JSONReader) throws(JSONShapeError) {
    try reader.requireKeys(among: ["weight", "rows", "outcomes"])
    let (weight, rows) = (try reader.required("weight").rational(), try reader.required("rows").integer())
    var outcomes: [FiniteModel.Outcome] = []
    for outcome in try reader.required("outcomes").elements() {
      try outcome.requireKeys(among: ["probability", "label", "teacher"])
      var teacher: [Rational] = []
      for share in try outcome.required("teacher").elements() { teacher.append(try share.rational()) }
      outcomes.append(
        .init(
          probability: try outcome.required("probability").rational(), label: try outcome.required("label").integer(),
          teacher: teacher))
    }
    self.init(weight: weight, rows: rows, outcomes: outcomes)
  }
}
