// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Distillation
import ExactAlgebra
import Foundation
import Gaussian
import Testing

@testable import Estimation

@Suite struct TaskTests {
  /// The values that the published package gives, to the digits that it prints, or its closed forms.
  @Test func truths() throws {
    let expected: [(String, Double)] = [
      ("1v1-normal-0.75", 0.413339286592235), ("1v1-additive-0.1", 0.1 + log(5)), ("1v1-additive-0.75", 1 / 3.0),
      ("1v1-bimodal-0.75", 0.413339286592235), ("wiggly-1v1-normal-0.75", 0.413339286592235),
      ("student-identity-1-1-1", log(8 * Double.pi) - 3), ("asinh-student-identity-1-1-1", log(8 * Double.pi) - 3),
      ("multinormal-dense-2-2-0.5", log(9 / 5.0) / 2), ("multinormal-dense-50-50-0.5", dense(50)),
      ("multinormal-dense-25-25-0.5", dense(25)), ("multinormal-sparse-25-25-2-2.0", log(25 / 9.0)),
      ("spiral-normal_cdf-multinormal-sparse-25-25-2-2.0", log(25 / 9.0)),
    ]
    for (id, nats) in expected {
      let task = try #require(EstimationTask.benchmark(id))
      #expect(abs(task.nats - nats) < 1e-12, "\(id): \(task.nats)")
    }
    #expect(EstimationTask.benchmark("1v1-normal-0.75")?.truth == .exact(HalfLogarithm(of: Rational(16, 7))))
  }

  /// ½ ln(det(n)²/det(2n)), det(n) = (1−ρ)ⁿ⁻¹(1 + (n−1)ρ), ρ = ½.
  private func dense(_ n: Int) -> Double {
    let half = Double(n - 1) / 2
    return log(2) / 2 + log(1 + half) - log(1 + Double(2 * n - 1) / 2) / 2
  }

  @Test func theListIsThePublishedOne() {
    let tasks = EstimationTask.benchmark
    #expect(tasks.count == 40 && Set(tasks.map(\.id)).count == 40)
    #expect(tasks.filter(\.isGaussian).count == 10)
    #expect(tasks.filter { $0.xDimension == 1 && $0.yDimension == 1 }.count == 9)
    for id in [
      "half_cube-multinormal-sparse-5-5-2-2.0", "asinh-student-identity-5-5-2", "spiral-multinormal-sparse-3-3-2-2.0",
    ] {
      #expect(EstimationTask.benchmark(id) != nil)
    }
  }

  @Test(arguments: EstimationTask.benchmark.map(\.id)) func samplesAreReproducibleAndOfTheirShape(_ id: String) throws {
    let task = try #require(EstimationTask.benchmark(id))
    let sample = try task.sample(rows: 7, seed: 4)
    #expect(try sample == task.sample(rows: 7, seed: 4))
    #expect(try sample != task.sample(rows: 7, seed: 5))
    #expect((sample.xDimension, sample.yDimension, sample.count) == (task.xDimension, task.yDimension, 7))
    expect(.tooFewRows(1, needed: 2, by: "a sample")) { try task.sample(rows: 1, seed: 4) }
  }

