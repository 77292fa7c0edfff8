// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// The residual moments of one training row, given its x2.
public struct RowMoments: Sendable, Hashable {
  /// var(y | x2) > 0.
  public let y: Rational
  /// cov(t, y | x2).
  public let ty: Rational
  /// var(t | x2).
  public let t: Rational

  /// The moments of a row.
  public init(y: Rational, ty: Rational, t: Rational) { (self.y, self.ty, self.t) = (y, ty, t) }
}

/// What an instance may say beyond Σ, w1, n and λ; each part may be left out.
public struct InstanceExtras: Sendable, Equatable {
  /// m ≥ 0, the number of rows that have a teacher but no label.
  public var unlabelled: Int?
  /// μ ≥ 0, the strength of ridge: the student's objective gains μ·wᵀΣ22w, which is μ|w|² where Σ22 = 1.
  public var ridge: Rational?
  /// The weights of a second teacher of the same x1, p1 × q; not those of the first.
  public var secondTeacher: RationalMatrix?
  /// N ≥ p1+p2+2, the number of rows of its own that a teacher of both modalities was fitted to.
  public var teacherRows: Int?
  /// Given rows of x2, of full column rank, for claims about given rows; any number × p2.
  public var design: RationalMatrix?
  /// The residual moments of the rows of the design, where they differ.
  public var rowMoments: [RowMoments]?
  /// The second of two problems that a statement compares, which has extras but no third one.
  public var other: Instance? {
    get { others.first }
    set { others = newValue.map { [$0] } ?? [] }
  }
  // An array, as a value cannot hold itself.
  private var others: [Instance] = []

  /// The extras that are given.
  public init(
    unlabelled: Int? = nil, ridge: Rational? = nil, secondTeacher: RationalMatrix? = nil, teacherRows: Int? = nil,
    design: RationalMatrix? = nil, rowMoments: [RowMoments]? = nil, other: Instance? = nil
  ) {
    (self.unlabelled, self.ridge, self.secondTeacher) = (unlabelled, ridge, secondTeacher)
    (self.teacherRows, self.design, self.rowMoments) = (teacherRows, design, rowMoments)
    self.other = other
  }

  /// Whether none is given.
  public var isEmpty: Bool { self == InstanceExtras() }

  /// Checks what does not concern the first teacher.
  func requireFitting(p1: Int, p2: Int, q: Int) throws(InstanceError) {
    if other?.extras.other != nil { throw .thirdInstance }
    if let unlabelled, unlabelled < 0 { throw .negativeUnlabelled(unlabelled) }
    if let ridge, ridge.signum < 0 { throw .negativeRidge(ridge) }
    if let secondTeacher, secondTeacher.rows != p1 || secondTeacher.columns != q {
      throw .secondTeacherShape(rows: secondTeacher.rows, columns: secondTeacher.columns, p1: p1, q: q)
    }
    if let teacherRows, teacherRows < p1 + p2 + 2 { throw .teacherRows(teacherRows, p1: p1, p2: p2) }
    if let design {
      guard design.columns == p2 else { throw .designWidth(columns: design.columns, p2: p2) }
      // XᵀX is positive semidefinite, and definite exactly where X has full column rank.
      guard design.rows >= p2, (design.transposed * design).determinant.signum > 0 else {
        throw .deficientDesign(rows: design.rows, p2: p2)
      }
    }
    guard let rowMoments else { return }
    guard let design, design.rows == rowMoments.count else {
      throw .rowMoments(count: rowMoments.count, rows: design?.rows)
    }
    for (row, moments) in rowMoments.enumerated()
    where moments.y.signum <= 0 || moments.ty.squared > moments.y * moments.t {
      throw .rowMoment(row: row, moments)
    }
  }
}
