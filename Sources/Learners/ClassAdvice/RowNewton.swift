// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE
import Foundation

/// A student as a sum of rows: weights XᵀA and biases b, and its logits Z = GA + b of the training rows.
///
/// All are class after class: what belongs to a class lies in one piece.
struct RowWeights: Sendable {
  /// A, n × K.
  var coefficients: [Double]
  /// b.
  var biases: [Double]
  /// Z, n × K.
  var logits: [Double]
}

/// Newton steps of several students of one objective at once, in the coefficients of rows.
///
/// With r the derivative of the mean loss by the logits, the gradient is Xᵀρ for ρ = r + μA, and the Hessian takes XᵀD to Xᵀ(C(GD)/n + μD), where C is the curvature
/// of the losses. Conjugate gradients in the inner product of the students, ⟨ρ, ρ′⟩ = ρᵀGρ′, are then those of the weights. Their preconditioner P = cG/n + μI is the
/// Hessian of a curvature c that is the same everywhere; and from z = P⁻¹ρ follows Gz = (n/c)(ρ − μz), so that one solve with a Cholesky factor is all
/// that an iteration costs. The factor is the same for all students, which are solved together: their columns stand side by side.
struct RowNewton {
  /// What part of the mean curvature the preconditioner takes.
  ///
  /// Rows that are decided have next to none, and where they are most a mean that is right for what all rows share is too much for what one row tells. Conjugate gradients
  /// mind what has too little curvature in the preconditioner less than what has too much, as long as it is little: with an eighth they take a seventh fewer solves.
  private static let decidedShare = 1.0 / 8

  /// A student on its way.
  struct Member {
    let term: DistillationTerm?
    /// The teacher's soft labels, class after class; empty where there is none.
    let softLabels: [Double]
    var weights: RowWeights
    fileprivate(set) var point: RowPoint
    /// Whether its logits are products with its coefficients but for rounding; conjugate gradients only follow them.
    fileprivate var isRenewed = true
  }

  let losses: RowLosses
  private(set) var members: [Member] = []

  /// - Precondition: the features of the objective have products.
  init(_ objective: SoftmaxObjective, _ products: RowProducts) { losses = RowLosses(objective, products) }

  /// Adds a student that begins at the start of the least loss.
  mutating func add(_ term: DistillationTerm?, startingFrom starts: [RowWeights]) {
    let soft = term.map { losses.byClass($0.softLabels.values) } ?? []
    let all = starts.map { weights in
      Member(term: term, softLabels: soft, weights: weights, point: losses.point(weights, term, soft))
    }
    guard let best = all.min(by: { $0.point.value < $1.point.value }) else { preconditionFailure("there is a start") }
    members.append(best)
  }

  /// The norm of a student's gradient by its weights and biases.
  func gradientNorm(_ place: Int) -> Double {
    let residual = residual(place)
    let turned = losses.products(residual.rows)
    let square = cblas_ddot(Int32(turned.count), turned, 1, residual.rows, 1)
    return (max(square, 0) + residual.biases.reduce(0) { $0 + $1 * $1 }).squareRoot()
  }

  /// One damped Newton step of each of these students; how far the loss of each fell, nil where no length makes it fall, as at the minimum.
  ///
  /// - Parameter isRough: whether the preconditioner works in single precision.
  mutating func step(_ places: [Int], tolerance: Double, isRough: Bool = false) -> [Double?] {
    var solves = places.map { place in RowSolve(place, residual(place)) }
    let residuals = solves.map(\.residual)
    let mean = places.reduce(0) { $0 + members[$1].point.curvature } / Double(max(places.count, 1))
    let shift = losses.weightDecay / max(RowNewton.decidedShare * mean, 1e-12)
    let products = losses.products
    // A student takes about twenty solves, and the inverse as long as solves for as many columns as there are rows. Where directions are solved further, it is too
    // rough: rounding harms it more than the factor.
    let manySolves = 20 * places.count * losses.classCount >= losses.rowCount
    if isRough, tolerance > 0.1, manySolves || products.hasRoughInverse(near: shift),
      let inverse = products.roughInverse(near: shift)
    {
      solve(&solves, inverse, tolerance: tolerance)
      renewLogits(&solves)
    } else if isRough, let factor = products.roughFactor(near: shift) {
      solve(&solves, factor, tolerance: tolerance)
      renewLogits(&solves)
    } else {
      solve(&solves, products.factor(near: shift), tolerance: tolerance)
      for place in places { members[place].isRenewed = false }
    }
    return zip(solves, residuals).map { solve, residual in search(solve, residual) }
  }

