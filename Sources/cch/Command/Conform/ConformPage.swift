// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Conformance
import ExactJSON
import ForeignPrograms
import Foundation
import PlainText

/// The report on an implementation, for people and for programs.
struct ConformPage {
  let judgement: ConformanceJudgement
  /// The list of known failures, where there is one.
  let knownFile: String?
  /// How many failures of each operation are shown in full.
  let show: Int

  private var report: ConformanceReport { judgement.report }
  private var difference: RecordDifference? { judgement.changes }

  // MARK: Text

  var text: String {
    [header, operationTable, flagTable, failures, diagnoses, random, changes, surprises, remarks].filter { !$0.isEmpty }
      .joined(separator: "\n") + "\n" + summary + "\n"
  }

  private var header: String {
    let suite = report.suiteVersion.map { "vectors of version \($0), digest \(report.suiteDigest)\n" } ?? ""
    guard let introduction = report.introduction else { return "\(report.subject.printable)\n" + suite }
    let name = [introduction.name, introduction.version].filter { !$0.isEmpty }.joined(separator: " ")
    let kind = introduction.isExact ? "exact" : "in floating point"
    return "\(name.printable), \(kind): \(report.subject.printable)\n" + suite
  }

  private var operationTable: String {
    var table = TextTable([
      ("operation", .left), ("passed", .right), ("failed", .right), ("skipped", .right), ("errored", .right),
    ])
    for operation in report.operations { table.append([operation.rawValue] + cells(report.tally(of: operation))) }
    table.append(["all"] + cells(report.tally))
    return table.text
  }

  /// Flags of wrong answers; all of them are in the JSON document.
  private var flagTable: String {
    let flags = report.flagTallies
    let wrong = flags.filter { $0.tally.wrong > 0 }
    guard !wrong.isEmpty else { return "" }
    var table = TextTable([
      ("flag", .left), ("passed", .right), ("failed", .right), ("skipped", .right), ("errored", .right),
      ("points to", .left),
    ])
    let notes = Dictionary(report.notes.map { ($0.flag, $0.bugType) }) { $1 }
    for entry in wrong { table.append([entry.flag] + cells(entry.tally) + [notes[entry.flag] ?? ""]) }
    let rest = flags.count - wrong.count
    return table.text + (rest > 0 ? "\(rest) other flags have no wrong answer.\n" : "")
  }

  private func cells(_ tally: VectorTally) -> [String] {
    [tally.passed, tally.failed, tally.skipped, tally.errored].map { $0 == 0 ? "–" : "\($0)" }
  }

  private var failures: String {
    let shown = report.operations.flatMap { operation in
      report.failures.filter { $0.operation == operation }.prefix(show)
    }
    return RepeatedFailures.groups(shown).map { group in
      failure(group.first) + (group.others.isEmpty ? "" : "  likewise: \(group.others.joined(separator: ", "))\n")
    }.joined(separator: "\n")
  }

  private func failure(_ outcome: VectorOutcome) -> String {
    let vector = outcome.vector
    var lines = ["\(vector.id) \(outcome.verdict.word): \(vector.comment)"]
    lines.append("  input: \(shortened("\(vector.input)"))")
    switch outcome.verdict {
    case .failed(let failure):
      lines.append("  \(failure.field.isEmpty ? "" : failure.field + " ")expected: \(shortened("\(failure.expected)"))")
      lines.append("  got: \(shortened(failure.got.printable))")
      if let units = failure.tolerances {
        lines.append("  difference: " + (units.isFinite ? "\(decimalUnits(units)) tolerances" : "it must be exact"))
      }
    case .errored(let message): lines.append("  \(message.printable)")
    default: break
    }
    lines.append("  catches: \(vector.catches)")
    return lines.joined(separator: "\n") + "\n"
  }

  private func decimalUnits(_ value: Double) -> String {
    value < 1000 ? decimal(value, 1) : String(format: "%.2g", value)
  }

  private var diagnoses: String {
    let repeated = RepeatedMistakes(report.diagnoses)
    let shared = repeated.shared.map { mistake in
      let names = mistake.operations.map(\.rawValue)
      return "  \(mistake.text.printable) (\(mistake.count)× in \(names.count) operations: \(listed(names)))\n"
    }
    return (shared.isEmpty ? "" : "in several operations:\n" + shared.joined())
      + report.diagnoses.map { diagnosis in
        var text = "\(diagnosis.operation.rawValue): \(diagnosis.wrong) of \(diagnosis.judged) wrong\n"
        for mistake in repeated.own(of: diagnosis) { text += "  \(mistake.description.printable)\n" }
        let flags = diagnosis.flags.prefix(3).map { "\($0.flag) (\($0.wrong) of \($0.judged))" }
        return text + "  flags: \(flags.joined(separator: ", "))\n"
      }.joined()
  }

