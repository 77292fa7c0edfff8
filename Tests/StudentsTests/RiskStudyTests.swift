// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import RandomInstances
import SeededRuns
import TestSupport
import Testing

@testable import Students

private func study(_ instance: Instance, _ settings: StudySettings, replicates: Int, seed: UInt64 = 1, threads: Int = 2)
  async throws -> StudyResult
{
  try await RiskStudy(instance, settings).result(RiskStudy.run(replicates: replicates), threads: threads, seed: seed)
}

@Suite struct RiskStudyTests {
  private static let lambdas: [Rational] = [0, Rational(1, 100), Rational(1, 2), 3]

  /// R(λ), R(λ) − R0, R(∞) and the slope against simulated students of random instances of every family, q up to 3, n from
  /// p2+2 on.
  ///
  /// The tolerance of each instance has a false-alarm probability of 1e-10: 24 instances, 2.4e-9.
  @Test(arguments: 0..<24) func closedFormsOfRandomInstances(index: Int) async throws {
    var source = testSource(index, seed: 41)
    let instance = try InstanceSampler(largestSize: 4).instance(from: &source)
    let settings = StudySettings(lambdas: Self.lambdas, level: 1e-10)
    let result = try await study(instance, settings, replicates: 1_000)
    #expect(result.failures.isEmpty, "\(result.failures)")
    #expect(result.replicates == 1_000 && result.rows.map(\.lambda) == Self.lambdas)
  }

