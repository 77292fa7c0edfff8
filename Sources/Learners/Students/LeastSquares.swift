// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import CLAPACKE

/// Least squares of several targets on common inputs: the minimiser of ‖targets − X·weights‖² in double precision.
public struct LeastSquares: Sendable {
  /// How the weights were computed.
  public enum Method: String, Sendable {
    /// By the Cholesky factor of XᵀX: half the work, loses cond(X)².
    case cholesky
    /// By an orthogonal factorisation of X: loses cond(X) for small residuals.
    case orthogonal
  }

  /// The weights, one column of `inputs` numbers a target, one after the other.
  public let weights: [Double]
  /// How they were computed.
  public let method: Method
  /// An estimate of 1/cond: of XᵀX with columns scaled to norm 1 for Cholesky, of X so scaled for the orthogonal one.
  public let reciprocalCondition: Double

  /// Cholesky is taken only where the estimated relative error ε/rcond(XᵀX) is below 1e-11.
  static let leastGramCondition = 2e-5

  /// Fits `targets` (columns of n numbers, one after the other) on `inputs` (n rows of `columns` numbers each).
  ///
  /// Without `method`, Cholesky where an estimate of the condition says that it is accurate, else the orthogonal one.
  ///
  /// - Throws: ``StudentError/rankDeficient(rows:columns:reciprocalCondition:)`` where the inputs are dependent or fewer
  ///   rows than columns; ``StudentError/sizeMismatch(_:)``, ``StudentError/notFinite(_:)``.
  public init(inputs: [Double], columns: Int, targets: [Double], method: Method? = nil) throws(StudentError) {
    guard columns >= 1, !inputs.isEmpty, inputs.count.isMultiple(of: columns) else {
      throw .sizeMismatch("\(inputs.count) numbers are no rows of \(columns) inputs")
    }
    let rows = inputs.count / columns
    guard !targets.isEmpty, targets.count.isMultiple(of: rows) else {
      throw .sizeMismatch("\(targets.count) targets for \(rows) rows")
    }
    guard rows >= columns else { throw .rankDeficient(rows: rows, columns: columns, reciprocalCondition: 0) }
    guard cblas_dasum(Int32(inputs.count), inputs, 1).isFinite else { throw .notFinite("the student's inputs") }
    guard cblas_dasum(Int32(targets.count), targets, 1).isFinite else { throw .notFinite("a target") }
    let problem = Problem(inputs: inputs, rows: rows, columns: columns, targets: targets)
    if method != .orthogonal, let (weights, condition) = problem.byCholesky(),
      method == .cholesky || condition >= LeastSquares.leastGramCondition
    {
      (self.weights, self.method, reciprocalCondition) = (weights, .cholesky, condition)
      return
    }
    let (weights, condition) = try problem.byOrthogonalFactors()
    (self.weights, self.method, reciprocalCondition) = (weights, .orthogonal, condition)
  }
}

/// A least-squares problem of checked sizes.
///
/// X row by row is Xᵀ column by column, which is how LAPACK reads it.
private struct Problem {
  let inputs: [Double]
  let rows, columns: Int
  let targets: [Double]

  private var count: Int { targets.count / rows }

  /// nil where XᵀX has no Cholesky factor, or overflows.
  func byCholesky() -> (weights: [Double], reciprocalCondition: Double)? {
    let (p, n, m) = (Int32(columns), Int32(rows), Int32(count))
    var gram = [Double](repeating: 0, count: columns * columns)
    cblas_dsyrk(CblasColMajor, CblasLower, CblasNoTrans, p, n, 1, inputs, p, 0, &gram, p)
    let scales = (0..<columns).map { gram[$0 * columns + $0].squareRoot() }
    guard scales.allSatisfy({ $0.isFinite && $0 > 0 }) else { return nil }
    for j in 0..<columns { for i in j..<columns { gram[j * columns + i] /= scales[i] * scales[j] } }
    let norm = LAPACKE_dlansy(LAPACK_COL_MAJOR, one, lower, p, gram, p)
    guard LAPACKE_dpotrf(LAPACK_COL_MAJOR, lower, p, &gram, p) == 0 else { return nil }
    var condition = 0.0
    LAPACKE_dpocon(LAPACK_COL_MAJOR, lower, p, gram, p, norm, &condition)
    var weights = [Double](repeating: 0, count: columns * count)
    cblas_dgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, p, m, n, 1, inputs, p, targets, n, 0, &weights, p)
    scaleDown(&weights, scales)
    LAPACKE_dpotrs(LAPACK_COL_MAJOR, lower, p, m, gram, p, &weights, p)
    scaleDown(&weights, scales)
    return (weights, condition)
  }

  func byOrthogonalFactors() throws(StudentError) -> (weights: [Double], reciprocalCondition: Double) {
    let (p, n, m) = (Int32(columns), Int32(rows), Int32(count))
    var (design, scales) = (inputs, [Double](repeating: 0, count: columns))
    design.withUnsafeMutableBufferPointer { design in
      guard let base = design.baseAddress else { return }
      for j in 0..<columns {
        scales[j] = cblas_dnrm2(n, base + j, p)
        if scales[j] > 0 { cblas_dscal(n, 1 / scales[j], base + j, p) }
      }
    }
    guard scales.allSatisfy({ $0 > 0 }) else {
      throw .rankDeficient(rows: rows, columns: columns, reciprocalCondition: 0)
    }
    var solution = targets
    let status = LAPACKE_dgels(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "T")), p, n, m, &design, p, &solution, n)
    var condition = 0.0
    LAPACKE_dtrcon(LAPACK_COL_MAJOR, one, lower, CChar(UInt8(ascii: "N")), p, design, p, &condition)
    guard status == 0, condition > Double(rows) * .ulpOfOne else {
      throw .rankDeficient(rows: rows, columns: columns, reciprocalCondition: status == 0 ? condition : 0)
    }
    var weights = (0..<count).flatMap { solution[($0 * rows)..<($0 * rows + columns)] }
    scaleDown(&weights, scales)
    return (weights, condition)
  }

  private func scaleDown(_ weights: inout [Double], _ scales: [Double]) {
    for index in weights.indices { weights[index] /= scales[index % columns] }
  }
}

private let lower = CChar(UInt8(ascii: "L"))
private let one = CChar(UInt8(ascii: "1"))
