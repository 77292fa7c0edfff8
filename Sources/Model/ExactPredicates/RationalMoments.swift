// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

extension IntegerProblem {
  /// The problem as an instance, whose numbers are rational.
  ///
  /// - Parameter isLeastSquares: whether the teacher is replaced by the least-squares one, as where only the candidates
  /// matter.
  /// - Throws: `InstanceError` where Σ is not positive definite.
  public func instance(isLeastSquares: Bool = false) throws(InstanceError) -> Instance {
    let w1 = RationalMatrix(rows: p1, columns: q) { Rational(Int(weight($1, $0))) }
    var extras = InstanceExtras(
      unlabelled: self.extras.unlabelled, ridge: self.extras.ridge.map { Rational(Int($0.u), Int($0.v)) })
    if self.extras.hasSecondTeacher { extras.secondTeacher = weights(ofTeacher: teacherCount - 1) }
    return try Instance(
      sigma: matrix, p1: p1, p2: p2, q: q, w1: isLeastSquares ? nil : w1, n: n,
      lambda: lambda.map { Rational(Int($0.u), Int($0.v)) }, p1a: candidates?.p1a, extras: extras)
  }

  /// The weights of one output of the teachers, a column.
  func weights(ofTeacher teacher: Int) -> RationalMatrix {
    RationalMatrix(rows: p1, columns: 1) { i, _ in Rational(Int(weight(teacher, i))) }
  }

  /// Σ.
  var matrix: RationalMatrix { RationalMatrix(rows: size, columns: size) { Rational(Int(entry($0, $1))) } }
}

extension ProblemMoments where Number == Rational {
  /// The moments of a problem, by FLINT; nil where its Σ is not positive definite.
  convenience init?(_ problem: IntegerProblem) {
    let q = problem.q
    guard let instance = try? problem.instance() else { return nil }
    let candidates = problem.candidates.map { candidates in
      [(q, candidates.scales.first), (q + 1, candidates.scales.second)].compactMap { teacher, scale in
        (try? instance.with(extras: InstanceExtras()).with(w1: problem.weights(ofTeacher: teacher))).map {
          (Moments($0), Rational(Int(scale)))
        }
      }
    }
    self.init(Moments(instance), instance, candidates: candidates)
  }

  /// The moments of an instance, of which `moments` are those of its teacher.
  ///
  /// Where n is not given it is the least, p2+2. Candidates are those of one label, each with the number that it is
  /// multiplied by.
  public convenience init(
    _ moments: Moments, _ instance: Instance, candidates: [(moments: Moments, scale: Rational)]? = nil
  ) {
    self.init()
    let (q, lambda) = (moments.q, instance.lambda)
    let hasCandidates = candidates?.count == 2
    begin(
      q: q, p2: instance.p2, n: instance.n ?? instance.p2 + 2, lambda: lambda.map { ($0.numerator, $0.denominator) },
      scales: candidates.flatMap { hasCandidates ? ($0[0].scale, $0[1].scale) : nil },
      unlabelled: instance.extras.unlabelled, ridge: instance.extras.ridge.map { ($0.numerator, $0.denominator) },
      hasSecondTeacher: q == 1 && instance.extras.secondTeacher != nil)
    for i in 0..<(2 * q) {
      for j in 0...i { set(i, j, total: moments.total[i, j], residual: moments.residual[i, j]) }
    }
    for (place, candidate) in (hasCandidates ? candidates ?? [] : []).enumerated() {
      let (column, m) = (2 * q + place, candidate.moments)
      set(column, column, total: m.varT, residual: m.teacherResidualVariance)
      set(column, q, total: m.covTY, residual: m.residualCovariance)
    }
    if let column = secondColumn, let second = instance.extras.secondTeacher {
      setSecondTeacher(second, at: column, moments, instance)
    }
    setInputs {
      let (own, both) = (
        instance.sigma.selecting(instance.x1), instance.sigma.selecting(0..<(instance.p1 + instance.p2))
      )
      return (own.determinant, both.determinant / instance.sigma.selecting(instance.x2).determinant)
    }
  }

  /// The covariances of the second teacher, of weights `second`, with itself, the first and the label (q = 1).
  private func setSecondTeacher(_ second: RationalMatrix, at column: Int, _ moments: Moments, _ instance: Instance) {
    let (sigma, x1, x2) = (instance.sigma, instance.x1, instance.x2)
    let cross = sigma.selecting(rows: x2, columns: x1)
    // Σ22 is positive definite.
    let explained = (try? sigma.selecting(x2).solve(cross * second)) ?? cross * second
    func set(_ other: Int, _ covariances: RationalMatrix, _ crossOfOther: RationalMatrix) {
      let total = (covariances.transposed * second)[0, 0]
      self.set(column, other, total: total, residual: total - (crossOfOther.transposed * explained)[0, 0])
    }
    set(column, sigma.selecting(x1) * second, cross * second)
    set(0, sigma.selecting(x1) * instance.w1, cross * instance.w1)
    set(1, sigma.selecting(rows: x1, columns: instance.y), sigma.selecting(rows: x2, columns: instance.y))
  }
}
