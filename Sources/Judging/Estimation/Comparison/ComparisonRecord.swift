// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

/// The answers of a comparison as lines of JSON, from which it can be resumed and to which estimators, tasks and samples can be added.
///
/// Every line says which program answered, so that one name never stands for two.
public struct ComparisonRecord: Sendable {
  /// The first line of a record.
  public static let header = #"{"schema": "cch.comparison.record/1"}"#
  /// The answers.
  public let known: [ComparedQuestion: ComparedAnswer]

  /// Why a record cannot be gone on with.
  public struct Unusable: Error, CustomStringConvertible {
    /// The line, from 1, and what is wrong in it.
    public let description: String
  }

  /// Reads the complete lines of a record, none of them for a new one.
  ///
  /// - Parameters:
  ///   - lines: the complete lines.
  ///   - rest: what follows them: of a file without any, the beginning of a first line, or it is somebody's text.
  ///   - comparison: what is gone on with.
  /// - Throws: ``Unusable`` where it is something else, a line is broken, or a name stood for another program.
  public init(
    _ lines: [[UInt8]], rest: [UInt8] = [], for comparison: EstimatorComparison
  ) throws(Unusable) {
    guard !lines.isEmpty || ComparisonRecord.header.utf8.starts(with: rest) else {
      throw Unusable(description: "is no record of a comparison; name another file")
    }
    var known: [ComparedQuestion: ComparedAnswer] = [:]
    for (place, line) in lines.enumerated() {
      func unusable(_ problem: String) -> Unusable { Unusable(description: "line \(place + 1): \(problem)") }
      guard let value = try? JSONValue(parsing: line) else {
        throw unusable("no JSON; take the line out, or name another file")
      }
      if place == 0 {
        guard value["schema"] == "cch.comparison.record/1" else {
          throw unusable("is no record of a comparison; name another file")
        }
        continue
      }
      do throws(Unusable) {
        let answer = try ComparisonRecord.answer(value, of: comparison)
        known[answer.question] = answer
      } catch { throw unusable(error.description) }
    }
    self.known = known
  }

  /// The answer that a document tells of.
  ///
  /// - Throws: ``Unusable`` where it is none, or a name stood for another program.
  static func answer(_ value: JSONValue, of comparison: EstimatorComparison) throws(Unusable) -> ComparedAnswer {
    guard case .string(let estimator)? = value["estimator"], case .string(let task)? = value["task"],
      let rows = value["rows"]?.wholeNumber, let seed = value["seed"]?.wholeNumber,
      let truth = value["truth"]?.double, let seconds = value["seconds"]?.double
    else { throw Unusable(description: "no answer; take the line out, or name another file") }
    let contestant = comparison.contestants.first { $0.name == estimator }
    let command: String? = if case .string(let text)? = value["command"] { text } else { nil }
    if let contestant, contestant.command != command {
      throw Unusable(
        description:
          "\(estimator) was \(command ?? "an estimator of this tool") there; give \(contestant.command ?? "it") another name"
      )
    }
    let problem: String? = if case .string(let text)? = value["problem"] { text } else { nil }
    let question = ComparedQuestion(estimator: estimator, task: task, rows: Int(rows), seed: seed)
    return ComparedAnswer(question, truth: truth, nats: value["nats"]?.double, seconds: seconds, problem: problem)
  }

  /// The line of an answer, without its end.
  public static func line(_ answer: ComparedAnswer, command: String?) -> String {
    document(of: answer, command: command, seconds: answer.seconds).description
  }

  static func document(of answer: ComparedAnswer, command: String?, seconds: Double) -> JSONValue {
    [
      "estimator": .string(answer.question.estimator), "command": command.map { .string($0) } ?? nil,
      "task": .string(answer.question.task), "rows": JSONValue(answer.question.rows),
      "seed": .number(String(answer.question.seed)), "truth": JSONValue(approximate: answer.truth),
      "nats": answer.nats.map(JSONValue.init(approximate:)) ?? nil,
      "seconds": JSONValue(approximate: seconds), "problem": answer.problem.map { .string($0) } ?? nil,
    ]
  }
}

extension EstimatorComparison {
  /// Answers as a document, so that several machines can share the questions; how long they took, which differs on each, is left out.
  public func document(of answers: [ComparedAnswer]) -> JSONValue {
    let commands = Dictionary(uniqueKeysWithValues: contestants.map { ($0.name, $0.command) })
    return .array(
      answers.map {
        ComparisonRecord.document(of: $0, command: commands[$0.question.estimator] ?? nil, seconds: 0)
      })
  }

  /// The answers of such a document.
  ///
  /// - Throws: `JSONShapeError` or `ComparisonRecord.Unusable` where it has others than answers to these contestants.
  public func answers(of document: JSONReader) throws -> [ComparedAnswer] {
    try document.elements().map { try ComparisonRecord.answer($0.value, of: self) }
  }
}

extension JSONValue {
  fileprivate var wholeNumber: UInt64? { if case .number(let text) = self { UInt64(text) } else { nil } }
  fileprivate var double: Double? { if case .number(let text) = self { Double(text) } else { nil } }
}