  private func residual(_ place: Int) -> RowResidual {
    let own = members[place]
    return losses.residual(own.weights, own.point, own.term, own.softLabels)
  }

  /// The directions of all, by conjugate gradients.
  private func solve<Preconditioner: RowPreconditioner>(
    _ solves: inout [RowSolve], _ factor: Preconditioner, tolerance: Double
  ) {
    typealias Scalar = Preconditioner.Scalar
    let (n, mu, size) = (Double(losses.rowCount), losses.weightDecay, losses.size)
    var stack = [Scalar](repeating: 0, count: solves.count * size)
    var running = Array(solves.indices)
    for _ in 0..<1_000 where !running.isEmpty {
      var left: [Int] = []
      stack.withUnsafeMutableBufferPointer { stack in
        let z = UnsafeMutableBufferPointer(rebasing: stack[..<(running.count * size)])
        for (slot, index) in running.enumerated() {
          let own = UnsafeMutableBufferPointer(rebasing: z[slot * size..<(slot + 1) * size])
          solves[index].residual.rows.withUnsafeBufferPointer { r in
            for i in 0..<size { own[i] = Scalar(r[i] * (factor.shift / mu)) }
          }
        }
        factor.solve(z)
        for (slot, index) in running.enumerated() {
          let own = UnsafeBufferPointer(rebasing: z[slot * size..<(slot + 1) * size])
          guard solves[index].turn(own, decay: mu, shift: factor.shift, rowCount: n, tolerance: tolerance) else {
            continue
          }
          let member = members[solves[index].place]
          let curved = losses.curvature(
            solves[index].change, solves[index].changeOfBiases, member.point, member.term)
          if solves[index].advance(curved, decay: mu) { left.append(index) }
        }
      }
      running = left
    }
  }

  /// What rounding in single precision made of GV is replaced.
  private func renewLogits(_ solves: inout [RowSolve]) {
    let all = losses.products(solves.flatMap(\.solution))
    for index in solves.indices {
      solves[index].solutionLogits = Array(all[index * losses.size..<(index + 1) * losses.size])
    }
  }

  /// Moves a student along its direction, by halves until the loss falls enough.
  private mutating func search(_ solve: RowSolve, _ residual: RowResidual) -> Double? {
    let (member, count) = (members[solve.place], Int32(losses.size))
    var slope = cblas_ddot(count, residual.rows, 1, solve.solutionLogits, 1)
    for (own, bias) in zip(residual.biases, solve.solutionBiases) { slope += own * bias }
    guard slope > 0 else { return nil }
    var length = 1.0
    while length > 1e-10 {
      var weights = member.weights
      cblas_daxpy(count, -length, solve.solution, 1, &weights.coefficients, 1)
      cblas_daxpy(count, -length, solve.solutionLogits, 1, &weights.logits, 1)
      for (k, bias) in solve.solutionBiases.enumerated() {
        weights.biases[k] -= length * bias
        for i in k * losses.rowCount..<(k + 1) * losses.rowCount { weights.logits[i] -= length * bias }
      }
      let next = losses.point(weights, member.term, member.softLabels)
      if next.value <= member.point.value - 1e-4 * length * slope {
        (members[solve.place].weights, members[solve.place].point) = (weights, next)
        return member.point.value - next.value
      }
      length /= 2
    }
    return nil
  }

