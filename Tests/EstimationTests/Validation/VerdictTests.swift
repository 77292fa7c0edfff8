// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Estimation

/// Verdicts on the answers of a right plug-in, changed in one way.
@Suite struct VerdictTests {
  /// A plan for Gaussian estimators and the outcome of a textbook plug-in for each sample.
  private struct Plan {
    let validation: Validation
    var outcomes: [(group: ProbeGroupID, rows: Int, index: Int, outcome: EstimatorAnswer.Outcome)] = []

    init(_ family: DistributionFamily = .gaussian, dimension: Int = 2, seed: UInt64 = 5) throws {
      var settings = Validation.Settings()
      (settings.family, settings.seed, settings.dimension) = (family, seed, dimension)
      validation = Validation(settings)
      for group in validation.groups {
        for index in 0..<group.count {
          let sample = try group.sample(index)
          let nats = (try? GaussianPlugIn(correction: .none).estimate(sample).nats).map(EstimatorAnswer.Outcome.nats)
          outcomes.append((group.id, sample.count, index, nats ?? .declined("singular")))
        }
      }
    }

    /// The report after `change` of the outcome of a sample of this many rows.
    func report(
      _ change: (_ group: ProbeGroupID, _ rows: Int, _ index: Int, EstimatorAnswer.Outcome) -> EstimatorAnswer.Outcome
    )
      -> ValidationReport
    {
      var answers: [ProbeGroupID: [EstimatorAnswer]] = [:]
      for entry in outcomes {
        let outcome = change(entry.group, entry.rows, entry.index, entry.outcome)
        answers[entry.group, default: []].append(EstimatorAnswer(outcome, seconds: 0.001))
      }
      return validation.report(Answers(answers), diagnosis: nil)
    }

    /// The report after a change of each estimate.
    func report(nats change: (_ rows: Int, Double) -> Double) -> ValidationReport {
      report { _, rows, _, outcome in if case .nats(let value) = outcome { .nats(change(rows, value)) } else { outcome }
      }
    }
  }

  @Test func theRightOnePasses() throws {
    let report = try Plan().report { _, _, _, outcome in outcome }
    #expect(report.passes && report.unasked == nil, "\(report.failures)")
    #expect(report.notes.contains { $0.contains("duplicated column, constant column (singular); that is allowed") })
  }

  /// Nothing that is not finite, nor what overflows when it is squared, passes anywhere.
  @Test func whatIsNotFiniteFailsWhereverItStands() throws {
    let plan = try Plan()
    let mayDecline = Set(plan.validation.checks.filter(\.mayDecline).map { ProbeGroupID.check($0.id) })
    let values: [(Int) -> Double] = [
      { _ in .nan }, { _ in .infinity }, { _ in -.infinity }, { $0 % 2 == 0 ? .infinity : -.infinity }, { _ in 1e300 },
      { $0 % 2 == 0 ? 1e300 : -1e300 }, { $0 % 2 == 0 ? 1.7e308 : -1.7e308 }, { $0 == 0 ? -1e200 : 0.5 },
    ]
    for group in plan.validation.groups.map(\.id) {
      for (number, value) in values.enumerated() {
        let report = plan.report { id, _, index, outcome in id == group ? .nats(value(index)) : outcome }
        // A Gaussian method has no answer to singular samples, and may say so by NaN.
        let isAllowed = mayDecline.contains(group) && number < 4
        #expect(report.passes == isAllowed, "\(group), \(number)")
        for check in report.checks {
          #expect(!check.finding.lowercased().contains("nan") || check.isFailure, "\(check.name): \(check.finding)")
        }
      }
      // One of them is enough.
      let one = plan.report { id, _, index, outcome in id == group && index == 2 ? .nats(.infinity) : outcome }
      #expect(one.passes == mayDecline.contains(group), "\(group)")
    }
  }

  @Test func withoutEstimatesThereIsNoVerdictOnAccuracy() throws {
    let plan = try Plan()
    for outcome in [
      EstimatorAnswer.Outcome.failed("out of time"), .undefined("nan"), .declined("no"), .notAsked("over"),
    ] {
      let report = plan.report { _, _, _, _ in outcome }
      let accuracy = try #require(report.checks.first { $0.name == "accuracy" })
      #expect(accuracy.verdict == .notJudged("there is no estimate") && accuracy.finding == "no estimate")
      #expect(!report.passes && report.scores.allSatisfy { $0.estimates.isEmpty && $0.bias == nil })
      #expect(report.checks.allSatisfy { !$0.isFailure || !$0.hasEstimates })
      // What was not asked about is neither passed nor failed.
      let wasAsked = outcome != .notAsked("over")
      #expect(report.failures.isEmpty != wasAsked && (report.unasked == nil) == wasAsked, "\(report.failures)")
    }
  }

