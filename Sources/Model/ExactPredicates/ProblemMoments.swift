// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation

/// All that the claims' predicates are made of, in one arithmetic: the moments of every output of the teacher, of every
/// label and of the candidate teachers.
///
/// It belongs to whoever fills it, problem after problem, and to one thread.
public final class ProblemMoments<Number: SignedScalar> {
  /// All that changes from problem to problem, in memory of its own: whoever reads a stored property of a class that another
  /// module can see is checked for exclusive access at run time, and predicates read a dozen for each sign.
  @usableFromInline struct Contents {
    @usableFromInline var q = 1, p2 = 1, n = 3
    @usableFromInline var lambda, ridge: (u: Number, v: Number)?
    @usableFromInline var unlabelled: Int?
    @usableFromInline var factor = Number(whole: 1)
    var inputs: (own: Number, givenX2: Number)?
    var makeInputs: (() -> (own: Number, givenX2: Number))?
    /// The columns: q outputs of the teacher, q labels, then two candidate teachers if there are any, then a second teacher.
    @usableFromInline var columns = 0
    @usableFromInline var secondColumn: Int?
    @usableFromInline var scales: (first: Number, second: Number)?
    /// The covariances of the columns, and `capacity` places further on those given x2.
    @usableFromInline var storage: UnsafeMutablePointer<Number>
    @usableFromInline var capacity: Int

    init(capacity: Int) {
      self.capacity = capacity
      storage = .allocate(capacity: 2 * capacity)
      storage.initialize(repeating: Number(whole: 0), count: 2 * capacity)
    }

    func deallocate() {
      storage.deinitialize(count: 2 * capacity)
      storage.deallocate()
    }
  }

  @usableFromInline let contents: UnsafeMutablePointer<Contents>

  /// The number of labels.
  @inlinable public var q: Int { contents.pointee.q }
  /// The number of student inputs.
  @inlinable public var p2: Int { contents.pointee.p2 }
  /// The number of training rows, at least p2+2.
  @inlinable public var n: Int { contents.pointee.n }
  /// The distillation weight as a fraction u/v, v > 0, where it is given.
  @inlinable public var lambda: (u: Number, v: Number)? { contents.pointee.lambda }
  /// m, the number of unlabelled rows, where it is given.
  @inlinable public var unlabelled: Int? { contents.pointee.unlabelled }
  /// The strength of ridge as a fraction u/v, v > 0, where it is given.
  @inlinable public var ridge: (u: Number, v: Number)? { contents.pointee.ridge }
  /// What the conditional moments are multiplied by; positive.
  @inlinable public var factor: Number { contents.pointee.factor }
  /// The column of the second teacher, where there is one.
  @inlinable var secondColumn: Int? { contents.pointee.secondColumn }
  /// det Σ11 and factor·det(Σ11 − Σ12Σ22⁻¹Σ21), both times the same positive number, where they were asked for.
  public internal(set) var inputs: (own: Number, givenX2: Number)? {
    get { contents.pointee.inputs ?? contents.pointee.makeInputs?() }
    set { contents.pointee.inputs = newValue }
  }

  /// Moments that are still to be filled in.
  public init() {
    contents = .allocate(capacity: 1)
    contents.initialize(to: Contents(capacity: 16))
  }

  deinit {
    contents.pointee.deallocate()
    contents.deinitialize(count: 1)
    contents.deallocate()
  }

  /// Sets what the conditional moments are multiplied by.
  @inline(__always) func setFactor(_ factor: Number) { contents.pointee.factor = factor }

  /// Computes ``inputs`` where it is asked for; for arithmetics in which that costs much.
  func setInputs(by make: @escaping () -> (own: Number, givenX2: Number)) { contents.pointee.makeInputs = make }

  /// Makes room for the moments of `q` outputs and labels, and of two candidate teachers that are multiples of
  /// the least-squares ones, by `scales`, and of a second teacher, where there are any.
  public func begin(
    q: Int, p2: Int, n: Int, lambda: (u: Number, v: Number)?, scales: (first: Number, second: Number)?,
    unlabelled: Int? = nil, ridge: (u: Number, v: Number)? = nil, hasSecondTeacher: Bool = false
  ) {
    let last = 2 * q + (scales == nil ? 0 : 2)
    let columns = hasSecondTeacher ? last + 1 : last
    if columns * columns > contents.pointee.capacity {
      contents.pointee.deallocate()
      contents.pointee = Contents(capacity: columns * columns)
    }
    contents.pointee.columns = columns
    contents.pointee.secondColumn = hasSecondTeacher ? last : nil
    (contents.pointee.q, contents.pointee.p2, contents.pointee.n) = (q, p2, n)
    (contents.pointee.lambda, contents.pointee.scales, contents.pointee.ridge) = (lambda, scales, ridge)
    (contents.pointee.unlabelled, contents.pointee.inputs) = (unlabelled, nil)
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
    let (columns, covariances) = (contents.pointee.columns, contents.pointee.storage)
    let (place, mirrored) = (i * columns + j, j * columns + i)
    let residuals = covariances + contents.pointee.capacity
    (covariances[place], covariances[mirrored]) = (total, total)
    (residuals[place], residuals[mirrored]) = (residual, residual)
  }

  /// cov of two columns.
  @inlinable public func total(_ i: Int, _ j: Int) -> Number {
    contents.pointee.storage[i * contents.pointee.columns + j]
  }
  /// cov of two columns given x2, times `factor`.
  @inlinable public func residual(_ i: Int, _ j: Int) -> Number {
    contents.pointee.storage[contents.pointee.capacity + i * contents.pointee.columns + j]
  }
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
    contents.pointee.scales.map { (Candidate(pair(2 * q, q), $0.first), Candidate(pair(2 * q + 1, q), $0.second)) }
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
