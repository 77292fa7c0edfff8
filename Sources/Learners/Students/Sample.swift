// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import CLAPACKE
import Gaussian

/// Training rows of a student: its inputs, what the teacher says about each row, and the labels.
public struct Sample: Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of student inputs.
  public let p2: Int
  /// The number of labels.
  public let q: Int
  /// x2, row by row: rows × p2.
  public let inputs: [Double]
  /// [t | y], column by column: rows × 2q.
  public let targets: [Double]

  /// A sample of given rows; `targets` are the q columns of the teacher, then the q columns of labels.
  ///
  /// - Throws: ``StudentError/sizeMismatch(_:)``, ``StudentError/notFinite(_:)``.
  public init(inputs: [Double], p2: Int, targets: [Double], q: Int) throws(StudentError) {
    guard p2 >= 1, q >= 1, !inputs.isEmpty, inputs.count % p2 == 0, targets.count == 2 * q * (inputs.count / p2) else {
      throw .sizeMismatch(
        "\(inputs.count) inputs of \(p2) columns and \(targets.count) targets of 2·\(q) columns do not fit")
    }
    guard inputs.allSatisfy(\.isFinite), targets.allSatisfy(\.isFinite) else { throw .notFinite("the sample") }
    self.init(rows: inputs.count / p2, p2: p2, q: q, inputs: inputs, targets: targets)
  }

  init(rows: Int, p2: Int, q: Int, inputs: [Double], targets: [Double]) {
    (self.rows, self.p2, self.q, self.inputs, self.targets) = (rows, p2, q, inputs, targets)
  }

  /// Splits rows of (x2, t, y), one after the other.
  init(joint: [Double], p2: Int, q: Int) {
    let d = p2 + 2 * q
    let rows = joint.count / d
    let inputs = [Double](unsafeUninitializedCapacity: rows * p2) { buffer, filled in
      joint.withUnsafeBufferPointer { joint in
        guard let from = joint.baseAddress, let to = buffer.baseAddress else { return }
        for row in 0..<rows { (to + row * p2).update(from: from + row * d, count: p2) }
      }
      filled = rows * p2
    }
    var targets = [Double](repeating: 0, count: rows * 2 * q)
    joint.withUnsafeBufferPointer { joint in
      targets.withUnsafeMutableBufferPointer { targets in
        for j in 0..<(2 * q) { for row in 0..<rows { targets[j * rows + row] = joint[row * d + p2 + j] } }
      }
    }
    self.init(rows: rows, p2: p2, q: q, inputs: inputs, targets: targets)
  }

  /// The averaged labels (y + λt)/(1 + λ), rows × q: fitting them is minimising label term + λ × teacher term.
  public func averagedLabels(lambda: Double) -> [Double] {
    let half = rows * q
    return (0..<half).map { (targets[half + $0] + lambda * targets[$0]) / (1 + lambda) }
  }

  /// The distillation objective of the student `weights` (p2 × q): mean over rows of |y − wᵀx2|² + λ|wᵀx2 − t|².
  public func objective(_ weights: [Double], lambda: Double) -> Double {
    let half = rows * q
    let predicted = predictions(weights)
    var sum = 0.0
    for i in 0..<half {
      let (label, teacher) = (predicted[i] - targets[half + i], predicted[i] - targets[i])
      sum += label * label + lambda * teacher * teacher
    }
    return sum / Double(rows)
  }

  /// The mean squared error of the student `weights` on the labels: its risk on a test set.
  public func meanSquaredError(_ weights: [Double]) -> Double { objective(weights, lambda: 0) }

  /// wᵀx2 of every row, rows × q column by column.
  public func predictions(_ weights: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: rows * q)
    let (n, p, q) = (Int32(rows), Int32(p2), Int32(q))
    cblas_dgemm(CblasColMajor, CblasTrans, CblasNoTrans, n, q, p, 1, inputs, p, weights, p, 0, &result, n)
    return result
  }
}

extension Population {
  /// A sample of `rows` independent rows.
  public func sample(rows: Int, from normals: NormalSource) -> Sample {
    Sample(joint: factor.rows(rows, from: normals), p2: p2, q: q)
  }

  /// The least-squares students for weights `lambdas`, and the regressions [t | y] on x2, of the Gram matrix CCᵀ of
  /// (x2, t, y); each p2 × q, or p2 × 2q, column by column.
  func students(ofGramFactor c: [Double], lambdas: [Double]) -> (students: [[Double]], regression: [Double]) {
    let d = p2 + 2 * q
    var columns: [Double] = []
    columns.reserveCapacity(p2 * q * (lambdas.count + 2))
    for j in 0..<(2 * q) { columns += c[((p2 + j) * d)..<((p2 + j) * d + p2)] }
    for lambda in lambdas {
      for j in 0..<(p2 * q) { columns.append((columns[p2 * q + j] + lambda * columns[j]) / (1 + lambda)) }
    }
    solveTriangular(c, size: p2, stride: d, transposed: true, &columns)
    return (split(columns, lambdas.count), Array(columns[..<(2 * p2 * q)]))
  }

  /// The same of a sample, by least squares.
  ///
  /// - Throws: ``StudentError/rankDeficient(rows:columns:reciprocalCondition:)``.
  func students(of sample: Sample, lambdas: [Double]) throws(StudentError) -> (
    students: [[Double]], regression: [Double]
  ) {
    let targets = sample.targets + lambdas.flatMap { sample.averagedLabels(lambda: $0) }
    let columns = try LeastSquares(inputs: sample.inputs, columns: p2, targets: targets).weights
    return (split(columns, lambdas.count), Array(columns[..<(2 * p2 * q)]))
  }

  /// The students that follow the regressions of t and y.
  private func split(_ columns: [Double], _ count: Int) -> [[Double]] {
    let size = p2 * q
    return (0..<count).map { Array(columns[((2 + $0) * size)..<((3 + $0) * size)]) }
  }

  /// The estimation error of `regression` in coordinates in which x2 and the noises are uncorrelated with variance 1.
  func standardizedError(of regression: [Double]) -> [Double] {
    var error = zip(regression, self.regression).map { $0 - $1 }
    multiplyTransposed(&error)
    // error = UFᵀ, column by column, F lower triangular; where a pivot is 0 the column of U does not matter.
    let m = 2 * q
    for k in 0..<m {
      for l in 0..<k {
        let factor = noiseFactor[k * m + l]
        for i in 0..<p2 { error[k * p2 + i] -= factor * error[l * p2 + i] }
      }
      let pivot = noiseFactor[k * m + k]
      for i in 0..<p2 { error[k * p2 + i] = pivot == 0 ? 0 : error[k * p2 + i] / pivot }
    }
    return error
  }
}
