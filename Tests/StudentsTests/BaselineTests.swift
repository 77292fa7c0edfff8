// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Foundation
import Gaussian
import Statistics
import TestSupport
import Testing

@testable import Students

/// Students with closed forms of their own.
///
/// Every judgement here has a false alarm below 1e-9, by the normal law of means with a correction for skewness.
@Suite struct BaselineTests {
  private static let level = 1e-9
  /// More for a deeper run: `CCH_CASES`.
  private static let samples = ProcessInfo.processInfo.environment["CCH_CASES"].flatMap(Int.init) ?? 800

  /// p1 = 2, p2 = 4, n = 18, m = 20, N = 20, μ = 5; of minimum norm p2 = 16 and 5 rows.
  private static func instance(_ kind: BaselineKind, index: Int = 0) throws -> Instance {
    let extras = InstanceExtras(unlabelled: 20, ridge: 5, teacherRows: 20)
    if kind != .minimumNorm { return try RandomStudent.instance(n: 18, index: index).with(extras: extras) }
    var source = testSource(950 + index)
    return try Instance(sigma: source.positiveDefinite(18), p1: 1, p2: 16, w1: .column([1]), n: 30)
  }

  private static func rows(_ kind: BaselineKind) -> Int? { kind == .minimumNorm ? 5 : nil }

  private static func result(_ study: BaselineStudy, samples: Int = samples, seed: UInt64 = 3) async throws
    -> BaselineResult
  {
    try await study.result(RiskStudy.run(replicates: samples), threads: 2, seed: seed)
  }

  /// Every kind, by Wishart draws where they are enough, and by rows.
  @Test(arguments: BaselineKind.allCases)
  func studentsAgreeWithTheirClosedForms(kind: BaselineKind) async throws {
    let instance = try Self.instance(kind)
    for sampling in [StudySettings.Sampling.wishart, .rows] where sampling == .rows || !kind.needsDesign {
      let settings = BaselineSettings(kind, sampling: sampling, level: Self.level)
      let result = try await Self.result(BaselineStudy(instance, rows: Self.rows(kind), settings))
      #expect(result.failures.isEmpty, "\(kind) \(sampling): \(result.failures)")
      #expect(result.rows.allSatisfy { $0.simulated.standardError > 0 || $0.simulated.mean > 0 })
    }
  }