  /// A check without an estimate says why, not what a relation that does not hold would mean.
  @Test func aMissingEstimateIsNoBrokenRelation() throws {
    let report = try Plan().report { group, _, _, outcome in
      [.check(.translation), .check(.units)].contains(group) ? .failed("it ended with exit status 3") : outcome
    }
    #expect(report.failures == ["translation, units: no estimate: it ended with exit status 3"])
  }

  @Test func singularSamplesOfAGaussianMethod() throws {
    let (gaussian, any) = (try Plan(), try Plan(.any))
    let ids = [MetamorphicCheck.ID.duplicatedColumn, .constantColumn]
    let groups = ids.map(ProbeGroupID.check)
    func changed(_ plan: Plan, _ change: (Int) -> EstimatorAnswer.Outcome) -> ValidationReport {
      plan.report { id, _, index, outcome in groups.contains(id) ? change(index) : outcome }
    }
    let nan = changed(gaussian) { _ in .undefined("it answered NaN, which is not finite and no JSON") }
    #expect(
      nan.passes && nan.notes.contains { $0.contains("as a singular sample has no plug-in answer") }, "\(nan.notes)")
    // A wrong number among them, even one, fails; a right one may be given.
    for wrong in [18.0, -18, 0, 1e300] {
      #expect(!changed(gaussian) { _ in .nats(wrong) }.passes)
      #expect(!changed(gaussian) { $0 == 1 ? .nats(wrong) : .undefined("nan") }.passes)
    }
    #expect(!changed(gaussian) { _ in .failed("it ended with signal 11") }.passes)
    // Without the assumption there is an answer, and NaN is none.
    let checks = changed(any) { _ in .undefined("nan") }.checks.filter { ids.map(\.rawValue).contains($0.name) }
    #expect(checks.count == 2 && checks.allSatisfy(\.isFailure))
    let declined = changed(any) { _ in .declined("a constant column") }.checks.filter {
      ids.map(\.rawValue).contains($0.name)
    }
    #expect(declined.allSatisfy { $0.verdict == .declined("a constant column") })
  }

  /// A slip at special numbers of rows is seen, whatever is special about them.
  @Test func noNumberOfRowsIsAHidingPlace() throws {
    func isPrime(_ n: Int) -> Bool { n > 1 && !(2..<n).contains { $0 * $0 <= n && n % $0 == 0 } }
    var slips: [(String, (Int) -> Bool)] = (2...17).map { m in ("multiples of \(m)", { $0 % m == 0 }) }
    slips += (2...17).map { m in ("one more than multiples of \(m)", { $0 % m == 1 }) }
    slips += [
      ("odd", { $0 % 2 == 1 }), ("powers of two", { $0 & ($0 - 1) == 0 }),
      ("all but powers of two", { $0 & ($0 - 1) != 0 }),
      ("primes", isPrime), ("250", { $0 == 250 }), ("1,000", { $0 == 1000 }), ("4,000", { $0 == 4000 }),
      ("all but 250, 1,000 and 4,000", { ![250, 1000, 4000].contains($0) }), ("above 1,024", { $0 > 1024 }),
      ("4,096", { $0 == 4096 }), ("256", { $0 == 256 }), ("below 300", { $0 < 300 }), ("above 2,000", { $0 > 2000 }),
      ("multiples of 100", { $0 % 100 == 0 }),
      ("squares", { Int(Double($0).squareRoot()) * Int(Double($0).squareRoot()) == $0 }),
    ]
    for seed in [5 as UInt64, 6] {
      let plan = try Plan(seed: seed)
      for (name, isSpecial) in slips {
        let report = plan.report { rows, nats in isSpecial(rows) ? 1.5 * nats + 0.3 : nats }
        #expect(!report.passes, "\(name), seed \(seed)")
      }
    }
  }

  @Test func sizesAreDrawnFromTheSeed() {
    for seed in [1 as UInt64, 2, 99] {
      for round in [250, 1000, 4000] {
        let rows = (0..<8).map { SampleSizes.rows(near: round, sample: $0, seed: seed) }
        #expect(rows[0] == round && rows[1].nonzeroBitCount == 1 && rows[2] % 2 == 1)
        #expect(rows.allSatisfy { abs($0 - round) * 40 <= round + 40 } && Set(rows).count >= 5)
        #expect(rows == (0..<8).map { SampleSizes.rows(near: round, sample: $0, seed: seed) })
      }
      let sizes = SampleSizes.compared(near: 1000, seed: seed)
      #expect(sizes.count == 18 && sizes.contains(1024) && sizes.contains(1000))
      for round in [250, 4000] {
        let few = SampleSizes.compared(near: round, seed: seed)
        #expect(few.contains(round) && few.contains { $0.nonzeroBitCount == 1 } && few.contains { $0 % 2 == 1 })
      }
    }
    #expect(SampleSizes.rows(near: 1000, sample: 3, seed: 1) != SampleSizes.rows(near: 1000, sample: 3, seed: 2))
  }
}
