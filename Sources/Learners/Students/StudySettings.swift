// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// What a study of trained students does in every replicate.
public struct StudySettings: Sendable, Equatable {
  /// How the student's sample is drawn.
  public enum Sampling: String, Sendable, CaseIterable {
    /// The Gram matrix of (x2, t, y) by one Wishart draw: enough for least squares of Gaussian rows.
    case wishart
    /// Row by row.
    case rows
  }

  /// The distillation weights λ; 0 is always among them.
  public var lambdas: [Rational]
  /// What the student is.
  public var student: StudentKind
  /// How samples are drawn.
  public var sampling: Sampling
  /// Fresh rows on which the student's risk is measured besides, as people do; 0 for none.
  public var testRows: Int
  /// Further rows on which training by steps stops early; 0 for none.
  public var heldOutRows: Int
  /// The probability of calling true closed forms wrong, over all rows of the study together.
  public var level: Double
  /// For students trained by steps: how much of the exact excess risk R(λ) − σε² the mean optimisation gap may be.
  public var gapTolerance: Double
  /// The law of rows.
  public var law: SampleLaw
  /// Where the teacher comes from.
  public var teacher: TeacherKind

  /// Settings; least squares by Wishart draws unless said otherwise.
  public init(
    lambdas: [Rational] = StudySettings.standardLambdas, student: StudentKind = .leastSquares,
    sampling: Sampling? = nil, testRows: Int = 0, heldOutRows: Int = 0, level: Double = 1e-6,
    gapTolerance: Double = 0.05, law: SampleLaw = .gaussian, teacher: TeacherKind = .fixed
  ) {
    self.lambdas = lambdas
    self.student = student
    self.testRows = testRows
    self.heldOutRows = heldOutRows
    self.level = level
    self.gapTolerance = gapTolerance
    self.law = law
    self.teacher = teacher
    self.sampling = .wishart
    self.sampling = sampling ?? (needsRows ? .rows : .wishart)
  }

  /// The paper's λ, small ones, and large ones.
  public static let standardLambdas: [Rational] = [
    0, Rational(1, 100), Rational(1, 20), Rational(1, 5), Rational(3, 10), Rational(1, 2), Rational(7, 10),
    Rational(4, 5), 2, 10,
  ]

  /// Whether students are trained, measured or drawn in a way that a Gram matrix is not enough for.
  public var needsRows: Bool {
    if case .trained = student { return true }
    return testRows > 0 || law != .gaussian || teacher != .fixed
  }

  /// Whether the closed forms are about such students: else they are reported, not judged.
  public var isInModel: Bool { student.isInModel && law.isInModel && teacher.isInModel }

  func validate() throws(StudentError) {
    func require(_ holds: Bool, _ name: String, _ value: some CustomStringConvertible, _ rule: String)
      throws(StudentError)
    {
      if !holds { throw .invalidSetting(name: name, value: value.description, rule: rule) }
    }
    for lambda in lambdas {
      try require(lambda.signum >= 0 && lambda.asDouble < 1e100, "λ", lambda, "must not be negative, nor beyond 1e100")
    }
    try require(testRows >= 0, "test rows", testRows, "must not be negative")
    try require(heldOutRows >= 0, "held-out rows", heldOutRows, "must not be negative")
    try require(level > 0 && level < 1, "level", level, "must be a probability between 0 and 1")
    try require(gapTolerance > 0, "gap tolerance", gapTolerance, "must be positive")
    try require(
      sampling == .rows || !needsRows, "sampling", "wishart",
      "this study needs rows, as a Gram matrix is enough only for least squares of Gaussian rows without a test set")
    if case .trained(let training) = student { try training.validate() }
    if case .ridge(let penalty) = student {
      try require(penalty >= 0 && penalty.isFinite, "ridge penalty", penalty, "must not be negative")
    }
    if case .studentT(let degrees) = law {
      try require(
        degrees >= 3, "law", law.name, "must have at least 3 degrees of freedom, so that covariances exist")
    }
    if heldOutRows > 0 {
      guard case .trained = student else {
        throw .invalidSetting(
          name: "held-out rows", value: "\(heldOutRows)", rule: "only students that are trained by steps stop early")
      }
    }
  }
}
