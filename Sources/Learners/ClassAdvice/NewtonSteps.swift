// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE
import Foundation

extension SoftmaxObjective {
  /// H⁻¹g at a point, by conjugate gradients with a diagonal preconditioner.
  ///
  /// Components are uncorrelated, so that the diagonal of the Hessian is nearly all of it up to how probabilities differ from row
  /// to row. The direction that shifts all biases alike, which no loss sees, is in neither g nor the iterates.
  ///
  /// - Parameters:
  ///   - tolerance: by what factor the residual falls, in the norm of the preconditioner.
  func solve(
    _ g: [Double], at point: Point, _ term: DistillationTerm?, tolerance: Double, mostIterations: Int = 1_000
  ) -> [Double] {
    let inverse = inverseDiagonal(point, term)
    let count = Int32(weightCount)
    var (x, r) = ([Double](repeating: 0, count: weightCount), g)
    var z = zip(r, inverse).map { $0 * $1 }
    var d = z
    var rz = cblas_ddot(count, r, 1, z, 1)
    let goal = tolerance * tolerance * rz
    for _ in 0..<mostIterations where rz > goal && rz > 0 {
      let h = curvature(d, point, term)
      let curved = cblas_ddot(count, d, 1, h, 1)
      guard curved > 0 else { break }
      let step = rz / curved
      cblas_daxpy(count, step, d, 1, &x, 1)
      cblas_daxpy(count, -step, h, 1, &r, 1)
      for i in z.indices { z[i] = r[i] * inverse[i] }
      let next = cblas_ddot(count, r, 1, z, 1)
      cblas_dscal(count, next / rz, &d, 1)
      cblas_daxpy(count, 1, z, 1, &d, 1)
      rz = next
    }
    return x
  }

  /// The mean curvature of the losses times the variance of a component, and μ.
  private func inverseDiagonal(_ point: Point, _ term: DistillationTerm?) -> [Double] {
    func spread(_ p: [Double]) -> Double {
      p.isEmpty ? 0 : 1 / Double(p.count) * p.reduce(0) { $0 + $1 * (1 - $1) }
    }
    let curvature = max(spread(point.probabilities) + (term?.weight ?? 0) * spread(point.softened), 1e-12)
    return (features.variances.map { 1 / (curvature * $0 + weightDecay) } + [1 / curvature]).flatMap {
      Array(repeating: $0, count: classCount)
    }
  }

  /// One damped Newton step: the direction by conjugate gradients, its length by halving until the loss falls enough.
  ///
  /// Nil where no length makes the loss fall, as at the minimum.
  func newtonStep(_ point: Point, _ gradient: [Double], _ term: DistillationTerm?, tolerance: Double) -> Point? {
    let direction = solve(gradient, at: point, term, tolerance: tolerance)
    let slope = cblas_ddot(Int32(weightCount), gradient, 1, direction, 1)
    guard slope > 0 else { return nil }
    var length = 1.0
    while length > 1e-10 {
      var weights = point.weights
      cblas_daxpy(Int32(weightCount), -length, direction, 1, &weights, 1)
      let next = self.point(weights, term)
      if next.value <= point.value - 1e-4 * length * slope { return next }
      length /= 2
    }
    return nil
  }

  /// The student that minimises F.
  ///
  /// - Parameters:
  ///   - start: where to begin; nil for no weights and the frequencies of the classes.
  ///   - term: what it is distilled with; nil for a student alone.
  ///   - tolerance: the norm of the gradient at which to stop; at the least that rounding allows it stops too.
  public func fit(
    from start: SoftmaxStudent? = nil, _ term: DistillationTerm? = nil, tolerance: Double = 1e-10
  ) -> SoftmaxStudent {
    if let products = features.products { return fit(products, from: start, term, tolerance: tolerance) }
    var point = point(start?.weights ?? startingWeights, term)
    for _ in 0..<100 {
      let gradient = gradient(point, term)
      let norm = cblas_dnrm2(Int32(weightCount), gradient, 1)
      // Far from the minimum a rough direction does; near it the residual falls with the gradient, so that steps converge quadratically.
      guard norm > tolerance,
        let next = newtonStep(point, gradient, term, tolerance: min(0.1, max(1e-6, norm.squareRoot())))
      else { break }
      point = next
    }
    return SoftmaxStudent(self, weights: point.weights)
  }

  /// The same in the coefficients of rows.
  private func fit(_ products: RowProducts, from start: SoftmaxStudent?, _ term: DistillationTerm?, tolerance: Double)
    -> SoftmaxStudent
  {
    var newton = RowNewton(self, products)
    newton.add(term, startingFrom: [start?.rowWeights ?? startingRowWeights])
    for _ in 0..<100 {
      let norm = newton.gradientNorm(0)
      // Roughly as long as the minimum is far, and no further than the minimisation goes: a step costs as much as three products, and what directions are solved to
      // beyond that the next step does not see.
      let fall = min(0.3, max(1e-6, 3 * norm.squareRoot(), 0.3 * tolerance / norm))
      // Single precision is enough for what need not fall far; and where it leads nowhere, double precision may.
      guard norm > tolerance,
        (fall > 1e-3 && newton.step([0], tolerance: fall, isRough: true)[0] != nil)
          || newton.step([0], tolerance: fall)[0] != nil
      else { break }
    }
    return SoftmaxStudent(self, rows: newton.finished(0))
  }

  /// The logarithms of the frequencies of classes.
  private var startingBiases: [Double] {
    let logs = rowsByClass(labels, classCount).map { log(max(Double($0.count), 0.5)) }
    let mean = logs.reduce(0, +) / Double(classCount)
    return logs.map { $0 - mean }
  }

  private var startingWeights: [Double] {
    [Double](repeating: 0, count: weightCount - classCount) + startingBiases
  }

  private var startingRowWeights: RowWeights {
    let biases = startingBiases
    return RowWeights(
      coefficients: [Double](repeating: 0, count: rowCount * classCount), biases: biases,
      logits: biases.flatMap { [Double](repeating: $0, count: rowCount) })
  }
}
