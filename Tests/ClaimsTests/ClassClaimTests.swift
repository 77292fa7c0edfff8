// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON
import Foundation
import IndependentCheck
import SeededRuns
import TestSupport
import Testing

@testable import Claims
@testable import RandomInstances

/// The finite model of classes and its claims, in exact arithmetic.
@Suite struct ClassClaimTests {
  private static let certificate = fixtures.appendingPathComponent("classes/label-smoothing-informs.json")

  /// The mean of ‖student − label‖² over every training sample and fresh label, as the definition says.
  private static func enumerated(_ model: FiniteModel, _ alpha: Rational) -> Rational {
    var total = Rational(0)
    for cell in model.cells {
      var samples: [(probability: Rational, sum: [Rational])] = [
        (1, [Rational](repeating: 0, count: model.classes))
      ]
      for _ in 0..<cell.rows {
        samples = samples.flatMap { sample in
          cell.outcomes.map { outcome in
            (
              sample.probability * outcome.probability,
              sample.sum.enumerated().map { k, sum in
                sum + (1 - alpha) * (k == outcome.label ? 1 : 0) + alpha * outcome.teacher[k]
              }
            )
          }
        }
      }
      for (probability, sum) in samples {
        for fresh in cell.outcomes {
          let error = sum.enumerated().reduce(Rational(0)) { total, entry in
            let difference = entry.element / Rational(cell.rows) - (entry.offset == fresh.label ? 1 : 0)
            return total + difference * difference
          }
          total = total + cell.weight * probability * fresh.probability * error
        }
      }
    }
    return total
  }

  /// Random models with few rows: more would be many samples.
  private static func models(_ count: Int) throws -> [FiniteModel] {
    try (0..<count).map { index in
      let model = try FiniteModelSampler.model(seed: 3, index: index)
      return try FiniteModel(
        classes: model.classes,
        cells: model.cells.map { .init(weight: $0.weight, rows: min($0.rows, 3), outcomes: $0.outcomes) })
    }
  }

  @Test func theRiskIsTheMeanOverSamples() throws {
    for model in try Self.models(12) {
      for alpha in [Rational(0), Rational(1, 3), Rational(1), Rational(5, 2)] {
        #expect(model.risk(alpha) == Self.enumerated(model, alpha))
      }
    }
  }

  /// A label of probability 1/10 and two rows: a tenth of the uniform teacher gains 139/10000, a half loses 1/80.
  @Test func labelSmoothingOfARareLabel() throws {
    let model = try FiniteModel(
      classes: 2,
      cells: [
        .init(
          weight: 1, rows: 2,
          outcomes: [
            .init(probability: Rational(9, 10), label: 0, teacher: [Rational(1, 2), Rational(1, 2)]),
            .init(probability: Rational(1, 10), label: 1, teacher: [Rational(1, 2), Rational(1, 2)]),
          ])
      ])
    let risk = model.risk
    #expect(risk(Rational(1, 10)) - risk(0) == Rational(-139, 10_000))
    #expect(risk(Rational(1, 2)) - risk(0) == Rational(1, 80))
    #expect(risk.windowEnd == Rational(18, 41) && risk.best == Rational(9, 41) && risk(risk.windowEnd ?? 0) == risk(0))
    #expect(LabelSmoothingInforms().evaluate(model).isViolation && !SoftLabels().evaluate(model).isViolation)
  }

  @Test func claimsAreAsTheirStatusSays() throws {
    var (violations, closed) = (0, 0)
    for index in 0..<400 {
      let model = try FiniteModelSampler.model(seed: 11, index: index)
      let verdict = SoftLabels().evaluate(model)
      #expect(verdict.hypothesis && verdict.conclusion == true && (verdict.margin?.signum ?? -1) >= 0)
      if LabelSmoothingInforms().evaluate(model).isViolation { violations += 1 }
      if !model.cells.contains(where: \.isOpen) { closed += 1 }
      for cell in model.cells where model.classes == 2 {
        // Twice cov(y, τ) and π(1 − π): no teacher of two classes over-reacts.
        let share = cell.outcomes.filter { $0.label == 1 }.reduce(Rational(0)) { $0 + $1.probability }
        #expect(cell.moments.softCovariance <= 2 * share * (1 - share))
      }
    }
    #expect(violations > 20 && closed > 20, "both sides are visited")
  }

  @Test func verificationTestsBothKinds() async throws {
    let verification = Verification(of: [Sharp()] + classClaims, seed: 7, screenedPerBlock: 16)
    #expect(verification.listed.map(\.id) == ["sharp", "soft-labels", "label-smoothing-informs"])
    let reviews = verification.certificateReviews { try Data(contentsOf: fixtures.appendingPathComponent($0)) }
    let report = try await verification.report(CaseRun(Budget(cases: 192)), threads: 2, certificates: reviews)
    #expect(report.rows.map(\.certificate.failure) == [nil, nil, nil])
    #expect(report.rows.map(\.tally.violations).prefix(2) == [0, 0] && report.rows[2].tally.violations > 0)
    let other = try await verification.report(CaseRun(Budget(cases: 192)), threads: 1, certificates: reviews)
    #expect(other.tallies == report.tallies)
    let missing = verification.certificateReviews { _ in Data("{}".utf8) }
    #expect(missing[1].failure == nil && missing[2].failure != nil)
  }

