// SPDX-License-Identifier: GPL-3.0-or-later
import SeededRuns
import Testing

@testable import Estimation

/// The gate tells wrong estimators from right ones.
@Suite struct JudgementTests {
  /// Answers of all estimators of a family to the plan under a seed.
  private func reports(_ family: DistributionFamily, seed: UInt64) throws -> [(ZooEstimator, ValidationReport)] {
    var settings = Validation.Settings()
    (settings.family, settings.seed) = (family, seed)
    // The histogram takes one column a side; the plug-in serves for what is said of several.
    settings.dimension = family == .any ? 1 : .max
    let validation = Validation(settings)
    let estimators = ZooEstimator.all.filter { $0.family == family }
    var answers = [[ProbeGroupID: [EstimatorAnswer]]](repeating: [:], count: estimators.count)
    for group in validation.groups {
      for index in 0..<group.count {
        let zoo = Zoo(try group.sample(index))
        for (number, estimator) in estimators.enumerated() {
          let nats = estimator.nats(zoo)
          answers[number][group.id, default: []].append(
            EstimatorAnswer(nats.isFinite ? .nats(nats) : .declined("singular"), seconds: 0))
        }
      }
    }
    return zip(estimators, answers).map { ($0, validation.report(Answers($1), diagnosis: nil)) }
  }

  @Test(arguments: [DistributionFamily.any, .gaussian, .classes, .discrete]) func wrongEstimatorsFailAndRightOnesPass(
    _ family: DistributionFamily
  ) throws {
    let reports = try reports(family, seed: 3)
    #expect(reports.count >= 8)
    for (estimator, report) in reports {
      #expect(report.isJudged && report.passes == estimator.isRight, "\(estimator): \(report.failures)")
      #expect(estimator.isRight == report.failures.isEmpty)
    }
  }
}
