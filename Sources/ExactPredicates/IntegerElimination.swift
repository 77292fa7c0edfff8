/// The second stage: fraction-free elimination (Bareiss 1968) in 128-bit whole numbers, which gives up at the first overflow.
final class IntegerElimination {
  private var capacity = 0
  private var work = UnsafeMutablePointer<Int128>.allocate(capacity: 1)

  deinit { work.deallocate() }

  /// The moments, times det Σ22 where they are conditional; nil after an overflow.
  func callAsFunction(_ problem: IntegerProblem) -> ExactMoments<CheckedInteger>? {
    let (p2, d) = (problem.p2, problem.size)
    guard let replaced = problem.replaced, load(problem, replaced) else { return nil }
    let (varT, covTY, varY) = (work[p2 * d + p2], work[(p2 + 1) * d + p2], work[(p2 + 1) * d + p2 + 1])
    var previous = Int128(1)
    var residual: (t: Int128, ty: Int128, y: Int128, factor: Int128)?
    for step in 0..<d {
      if step == p2 {
        residual = (work[p2 * d + p2], work[(p2 + 1) * d + p2], work[(p2 + 1) * d + p2 + 1], previous)
      }
      let pivot = work[step * d + step]
      // Pivots are the leading minors.
      guard pivot > 0 else { return .notPositiveDefinite }
      guard eliminate(step, d, pivot: pivot, previous: previous) else { return nil }
      previous = pivot
    }
    guard let residual else { return nil }
    return .moments(
      ResidualMoments(
        varT: CheckedInteger(varT), covTY: CheckedInteger(covTY), varY: CheckedInteger(varY),
        residualT: CheckedInteger(residual.t), c: CheckedInteger(residual.ty), residualY: CheckedInteger(residual.y),
        factor: CheckedInteger(residual.factor)))
  }

  /// The lower triangle of the covariance of (x2, t, y, the rest of x1).
  private func load(_ problem: IntegerProblem, _ replaced: Int) -> Bool {
    let (p1, p2, d) = (problem.p1, problem.p2, problem.size)
    if d > capacity {
      work.deallocate()
      work = .allocate(capacity: d * d)
      capacity = d
    }
    // The coordinate of Σ at each place; −1 is t.
    @inline(__always) func source(_ place: Int) -> Int {
      if place < p2 { return p1 + place }
      if place < p2 + 2 { return place == p2 ? -1 : d - 1 }
      return place - p2 - 2 < replaced ? place - p2 - 2 : place - p2 - 1
    }
    for i in 0..<d {
      for j in 0...i {
        let entry: Int128? =
          switch (source(i), source(j)) {
          case (-1, -1): problem.varianceOfTeacher
          case (-1, let column), (let column, -1): problem.covarianceOfTeacher(column)
          case (let row, let column): Int128(problem.entry(row, column))
          }
        guard let entry else { return false }
        work[i * d + j] = entry
      }
    }
    return true
  }

  private func eliminate(_ step: Int, _ d: Int, pivot: Int128, previous: Int128) -> Bool {
    for i in (step + 1)..<max(d, step + 1) {
      let left = work[i * d + step]
      for j in (step + 1)...i {
        let (a, first) = product(work[i * d + j], pivot)
        let (b, second) = product(left, work[j * d + step])
        let (difference, third) = a.subtractingReportingOverflow(b)
        if first || second || third { return false }
        work[i * d + j] = quotient(difference, previous)
      }
    }
    return true
  }
}

/// A product, by 64-bit multiplication where both factors have 64 bits.
@inline(__always) private func product(_ a: Int128, _ b: Int128) -> (Int128, Bool) {
  if let x = Int64(exactly: a), let y = Int64(exactly: b) {
    let (high, low) = x.multipliedFullWidth(by: y)
    return (Int128(high) << 64 | Int128(low), false)
  }
  let result = a.multipliedReportingOverflow(by: b)
  return (result.partialValue, result.overflow)
}

/// An exact quotient, by 64-bit division where both numbers have 64 bits.
@inline(__always) private func quotient(_ a: Int128, _ b: Int128) -> Int128 {
  if b == 1 { return a }
  if let x = Int64(exactly: a), let y = Int64(exactly: b) { return Int128(x / y) }
  return a / b
}
