// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

extension Instance {
  /// The instance with Σ22 of another one of its p2, as its regressions on x2 and what they leave open stay; with `isWhole`
  /// also with the other's law of (x2, y), where cov(x1, y | x2) is halved until it fits.
  ///
  /// - Returns: nil for other sizes.
  /// - Throws: `InstanceError` never, unless something here is wrong.
  public func withStudentSide(of other: Instance, isWhole: Bool) throws(InstanceError) -> Instance? {
    guard p2 == other.p2, q == other.q else { return nil }
    let rest = Array(x1) + Array(y)
    let (cross, inputs) = (sigma.selecting(rows: x2, columns: rest), other.sigma.selecting(other.x2))
    guard var weights = try? sigma.selecting(x2).solve(cross) else { return nil }
    var noise = sigma.selecting(rest) - weights.transposed * cross
    if isWhole {
      let student = other.optimalStudent
      let label = other.sigma.selecting(rows: other.x2, columns: other.y)
      let open = other.sigma.selecting(other.y) - student.transposed * label
      let (old, kept) = (noise, weights)
      weights = RationalMatrix(rows: p2, columns: rest.count) { $1 < p1 ? kept[$0, $1] : student[$0, $1 - p1] }
      var share = Rational(1)
      repeat {
        noise = RationalMatrix(rows: rest.count, columns: rest.count) { i, j in
          i >= p1 && j >= p1 ? open[i - p1, j - p1] : i < p1 && j < p1 ? old[i, j] : share * old[i, j]
        }
        share = share / 2
      } while (try? noise.requirePositiveDefinite()) == nil
    }
    let outer = weights.transposed * inputs * weights + noise
    let crossed = inputs * weights
    let place = Dictionary(uniqueKeysWithValues: rest.enumerated().map { ($1, $0) })
    let start = x2.lowerBound
    let changed = RationalMatrix(rows: sigma.rows, columns: sigma.rows) { i, j in
      switch (place[i], place[j]) {
      case (let a?, let b?): outer[a, b]
      case (let a?, nil): crossed[j - start, a]
      case (nil, let b?): crossed[i - start, b]
      case (nil, nil): inputs[i - start, j - start]
      }
    }
    let isLeastSquares = w1 == leastSquaresTeacher
    return try Instance(
      sigma: changed, p1: p1, p2: p2, q: q, w1: isLeastSquares ? nil : w1, n: n, lambda: lambda, p1a: p1a,
      extras: extras)
  }
}