  /// Each map is undone by another computation, so the sample has the information that it should.
  @Test func mapsAreOneToOne() {
    let normals = NormalSource(seed: 6).normals(2_000) + [-8, -6, 6, 8]
    for z in normals {
      let u = SideMap.normalCDF([z])[0]
      #expect(abs(u - erfc(-z / 2.0.squareRoot()) / 2) < 1e-15)
      let cube = SideMap.halfCube([z])[0]
      #expect(abs(copysign(pow(abs(cube), 2 / 3.0), cube) - z) < 1e-14)
      #expect(abs(sinh(SideMap.asinh([z])[0]) - z) < 1e-13)
      let x = SideMap.bimodal(weight: 0.3, low: 0, high: 5)([z])[0]
      #expect(abs(0.3 * gsl_cdf_ugaussian_P(x) + 0.7 * gsl_cdf_ugaussian_P(x - 5) - u) < 1e-15)
      let roll = SideMap.swissRoll([u])
      #expect(abs((roll[0] * roll[0] + roll[1] * roll[1]).squareRoot() * 21 / (1.5 * .pi) - (1 + 2 * u)) < 1e-13)
      let point = [z, 1, -0.5]
      let spiral = SideMap.spiral(plane: (1, 2), speed: 1 / 3.0)(point)
      let angle = atan2(spiral[2], spiral[1]) - atan2(-0.5, 1)
      #expect(abs(sin(angle - (z * z + 1.25) / 3)) < 1e-12 && spiral[0] == z)
      #expect(abs(spiral[1] * spiral[1] + spiral[2] * spiral[2] - 1.25) < 1e-14)
    }
    let wiggly = SideMap.wiggly([(0.4, 1, 0), (0.2, 1.7, 1), (0.03, 3.3, -2.5)])
    for z in stride(from: -8, to: 8, by: 0.01) { #expect(wiggly([z + 0.01])[0] > wiggly([z])[0]) }
  }

  /// Large samples against the truth: within 6 standard deviations, which happens by chance less than once in 10⁸ runs.
  @Test func samplesHaveTheirInformation() throws {
    for (id, tolerance) in [("1v1-additive-0.75", 0.12), ("student-identity-2-2-2", 0.16), ("1v1-bimodal-0.75", 0.12)] {
      let task = try #require(EstimationTask.benchmark(id))
      let estimate = try KSG(.square, k: 5).estimate(task.sample(rows: 1_500, seed: 1))
      #expect(abs(estimate.nats - task.nats) < tolerance, "\(id)")
    }
    let dense = try #require(EstimationTask.benchmark("multinormal-dense-5-5-0.5"))
    // √(Σρ²/n) = 0.0103 at n = 8,000: ρ² = 25/36 in the one canonical pair.
    #expect(abs(try GaussianPlugIn().estimate(dense.sample(rows: 8_000, seed: 2)).nats - dense.nats) < 0.06)
  }

  @Test func theTwoTasksOfAnInstance() throws {
    let instance = try Instance(
      sigma: RationalMatrix([[2, 1, 2], [1, 1, 1], [2, 1, 4]]), p1: 1, p2: 1, w1: RationalMatrix([[1]]), n: 3)
    let tasks = try InstanceTasks(instance, name: "first")
    #expect(tasks.teacher.truth == .exact(HalfLogarithm(of: 2)))
    #expect(tasks.label.truth == .exact(HalfLogarithm(of: Rational(4, 3))))
    #expect(tasks.difference == HalfLogarithm(of: Rational(3, 2)))
    let sample = try tasks.sample(rows: 4_000, seed: 3)
    #expect(sample.teacher.y == sample.label.x)
    // √(ρ²/n) is 0.011 and 0.008.
    #expect(abs(try GaussianPlugIn().estimate(sample.teacher).nats - tasks.teacher.nats) < 0.08)
    #expect(abs(try GaussianPlugIn().estimate(sample.label).nats - tasks.label.nats) < 0.08)
  }

  @Test func vectorLabelsHaveTasksToo() throws {
    let sigma = try RationalMatrix([
      [2, 0, 1, 0, 1, 0], [0, 2, 0, 1, 0, 1], [1, 0, 2, 0, 1, 0], [0, 1, 0, 2, 0, 1], [1, 0, 1, 0, 2, 0],
      [0, 1, 0, 1, 0, 2],
    ])
    let instance = try Instance(
      sigma: sigma, p1: 2, p2: 2, q: 2, w1: RationalMatrix([[1, 0], [0, 1]]), n: 9)
    let tasks = try InstanceTasks(instance, name: "two")
    #expect(tasks.teacher.xDimension == 2 && tasks.label.yDimension == 2)
    // Twice that of a scalar pair of correlation ½.
    #expect(tasks.teacher.truth == .exact(HalfLogarithm(of: Rational(16, 9))))
    #expect(tasks.label.truth == .exact(HalfLogarithm(of: Rational(16, 9))))
  }
}
