import Distillation
import ExactAlgebra
import SeededRuns
import Testing

@testable import Students

@Suite struct SyntheticExperimentTests {
  /// The moments do not depend on the number of inputs, so that the exact side may be computed for one.
  @Test func momentsDoNotDependOnTheNumberOfInputs() throws {
    let experiment = try SyntheticExperiment(rows: 40, inputs: 9)
    for sweep in SyntheticExperiment.Sweep.allCases {
      for parameter in sweep.parameters {
        let (point, full) = (
          try experiment.point(sweep, parameter), try experiment.instance(sweep, parameter, inputs: 9)
        )
        let moments = Moments(full)
        #expect(point.moments.total == moments.total && point.moments.residual == moments.residual)
        #expect(point.risk(Rational(1, 2)) == (try Risk(moments, n: 40, p2: 9))(Rational(1, 2)))
        #expect(try point.labelInformation == moments.labelInformation())
        // Without noise or scale the teacher is the least-squares one.
        if sweep == .strength { #expect(full.w1 == full.leastSquaresTeacher) }
      }
    }
  }

  /// ΔI crosses 0 in the first two sweeps; more noise takes information but not c; scale takes no information but the verdict.
  @Test func theSweepsCrossTheBoundaries() throws {
    let experiment = try SyntheticExperiment()
    func points(_ sweep: SyntheticExperiment.Sweep) throws -> [SyntheticExperiment.Point] {
      try sweep.parameters.map { try experiment.point(sweep, $0) }
    }
    let strength = try points(.strength)
    #expect(!strength[0].predicts && strength[strength.count - 1].predicts && strength.allSatisfy(\.helps))
    let noise = try points(.noise)
    #expect(noise[0].predicts && !noise[noise.count - 1].predicts)
    #expect(noise.allSatisfy { $0.moments.residualCovariance == noise[0].moments.residualCovariance && $0.helps })
    let scale = try points(.scale)
    #expect(scale.allSatisfy { $0.delta == scale[0].delta && $0.predicts })
    #expect(scale[0].helps && !scale[scale.count - 1].helps)
  }

  /// A point of the small version: students agree with the closed forms.
  @Test func studentsAgree() async throws {
    let experiment = try SyntheticExperiment(
      rows: 200, inputs: 9, replicates: 200, trainedReplicates: 2, training: Training(.gradientDescent), level: 1e-9)
    let point = try experiment.point(.strength, 1)
    let result = try await experiment.result(point, RiskStudy.run(replicates: 200), threads: 2, seed: 1)
    #expect(result.leastSquares.failures.isEmpty && result.trained.failures.isEmpty)
    #expect(result.leastSquares.replicates == 200 && result.trained.replicates == 2)
  }

  @Test func refusesWhatIsNotDefined() {
    #expect(throws: StudentError.self) { try SyntheticExperiment(inputs: 10) }
    #expect(throws: StudentError.self) { try SyntheticExperiment(rows: 101) }
    #expect(throws: StudentError.self) { try SyntheticExperiment(replicates: 1) }
    #expect(throws: StudentError.self) { try SyntheticExperiment(lambdas: [-1]) }
  }
}
