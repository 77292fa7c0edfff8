// SPDX-License-Identifier: GPL-3.0-or-later
/// A distillation problem in whole numbers, in flat memory that others own.
///
/// A rational Σ has this form after scaling by its common denominator, which changes no sign.
public struct IntegerProblem {
  /// The numbers of teacher inputs x1, student inputs x2 and labels y.
  public let p1, p2, q: Int
  /// Σ in the order x1, x2, y: (p1+p2+q)² entries, row by row, symmetric.
  public let sigma: UnsafeBufferPointer<Int64>
  /// The weights on x1 of each output of the teacher, p1 numbers each, then of the two candidate teachers if there are
  /// any, then of the second teacher if there is one.
  public let teachers: UnsafeBufferPointer<Int64>
  /// The number of training rows, at least p2+2.
  public let n: Int
  /// The distillation weight as a fraction u/v, v > 0, where it is given.
  public let lambda: (u: Int64, v: Int64)?
  /// The candidate teachers, where there are two.
  public let candidates: Candidates?
  /// What it says beyond Σ, teachers, n and λ.
  public let extras: Extras

  /// What a problem may say beyond Σ, teachers, n and λ; each part may be left out.
  public struct Extras: Sendable {
    /// m ≥ 0, the number of rows that have a teacher but no label.
    public var unlabelled: Int?
    /// μ = u/v ≥ 0, v > 0, the strength of ridge.
    public var ridge: (u: Int64, v: Int64)?
    /// Whether a second teacher's weights stand behind the others, of one label.
    public var hasSecondTeacher: Bool

    /// Extras; none by default.
    public init(unlabelled: Int? = nil, ridge: (u: Int64, v: Int64)? = nil, hasSecondTeacher: Bool = false) {
      (self.unlabelled, self.ridge, self.hasSecondTeacher) = (unlabelled, ridge, hasSecondTeacher)
    }
  }

  /// Two candidate modalities: the first `p1a` coordinates of x1 and the others.
  public struct Candidates: Sendable {
    /// The size of the first.
    public let p1a: Int
    /// The positive whole numbers that their least-squares teachers are multiplied by.
    public let scales: (first: Int64, second: Int64)

    /// Candidates.
    public init(p1a: Int, scales: (first: Int64, second: Int64)) { (self.p1a, self.scales) = (p1a, scales) }
  }

  /// A problem.
  ///
  /// - Precondition: the sizes fit, Σ is symmetric, n ≥ p2+2; of a second teacher q = 1.
  public init(
    p1: Int, p2: Int, q: Int = 1, sigma: UnsafeBufferPointer<Int64>, w1 teachers: UnsafeBufferPointer<Int64>, n: Int,
    lambda: (u: Int64, v: Int64)? = nil, candidates: Candidates? = nil, extras: Extras = Extras()
  ) {
    let size = p1 + p2 + q
    let teacherCount = q + (candidates == nil ? 0 : 2) + (extras.hasSecondTeacher ? 1 : 0)
    precondition(
      sigma.count == size * size && teachers.count == p1 * teacherCount && n >= p2 + 2
        && (q == 1 || !extras.hasSecondTeacher), "sizes that fit")
    (self.p1, self.p2, self.q, self.sigma, self.teachers, self.n) = (p1, p2, q, sigma, teachers, n)
    (self.lambda, self.candidates, self.extras) = (lambda, candidates, extras)
  }

  /// The number of coordinates.
  public var size: Int { p1 + p2 + q }

  /// How many teachers' outputs there are, candidates and a second teacher among them.
  public var teacherCount: Int { teachers.count / p1 }

  /// Whether label `label` is uncorrelated with x2, so that w* has a zero column.
  public func isIdle(label: Int) -> Bool { (p1..<(p1 + p2)).allSatisfy { entry($0, p1 + p2 + label) == 0 } }

  /// Whether a teacher's output, or a candidate after them, has no weight.
  public func isIdle(teacher: Int) -> Bool { (0..<p1).allSatisfy { weight(teacher, $0) == 0 } }

  /// Whether the teacher is the least-squares one: Σ11 w1 = Σ13.
  public var isLeastSquares: Bool {
    (0..<q).allSatisfy { output in
      (0..<p1).allSatisfy { covariance(output, $0) == Int128(entry($0, p1 + p2 + output)) }
    }
  }

  @inline(__always) func entry(_ i: Int, _ j: Int) -> Int64 { sigma[i * size + j] }

  @inline(__always) func weight(_ teacher: Int, _ i: Int) -> Int64 { teachers[teacher * p1 + i] }

  /// The coordinate of Σ at each place of the order x2, x1, y in which the stages eliminate.
  @inline(__always) func source(_ place: Int) -> Int {
    place < p2 ? p1 + place : place < p1 + p2 ? place - p2 : place
  }

  /// cov(output `teacher`, coordinate `i`) of Σ; nil where it does not fit 128 bits.
  @inline(__always) func covariance(_ teacher: Int, _ i: Int) -> Int128? {
    narrowCovariance(teacher, i).map { Int128($0) } ?? wideCovariance(teacher, i)
  }

  /// cov of two outputs of teachers; nil where it does not fit 128 bits.
  @inline(__always) func covariance(ofTeachers first: Int, _ second: Int) -> Int128? {
    var (sum, overflow) = (Int64(0), false)
    for i in 0..<p1 {
      guard let factor = narrowCovariance(first, i) else { return wideCovariance(ofTeachers: first, second) }
      let (product, productOverflow) = factor.multipliedReportingOverflow(by: weight(second, i))
      let (total, sumOverflow) = sum.addingReportingOverflow(product)
      overflow = overflow || productOverflow || sumOverflow
      sum = total
    }
    return overflow ? wideCovariance(ofTeachers: first, second) : Int128(sum)
  }

  /// The covariance in 64 bits, which is enough for most problems; nil where it is not.
  @inline(__always) private func narrowCovariance(_ teacher: Int, _ i: Int) -> Int64? {
    var (sum, overflow) = (Int64(0), false)
    for j in 0..<p1 {
      let (product, productOverflow) = weight(teacher, j).multipliedReportingOverflow(by: entry(j, i))
      let (total, sumOverflow) = sum.addingReportingOverflow(product)
      overflow = overflow || productOverflow || sumOverflow
      sum = total
    }
    return overflow ? nil : sum
  }

  @inline(never) private func wideCovariance(_ teacher: Int, _ i: Int) -> Int128? {
    var sum = Int128(0)
    for j in 0..<p1 {
      let (total, overflow) = sum.addingReportingOverflow(Int128(weight(teacher, j)) * Int128(entry(j, i)))
      if overflow { return nil }
      sum = total
    }
    return sum
  }

  @inline(never) private func wideCovariance(ofTeachers first: Int, _ second: Int) -> Int128? {
    var sum = Int128(0)
    for i in 0..<p1 {
      guard let factor = wideCovariance(first, i) else { return nil }
      let (product, productOverflow) = factor.multipliedReportingOverflow(by: Int128(weight(second, i)))
      let (total, sumOverflow) = sum.addingReportingOverflow(product)
      if productOverflow || sumOverflow { return nil }
      sum = total
    }
    return sum
  }
}
