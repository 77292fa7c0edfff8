// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Gaussian

/// The two estimation tasks of an instance, on which the CCH rests: I(t; s) and I(s; y).
public struct InstanceTasks: Sendable {
  /// What the instance is called.
  public let name: String
  /// The teacher's prediction t = w1ᵀx1 and the student's best s = w*ᵀx2.
  public let teacher: EstimationTask
  /// The student's best prediction s and the label y.
  public let label: EstimationTask
  /// I(t; s) − I(s; y) exactly.
  public let difference: HalfLogarithm
  private let q: Int
  private let factor: CovarianceFactor

  /// The tasks of `instance`, named "`name`:t;s" and "`name`:s;y".
  ///
  /// - Throws: `GaussianError` where w1 or w* has not full column rank, or (t, s, y) is singular.
  public init(_ instance: Instance, name: String) throws(GaussianError) {
    let moments = Moments(instance)
    let (q, total, explained) = (instance.q, moments.total, moments.explained)
    // (t, s, y): cov(s, ·) is the explained part of cov(y, ·).
    let covariance = RationalMatrix(rows: 3 * q, columns: 3 * q) { i, j in
      let place = { (k: Int) in k < q ? k : k < 2 * q ? k : k - q }
      let isS = { (k: Int) in (q..<2 * q).contains(k) }
      return isS(i) || isS(j) ? explained[place(i), place(j)] : total[place(i), place(j)]
    }
    let ts = Array(0..<2 * q)
    let sy = Array(q..<3 * q)
    teacher = EstimationTask(
      "\(name):t;s", "teacher and student, I(t; s)",
      PairLaw(base: .gaussian(try GaussianLaw(covariance.selecting(ts), xDimension: q))))
    label = EstimationTask(
      "\(name):s;y", "student and label, I(s; y)",
      PairLaw(base: .gaussian(try GaussianLaw(covariance.selecting(sy), xDimension: q))))
    difference = try moments.teacherInformation() - moments.labelInformation()
    factor = try CovarianceFactor(covariance)
    (self.q, self.name) = (q, name)
  }

  /// Samples of both tasks from the same rows of (t, s, y), as a user has them.
  ///
  /// - Throws: ``EstimationError/tooFewRows(_:needed:by:)`` for fewer than 2 rows.
  public func sample(rows: Int, seed: UInt64) throws(EstimationError) -> (teacher: PairedSample, label: PairedSample) {
    guard rows >= 2 else { throw .tooFewRows(rows, needed: 2, by: "a sample") }
    let values = factor.rows(rows, from: NormalSource(seed: seed, index: 0))
    func columns(_ first: Int) -> [Double] {
      (0..<rows).flatMap { (row: Int) -> ArraySlice<Double> in
        let start = (row * 3 + first) * q
        return values[start..<(start + q)]
      }
    }
    let (t, s, y) = (columns(0), columns(1), columns(2))
    return (
      try PairedSample(x: t, xDimension: q, y: s, yDimension: q),
      try PairedSample(x: s, xDimension: q, y: y, yDimension: q)
    )
  }
}