  /// The heaviest tail: n = p2+2, where R̂ has a mean but no variance.
  @Test(arguments: [1, 2, 6]) func fewestRows(p2: Int) async throws {
    var source = testSource(60 + p2)
    let instance = try Instance(
      sigma: source.positiveDefinite(p2 + 2), p1: 1, p2: p2, w1: .identity(1), n: p2 + 2)
    let result = try await study(instance, StudySettings(lambdas: Self.lambdas, level: 1e-10), replicates: 4_000)
    #expect(result.failures.isEmpty, "\(result.failures)")
    // The control leaves the mean and makes the deviation small enough to see k = p2/(n−p2) for p2/(n−p2−1).
    for row in result.rows { #expect(try #require(row.risk.detectable).isFinite) }
    let baseline = try #require(result.rows.first).risk
    let halved = instance.n.map { Double(p2) / Double($0 - p2) } ?? 0
    let noise = Moments(instance).residualVariance.asDouble
    #expect(abs(baseline.simulated.mean - noise * (1 + halved)) > (try #require(baseline.detectable)))
  }

  /// What size of error the test notices: with 20,000 samples less than 4 % of the excess risk, and so a k of p2/n or
  /// p2/(n−p2), a c that is 10 % off, and a missing (1+λ)².
  @Test func wrongClosedFormsAreNoticed() async throws {
    let (p2, n) = (4, 24)
    // t = x21 + x22/5 + η, y = x21 + ε, σε² = ση² = 1, c = 3/5.
    let sigma = try RationalMatrix([
      [Rational(51, 25), 1, Rational(1, 5), 0, 0, Rational(8, 5)], [1, 1, 0, 0, 0, 1],
      [Rational(1, 5), 0, 1, 0, 0, 0], [0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 1, 0], [Rational(8, 5), 1, 0, 0, 0, 2],
    ])
    let instance = try Instance(sigma: sigma, p1: 1, p2: p2, w1: .identity(1), n: n)
    let lambda = Rational(1, 2)
    let result = try await study(instance, StudySettings(lambdas: [lambda], level: 1e-8), replicates: 20_000)
    #expect(result.failures.isEmpty)
    let m = Moments(instance)
    let (e, t, c, b) = (
      m.residualVariance.asDouble, m.teacherResidualVariance.asDouble, m.residualCovariance.asDouble,
      m.mismatch.asDouble
    )
    func risk(k: Double, c: Double, power: Int = 2, lambda l: Double) -> Double {
      let divisor = power == 2 ? (1 + l) * (1 + l) : power == 1 ? 1 + l : 1
      return e + (l * l * b + k * (e + 2 * l * c + l * l * t)) / divisor
    }
    let k = Double(p2) / Double(n - p2 - 1)
    let (baseline, half) = (result.rows[0], result.rows[1])
    #expect(agree(risk(k: k, c: c, lambda: 0.5), half.risk.exact.asDouble, relative: 1e-12))
    func isNoticed(_ wrong: Double, _ comparison: Comparison) throws -> Bool {
      abs(comparison.simulated.mean - wrong) > (try #require(comparison.detectable))
    }
    #expect(try #require(baseline.risk.detectable) < 0.04 * k * e)
    #expect(try #require(half.risk.detectable) < 0.04 * (half.risk.exact.asDouble - e))
    for wrong in [Double(p2) / Double(n), Double(p2) / Double(n - p2), Double(p2) / Double(n - p2 - 2), 1.05 * k] {
      #expect(try isNoticed(risk(k: wrong, c: c, lambda: 0), baseline.risk))
      #expect(try isNoticed(risk(k: wrong, c: c, lambda: 0.5), half.risk))
    }
    let change = try #require(half.change)
    let slope = try #require(result.slope)
    for factor in [-1, 0.0, 0.9, 1.1] {
      let wrong = factor * c
      #expect(try isNoticed(2 * k * (wrong - e), slope), "c · \(factor)")
      #expect(
        try isNoticed(risk(k: k, c: wrong, lambda: 0.5) - risk(k: k, c: wrong, lambda: 0), change), "c · \(factor)")
    }
    for power in [0, 1] { #expect(try isNoticed(risk(k: k, c: c, power: power, lambda: 0.5), half.risk)) }
    #expect(try isNoticed(-slope.exact.asDouble, slope))
    // An error just above what is called detectable is noticed, one far below is not.
    let detectable = try #require(half.risk.detectable)
    #expect(try isNoticed(half.risk.exact.asDouble + 2 * detectable, half.risk))
    #expect(!(try isNoticed(half.risk.exact.asDouble + 0.1 * detectable, half.risk)))
  }

  /// The window's end: λ below it lowers the simulated risk, λ above raises it, both significantly.
  @Test func signOnBothSidesOfTheWindow() async throws {
    // c = 0, ση² = σε² = 1, B = 1: the window is (0, 2k), 2k = 2·1/(4−1−1) = 1.
    let sigma = try RationalMatrix([[1, 0, 0], [0, 1, -1], [0, -1, 2]])
    let instance = try Instance(sigma: sigma, p1: 1, p2: 1, w1: .identity(1), n: 5)
    let risk = try Risk(Moments(instance), n: 5, p2: 1)
    guard case .open(upTo: .finite(let end)) = risk.window else {
      Issue.record("the window ends")
      return
    }
    let settings = StudySettings(lambdas: [end / 2, end, 3 * end], level: 1e-9)
    let result = try await study(instance, settings, replicates: 20_000)
    #expect(result.failures.isEmpty)
    #expect(result.rows.map(\.sign) == [nil, .confirmed, .undecided, .confirmed])
    #expect(try #require(result.rows[1].change).simulated.mean < 0)
    #expect(try #require(result.rows[3].change).simulated.mean > 0)
  }

  /// The proportional regime n, p2 → ∞ with n/p2 → α, where k → 1/(α−1).
  ///
  /// At p2 = 60 the simulated R0/σε² − 1 is within 5 % of the limit for α = 2 and 3.
  @Test(arguments: [2, 3]) func proportionalRegime(ratio: Int) async throws {
    let p2 = 60
    let sigma = RationalMatrix(rows: p2 + 2, columns: p2 + 2) { i, j in
      i == j ? (i == p2 + 1 ? 2 : 1) : (i == 1 && j == p2 + 1 || j == 1 && i == p2 + 1 ? 1 : 0)
    }
    let instance = try Instance(sigma: sigma, p1: 1, p2: p2, w1: .identity(1), n: ratio * p2)
    let result = try await study(instance, StudySettings(lambdas: [], level: 1e-9), replicates: 300)
    #expect(result.failures.isEmpty)
    let row = try #require(result.rows.first)
    let k = row.risk.simulated.mean - 1
    #expect(abs(k * Double(ratio - 1) - 1) < 0.05)
    #expect(abs(k - row.risk.exact.asDouble + 1) < 6 * row.risk.simulated.standardError)
  }

  /// The risk on fresh rows, as people measure it, agrees with the population risk of the same students, and rows give the
  /// same means as Wishart draws.
  @Test func testSetRiskAndRows() async throws {
    let instance = try RandomStudent.instance(n: 14)
    let settings = StudySettings(lambdas: [Rational(1, 2)], testRows: 50, level: 1e-9)
    #expect(settings.sampling == .rows)
    let result = try await study(instance, settings, replicates: 1_500)
    #expect(result.failures.isEmpty, "\(result.failures)")
    for row in result.rows {
      #expect(row.test.count == 1_500)
      #expect(abs(row.test.mean - row.uncorrected.mean) < 7 * row.test.standardError)
    }
  }

  @Test func sameSeedSameResultForAnyNumberOfThreads() async throws {
    let instance = try RandomStudent.instance(n: 9)
    let settings = StudySettings(lambdas: Self.lambdas)
    let results = try await [1, 2, 5].asyncMap { threads in
      try await study(instance, settings, replicates: 300, seed: 8, threads: threads).rows.map(\.risk.simulated)
    }
    #expect(results[0] == results[1] && results[0] == results[2])
    let other = try await study(instance, settings, replicates: 300, seed: 9).rows.map(\.risk.simulated)
    #expect(results[0] != other)
  }

  @Test func refusesWhatIsNotDefined() throws {
    let instance = try RandomStudent.instance(n: 12)
    func isRefused(_ settings: StudySettings, _ name: String) {
      #expect {
        try RiskStudy(instance, settings)
      } throws: { error in
        guard case .invalidSetting(name, _, _) = error as? StudentError else { return false }
        return true
      }
    }
    isRefused(StudySettings(lambdas: [-1]), "λ")
    isRefused(StudySettings(level: 0), "level")
    isRefused(StudySettings(student: .ridge(penalty: -1)), "ridge penalty")
    isRefused(StudySettings(sampling: .wishart, testRows: 10), "sampling")
    isRefused(StudySettings(law: .studentT(degrees: 2)), "law")
    isRefused(StudySettings(student: .trained(Training(.adam, learningRate: 0))), "learning rate")
    isRefused(StudySettings(teacher: .fittedOnRows(1)), "teacher rows")
    isRefused(StudySettings(heldOutRows: 5), "held-out rows")
    let tiny = Rational.powerOfTwo(-200)
    let singular = try Instance(
      sigma: RationalMatrix([[1, 0, 0, 0], [0, 1, 1, 0], [0, 1, 1 + tiny, 0], [0, 0, 0, 1]]), p1: 1, p2: 2,
      w1: .identity(1), n: 9)
    #expect(throws: StudentError.numericallySingular) { try RiskStudy(singular, StudySettings()) }
  }
}

extension Sequence {
  fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
    var results: [T] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}