  /// A student, whose logits are products with its coefficients.
  ///
  /// - Precondition: those of its start were.
  func finished(_ place: Int) -> RowWeights {
    members[place].isRenewed ? members[place].weights : losses.renewed(members[place].weights)
  }
}

/// A gradient Xᵀρ and its part by the biases.
struct RowResidual {
  var rows: [Double]
  var biases: [Double]
}

/// Conjugate gradients of one student on the way.
private struct RowSolve {
  let place: Int
  var residual: RowResidual
  /// The direction D, GD, and what it does to the biases.
  private var direction: [Double]
  private(set) var change: [Double]
  private(set) var changeOfBiases: [Double]
  /// Gz.
  private var solved: [Double]
  /// The sum of directions and the same of it.
  private(set) var solution: [Double]
  var solutionLogits: [Double]
  private(set) var solutionBiases: [Double]
  private var norm = 0.0
  private var goal = -1.0

  init(_ place: Int, _ residual: RowResidual) {
    (self.place, self.residual) = (place, residual)
    let (none, noBias) = (
      [Double](repeating: 0, count: residual.rows.count), [Double](repeating: 0, count: residual.biases.count)
    )
    (direction, change, solution, solutionLogits, solved) = (none, none, none, none, none)
    (changeOfBiases, solutionBiases) = (noBias, noBias)
  }

  /// Makes a new direction of z = P⁻¹ρ; false where the residual is small enough.
  mutating func turn<Scalar: BinaryFloatingPoint>(
    _ z: UnsafeBufferPointer<Scalar>, decay: Double, shift: Double, rowCount: Double, tolerance: Double
  ) -> Bool {
    let (inverse, scale) = (1 / decay, rowCount * shift)
    residual.rows.withUnsafeBufferPointer { r in
      solved.withUnsafeMutableBufferPointer { y in
        for i in z.indices { y[i] = scale * (r[i] * inverse - Double(z[i])) }
      }
    }
    var next = cblas_ddot(Int32(z.count), residual.rows, 1, solved, 1)
    let curvature = decay / shift
    for own in residual.biases { next += own * own / curvature }
    let isFirst = goal < 0
    if isFirst { goal = tolerance * tolerance * next }
    guard next > goal, next > 0 else { return false }
    let keep = isFirst ? 0 : next / norm
    norm = next
    solved.withUnsafeBufferPointer { y in
      direction.withUnsafeMutableBufferPointer { d in
        change.withUnsafeMutableBufferPointer { g in
          for i in z.indices {
            d[i] = Double(z[i]) + keep * d[i]
            g[i] = y[i] + keep * g[i]
          }
        }
      }
    }
    for k in residual.biases.indices {
      changeOfBiases[k] = residual.biases[k] / curvature + keep * changeOfBiases[k]
    }
    return true
  }

  /// Goes along the direction, whose curvature by the losses is given; false where it has none.
  mutating func advance(_ curved: RowResidual, decay: Double) -> Bool {
    let count = Int32(direction.count)
    var size = cblas_ddot(count, change, 1, curved.rows, 1) + decay * cblas_ddot(count, change, 1, direction, 1)
    for (own, bias) in zip(curved.biases, changeOfBiases) { size += own * bias }
    guard size > 0 else { return false }
    let length = norm / size
    cblas_daxpy(count, length, direction, 1, &solution, 1)
    cblas_daxpy(count, length, change, 1, &solutionLogits, 1)
    cblas_daxpy(count, -length, curved.rows, 1, &residual.rows, 1)
    cblas_daxpy(count, -length * decay, direction, 1, &residual.rows, 1)
    for k in changeOfBiases.indices {
      solutionBiases[k] += length * changeOfBiases[k]
      residual.biases[k] -= length * curved.biases[k]
    }
    return true
  }
}
