// SPDX-License-Identifier: GPL-3.0-or-later
import Conformance
import ExactJSON
import ForeignPrograms
import Foundation
import Oracle
import Testing
import Vectors

/// The published vectors, which every test of this target reads once.
enum Published {
  private static let standard = Result { try VectorSuite.standard() }

  static func suite() throws -> VectorSuite { try standard.get() }
}

/// The guard for other implementations: `CCH_CONFORM="python3 mine.py" swift test --filter Conformance`.
///
/// One test a vector file, against the program that the variable names; without it against the exact oracle, so that the
/// tests never pass for want of something to test.
@Suite struct ImplementationTests {
  private static let program = ProcessInfo.processInfo.environment["CCH_CONFORM"].flatMap { $0.isEmpty ? nil : $0 }

  private func report(_ suite: VectorSuite) throws -> ConformanceReport {
    guard let line = ImplementationTests.program else { return suite.report(on: ClosureImplementation.oracle) }
    return try suite.report(on: ForeignCommand(line: line))
  }

  @Test(arguments: OracleOperation.allCases)
  func passesItsVectors(operation: OracleOperation) throws {
    let suite = try Published.suite().only([operation])
    #expect(suite.count > 30, "there are vectors of every operation")
    let report = try report(suite)
    let isListed = report.introduction?.operations.contains(operation.rawValue) ?? true
    #expect(report.passes || !isListed, "\(report)")
    if !isListed { print("\(operation.rawValue): not implemented by \(report.subject), nothing judged") }
  }

  @Test func somethingIsImplemented() throws {
    let listed = try report(Published.suite().only([.mutualInformation])).introduction?.operations ?? []
    #expect(listed.contains { OracleOperation(rawValue: $0) != nil }, "the program lists no operation")
  }
}

/// Implementations in this process.
@Suite struct ClosureTests {
  private var suite: VectorSuite { get throws { try Published.suite().only([.baselineRisk, .riskSlope]) } }

  /// The oracle, but with n+1 in place of n: k = p2/(n−p2).
  private static let wrong = ClosureImplementation("off by one", isExact: true) { operation, input in
    guard case .object(let members) = input, let n = input["n"], let rows = try? JSONReader(n).integer() else {
      return try ExactOracle.answer(operation, input: input).document
    }
    let more = members.map { $0.key == "n" ? .init(key: "n", value: JSONValue(rows + 1)) : $0 }
    return try ExactOracle.answer(operation, input: .object(more)).document
  }

  @Test func aWrongClosureIsCaughtAndItsMistakeNamed() throws {
    let report = try suite.report(on: ClosureTests.wrong)
    #expect(!report.passes)
    for diagnosis in report.diagnoses {
      #expect(diagnosis.mistakes.contains { $0.description.contains("k = p2/(n−p2)") }, "\(diagnosis.mistakes)")
      #expect(diagnosis.mistakes.contains { $0.description.contains("not refused: n ≤ p2+1") }, "\(diagnosis.mistakes)")
    }
    #expect("\(report)".contains("every wrong answer"))
  }

  /// One mistake of each operation on students and teachers, made by changing the question or the answer.
  @Test func mistakesAboutStudentsAreNamed() throws {
    @Sendable func changed(_ input: JSONValue, _ key: String, _ value: JSONValue?) -> JSONValue {
      guard case .object(let members) = input else { return input }
      return .object(members.filter { $0.key != key } + (value.map { [.init(key: key, value: $0)] } ?? []))
    }
    @Sendable func whole(_ input: JSONValue, _ key: String) -> Int {
      input[key].flatMap { try? JSONReader($0).integer() } ?? 0
    }
    let suite = try Published.suite().only([
      .tunedHelps, .unlabelledRisk, .pseudoLabelRisk, .jointTeacherRisk, .ridgeRisk, .ensembleWeights, .crossover,
      .conditionalInformation,
    ])
    let report = suite.report(
      on: ClosureImplementation("wrong", isExact: true) { operation, input in
        func answer(_ input: JSONValue, _ other: OracleOperation? = nil) throws -> JSONValue {
          try ExactOracle.answer(other ?? operation, input: input).document
        }
        // What must be refused is refused.
        let right = try answer(input)
        switch operation {
        case .tunedHelps: return try answer(input, .helpsForSmallLambda)
        case .unlabelledRisk: return try answer(changed(input, "unlabelled", 0))
        case .pseudoLabelRisk: return try answer(input, .jointTeacherRisk)
        case .jointTeacherRisk:
          let rows = whole(input, "teacher_rows")
          return try answer(changed(input, "teacher_rows", rows > 0 ? JSONValue(rows + 1) : nil))
        case .ridgeRisk: return try answer(input, .distillationRisk)
        case .ensembleWeights:
          guard case .array(let weights)? = right["weights"] else { return right }
          return changed(right, "weights", .array(weights.reversed()))
        case .crossover:
          guard let rows = right["n"]?.judgedNumber else { return right }
          return ["n": JSONValue(rows - 1)]
        default: return ["nats": try answer(input, .cch)["i_ts"]?["nats"] ?? .null]
        }
      })
    let words: [OracleOperation: String] = [
      .tunedHelps: "c < σε²", .unlabelledRisk: "k of n rows in place of n+m", .jointTeacherRisk: "N−p1−p2 in place of",
      .ridgeRisk: "least squares on Gaussian rows", .ensembleWeights: "in the other order",
      .crossover: "p2 in place of p2+1",
      .conditionalInformation: "I(t;s), not given y",
    ]
    #expect(report.diagnoses.count == 8)
    for diagnosis in report.diagnoses {
      guard let word = words[diagnosis.operation] else { continue }
      #expect(
        diagnosis.mistakes.contains { $0.description.contains(word) },
        "\(diagnosis.operation.rawValue): \(diagnosis.mistakes)")
    }
  }

  @Test func floatingPointIsNotAskedForFractions() throws {
    let report = try suite.report(
      on: ClosureImplementation("rounded") { try ExactOracle.answer($0, input: $1).document })
    #expect(report.passes && report.tally.skipped > 0)
  }

  @Test func whatIsNotListedIsSkipped() throws {
    let report = try suite.report(
      on: ClosureImplementation("one", operations: [.riskSlope], isExact: true) {
        try ExactOracle.answer($0, input: $1).document
      })
    #expect(report.passes && report.tally(of: .baselineRisk).passed == 0 && report.tally(of: .riskSlope).skipped == 0)
  }

  @Test func whoDoesNothingDoesNotPass() throws {
    let report = try suite.report(on: ClosureImplementation("nothing", operations: []) { _, _ in .null })
    #expect(!report.passes && report.tally.skipped == report.tally.total)
  }

  @Test func randomCasesAreMadeSmall() throws {
    let right = try suite.report(on: ClosureImplementation.oracle, random: (count: 60, seed: 3))
    #expect(right.passes && right.random?.asked == 60)
    let report = try suite.report(on: ClosureTests.wrong, random: (count: 60, seed: 3))
    let finding = try #require(report.random?.findings.first { $0.outcome.operation == .baselineRisk })
    // The simplest problem of all, with the fewest rows.
    #expect(finding.outcome.vector.input["sigma"]?.description == "[[1, 0, 0], [0, 1, 0], [0, 0, 1]]")
    #expect(finding.outcome.vector.input["n"] == 3 && finding.failed == finding.cases)
    let again = try suite.report(on: ClosureTests.wrong, random: (count: 60, seed: 3))
    #expect(again.random?.findings.map(\.outcome) == report.random?.findings.map(\.outcome))
  }
}
