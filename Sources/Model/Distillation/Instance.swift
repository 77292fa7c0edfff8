// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Gaussian

/// One exact distillation problem: the joint Gaussian of (x1, x2, y), a linear teacher, and how the student is trained.
///
/// An instance is valid: Σ is symmetric and positive definite, every size fits, n ≥ p2+2 and λ ≥ 0 where given, and so do
/// its extras.
public struct Instance: Sendable, Equatable {
  /// Σ, the covariance of (x1, x2, y) in this order; (p1+p2+q) × (p1+p2+q).
  public let sigma: RationalMatrix
  /// The number of teacher inputs x1.
  public let p1: Int
  /// The number of student inputs x2.
  public let p2: Int
  /// The number of labels y.
  public let q: Int
  /// The teacher's weights, p1 × q: it predicts t = w1ᵀx1.
  ///
  /// May be zero.
  public private(set) var w1: RationalMatrix
  /// The number of training rows of the student, where it is known.
  public private(set) var n: Int?
  /// The distillation weight, where it is known.
  public private(set) var lambda: Rational?
  /// Where x1 holds two candidate teacher modalities: the size of the first.
  public let p1a: Int?
  /// What is known beyond that: rows without labels, ridge, another teacher, a design.
  public private(set) var extras: InstanceExtras
  /// A note for the reader.
  public let comment: String?

  /// An instance, checked.
  ///
  /// - Parameter w1: the teacher; nil stands for the least-squares teacher Σ11⁻¹Σ13.
  /// - Throws: the ``InstanceError`` that names the part and the rule that it breaks.
  public init(
    sigma: RationalMatrix, p1: Int, p2: Int, q: Int = 1, w1: RationalMatrix?, n: Int? = nil, lambda: Rational? = nil,
    p1a: Int? = nil, extras: InstanceExtras = InstanceExtras(), comment: String? = nil
  ) throws(InstanceError) {
    for (name, size) in [("p1", p1), ("p2", p2), ("q", q)] where size < 1 { throw .sizeTooSmall(name, size) }
    let limit = Int(Int32.max)
    guard p1 < limit, p2 < limit, q < limit, sigma.rows == p1 + p2 + q, sigma.columns == sigma.rows else {
      throw .sigmaSize(rows: sigma.rows, columns: sigma.columns, p1: p1, p2: p2, q: q)
    }
    do { try sigma.requirePositiveDefinite() } catch { throw .sigma(error) }
    if let p1a, !(1..<p1).contains(p1a) { throw .split(p1a: p1a, p1: p1) }
    (self.sigma, self.p1, self.p2, self.q) = (sigma, p1, p2, q)
    self.w1 = w1 ?? Instance.leastSquaresTeacher(sigma, inputs: 0..<p1, labels: (p1 + p2)..<(p1 + p2 + q))
    (self.n, self.lambda, self.p1a, self.extras, self.comment) = (n, lambda, p1a, extras, comment)
    try requireTrainable()
    try extras.requireFitting(p1: p1, p2: p2, q: q)
  }

  /// Checks w1, n and λ, which do not concern Σ.
  private func requireTrainable() throws(InstanceError) {
    if w1.rows != p1 || w1.columns != q { throw .teacherShape(rows: w1.rows, columns: w1.columns, p1: p1, q: q) }
    if let n, n < p2 + 2 { throw .illPosed(n: n, p2: p2) }
    if let lambda, lambda.signum < 0 { throw .negativeLambda(lambda) }
    if let second = extras.secondTeacher, second == w1 { throw .secondTeacherIsFirst }
  }

  /// The coordinates of x1 in Σ.
  public var x1: Range<Int> { 0..<p1 }
  /// The coordinates of x2 in Σ.
  public var x2: Range<Int> { p1..<(p1 + p2) }
  /// The coordinates of y in Σ.
  public var y: Range<Int> { (p1 + p2)..<(p1 + p2 + q) }

  /// w* = Σ22⁻¹Σ23, p2 × q: the weights of the best linear student.
  public var optimalStudent: RationalMatrix { Instance.leastSquaresTeacher(sigma, inputs: x2, labels: y) }

  /// Σ11⁻¹Σ13, p1 × q: the best linear teacher, which least squares finds from unlimited data.
  public var leastSquaresTeacher: RationalMatrix { Instance.leastSquaresTeacher(sigma, inputs: x1, labels: y) }

  /// The regression weights of `labels` on `inputs`; solvable as Σ is positive definite.
  private static func leastSquaresTeacher(_ sigma: RationalMatrix, inputs: Range<Int>, labels: Range<Int>)
    -> RationalMatrix
  {
    let right = sigma.selecting(rows: inputs, columns: labels)
    return (try? sigma.selecting(inputs).solve(right)) ?? right
  }

  /// Whether Σ23 is zero, so that w* = 0.
  public var optimalStudentIsZero: Bool { sigma.selecting(rows: x2, columns: y).isZero }

  /// The same instance with another teacher, number of rows or distillation weight.
  ///
  /// - Throws: ``InstanceError`` as the initialiser.
  public func with(w1: RationalMatrix? = nil, n: Int? = nil, lambda: Rational? = nil) throws(InstanceError) -> Instance
  {
    var copy = self
    (copy.w1, copy.n, copy.lambda) = (w1 ?? self.w1, n ?? self.n, lambda ?? self.lambda)
    try copy.requireTrainable()
    return copy
  }

  /// The same instance with other extras.
  ///
  /// - Throws: ``InstanceError`` as the initialiser.
  public func with(extras: InstanceExtras) throws(InstanceError) -> Instance {
    var copy = self
    copy.extras = extras
    try copy.requireTrainable()
    try extras.requireFitting(p1: p1, p2: p2, q: q)
    return copy
  }

  /// The two instances of a split x1: each with one candidate modality as x1 and its least-squares teacher; nil without a split.
  public var candidates: (first: Instance, second: Instance)? {
    guard let p1a else { return nil }
    func candidate(_ inputs: Range<Int>) -> Instance? {
      let kept = Array(inputs) + Array(x2) + Array(y)
      return try? Instance(sigma: sigma.selecting(kept), p1: inputs.count, p2: p2, q: q, w1: nil, n: n, lambda: lambda)
    }
    guard let first = candidate(0..<p1a), let second = candidate(p1a..<p1) else { return nil }
    return (first, second)
  }

  /// Checks that the teacher predicts something and that the student can: w1 ≠ 0 and w* ≠ 0.
  ///
  /// - Throws: ``InstanceError/zeroTeacher`` or ``InstanceError/zeroOptimalStudent``.
  public func requireInformative() throws(InstanceError) {
    if w1.isZero { throw .zeroTeacher }
    if optimalStudentIsZero { throw .zeroOptimalStudent }
  }
}
