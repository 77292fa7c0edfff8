// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation

/// All that the claims' predicates are made of, in one arithmetic: the moments of every output of the teacher, of every
/// label and of the candidate teachers.
///
/// It belongs to whoever fills it, problem after problem, and to one thread.
public final class ProblemMoments<Number: SignedScalar> {
  /// The numbers of labels and of student inputs.
  public internal(set) var q = 1, p2 = 1
  /// The number of training rows, at least p2+2.
  public internal(set) var n = 3
  /// The distillation weight as a fraction u/v, v > 0, where it is given.
  public internal(set) var lambda: (u: Number, v: Number)?
  /// m, the number of unlabelled rows, where it is given.
  public internal(set) var unlabelled: Int?
  /// The strength of ridge as a fraction u/v, v > 0, where it is given.
  public internal(set) var ridge: (u: Number, v: Number)?
  /// What the conditional moments are multiplied by; positive.
  public internal(set) var factor = Number(whole: 1)
  /// det Σ11 and factor·det(Σ11 − Σ12Σ22⁻¹Σ21), both times the same positive number, where they were asked for.
  public internal(set) var inputs: (own: Number, givenX2: Number)? {
    get { knownInputs ?? makeInputs?() }
    set { knownInputs = newValue }
  }
  private var knownInputs: (own: Number, givenX2: Number)?
  /// Computes ``inputs`` where it is asked for; for arithmetics in which that costs much.
  var makeInputs: (() -> (own: Number, givenX2: Number))?

  /// The columns: q outputs of the teacher, q labels, then two candidate teachers if there are any, then a second teacher.
  @usableFromInline private(set) var columns = 0
  @usableFromInline private(set) var storage: UnsafeMutablePointer<Number>
  @usableFromInline private(set) var capacity: Int
  @usableFromInline private(set) var scales: (first: Number, second: Number)?
  /// The column of the second teacher, where there is one.
  @usableFromInline private(set) var secondColumn: Int?

  /// Moments that are still to be filled in.
  public init() {
    capacity = 16
    storage = .allocate(capacity: 2 * 16)
    storage.initialize(repeating: Number(whole: 0), count: 2 * 16)
  }

  deinit {
    storage.deinitialize(count: 2 * capacity)
    storage.deallocate()
  }

  /// Makes room for the moments of `q` outputs and labels, and of two candidate teachers that are multiples of
  /// the least-squares ones, by `scales`, and of a second teacher, where there are any.
  public func begin(
    q: Int, p2: Int, n: Int, lambda: (u: Number, v: Number)?, scales: (first: Number, second: Number)?,
    unlabelled: Int? = nil, ridge: (u: Number, v: Number)? = nil, hasSecondTeacher: Bool = false
  ) {
    (self.q, self.p2, self.n, self.lambda, self.scales, inputs) = (q, p2, n, lambda, scales, nil)
    (self.unlabelled, self.ridge) = (unlabelled, ridge)
    let last = 2 * q + (scales == nil ? 0 : 2)
    secondColumn = hasSecondTeacher ? last : nil
    columns = hasSecondTeacher ? last + 1 : last
    if columns * columns > capacity {
      storage.deinitialize(count: 2 * capacity)
      storage.deallocate()
      capacity = columns * columns
      storage = .allocate(capacity: 2 * capacity)
      storage.initialize(repeating: Number(whole: 0), count: 2 * capacity)
    }
  }

  /// Makes room for the moments of a problem, whose other numbers are kept as `number` makes them.
  @inline(__always) func begin(_ problem: IntegerProblem, _ number: (Int64) -> Number) {
    begin(
      q: problem.q, p2: problem.p2, n: problem.n, lambda: problem.lambda.map { (number($0.u), number($0.v)) },
      scales: problem.candidates.map { (number($0.scales.first), number($0.scales.second)) },
      unlabelled: problem.extras.unlabelled, ridge: problem.extras.ridge.map { (number($0.u), number($0.v)) },
      hasSecondTeacher: problem.extras.hasSecondTeacher)
  }

