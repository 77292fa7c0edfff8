// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import CLAPACKE
import Distillation
import ExactAlgebra
import Gaussian

/// Draws training and test rows of an instance under any of the laws, with a fixed or a fitted teacher.
struct RowSource: Sendable {
  private let population: Population
  private let law: SampleLaw
  private let teacher: TeacherKind
  /// The factor of the covariance of (x1, x2, y): only a fitted teacher needs x1.
  private let fullFactor: CovarianceFactor?
  private let p1: Int
  /// For every label √(var s) and the factor of (s²/var s − 1), of a nonlinear label.
  private let nonlinearity: [(deviation: Double, factor: Double)]

  init(_ instance: Instance, _ population: Population, _ settings: StudySettings) throws(StudentError) {
    (self.population, law, teacher, p1) = (population, settings.law, settings.teacher, instance.p1)
    if case .fittedOnRows(let count) = teacher, count < instance.p1 {
      throw .invalidSetting(
        name: "teacher rows", value: "\(count)",
        rule: "the teacher's \(instance.p1) inputs are linearly dependent in fewer than \(instance.p1) rows")
    }
    // Beyond that a sample does not fit in memory, nor its size in what BLAS counts with.
    let width = instance.p1 + instance.p2 + 2 * instance.q
    let counts = [instance.n ?? 0, settings.testRows, settings.heldOutRows, teacher.rows ?? 0]
    if settings.sampling == .rows, let rows = counts.max(), rows > 200_000_000 / width {
      throw .invalidSetting(
        name: "n", value: "\(rows)", rule: "row by row at most 200,000,000 / \(width) rows are drawn; take fewer")
    }
    do { fullFactor = teacher == .fixed ? nil : try CovarianceFactor(instance.sigma) } catch {
      throw .numericallySingular
    }
    guard case .nonlinearLabel(let strength) = law else {
      nonlinearity = []
      return
    }
    let moments = Moments(instance)
    nonlinearity = (0..<instance.q).map { j in
      let output = moments.output(j)
      let noise = output.residualVariance.asDouble.squareRoot()
      return (output.varS.asDouble.squareRoot(), strength.asDouble * noise / 2.0.squareRoot())
    }
  }

  /// A training sample of `n` rows and, unless `testRows` is 0, a test sample.
  func samples(n: Int, testRows: Int, from normals: NormalSource) throws(StudentError) -> (Sample, test: Sample?) {
    guard let fullFactor else {
      let train = sample(n, from: normals)
      return (train, testRows > 0 ? sample(testRows, from: normals) : nil)
    }
    let train = rows(n, fullFactor, from: normals)
    let weights: [Double]
    if case .fittedOnRows(let count) = teacher {
      weights = try fit(rows(count, fullFactor, from: normals))
    } else {
      weights = try fit(train)
    }
    let test = testRows > 0 ? taught(rows(testRows, fullFactor, from: normals), by: weights) : nil
    return (taught(train, by: weights), test)
  }

  private func sample(_ count: Int, from normals: NormalSource) -> Sample {
    withNonlinearLabels(
      Sample(joint: rows(count, population.factor, from: normals), p2: population.p2, q: population.q))
  }

  /// Rows with the covariance of `factor`.
  private func rows(_ count: Int, _ factor: CovarianceFactor, from normals: NormalSource) -> [Double] {
    let d = factor.dimension
    switch law {
    case .gaussian, .nonlinearLabel: return factor.rows(count, from: normals)
    case .exponential:
      // Half a chi-squared number of 2 degrees of freedom is exponential, with mean and variance 1.
      let latent = (0..<(count * d)).map { _ in normals.chiSquared(2) / 2 - 1 }
      return factor.mixed(latent, rows: count)
    case .studentT(let degrees):
      var sample = factor.rows(count, from: normals)
      for row in 0..<count {
        let scale = (Double(degrees - 2) / normals.chiSquared(degrees)).squareRoot()
        for j in (row * d)..<((row + 1) * d) { sample[j] *= scale }
      }
      return sample
    }
  }

  /// The least-squares teacher of rows of (x1, x2, y), p1 × q column by column.
  private func fit(_ joint: [Double]) throws(StudentError) -> [Double] {
    let d = p1 + population.p2 + population.q
    let count = joint.count / d
    let inputs = (0..<count).flatMap { joint[($0 * d)..<($0 * d + p1)] }
    let targets = (0..<population.q).flatMap { j in (0..<count).map { joint[$0 * d + p1 + population.p2 + j] } }
    return try LeastSquares(inputs: inputs, columns: p1, targets: targets).weights
  }

  /// Rows of (x1, x2, y) as a sample with t = w1ᵀx1.
  private func taught(_ joint: [Double], by weights: [Double]) -> Sample {
    let (p2, q) = (population.p2, population.q)
    let d = p1 + p2 + q
    let count = joint.count / d
    let inputs = (0..<count).flatMap { (row: Int) -> ArraySlice<Double> in
      let start = row * d + p1
      return joint[start..<(start + p2)]
    }
    let teacher = (0..<q).flatMap { j in
      (0..<count).map { row in (0..<p1).reduce(0.0) { $0 + joint[row * d + $1] * weights[j * p1 + $1] } }
    }
    let labels = (0..<q).flatMap { j in (0..<count).map { joint[$0 * d + p1 + p2 + j] } }
    return withNonlinearLabels(Sample(rows: count, p2: p2, q: q, inputs: inputs, targets: teacher + labels))
  }

  private func withNonlinearLabels(_ sample: Sample) -> Sample {
    guard !nonlinearity.isEmpty else { return sample }
    let s = sample.predictions(population.optimalStudent)
    var targets = sample.targets
    for (j, item) in nonlinearity.enumerated() where item.deviation > 0 {
      for row in 0..<sample.rows {
        let value = s[j * sample.rows + row] / item.deviation
        targets[(sample.q + j) * sample.rows + row] += item.factor * (value * value - 1)
      }
    }
    return Sample(rows: sample.rows, p2: sample.p2, q: sample.q, inputs: sample.inputs, targets: targets)
  }
}
