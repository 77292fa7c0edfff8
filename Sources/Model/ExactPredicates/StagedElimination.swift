// SPDX-License-Identifier: GPL-3.0-or-later
/// Elimination in a number type that may be unable to go on, but is never wrong.
///
/// The rows are x2, x1, y and then the outputs of the teachers, which take part in the elimination of x2 only: what is
/// left of them are the conditional moments, times ``Arithmetic/factor(_:)``.
final class StagedElimination<Arithmetic: EliminationArithmetic> {
  typealias Entry = Arithmetic.Entry
  typealias Number = Arithmetic.Number

  /// The moments of the last problem whose Σ was positive definite.
  let moments = ProblemMoments<Number>()
  private var capacity = 0
  private var work = UnsafeMutablePointer<Entry>.allocate(capacity: 1)

  deinit { work.deallocate() }

  /// Whether Σ is positive definite, and if so its ``moments``; nil where this arithmetic cannot tell.
  func callAsFunction(_ problem: IntegerProblem, needsInputs: Bool) -> Bool? {
    let (p1, p2, d) = (problem.p1, problem.p2, problem.size)
    let rows = d + problem.teacherCount
    reserve(rows * rows + p1 * p1)
    guard load(problem, rows) else { return nil }
    keepTotals(problem, rows)
    var (previous, minor) = (Arithmetic.entry(1), Arithmetic.entry(1))
    for step in 0..<d {
      let pivot = work[step * rows + step]
      guard let sign = Arithmetic.sign(pivot) else { return nil }
      guard sign > 0 else { return false }
      if step >= p2, needsInputs { minor = Arithmetic.minor(minor, pivot) }
      if step == p1 + p2 - 1, needsInputs {
        guard let own = determinantOfX1(problem, rows) else { return nil }
        moments.inputs = (Arithmetic.number(own), Arithmetic.number(minor))
      }
      let last = step < p2 ? rows : d
      guard eliminate(work, step, last, stride: rows, pivot: pivot, previous: previous) else { return nil }
      previous = pivot
      if step == p2 - 1 { keepResiduals(problem, rows, factor: Arithmetic.factor(pivot)) }
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
      for j in 0...i { work[i * rows + j] = Arithmetic.entry(Int128(problem.entry(row, problem.source(j)))) }
    }
    for teacher in 0..<problem.teacherCount {
      let row = work + (d + teacher) * rows
      for j in 0..<d {
        guard let covariance = problem.covariance(teacher, problem.source(j)) else { return false }
        row[j] = Arithmetic.entry(covariance)
      }
      for other in 0...teacher {
        guard let covariance = problem.covariance(ofTeachers: teacher, other) else { return false }
        row[d + other] = Arithmetic.entry(covariance)
      }
    }
    return true
  }

  private func eliminate(
    _ work: UnsafeMutablePointer<Entry>, _ step: Int, _ last: Int, stride: Int, pivot: Entry, previous: Entry
  ) -> Bool {
    for i in (step + 1)..<max(last, step + 1) {
      let multiplier = Arithmetic.multiplier(work[i * stride + step], pivot)
      for j in (step + 1)...i {
        let place = i * stride + j
        guard
          let rest = Arithmetic.eliminate(
            work[place], multiplier, work[j * stride + step], pivot: pivot, previous: previous)
        else { return false }
        work[place] = rest
      }
    }
    return true
  }

  /// det Σ11, by an elimination of its own behind the rows.
  private func determinantOfX1(_ problem: IntegerProblem, _ rows: Int) -> Entry? {
    let (p1, work) = (problem.p1, work + rows * rows)
    for i in 0..<p1 {
      for j in 0...i { work[i * p1 + j] = Arithmetic.entry(Int128(problem.entry(i, j))) }
    }
    var (previous, minor) = (Arithmetic.entry(1), Arithmetic.entry(1))
    for step in 0..<p1 {
      let pivot = work[step * p1 + step]
      guard eliminate(work, step, p1, stride: p1, pivot: pivot, previous: previous) else { return nil }
      (previous, minor) = (pivot, Arithmetic.minor(minor, pivot))
    }
    return minor
  }
}

// MARK: Moments

extension StagedElimination {
  /// The covariances of the columns before anything is eliminated.
  private func keepTotals(_ problem: IntegerProblem, _ rows: Int) {
    func number(_ value: Int64) -> Number { Number(whole: Int(value)) }
    moments.begin(problem, number)
    forEachPair(problem) { i, j, row, column in
      moments.set(i, j, total: Arithmetic.number(work[row * rows + column]), residual: Number(whole: 0))
    }
  }

  private func keepResiduals(_ problem: IntegerProblem, _ rows: Int, factor: Number) {
    moments.setFactor(factor)
    forEachPair(problem) { i, j, row, column in
      moments.set(i, j, total: moments.total(i, j), residual: Arithmetic.number(work[row * rows + column]))
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
