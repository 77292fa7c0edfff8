// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// A student whose closed form is about more than labels mixed on its own rows.
public enum BaselineKind: String, Sendable, CaseIterable {
  /// a·ŵ + b·v̂ on the student's own rows, any weights: it may shrink.
  case tuned
  /// The same with v̂ over m unlabelled rows more.
  case unlabelled
  /// The joint teacher of the n labelled rows labels m rows more; (1−α)ŵ + αv̂.
  case pseudoLabels = "pseudo-labels"
  /// The teacher t = E[y | x1, x2].
  case jointTeacher = "joint-teacher"
  /// The same teacher, fitted to N rows of its own.
  case sampledJointTeacher = "sampled-joint-teacher"
  /// Ridge on a design with X2ᵀX2 = nΣ22.
  case orthogonalRidge = "orthogonal-ridge"
  /// Least squares of minimum norm on n ≤ p2−2 rows, in coordinates in which Σ22 = 1.
  case minimumNorm = "minimum-norm"

  /// Whether its weights lie on a = 1−α, b = α.
  public var isMixed: Bool { self == .pseudoLabels }
  /// Whether it needs a number of unlabelled rows.
  public var needsUnlabelled: Bool { self == .unlabelled || self == .pseudoLabels }
  /// Whether Gram matrices of Gaussian rows are enough: else there is a design.
  public var needsDesign: Bool { self == .orthogonalRidge || self == .minimumNorm }
  /// Whether only the covariance of the residuals of (t, y) given x2 matters, not their law.
  ///
  /// A teacher that is fitted to rows has errors of its own, whose moments are those of Gaussian rows.
  public var holdsForAnyResiduals: Bool { self != .pseudoLabels && self != .sampledJointTeacher }
}

/// The law of (x1, y) given x2, whose mean is linear; x2 is Gaussian.
public enum ResidualLaw: Sendable, Equatable {
  /// Gaussian: the joint law is.
  case gaussian
  /// Multivariate Student-t, scaled to the covariance of the residuals.
  case studentT(degrees: Int)
  /// A linear mix of independent exponential numbers less their mean.
  case skewed
  /// Gaussian, times the first coordinate of x2 in its unit: the variance of a row depends on its x2, and is right in the
  /// mean.
  case heteroscedastic

  /// Its name, as on the command line.
  public var name: String {
    switch self {
    case .gaussian: "gaussian"
    case .studentT(let degrees): "student-t:\(degrees)"
    case .skewed: "skewed"
    case .heteroscedastic: "heteroscedastic"
    }
  }
}

/// What a study of such students does.
public struct BaselineSettings: Sendable, Equatable {
  /// The student.
  public var kind: BaselineKind
  /// How samples are drawn: Gram matrices by Wishart draws, or row by row.
  public var sampling: StudySettings.Sampling
  /// The law of residuals; other than Gaussian ones are drawn row by row.
  public var residuals: ResidualLaw
  /// The probability of calling a true closed form wrong, over all weights together.
  public var level: Double
  /// The folds of the cross-validation by which weights are chosen from the data, of a tuned student; 0 for none.
  public var folds: Int

  /// Settings.
  public init(
    _ kind: BaselineKind, sampling: StudySettings.Sampling? = nil, residuals: ResidualLaw = .gaussian,
    level: Double = 1e-8, folds: Int = 5
  ) {
    (self.kind, self.residuals, self.level, self.folds) = (kind, residuals, level, folds)
    self.sampling = sampling ?? (kind.needsDesign || residuals != .gaussian ? .rows : .wishart)
  }

  /// Whether the closed form is about such students: else they are reported, not judged.
  public var isInModel: Bool {
    residuals == .gaussian || residuals != .heteroscedastic && kind.holdsForAnyResiduals
  }

  /// How many rows more than the least for which the closed form is finite are needed, so that the student's excess has enough
  /// moments for a test of its mean.
  public static let spareRows = 8

  /// How many replicates are simulated unless another number is asked for: rows cost more than their moments.
  public var standardReplicates: Int { sampling == .rows ? 2_000 : 20_000 }

  func validate() throws(StudentError) {
    func require(_ holds: Bool, _ name: String, _ value: some CustomStringConvertible, _ rule: String)
      throws(StudentError)
    {
      if !holds { throw .invalidSetting(name: name, value: value.description, rule: rule) }
    }
    try require(level > 0 && level < 1, "level", level, "must be a probability between 0 and 1")
    try require(folds == 0 || (2...100).contains(folds), "folds", folds, "must be 0 for none, or 2 to 100")
    try require(
      sampling == .rows || residuals == .gaussian && !kind.needsDesign, "sampling", "wishart",
      "this student needs rows: a Gram matrix is enough only for Gaussian rows without a given design")
    if case .studentT(let degrees) = residuals {
      try require(
        degrees >= 5, "residuals", residuals.name,
        "must have at least 5 degrees of freedom, for moments enough to test a mean")
    }
  }
}

extension BaselineKind {
  /// A drawn instance with as many rows as this student needs for a test of its mean, of its own and of a teacher of both modalities.
  ///
  /// - Parameters:
  ///   - keepsRows: whether n is as it is wanted.
  ///   - keepsTeacherRows: whether the teacher's rows are.
  /// - Throws: `InstanceError` never, unless something here is wrong.
  public func enlarged(_ instance: Instance, keepsRows: Bool, keepsTeacherRows: Bool) throws(InstanceError) -> Instance
  {
    guard self != .minimumNorm else { return instance }
    let least = instance.p1 + instance.p2 + 2 + BaselineSettings.spareRows
    var extras = instance.extras
    if !keepsTeacherRows { extras.teacherRows = max(least, extras.teacherRows ?? 0) }
    let enough = keepsRows ? instance : try instance.with(n: max(least, instance.n ?? 0))
    return try enough.with(extras: extras)
  }
}
