// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import CLAPACKE
import Distillation
import ExactAlgebra
import Gaussian

/// The two fits of one replicate, in coordinates in which Σ22 = 1, and the Gram matrices of the folds of the labelled rows.
struct BaselineFits {
  /// ŵ, the fit of the labels.
  let label: [Double]
  /// v̂, the fit of the teacher.
  let teacher: [Double]
  /// Of the folds; empty where weights are not chosen from the data.
  let folds: [Gram]

  /// The excess risk of a·ŵ + b·v̂ where the best student is `best`: its squared distance from there.
  func excess(_ a: Double, _ b: Double, best: ArraySlice<Double>) -> Double {
    var sum = 0.0
    for (j, target) in best.enumerated() {
      let distance = a * label[j] + b * teacher[j] - target
      sum += distance * distance
    }
    return sum
  }
}

/// Draws replicates of one kind of student.
struct BaselineSource: Sendable {
  let draws: BaselineDraws
  private let settings: BaselineSettings
  private let n, unlabelled, teacherRows: Int
  private let ridge: Double
  /// How many rows each fold has; empty where weights are not chosen from the data.
  private let foldSizes: [Int]

  init(_ instance: Instance, rows n: Int, _ settings: BaselineSettings, folds: [Int]) throws(StudentError) {
    draws = try BaselineDraws(instance, settings.residuals)
    (self.settings, self.n, foldSizes) = (settings, n, folds)
    (unlabelled, teacherRows) = (instance.extras.unlabelled ?? 0, instance.extras.teacherRows ?? 0)
    ridge = instance.extras.ridge?.asDouble ?? 0
  }

  /// Replicate `index` under `seed`, the same on every machine and thread.
  func fits(seed: UInt64, index: Int) throws(StudentError) -> BaselineFits {
    let normals = NormalSource(seed: seed, index: UInt64(index))
    let (p1, p2) = (draws.p1, draws.p2)
    let y = p1 + p2
    switch settings.kind {
    case .orthogonalRidge:
      let rows = draws.rows(n, on: draws.orthogonalDesign(rows: n, from: normals), from: normals)
      return try plain(draws.gram(of: rows).adding(ridge, on: p2), draws.teacher)
    case .minimumNorm: return try minimumNorm(from: normals)
    case .tuned, .unlabelled, .pseudoLabels, .jointTeacher, .sampledJointTeacher: break
    }
    let folds = foldSizes.map { gram($0, normals) }
    let own = folds.isEmpty ? gram(n, normals) : folds.dropFirst().reduce(folds[0], +)
    let weights: [Double]
    switch settings.kind {
    case .pseudoLabels: weights = try own.fit(of: y, on: p1 + p2)
    case .jointTeacher: weights = draws.jointTeacher
    case .sampledJointTeacher: weights = try gram(teacherRows, normals).fit(of: y, on: p1 + p2)
    default: weights = draws.teacher
    }
    let all = settings.kind.needsUnlabelled && unlabelled > 0 ? own + gram(unlabelled, normals) : own
    return BaselineFits(
      label: try own.fit(of: y, on: p2), teacher: try all.fit(combination: weights, on: p2), folds: folds)
  }

  private func plain(_ gram: Gram, _ weights: [Double]) throws(StudentError) -> BaselineFits {
    BaselineFits(
      label: try gram.fit(of: draws.p1 + draws.p2, on: draws.p2),
      teacher: try gram.fit(combination: weights, on: draws.p2), folds: [])
  }

  private func gram(_ count: Int, _ normals: NormalSource) -> Gram {
    settings.sampling == .wishart
      ? draws.gram(rows: count, from: normals) : draws.gram(of: draws.rows(count, from: normals))
  }

  /// Xᵀ(XXᵀ)⁻¹ of both targets.
  private func minimumNorm(from normals: NormalSource) throws(StudentError) -> BaselineFits {
    let (rows, p2, d) = (draws.rows(n, from: normals), draws.p2, draws.size)
    var between = [Double](repeating: 0, count: n * n)
    cblas_dsyrk(CblasRowMajor, CblasLower, CblasNoTrans, Int32(n), Int32(p2), 1, rows, Int32(d), 0, &between, Int32(n))
    // Both targets as the columns of a row-major matrix.
    var targets = [Double](repeating: 0, count: 2 * n)
    for row in 0..<n {
      var taught = 0.0
      for (j, weight) in draws.teacher.enumerated() { taught += weight * rows[row * d + j] }
      (targets[2 * row], targets[2 * row + 1]) = (rows[row * d + d - 1], taught)
    }
    guard
      LAPACKE_dposv(LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), Int32(n), 2, &between, Int32(n), &targets, 2) == 0
    else { throw .numericallySingular }
    func weights(_ target: Int) -> [Double] {
      var sums = [Double](repeating: 0, count: p2)
      for row in 0..<n { for j in 0..<p2 { sums[j] += rows[row * d + j] * targets[2 * row + target] } }
      return sums
    }
    return BaselineFits(label: weights(0), teacher: weights(1), folds: [])
  }
}
