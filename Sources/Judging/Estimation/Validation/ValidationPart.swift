// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import LineProtocol
import SeededRuns

/// The answers to a part of the samples of a validation, and how the program behaved meanwhile, as they are written down; how long answers
/// took is left out, for it differs on each machine.
public struct ValidationPart: Mergeable {
  /// The answers.
  public var table = AnswerTable()
  /// What a program did beside its answers; every process of it is told of.
  public var conduct = Conduct()

  /// No answers.
  public init() {}

  /// Answers, and the conduct of those who gave them.
  public init(_ table: AnswerTable, _ conduct: Conduct) { (self.table, self.conduct) = (table, conduct) }

  /// Adds another part.
  public mutating func merge(_ other: ValidationPart) {
    table.merge(other.table)
    conduct += other.conduct
  }

  /// The part as it is written down.
  public var document: JSONValue {
    let noise = conduct.noise
    let counts = [
      noise.notJSON, noise.unknownKind, noise.overlong, noise.malformed, noise.unknownSequence, noise.repeated,
    ]
    return [
      "answers": .array(
        table.answers.sorted { $0.key < $1.key }.map { ["sample": JSONValue($0.key), "said": said($0.value)] }),
      "breaches": .array(conduct.breaches.map { .string($0) }),
      "remarks": .array(conduct.remarks.map { .string($0) }), "noise": .array(counts.map { JSONValue($0) }),
    ]
  }

  private func said(_ answer: EstimatorAnswer) -> JSONValue {
    switch answer.outcome {
    case .nats(let value): ["nats": JSONValue(approximate: value)]
    case .undefined(let reason): ["undefined": .string(reason)]
    case .declined(let reason): ["declined": .string(reason)]
    case .failed(let reason): ["failed": .string(reason)]
    case .notAsked(let reason): ["not asked": .string(reason)]
    }
  }

  /// Reads what ``document`` wrote.
  ///
  /// - Throws: `JSONShapeError` that names the place.
  public init(document: JSONReader) throws(JSONShapeError) {
    for reader in try document.required("answers").elements() {
      let outcome = try ValidationPart.outcome(try reader.required("said"))
      table.answers[try reader.required("sample").integer()] = EstimatorAnswer(outcome, seconds: 0)
    }
    for text in try document.required("breaches").elements() { conduct.breaches.append(try text.string()) }
    for text in try document.required("remarks").elements() { conduct.remarks.append(try text.string()) }
    let noise = try document.required("noise")
    var counts: [Int] = []
    for count in try noise.elements() { counts.append(try count.integer()) }
    guard counts.count == 6 else { throw noise.failure("must be 6 counts") }
    (conduct.noise.notJSON, conduct.noise.unknownKind, conduct.noise.overlong) = (counts[0], counts[1], counts[2])
    (conduct.noise.malformed, conduct.noise.unknownSequence, conduct.noise.repeated) = (counts[3], counts[4], counts[5])
  }

  private static func outcome(_ said: JSONReader) throws(JSONShapeError) -> EstimatorAnswer.Outcome {
    guard case .object(let members) = said.value, let member = members.first else {
      throw said.failure("must be an answer")
    }
    if case .number(let text) = member.value, member.key == "nats", let value = Double(text) { return .nats(value) }
    guard case .string(let reason) = member.value else { throw said.failure("must be an answer") }
    switch member.key {
    case "undefined": return .undefined(reason)
    case "declined": return .declined(reason)
    case "failed": return .failed(reason)
    case "not asked": return .notAsked(reason)
    default: throw said.failure("must be an answer")
    }
  }
}
