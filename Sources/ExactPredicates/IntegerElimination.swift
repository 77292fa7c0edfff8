/// The second stage: fraction-free elimination (Bareiss 1968) in 128-bit whole numbers, which gives up at the first
/// overflow.
///
/// The rows are x2, x1, y and then the outputs of the teachers, which take part in the elimination of x2 only: what is
/// left of them are the conditional moments times det Σ22. The pivots are the leading minors of Σ.
final class IntegerElimination {
  /// The moments of the last problem whose Σ was positive definite.
  let moments = ProblemMoments<CheckedInteger>()
  private var capacity = 0
  private var work = UnsafeMutablePointer<Int128>.allocate(capacity: 1)

  deinit { work.deallocate() }

  /// Whether Σ is positive definite, and if so its ``moments``; nil after an overflow.
  func callAsFunction(_ problem: IntegerProblem, needsInputs: Bool) -> Bool? {
    let (p1, p2, d) = (problem.p1, problem.p2, problem.size)
    let rows = d + problem.teacherCount
    reserve(rows * rows + p1 * p1)
    guard load(problem, rows) else { return nil }
    keepTotals(problem, rows)
    var previous = Int128(1)
    for step in 0..<d {
      let pivot = work[step * rows + step]
      guard pivot > 0 else { return false }
      if step == p1 + p2 - 1, needsInputs {
        guard let own = determinantOfX1(problem, rows) else { return nil }
        moments.inputs = (CheckedInteger(own), CheckedInteger(pivot))
      }
      let last = step < p2 ? rows : d
      guard eliminate(work, step, last, stride: rows, pivot: pivot, previous: previous) else { return nil }
      previous = pivot
      if step == p2 - 1 { keepResiduals(problem, rows, factor: pivot) }
    }
    return true
  }

  private func reserve(_ count: Int) {
    if count <= capacity { return }
    work.deallocate()
    work = .allocate(capacity: count)
    capacity = count
  }

  /// The lower triangle of the covariance of (x2, x1, y, outputs of teachers).
  private func load(_ problem: IntegerProblem, _ rows: Int) -> Bool {
    let d = problem.size
    for i in 0..<d {
      let row = problem.source(i)
      for j in 0...i { work[i * rows + j] = Int128(problem.entry(row, problem.source(j))) }
    }
    for teacher in 0..<problem.teacherCount {
      let row = work + (d + teacher) * rows
      for j in 0..<d {
        guard let covariance = problem.covariance(teacher, problem.source(j)) else { return false }
        row[j] = covariance
      }
      for other in 0...teacher {
        guard let covariance = problem.covariance(ofTeachers: teacher, other) else { return false }
        row[d + other] = covariance
      }
    }
    return true
  }

  private func eliminate(
    _ work: UnsafeMutablePointer<Int128>, _ step: Int, _ last: Int, stride: Int, pivot: Int128, previous: Int128
  ) -> Bool {
    for i in (step + 1)..<max(last, step + 1) {
      let left = work[i * stride + step]
      for j in (step + 1)...i {
        let (a, first) = product(work[i * stride + j], pivot)
        let (b, second) = product(left, work[j * stride + step])
        let (difference, third) = a.subtractingReportingOverflow(b)
        if first || second || third { return false }
        work[i * stride + j] = quotient(difference, previous)
      }
    }
    return true
  }

  /// det Σ11, by an elimination of its own behind the rows.
  private func determinantOfX1(_ problem: IntegerProblem, _ rows: Int) -> Int128? {
    let (p1, work) = (problem.p1, work + rows * rows)
    for i in 0..<p1 {
      for j in 0...i { work[i * p1 + j] = Int128(problem.entry(i, j)) }
    }
    var previous = Int128(1)
    for step in 0..<p1 {
      let pivot = work[step * p1 + step]
      guard pivot > 0, eliminate(work, step, p1, stride: p1, pivot: pivot, previous: previous) else { return nil }
      previous = pivot
    }
    return previous
  }
}

// MARK: Moments

extension IntegerElimination {
  /// The covariances of the columns before anything is eliminated.
  private func keepTotals(_ problem: IntegerProblem, _ rows: Int) {
    func number(_ value: Int64) -> CheckedInteger { CheckedInteger(Int128(value)) }
    moments.begin(
      q: problem.q, p2: problem.p2, n: problem.n, lambda: problem.lambda.map { (number($0.u), number($0.v)) },
      scales: problem.candidates.map { (number($0.scales.first), number($0.scales.second)) })
    forEachPair(problem) { i, j, row, column in
      moments.set(i, j, total: CheckedInteger(work[row * rows + column]), residual: CheckedInteger(0))
    }
  }

  private func keepResiduals(_ problem: IntegerProblem, _ rows: Int, factor: Int128) {
    moments.factor = CheckedInteger(factor)
    forEachPair(problem) { i, j, row, column in
      moments.set(i, j, total: moments.total(i, j), residual: CheckedInteger(work[row * rows + column]))
    }
  }

  /// Every pair of columns i ≥ j, with the rows, the later one first, in which they stand.
  @inline(__always)
  private func forEachPair(_ problem: IntegerProblem, _ body: (Int, Int, Int, Int) -> Void) {
    let (q, d) = (problem.q, problem.size)
    @inline(__always) func row(_ column: Int) -> Int {
      column < q ? d + column : column < 2 * q ? d - 2 * q + column : d - q + column
    }
    for i in 0..<(q + problem.teacherCount) {
      for j in 0...i { body(i, j, max(row(i), row(j)), min(row(i), row(j))) }
    }
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