  @Test func certificatesHoldByBothPaths() throws {
    let text = try String(contentsOf: Self.certificate, encoding: .utf8)
    let file = try ClassProblemFile(Data(text.utf8))
    #expect(try file.claim?.id == "label-smoothing-informs" && ClassCertificateCheck(file.document).holds)
    #expect(file.claim?.evaluate(file.model).isViolation == true)
    // Another teacher, other numbers, and a claim that is true, are seen.
    func check(_ old: String, _ new: String) throws -> Bool {
      #expect(text.contains(old))
      return try ClassCertificateCheck(JSONValue(parsing: Data(text.replacing(old, with: new).utf8))).holds
    }
    #expect(try !check("\"range of the soft labels\": \"0\"", "\"range of the soft labels\": \"1\""))
    #expect(try !check("\"dR/dalpha at 0\": \"-1\"", "\"dR/dalpha at 0\": \"-2\""))
    #expect(throws: CertificateError.self) { try check("label-smoothing-informs", "soft-labels") }
    #expect(throws: CertificateError.self) { try check("\"probability\": \"1/2\"", "\"probability\": \"1/3\"") }
  }

  /// Of random models both paths say the same, true or not.
  @Test func theTwoPathsAgree() throws {
    for model in try Self.models(8) {
      let claim = LabelSmoothingInforms()
      let check = try ClassCertificateCheck(ClassProblemFile.certificate(of: claim, model))
      #expect(check.holds == claim.evaluate(model).isViolation, "\(check.message)")
    }
  }

  /// Samples of many rows are few kinds; where even the kinds are many, or the numbers long, the check says so at once.
  @Test func theCheckIsBounded() throws {
    let text = try String(contentsOf: Self.certificate, encoding: .utf8)
    func message(rows: Int, more outcomes: Int = 0, teacher: String = "\"1/2\", \"1/2\"") throws -> String {
      let never = "{\"probability\": \"0\", \"label\": 0, \"teacher\": [\(teacher)]}, "
      let own = text.replacing("\"rows\": 1", with: "\"rows\": \(rows)").replacing("\"1/2\", \"1/2\"", with: teacher)
        .replacing("\"outcomes\": [", with: "\"outcomes\": [" + String(repeating: never, count: outcomes))
      do { return try ClassCertificateCheck(JSONValue(parsing: Data(own.utf8))).message } catch { return "\(error)" }
    }
    // dR/dα at 0 falls as 1/n.
    #expect(try message(rows: 50).contains("dR/dalpha at 0 is -1/50,"))
    #expect(try message(rows: 4, more: 12).contains("dR/dalpha at 0 is -1/4,"))
    for (rows, more) in [(1_000_000_000, 0), (.max, 0), (30, 30), (2, 30_000)] {
      #expect(try message(rows: rows, more: more).contains("too many kinds"))
    }
    let long = String(repeating: "3", count: 2_000)
    #expect(
      try message(rows: 9, teacher: "\"0.\(long)\", \"0.\(long.replacing("3", with: "6").dropLast())7\"")
        .contains("too many kinds"))
  }

  @Test(arguments: [
    ("\"rows\": 1", "\"rows\": 0", "cells[0].rows"), ("\"label\": 1", "\"label\": 2", "cells[0].outcomes[1].label"),
    ("\"weight\": \"1\"", "\"weight\": \"-1\"", "cells[0].weight"),
    ("\"teacher\": [\"1/2\", \"1/2\"]", "\"teacher\": [\"1/2\"]", "teacher"),
    ("\"teacher\": [\"1/2\", \"1/2\"]", "\"teacher\": [\"3/2\", \"-1/2\"]", "teacher"),
    ("\"probability\": \"1/2\"", "\"probability\": \"1/3\"", "cells[0].outcomes"),
    ("\"classes\": 2", "\"classes\": 0", "classes"), ("\"cells\"", "\"cell\"", "cell"),
    ("label-smoothing-informs", "sharp", "claim"), ("cch.classes.certificate/1", "cch.classes.certificate/9", "schema"),
  ])
  func brokenFilesNameThePlace(old: String, new: String, place: String) throws {
    let text = try String(contentsOf: Self.certificate, encoding: .utf8)
    #expect(text.contains(old))
    do {
      _ = try ClassProblemFile(Data(text.replacing(old, with: new).utf8))
      Issue.record("read")
    } catch { #expect("\(error)".contains(place), "\(error)") }
  }
}
