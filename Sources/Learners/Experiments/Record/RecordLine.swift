// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

/// The lines of a record as JSON.
enum RecordLine {
  private static let schema = "cch.record/1"

  /// What the runs belong to.
  static func header(of name: String, _ settings: [Setting], seed: UInt64) -> JSONValue {
    [
      "schema": .string(schema), "experiment": .string(name), "seed": .number(String(seed)),
      "settings": object(settings),
    ]
  }

  /// Checks that a header is the one that is expected.
  ///
  /// - Throws: ``ExperimentError/otherRecord(name:recorded:asked:)`` with the first difference.
  static func requireSame(_ found: JSONValue, as expected: JSONValue) throws {
    let (found, expected) = (JSONReader(found), JSONReader(expected))
    for key in ["schema", "experiment", "seed"] {
      let (recorded, asked) = (try found.required(key).value, try expected.required(key).value)
      if recorded != asked { throw other(key, recorded, asked) }
    }
    let (recorded, asked) = (try found.required("settings"), try expected.required("settings"))
    for reader in try asked.members() + recorded.members() {
      let name = reader.path.dropFirst("settings.".count).description
      let pair = (recorded.value[name] ?? "nothing", asked.value[name] ?? "nothing")
      if pair.0 != pair.1 { throw other(name, pair.0, pair.1) }
    }
  }

  /// A trial with its runs, and a digest by which a changed line is noticed.
  static func json(of trial: String, _ runs: [Run]) -> JSONValue {
    let (trial, runs): (JSONValue, JSONValue) = (.string(trial), .array(runs.map(json)))
    return ["trial": trial, "runs": runs, "digest": digest(trial, runs)]
  }

  private static func digest(_ trial: JSONValue, _ runs: JSONValue) -> JSONValue {
    var digest = DataDigest()
    digest.add("\(trial)\(runs)")
    return .string(digest.description)
  }

  /// One run.
  static func json(_ run: Run) -> JSONValue {
    [
      "replicate": JSONValue(run.replicate), "factors": object(run.factors),
      "outcomes": .object(run.outcomes.map { .init(key: $0.name, value: json($0)) }),
    ]
  }

  /// A number; with a note, or where it is missing, an object of both.
  private static func json(_ outcome: Run.Outcome) -> JSONValue {
    let value: JSONValue = outcome.value.map { JSONValue(approximate: $0) } ?? nil
    return outcome.note.map { ["value": value, "note": .string($0)] } ?? value
  }

  /// The trial and its runs.
  ///
  /// - Throws: `JSONShapeError`, also where the line is not as it was written.
  static func trial(_ line: JSONValue) throws -> (trial: String, runs: [Run]) {
    let reader = JSONReader(line)
    let (trial, runs) = (try reader.required("trial"), try reader.required("runs"))
    guard try reader.required("digest").value == digest(trial.value, runs.value) else {
      throw reader.failure("the digest is not that of the runs, so the line was changed after it was written")
    }
    return (try trial.string(), try runs.elements().map(run))
  }

  private static func run(_ reader: JSONReader) throws -> Run {
    Run(
      replicate: try reader.required("replicate").integer(),
      factors: try settings(try reader.required("factors").value, at: reader),
      outcomes: try entries(try reader.required("outcomes").value, at: reader).map { name, value in
        // The shortest decimals that give the number back, so that a resumed experiment is bit for bit the same.
        if case .object = value, case .string(let note)? = value["note"], let inner = value["value"] {
          return Run.Outcome(name, inner == nil ? nil : try number(inner, name, reader), note: note)
        }
        return Run.Outcome(name, try number(value, name, reader))
      })
  }

  private static func number(_ value: JSONValue, _ name: String, _ reader: JSONReader) throws -> Double {
    guard case .number(let text) = value, let number = Double(text) else {
      throw reader.failure("outcome \"\(name)\" is no number")
    }
    return number
  }

  private static func settings(_ value: JSONValue, at reader: JSONReader) throws -> [Setting] {
    try entries(value, at: reader).map { name, value in
      guard case .string(let text) = value else { throw reader.failure("factor \"\(name)\" is no text") }
      return Setting(name, text)
    }
  }

  private static func entries(_ value: JSONValue, at reader: JSONReader) throws -> [(String, JSONValue)] {
    guard case .object(let members) = value else { throw reader.failure("expected an object, found \(value.kind)") }
    return members.map { ($0.key, $0.value) }
  }

  private static func object(_ settings: [Setting]) -> JSONValue {
    .object(settings.map { .init(key: $0.name, value: .string($0.value)) })
  }

  private static func other(_ name: String, _ recorded: JSONValue, _ asked: JSONValue) -> ExperimentError {
    .otherRecord(name: name, recorded: text(recorded), asked: text(asked))
  }

  private static func text(_ value: JSONValue) -> String {
    if case .string(let text) = value { return text }
    return value.description
  }
}