  /// Closed forms with a slip, each of which its study must notice.
  @Test(arguments: BaselineKind.allCases)
  func wrongClosedFormsAreNoticed(kind: BaselineKind) async throws {
    // What pseudo-labels bring shows where x1 adds much.
    let candidates = try (0..<(kind == .pseudoLabels ? 10 : 1)).map { try Self.instance(kind, index: $0) }
    let instance = try #require(
      candidates.max { JointTeacher($0, Moments($0)).effectSize < JointTeacher($1, Moments($1)).effectSize })
    let (m, n, p2) = (Moments(instance).traces, instance.n ?? 0, instance.p2)
    let joint = JointTeacher(instance, Moments(instance))
    let k = FitMoments<Rational>.k(rows: Rational(n), p2: p2)
    let slip: (Rational, Rational) -> Rational
    switch kind {
    // The noise of ŵ and v̂ without their covariance 2abkc.
    case .tuned:
      slip = { a, b in m.excess(a, b, k: k) - 2 * a * b * k * m.residualCovariance }
    // v̂ as if it were of the labelled rows alone.
    case .unlabelled: slip = { a, b in m.excess(a, b, k: k) }
    // k_n for k_{n+m}: as if there were no further rows.
    case .pseudoLabels: slip = { _, _ in joint.residualVariance * k }
    // The teacher of x1 alone.
    case .jointTeacher: slip = { a, b in m.excess(a, b, k: k) }
    // As if it were fitted to unlimited rows.
    case .sampledJointTeacher: slip = { a, b in joint.moments.excess(a, b, k: k) }
    // The mean of the fit forgotten.
    case .orthogonalRidge: slip = { a, b in m.excess(a, b, k: Rational(p2, n)) }
    // k of more rows than inputs.
    case .minimumNorm:
      let fit = FitMoments<Rational>(mean: Rational(5, 16), square: Rational(5, 16), noise: Rational(5, 16))
      slip = LinearStudent(m, fit).excess
    }
    let study = try BaselineStudy(instance, rows: Self.rows(kind), BaselineSettings(kind, level: Self.level)) { form in
      var wrong = form
      wrong.excess = slip
      return wrong
    }
    let samples = [.tuned, .unlabelled, .pseudoLabels].contains(kind) ? 4_000 : 1_000
    let result = try await Self.result(study, samples: samples)
    #expect(!result.failures.isEmpty, "\(kind)")
  }

  /// The lemma needs one covariance of residuals, not a Gaussian law: heavy and skewed residuals agree, variances that depend
  /// on x2 do not, which a study with judgement would say.
  @Test func residualsOfOtherLaws() async throws {
    let instance = try Self.instance(.tuned)
    for law in [ResidualLaw.studentT(degrees: 9), .skewed] {
      for kind in [BaselineKind.tuned, .orthogonalRidge] {
        let settings = BaselineSettings(kind, residuals: law, level: Self.level, folds: 0)
        let result = try await Self.result(BaselineStudy(instance, settings))
        #expect(settings.isInModel && result.failures.isEmpty, "\(kind) \(law): \(result.failures)")
      }
    }
    let uneven = BaselineSettings(.tuned, residuals: .heteroscedastic, level: Self.level, folds: 0)
    let result = try await Self.result(BaselineStudy(instance, uneven), samples: 2_000)
    #expect(!uneven.isInModel && result.failures.isEmpty)
    #expect(result.rows[0].probability < Self.level, "\(result.rows[0])")
    #expect(!BaselineSettings(.pseudoLabels, residuals: .skewed).isInModel)
    // The covariance of rows is Σ for every law: the mean of products within 8 standard errors.
    for law in [ResidualLaw.gaussian, .studentT(degrees: 9), .skewed, .heteroscedastic] {
      let draws = try BaselineDraws(instance, law)
      let rows = draws.rows(6_000, from: NormalSource(seed: 5))
      let d = draws.size
      for i in 0..<d {
        for j in 0...i {
          var products = RunningMoments()
          for row in 0..<6_000 { products.add(rows[row * d + i] * rows[row * d + j]) }
          let expected = (0..<d).reduce(0.0) { $0 + draws.factor.values[i * d + $1] * draws.factor.values[j * d + $1] }
          #expect(abs(products.mean - expected) < 8 * products.standardError + 1e-12, "\(law) \(i) \(j)")
        }
      }
    }
  }

  /// The weights that folds choose are those of the least held-out error, computed from rows on a grid; where the exact gain
  /// is large something of it remains, and no choice beats the best weights.
  @Test func weightsChosenFromTheData() async throws {
    let instance = try Self.instance(.tuned)
    let draws = try BaselineDraws(instance, .gaussian)
    let (d, p2) = (draws.size, draws.p2)
    let rows = (0..<4).map { draws.rows(5, from: NormalSource(seed: 8, index: UInt64($0))) }
    let choice = try #require(FoldedChoice(rows.map { draws.gram(of: $0) }, draws))
    func error(_ a: Double, _ b: Double) throws -> Double {
      try rows.indices.reduce(0.0) { sum, fold in
        let rest = draws.gram(of: Array(rows.indices.filter { $0 != fold }.map { rows[$0] }.joined()))
        let (w, v) = (try rest.fit(of: d - 1, on: p2), try rest.fit(combination: draws.teacher, on: p2))
        return sum
          + (0..<5).reduce(0.0) { sum, row in
            let predicted = (0..<p2).reduce(0.0) { $0 + (a * w[$1] + b * v[$1]) * rows[fold][row * d + $1] }
            let rest = rows[fold][row * d + d - 1] - predicted
            return sum + rest * rest
          }
      }
    }
    for (weights, steps) in [
      (choice.shrunk, [(1e-3, 0.0), (-1e-3, 0)]), (choice.mixed, [(1e-3, -1e-3), (-1e-3, 1e-3)]),
      (choice.tuned, [(1e-3, 0), (-1e-3, 0), (0, 1e-3), (0, -1e-3)]),
    ] {
      let least = try error(weights.a, weights.b)
      for (a, b) in steps where weights.b + b >= 0 && weights.a + a >= 0 {
        #expect(try error(weights.a + a, weights.b + b) >= least - 1e-12)
      }
    }
    #expect(FoldedChoice.sizes(rows: 18, inputs: 4, BaselineSettings(.tuned)) == [3, 3, 4, 4, 4])
    #expect(FoldedChoice.sizes(rows: 7, inputs: 4, BaselineSettings(.tuned, folds: 2)).isEmpty)
    let study = try BaselineStudy(instance, BaselineSettings(.tuned))
    let chosen = try #require(try await Self.result(study).chosen)
    let (untaught, best) = (study.exact[study.untaught].asDouble, study.exact[study.best].asDouble)
    #expect(chosen.shrunk.mean > untaught - 8 * chosen.shrunk.standardError)
    #expect(chosen.tuned.mean > best - 8 * chosen.tuned.standardError)
    #expect(
      chosen.shareTaught >= 0 && chosen.shareTaught <= 1
        && chosen.exactGain == study.exact[study.untaught] - study.exact[study.best])
  }

  @Test func sameSeedSameResultOnAnyNumberOfThreads() async throws {
    let study = try BaselineStudy(Self.instance(.pseudoLabels), BaselineSettings(.pseudoLabels))
    func means(_ threads: Int, seed: UInt64) async throws -> [Double] {
      try await study.result(RiskStudy.run(replicates: 60), threads: threads, seed: seed).rows.map(\.simulated.mean)
    }
    let one = try await means(1, seed: 2)
    #expect(try await means(3, seed: 2) == one)
    #expect(try await means(1, seed: 3) != one)
  }

  /// The rows of an orthogonal design.
  @Test func orthogonalDesigns() throws {
    let draws = try BaselineDraws(Self.instance(.orthogonalRidge), .gaussian)
    let design = draws.orthogonalDesign(rows: 18, from: NormalSource(seed: 1))
    for i in 0..<4 {
      for j in 0..<4 {
        let product = (0..<18).reduce(0.0) { $0 + design[$1 * 4 + i] * design[$1 * 4 + j] }
        #expect(abs(product - (i == j ? 18 : 0)) < 1e-10)
      }
    }
  }

  /// Bad input is an error that names the setting.
  @Test func badInput() throws {
    func name(_ body: () throws -> BaselineStudy) -> String? {
      do { _ = try body() } catch let error as StudentError {
        if case .invalidSetting(let name, _, _) = error { return name }
      } catch {}
      return nil
    }
    let plain = try RandomStudent.instance(n: 18)
    #expect(name { try BaselineStudy(plain, BaselineSettings(.unlabelled)) } == "unlabelled")
    #expect(name { try BaselineStudy(plain, BaselineSettings(.orthogonalRidge)) } == "ridge")
    #expect(name { try BaselineStudy(plain, BaselineSettings(.sampledJointTeacher)) } == "teacher_rows")
    // Four inputs are too few for any n, sixteen for thirty rows.
    #expect(name { try BaselineStudy(plain, BaselineSettings(.minimumNorm)) } == "p2")
    #expect(name { try BaselineStudy(Self.instance(.minimumNorm), BaselineSettings(.minimumNorm)) } == "n")
    #expect(name { try BaselineStudy(RandomStudent.instance(n: 13), BaselineSettings(.tuned)) } == "n")
    #expect(
      name { try BaselineStudy(plain, BaselineSettings(.tuned, sampling: .wishart, residuals: .skewed)) } == "sampling")
    #expect(
      name { try BaselineStudy(plain, BaselineSettings(.tuned, residuals: .studentT(degrees: 4))) } == "residuals")
    #expect(name { try BaselineStudy(plain, BaselineSettings(.tuned, folds: 1)) } == "folds")
    #expect(name { try BaselineStudy(plain, BaselineSettings(.tuned, level: 0)) } == "level")
  }
}
