// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables
import Distillation
import ExactAlgebra
import Foundation
import Testing

@testable import Advice

/// The real data sets, exactly, against fractions that `fixtures/advice/reference.py` computed from the files by formulas of its own.
@Suite struct RealDataAdviceTests {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let file, label, beta, gain, bestLambda, crossover, correlationSquared, untaughtRisk, shrinkageGain: String
    let tunedGain, weightOfLabel, weightOfTeacher, effectSize, effectSizeUnbiased, threshold,
      bestWeight: String
    let teacher, student: [String]
    let n, rows, correlationSign: Int
    var testDescription: String { "\(file): \(student.joined(separator: ", ")), n = \(n)" }
  }

  private struct Cases: Decodable { let cases: [Case] }

  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../fixtures")

  static var cases: [Case] {
    get throws {
      let bytes = try Data(contentsOf: fixtures.appendingPathComponent("advice/real-data.json"))
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(Cases.self, from: bytes).cases
    }
  }

  @Test func theFixtureHasBothSets() throws { #expect(Set(try Self.cases.map(\.file)) == ["autompg", "diabetes"]) }

  @Test(arguments: try Self.cases) func isThatOfTheReference(item: Case) throws {
    let bytes = try Data(contentsOf: Self.fixtures.appendingPathComponent("data/\(item.file).csv"))
    var settings = Advisor.Settings()
    settings.rows = item.n
    let advice = try Advisor(
      DataTable(bytes: bytes), Roles(teachers: [item.teacher], student: item.student, label: [item.label]), settings,
      unlabelled: .count(100))
    let c = advice.candidates[0]
    let promise = c.tuned.promise
    #expect(advice.rows == item.rows && c.risk.moments.beta.description == item.beta)
    #expect(c.promise.gain.description == item.gain && c.promise.bestLambda.description == item.bestLambda)
    let exact = [
      (promise.untaughtRisk, item.untaughtRisk), (promise.shrinkageGain, item.shrinkageGain),
      (promise.gain, item.tunedGain), (promise.weights.label, item.weightOfLabel),
      (promise.weights.teacher, item.weightOfTeacher),
    ]
    for (own, expected) in exact { #expect(own.description == expected) }
    let square = try Rational(parsing: item.correlationSquared).asDouble
    let correlation = Double(item.correlationSign) * square.squareRoot()
    #expect(abs(c.tuned.correlationGivenLabel.estimate - correlation) < 1e-14)
    #expect(promise.helps == (item.correlationSign > 0))
    let (joint, pseudo) = (try #require(c.jointTeacher), try #require(c.pseudoLabels))
    #expect(joint.joint.effectSize.description == item.effectSizeUnbiased)
    #expect(joint.effectSize.estimate == (try Rational(parsing: item.effectSize).asDouble))
    #expect(pseudo.threshold.description == item.threshold)
    #expect(abs(pseudo.bestWeight.estimate - (try Rational(parsing: item.bestWeight).asDouble)) < 1e-14)
    let crossover = item.crossover == "infinity" ? Double.infinity : try Rational(parsing: item.crossover).asDouble
    #expect(c.crossover?.rows.estimate == crossover)
  }
}
