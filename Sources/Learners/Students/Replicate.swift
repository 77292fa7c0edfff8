// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import CLAPACKE
import Distillation
import ExactAlgebra
import Gaussian

/// The students of one sample.
struct Replicate {
  /// One for each λ, p2 × q column by column.
  let students: [[Double]]
  /// The least-squares students of the same sample; nil where the student is one.
  let minimisers: [[Double]]?
  /// The regressions [t | y] on x2 in the sample; nil outside of the model.
  let regression: [Double]?
  /// The mean squared error of every student on fresh rows; nil for no test set.
  let testErrors: [Double]?
}

/// Draws samples of an instance and trains students on them.
struct ReplicateSource: Sendable {
  let population: Population
  private let rows: RowSource
  private let n: Int
  private let lambdas: [Double]
  private let settings: StudySettings

  init(_ instance: Instance, n: Int, lambdas: [Rational], _ settings: StudySettings) throws(StudentError) {
    population = try Population(instance)
    rows = try RowSource(instance, population, settings)
    (self.n, self.lambdas, self.settings) = (n, lambdas.map(\.asDouble), settings)
  }

  /// Replicate `index` under `seed`, the same on every machine and thread.
  func replicate(seed: UInt64, index: Int) throws(StudentError) -> Replicate {
    let normals = NormalSource(seed: seed, index: UInt64(index))
    if settings.sampling == .wishart {
      let gram = population.factor.gramFactor(rows: n, from: normals)
      if case .ridge(let penalty) = settings.student {
        return Replicate(
          students: try population.ridgeStudents(ofGramFactor: gram, lambdas: lambdas, penalty: penalty),
          minimisers: nil, regression: nil, testErrors: nil)
      }
      let (students, regression) = population.students(ofGramFactor: gram, lambdas: lambdas)
      return Replicate(students: students, minimisers: nil, regression: regression, testErrors: nil)
    }
    let (sample, test) = try rows.samples(n: n, testRows: settings.testRows, from: normals)
    let (minimisers, regression) = try population.students(of: sample, lambdas: lambdas)
    var students = minimisers
    switch settings.student {
    case .leastSquares: break
    case .ridge(let penalty):
      students = try population.ridgeStudents(of: sample, lambdas: lambdas, penalty: penalty)
    case .trained(let training):
      let heldOut =
        settings.heldOutRows > 0 ? population.sample(rows: settings.heldOutRows, from: normals) : nil
      students = []
      for lambda in lambdas {
        students.append(try training(sample, lambda: lambda, heldOut: heldOut, from: normals).weights)
      }
    }
    return Replicate(
      students: students, minimisers: settings.student == .leastSquares ? nil : minimisers,
      regression: settings.isInModel ? regression : nil,
      testErrors: test.map { test in students.map { test.meanSquaredError($0) } })
  }
}

extension Population {
  /// Ridge students of a sample.
  func ridgeStudents(of sample: Sample, lambdas: [Double], penalty: Double) throws(StudentError) -> [[Double]] {
    let (n, p) = (Int32(sample.rows), Int32(p2))
    let labels = lambdas.flatMap { sample.averagedLabels(lambda: $0) }
    var gram = [Double](repeating: 0, count: p2 * p2)
    cblas_dsyrk(CblasColMajor, CblasLower, CblasNoTrans, p, n, 1, sample.inputs, p, 0, &gram, p)
    var cross = [Double](repeating: 0, count: p2 * q * lambdas.count)
    cblas_dgemm(
      CblasColMajor, CblasNoTrans, CblasNoTrans, p, Int32(q * lambdas.count), n, 1, sample.inputs, p, labels, n, 0,
      &cross, p)
    return try ridge(gram: &gram, cross: &cross, penalty: penalty)
  }

  /// Ridge students of the Gram matrix CCᵀ of (x2, t, y).
  func ridgeStudents(ofGramFactor c: [Double], lambdas: [Double], penalty: Double) throws(StudentError) -> [[Double]] {
    let d = p2 + 2 * q
    let (p, stride) = (Int32(p2), Int32(d))
    var gram = [Double](repeating: 0, count: p2 * p2)
    // C row by row is Cᵀ column by column.
    cblas_dsyrk(CblasColMajor, CblasLower, CblasTrans, p, p, 1, c, stride, 0, &gram, p)
    var cross: [Double] = []
    for lambda in lambdas {
      for j in 0..<q {
        let (teacher, label) = ((p2 + j) * d, (p2 + q + j) * d)
        cross += (0..<p2).map { (c[label + $0] + lambda * c[teacher + $0]) / (1 + lambda) }
      }
    }
    cblas_dtrmm(
      CblasColMajor, CblasLeft, CblasUpper, CblasTrans, CblasNonUnit, p, Int32(q * lambdas.count), 1, c, stride,
      &cross, p)
    return try ridge(gram: &gram, cross: &cross, penalty: penalty)
  }

  private func ridge(gram: inout [Double], cross: inout [Double], penalty: Double) throws(StudentError) -> [[Double]] {
    let p = Int32(p2)
    for i in 0..<p2 { gram[i * p2 + i] *= 1 + penalty }
    let columns = Int32(cross.count / p2)
    guard LAPACKE_dposv(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), p, columns, &gram, p, &cross, p) == 0 else {
      throw .numericallySingular
    }
    let size = p2 * q
    return (0..<(cross.count / size)).map { Array(cross[($0 * size)..<(($0 + 1) * size)]) }
  }
}