  /// Sets cov(z_i, z_j) and cov(z_i, z_j | x2)·factor for two columns, i ≥ j.
  @inline(__always) func set(_ i: Int, _ j: Int, total: Number, residual: Number) {
    let (place, mirrored) = (i * columns + j, j * columns + i)
    (storage[place], storage[mirrored]) = (total, total)
    (storage[capacity + place], storage[capacity + mirrored]) = (residual, residual)
  }

  /// cov of two columns.
  @inlinable public func total(_ i: Int, _ j: Int) -> Number { storage[i * columns + j] }
  /// cov of two columns given x2, times `factor`.
  @inlinable public func residual(_ i: Int, _ j: Int) -> Number { storage[capacity + i * columns + j] }
  /// What x2 explains of the covariance of two columns, times `factor`.
  @inlinable func explained(_ i: Int, _ j: Int) -> Number { factor * total(i, j) - residual(i, j) }

  /// The moments of output `j` and its label alone.
  @inlinable public func output(_ j: Int) -> ConditionalMoments<Number> { pair(j, q + j) }

  @inlinable func pair(_ t: Int, _ y: Int) -> ConditionalMoments<Number> {
    ConditionalMoments(
      varT: total(t, t), covTY: total(t, y), varY: total(y, y), teacherResidualVariance: residual(t, t),
      residualCovariance: residual(t, y), residualVariance: residual(y, y), factor: factor)
  }

  /// The moments of the teacher and the label: for q > 1 their sums over the outputs, the traces that the risk is made
  /// of.
  @inlinable public var label: ConditionalMoments<Number> { q == 1 ? output(0) : sumOverOutputs() }

  /// Never inlined: every predicate would hold a copy for every arithmetic, and most problems have one label.
  @inlinable @inline(never) func sumOverOutputs() -> ConditionalMoments<Number> {
    var sum = output(0)
    for j in 1..<max(q, 1) { sum = sum + output(j) }
    return sum
  }

  /// What the risk of the student is made of, times n−p2−1 and `factor`.
  @inlinable public var risk: RiskTerms<Number> { RiskTerms(label, n: n, p2: p2) }

  /// The candidate teachers, each with the positive number that its least-squares teacher is multiplied by.
  @inlinable public var candidates: (first: Candidate, second: Candidate)? {
    scales.map { (Candidate(pair(2 * q, q), $0.first), Candidate(pair(2 * q + 1, q), $0.second)) }
  }

  /// The moments of the second teacher with the label, where there is one.
  @inlinable public var second: ConditionalMoments<Number>? { secondColumn.map { pair($0, 1) } }

  /// A multiple of a least-squares teacher.
  public struct Candidate {
    /// Its moments with the label.
    public let moments: ConditionalMoments<Number>
    /// The multiple; positive.
    public let scale: Number

    @inlinable init(_ moments: ConditionalMoments<Number>, _ scale: Number) {
      (self.moments, self.scale) = (moments, scale)
    }
  }
}

extension ProblemMoments {
  /// Whether `holds` at some λ = u/v > 0, in their order, at which claims about all λ are tried by signs.
  @inlinable public func everyProbe(_ holds: (_ u: Number, _ v: Number) throws(Undecided) -> Bool) throws(Undecided)
    -> Bool
  {
    for place in 0..<4 {
      let (u, v) = place == 0 ? (1, 16) : place == 1 ? (1, 2) : place == 2 ? (3, 1) : (64, 1)
      if try !holds(Number(whole: u), Number(whole: v)) { return false }
    }
    return true
  }
}

extension ProblemMoments {
  /// Whether cov(t, y) = var(t), as of a least-squares teacher; for one label.
  public func isCalibrated() throws(Undecided) -> Bool { try (label.covTY - label.varT).sign() == 0 }
}

extension ProblemMoments {
  /// Whether both candidates have cov(t,s) > 0 and the same I(t;s); false without candidates.
  ///
  /// I(t;s) grows with corr(t,s)², and no multiple of a teacher changes that.
  public func candidatesTellEqually() throws(Undecided) -> Bool {
    guard let (first, second) = candidates.map({ ($0.first.moments, $0.second.moments) }) else { return false }
    if try first.covTS.sign() <= 0 { return false }
    if try second.covTS.sign() <= 0 { return false }
    return try (first.covTS * first.covTS * second.varT - second.covTS * second.covTS * first.varT).sign() == 0
  }
}
