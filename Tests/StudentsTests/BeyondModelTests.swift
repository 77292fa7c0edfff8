// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Gaussian
import Statistics
import TestSupport
import Testing

@testable import Students

/// Students, laws and teachers that the closed forms are not about.
@Suite struct BeyondModelTests {
  private static func sample(_ instance: Instance, _ settings: StudySettings, rows: Int, seed: UInt64) throws -> Sample
  {
    let population = try Population(instance)
    let source = try RowSource(instance, population, settings)
    return try source.samples(n: rows, testRows: 0, from: NormalSource(seed: seed)).0
  }

  /// Every law has the covariance of (x2, t, y) that it should: the mean of products within 8 standard errors, estimated from
  /// the sample; 4 laws, 21 entries: 84 · 2Φ(−8) = 1e-13 by the central limit theorem, which the 20,000 rows and the eight
  /// moments of Student-t with 12 degrees of freedom allow.
  @Test(arguments: [
    SampleLaw.gaussian, .exponential, .studentT(degrees: 12), .nonlinearLabel(strength: Rational(3, 2)),
  ])
  func covarianceOfEveryLaw(law: SampleLaw) throws {
    let instance = try RandomStudent.instance(n: 20)
    let rows = 20_000
    let sample = try Self.sample(instance, StudySettings(law: law), rows: rows, seed: 11)
    let columns =
      (0..<4).map { j in (0..<rows).map { sample.inputs[$0 * 4 + j] } }
      + [Array(sample.targets[..<rows]), Array(sample.targets[rows...])]
    let covariance = instance.studentTeacherLabelCovariance
    for i in 0..<6 {
      for j in 0...i {
        var products = RunningMoments()
        for row in 0..<rows { products.add(columns[i][row] * columns[j][row]) }
        var expected = covariance[i, j].asDouble
        if i == 5, j == 5, case .nonlinearLabel(let strength) = law {
          expected += strength.squared.asDouble * Moments(instance).residualVariance.asDouble
        }
        #expect(abs(products.mean - expected) < 8 * products.standardError, "\(law.name) \(i) \(j)")
      }
    }
  }

  /// The laws are what they are called: kurtosis and skewness of a coordinate.
  @Test func tailsAndSkewness() throws {
    let instance = try RandomStudent.instance(n: 20)
    func moment(_ law: SampleLaw, _ power: Int) throws -> Double {
      let sample = try Self.sample(instance, StudySettings(law: law), rows: 20_000, seed: 3)
      let column = (0..<20_000).map { sample.inputs[$0 * 4] }
      let size = (column.reduce(0) { $0 + $1 * $1 } / 20_000).squareRoot()
      return column.reduce(0) { sum, x in sum + (0..<power).reduce(1) { product, _ in product * x / size } } / 20_000
    }
    #expect(try abs(moment(.gaussian, 4) - 3) < 0.4)
    #expect(try abs(moment(.gaussian, 3)) < 0.2)
    // Kurtosis 3(ν−2)/(ν−4) = 4 at ν = 10.
    #expect(try moment(.studentT(degrees: 10), 4) > 3.5)
    // The first input is the first latent number, exponential: skewness 2.
    #expect(try abs(moment(.exponential, 3) - 2) < 0.4)
  }

  /// With as many rows as teacher inputs the teacher fitted on the student's rows repeats the labels; on rows of its own it
  /// does not, and on many it is the least-squares teacher.
  @Test func fittedTeachers() throws {
    var source = testSource(77)
    let instance = try Instance(sigma: source.positiveDefinite(8), p1: 6, p2: 1, w1: nil, n: 6)
    let same = try Self.sample(instance, StudySettings(teacher: .fittedOnStudentRows), rows: 6, seed: 1)
    for row in 0..<6 { #expect(abs(same.targets[row] - same.targets[6 + row]) < 1e-8 * (1 + abs(same.targets[row]))) }
    let own = try Self.sample(instance, StudySettings(teacher: .fittedOnRows(6)), rows: 6, seed: 1)
    #expect((0..<6).contains { abs(own.targets[$0] - own.targets[6 + $0]) > 1e-3 })
    let many = try Self.sample(instance, StudySettings(teacher: .fittedOnRows(20_000)), rows: 4_000, seed: 1)
    var square = RunningMoments()
    for row in 0..<4_000 { square.add(many.targets[row] * many.targets[row]) }
    #expect(abs(square.mean - Moments(instance).varT.asDouble) < 8 * square.standardError)
  }

  /// Ridge students by rows and by Gram matrices solve the same equations; no penalty is least squares.
  @Test func ridgeStudents() throws {
    let instance = try RandomStudent.instance(n: 15)
    let population = try Population(instance)
    let gram = population.factor.gramFactor(rows: 15, from: NormalSource(seed: 4))
    let plain = population.students(ofGramFactor: gram, lambdas: [0, 2]).students
    let ridge = try population.ridgeStudents(ofGramFactor: gram, lambdas: [0, 2], penalty: 0)
    for (a, b) in zip(plain.joined(), ridge.joined()) { #expect(agree(a, b, relative: 1e-8)) }
    let sample = population.sample(rows: 15, from: NormalSource(seed: 4))
    let penalty = 0.3
    let weights = try population.ridgeStudents(of: sample, lambdas: [2], penalty: penalty)[0]
    // Rows √(penalty·(XᵀX)jj)·eⱼ with label 0 below the sample make least squares of ridge.
    var inputs = sample.inputs
    for j in 0..<4 {
      let square = (0..<15).reduce(0.0) { $0 + sample.inputs[$1 * 4 + j] * sample.inputs[$1 * 4 + j] }
      inputs += (0..<4).map { $0 == j ? (penalty * square).squareRoot() : 0 }
    }
    let labels = sample.averagedLabels(lambda: 2) + [0, 0, 0, 0]
    let expected = try LeastSquares(inputs: inputs, columns: 4, targets: labels).weights
    for (a, b) in zip(weights, expected) { #expect(agree(a, b, relative: 1e-9)) }
  }

  /// Outside of the model nothing is judged, and the exact side has the label's whole variance.
  @Test func isReportedNotJudged() async throws {
    let instance = try RandomStudent.instance(n: 20)
    let settings = StudySettings(lambdas: [1], law: .nonlinearLabel(strength: 2))
    let study = try RiskStudy(instance, settings)
    let noise = Moments(instance).residualVariance
    #expect(
      study.risk.moments.residualVariance == 5 * noise
        && study.risk.moments.residualCovariance == Moments(instance).residualCovariance)
    let result = try await study.result(RiskStudy.run(replicates: 30), threads: 2, seed: 1)
    #expect(result.failures.isEmpty && result.limit == nil && result.rows.allSatisfy { $0.risk.probability == nil })
    #expect(!settings.isInModel && !StudySettings(student: .ridge(penalty: 1)).isInModel && StudySettings().isInModel)
  }
}
