// SPDX-License-Identifier: GPL-3.0-or-later
import Conformance
import Conjectures
import ExactJSON
import Oracle
import Testing
import Vectors

/// Programs that say of statements whether they hold.
@Suite struct StatementTests {
  private static func suite() throws -> VectorSuite { try Published.suite().only([.evaluate]) }

  /// The oracle with its answer, or the verdict in it, changed.
  private static func program(
    _ name: String, isExact: Bool = true, _ change: @escaping @Sendable (JSONValue, JSONValue) throws -> JSONValue
  ) -> ClosureImplementation {
    ClosureImplementation(name, operations: [.evaluate], isExact: isExact) { operation, input in
      try change(input, try ExactOracle.answer(operation, input: input).document)
    }
  }

  private static func setting(_ output: JSONValue, _ key: String, _ value: JSONValue?) -> JSONValue {
    guard case .object(let members) = output else { return output }
    return .object(members.filter { $0.key != key } + (value.map { [.init(key: key, value: $0)] } ?? []))
  }

  private static func sides(_ output: JSONValue) -> [JSONValue] {
    if case .array(let sides)? = output["sides"] { sides } else { [] }
  }

  /// What has no parts but the verdict, what spells names otherwise, and what rounds is right.
  @Test func rightAnswersPass() throws {
    let suite = try Self.suite()
    let programs = [
      Self.program("as it is") { $1 },
      Self.program("the verdict alone") { ["holds": $1["holds"] ?? .null] },
      Self.program("in ASCII and Doubles") { _, output in
        let spelled = Self.sides(output).map { side -> JSONValue in
          guard case .string(let name)? = side["name"], let ascii = Conjecture.quantity(spelled: name) else {
            return side
          }
          let value = side["value"]?.judgedNumber.map { JSONValue.number("\($0.asDouble)") }
          return ["name": .string(ascii), "value": value ?? .null]
        }
        return Self.setting(output, "sides", .array(spelled))
      },
      Self.program("names of its own") { _, output in
        Self.setting(output, "sides", .array(Self.sides(output) + [["name": "what it likes", "value": 1]]))
      },
    ]
    for program in programs {
      let report = suite.report(on: program)
      #expect(report.passes && report.tally.passed == suite.count, "\(report)")
    }
  }

  /// Every known mistake is caught, by vectors that programs in floating point are asked too, or by exact ones; and it is named.
  @Test(arguments: Misreading.allCases)
  func mistakesAreCaughtAndNamed(mistake: Misreading) throws {
    let program = ClosureImplementation(mistake.summary, operations: [.evaluate], isExact: true) { _, input in
      let question = try StatementQuestion(input)
      let holds = mistake.holds(question.conjecture, question.facts)
      return ["holds": holds.map(JSONValue.bool) ?? .null]
    }
    // What stands between two numbers shows other mistakes.
    let report = try Self.suite().without(flags: ["VOCABULARY"]).report(on: program)
    #expect(report.tally.failed >= 2 && report.tally.errored == 0, "\(mistake.summary): \(report.tally.failed)")
    let mistakes = report.diagnoses.flatMap(\.mistakes).map(\.description)
    #expect(mistakes.first?.hasSuffix(mistake.summary) == true, "\(mistake.summary): \(mistakes)")
  }

  /// A verdict that is not the right word, whatever stands beside it.
  @Test func verdictsAreCompared() throws {
    let suite = try Self.suite()
    let changes: [(String, @Sendable (JSONValue) -> JSONValue?)] = [
      ("always true", { _ in true }), ("always false", { _ in false }), ("always undefined", { _ in .null }),
      ("no verdict", { _ in nil }),
      ("words", { .string("\($0 == true)") }),
    ]
    for (name, change) in changes {
      let report = suite.report(on: Self.program(name) { Self.setting($1, "holds", change($1["holds"] ?? .null)) })
      #expect(report.tally.failed > 40, "\(name): \(report.tally.failed)")
    }
    for key in ["premise", "conclusion"] {
      let report = suite.report(
        on: Self.program("no \(key)") { Self.setting($1, key, $1[key] == true ? false : true) })
      #expect(report.tally.failed > 100, "\(key): \(report.tally.failed)")
    }
  }

  /// Sides that are given are right.
  @Test func sidesAreCompared() throws {
    let suite = try Self.suite()
    let changes: [(String, @Sendable (JSONValue) -> JSONValue)] = [
      ("rounded to three digits", { .number("\(Double(Int(($0.judgedNumber?.asDouble ?? 0) * 1000)) / 1000)") }),
      ("one more", { JSONValue(($0.judgedNumber ?? 0) + 1) }), ("none", { _ in .null }),
      ("a text", { _ in "a number" }),
    ]
    for (name, change) in changes {
      let report = suite.report(
        on: Self.program(name) { _, output in
          let changed = Self.sides(output).map { side -> JSONValue in
            ["name": side["name"] ?? .null, "value": change(side["value"] ?? .null)]
          }
          return Self.setting(output, "sides", .array(changed))
        })
      #expect(report.tally.failed > 100, "\(name): \(report.tally.failed)")
    }
    let mapping = suite.report(on: Self.program("a mapping") { Self.setting($1, "sides", ["c": 1]) })
    #expect(mapping.tally.failed == mapping.tally.total - suite.refusals)
  }

  /// A program that does not list it is not asked, and not failed for it.
  @Test func whatIsNotListedIsSkipped() throws {
    let program = ClosureImplementation("none", operations: [.cch]) { _, _ in .null }
    let report = try Self.suite().report(on: program)
    #expect(report.tally.skipped == report.tally.total && report.tally.failed == 0)
    let skips = ClosureImplementation("skips", operations: [.evaluate]) { _, _ in throw Refusal(.malformed, "no") }
    #expect(try !Self.suite().report(on: skips).passes)
  }

  /// Random statements are decided by Doubles, right programs pass, and wrong ones are caught and made small.
  @Test func randomStatements() throws {
    let suite = try Self.suite()
    let right = suite.report(on: Self.program("right", isExact: false) { $1 }, random: (count: 80, seed: 1))
    #expect(right.passes && right.random?.asked == 80)
    let wrong = Self.program("not is passed over", isExact: false) { input, output in
      guard case .string(let text)? = input["statement"] else { return output }
      let changed = text.replacing("not ", with: "").replacing("¬ ", with: "")
      return try ExactOracle.answer(.evaluate, input: Self.setting(input, "statement", .string(changed))).document
    }
    let found = suite.report(on: wrong, random: (count: 80, seed: 1)).random
    let finding = try #require(found?.findings.first)
    #expect(finding.failed > 3 && finding.cases == 80)
    guard case .string(let text)? = finding.outcome.vector.input["statement"] else { return }
    #expect(text.utf8.count < 60, "\(text)")
  }
}

extension VectorSuite {
  fileprivate var refusals: Int { files.reduce(0) { $0 + $1.refusals } }
}