  private var random: String {
    guard let random = report.random else { return "" }
    let head = "random cases (--seed \(random.seed)): \(random.asked) asked, \(random.tally.wrong) wrong\n"
    return head
      + random.findings.map { finding in
        let outcome = finding.outcome
        let smaller = finding.steps > 0 ? ", made smaller in \(finding.steps) steps" : ""
        return
          "\n\(outcome.operation.rawValue): \(finding.failed) of \(finding.cases) wrong; the first one\(smaller):\n"
          + failure(outcome)
          + "  as a vector: \(outcome.vector.document)\n"
      }.joined()
  }

  private var changes: String {
    guard let difference else { return "" }
    if difference.isEmpty { return "Against the earlier release: no change.\n" }
    let lists = [
      ("newly failing", difference.newlyFailing), ("newly passing", difference.newlyPassing),
      (
        "changed values",
        difference.changed.map { "\($0.id) (\(shortened("\($0.old)", 40)) → \(shortened("\($0.new)", 40)))" }
      ),
      ("not answered any more", difference.missing), ("new vectors", difference.added),
    ]
    return "Against the earlier release:\n"
      + lists.filter { !$0.1.isEmpty }.map { title, ids in
        let rest = ids.count > 10 ? ", … (--json has all)" : ""
        return "  \(title) (\(ids.count)): \(ids.prefix(10).joined(separator: ", "))\(rest)\n"
      }.joined()
  }

  private var surprises: String {
    guard let surprises = judgement.surprises, let knownFile else { return "" }
    let lists = [
      ("fail and are not listed", surprises.unexpectedFailures), ("are listed and pass", surprises.unexpectedPasses),
      ("are listed and were not asked", surprises.unasked),
    ].filter { !$0.1.isEmpty }
    if lists.isEmpty { return "As \(knownFile.printable) says.\n" }
    return "Against \(knownFile.printable) (--write-xfails \(knownFile.printable) renews it):\n"
      + lists.map { "  \($1.count) \($0): \(listed($1))\n" }.joined()
  }

  private var remarks: String {
    report.breaches.map { "against the protocol: \($0.printable)\n" }.joined()
      + report.remarks.map { "note: \($0.printable)\n" }.joined()
  }

  private var summary: String {
    let tally = report.tally
    if !report.passes, judgement.isAsExpected {
      return "\(tally.wrong) of \(tally.total - tally.skipped) vectors are wrong, none that was not so before."
    }
    if report.passes, !judgement.isAsExpected {
      return "All \(tally.passed) vectors pass, but the comparison above does not."
    }
    if report.passes {
      let skipped = tally.skipped > 0 ? "; \(tally.skipped) skipped" : ""
      return "All \(tally.passed) vectors pass\(skipped)."
    }
    if tally.wrong + tally.passed == 0 { return "Nothing was judged: no vector is for this program." }
    if tally.wrong == 0 {
      let isRandom = (report.random?.tally.wrong ?? 0) > 0
      return "All \(tally.passed) vectors pass, but \(isRandom ? "random cases fail" : "the protocol is broken")."
    }
    return "\(tally.wrong) of \(tally.total - tally.skipped) vectors are wrong."
  }

  // MARK: JSON

