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
      guard case .string(let estimator)? = value["estimator"], case .string(let task)? = value["task"],
        let rows = value["rows"]?.wholeNumber, let seed = value["seed"]?.wholeNumber,
        let truth = value["truth"]?.double, let seconds = value["seconds"]?.double
      else { throw unusable("no answer; take the line out, or name another file") }
      let contestant = comparison.contestants.first { $0.name == estimator }
      let command: String? = if case .string(let text)? = value["command"] { text } else { nil }
      if let contestant, contestant.command != command {
        throw unusable(
          "\(estimator) was \(command ?? "an estimator of this tool") there; give \(contestant.command ?? "it") another name"
        )
      }
      let problem: String? = if case .string(let text)? = value["problem"] { text } else { nil }
      let question = ComparedQuestion(estimator: estimator, task: task, rows: Int(rows), seed: seed)
      known[question] = ComparedAnswer(
        question, truth: truth, nats: value["nats"]?.double, seconds: seconds, problem: problem)
    }
    self.known = known
  }

  /// The line of an answer, without its end.
  public static func line(_ answer: ComparedAnswer, command: String?) -> String {
    let document: JSONValue = [
      "estimator": .string(answer.question.estimator), "command": command.map { .string($0) } ?? nil,
      "task": .string(answer.question.task), "rows": JSONValue(answer.question.rows),
      "seed": .number(String(answer.question.seed)), "truth": JSONValue(approximate: answer.truth),
      "nats": answer.nats.map(JSONValue.init(approximate:)) ?? nil,
      "seconds": JSONValue(approximate: answer.seconds), "problem": answer.problem.map { .string($0) } ?? nil,
    ]
    return document.description
  }
}

extension JSONValue {
  fileprivate var wholeNumber: UInt64? { if case .number(let text) = self { UInt64(text) } else { nil } }
  fileprivate var double: Double? { if case .number(let text) = self { Double(text) } else { nil } }
}