  var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("schema", "cch.conform/1"), ("command", .string(report.subject)),
      ("name", report.introduction.map { .string($0.name) } ?? .null),
      ("version", report.introduction.map { .string($0.version) } ?? .null),
      ("exact", report.introduction.map { .bool($0.isExact) } ?? .null),
      ("suite", ["version": report.suiteVersion.map { .string($0) } ?? .null, "digest": .string(report.suiteDigest)]),
      ("ok", .bool(judgement.isAsExpected)), ("interrupted", .bool(report.wasInterrupted)),
      ("total", json(report.tally)),
    ]
    members.append(
      (
        "operations",
        .array(
          report.operations.map { operation in
            .object([.init(key: "operation", value: .string(operation.rawValue))] + parts(report.tally(of: operation)))
          })
      ))
    members.append(
      (
        "flags",
        .array(
          report.flagTallies.map { .object([.init(key: "flag", value: .string($0.flag))] + parts($0.tally)) })
      ))
    members.append(("failures", .array(report.failures.map(json))))
    members.append(("diagnoses", .array(report.diagnoses.map(json))))
    if let random = report.random { members.append(("random", json(random))) }
    if let difference { members.append(("changes", json(difference))) }
    if let surprises = judgement.surprises {
      members.append(
        (
          "known_failures",
          [
            "unexpected_failures": strings(surprises.unexpectedFailures),
            "unexpected_passes": strings(surprises.unexpectedPasses), "unasked": strings(surprises.unasked),
          ]
        ))
    }
    members.append(("breaches", .array(report.breaches.map { .string($0) })))
    members.append(("remarks", .array(report.remarks.map { .string($0) })))
    members.append(("standard_error", .string(report.standardError)))
    return .object(members.map { .init(key: $0.0, value: $0.1) })
  }

  private func json(_ random: RandomFindings) -> JSONValue {
    [
      "seed": .number(String(random.seed)), "asked": JSONValue(random.asked), "total": json(random.tally),
      "findings": .array(
        random.findings.map { finding in
          [
            "operation": .string(finding.outcome.operation.rawValue), "failed": JSONValue(finding.failed),
            "cases": JSONValue(finding.cases), "steps": JSONValue(finding.steps),
            "failure": json(finding.outcome), "vector": finding.outcome.vector.document,
          ]
        }),
    ]
  }

  private func strings(_ words: [String]) -> JSONValue { .array(words.map { .string($0) }) }

  private func json(_ tally: VectorTally) -> JSONValue { .object(parts(tally)) }

  private func parts(_ tally: VectorTally) -> [JSONValue.Member] {
    [
      .init(key: "passed", value: JSONValue(tally.passed)), .init(key: "failed", value: JSONValue(tally.failed)),
      .init(key: "skipped", value: JSONValue(tally.skipped)), .init(key: "errored", value: JSONValue(tally.errored)),
    ]
  }

  private func json(_ outcome: VectorOutcome) -> JSONValue {
    let vector = outcome.vector
    var members: [(String, JSONValue)] = [
      ("id", .string(vector.id)), ("operation", .string(outcome.operation.rawValue)),
      ("verdict", .string(outcome.verdict.word)), ("comment", .string(vector.comment)),
      ("catches", .string(vector.catches)), ("flags", .array(vector.flags.map { .string($0) })),
      ("input", vector.input), ("expected", vector.document["expected"] ?? .null),
    ]
    if case .result(let output)? = outcome.reply { members.append(("got", output)) }
    switch outcome.verdict {
    case .failed(let failure):
      members.append(("field", .string(failure.field)))
      members.append(("tolerances", failure.tolerances.map { JSONValue(approximate: $0) } ?? .null))
      members.append(("message", .string("\(failure)")))
    case .errored(let message): members.append(("message", .string(message)))
    default: break
    }
    return .object(members.map { .init(key: $0.0, value: $0.1) })
  }

  private func json(_ diagnosis: Diagnosis) -> JSONValue {
    [
      "operation": .string(diagnosis.operation.rawValue), "wrong": JSONValue(diagnosis.wrong),
      "judged": JSONValue(diagnosis.judged), "mistakes": .array(diagnosis.mistakes.map { .string("\($0)") }),
      "flags": .array(
        diagnosis.flags.map {
          ["flag": .string($0.flag), "wrong": JSONValue($0.wrong), "judged": JSONValue($0.judged)]
        }),
    ]
  }

  private func json(_ difference: RecordDifference) -> JSONValue {
    return [
      "newly_failing": strings(difference.newlyFailing), "newly_passing": strings(difference.newlyPassing),
      "changed": .array(difference.changed.map { ["id": .string($0.id), "old": $0.old, "new": $0.new] }),
      "added": strings(difference.added), "missing": strings(difference.missing),
    ]
  }
}

private func shortened(_ text: String, _ limit: Int = 400) -> String {
  let text = withoutLongNumbers(text)
  return text.count <= limit ? text : text.prefix(limit) + "… (--json has all)"
}

/// A text whose numbers of more than 40 digits are cut, as in 123456789012…(150 digits); the JSON documents have all.
func withoutLongNumbers(_ text: String) -> String {
  text.replacing(/[0-9]{41,}/) { match in "\(match.0.prefix(12))…(\(match.0.count) digits)" }
}
