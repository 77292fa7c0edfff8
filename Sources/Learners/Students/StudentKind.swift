// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// What a student is.
public enum StudentKind: Sendable, Equatable {
  /// The minimiser of the distillation objective on the sample: what the closed forms are about.
  case leastSquares
  /// A student trained by steps towards the same minimiser.
  case trained(Training)
  /// Ridge regression with the penalty `penalty`·Σⱼ(XᵀX)ⱼⱼwⱼ²: outside of the closed forms.
  case ridge(penalty: Double)

  /// Its name, as on the command line.
  public var name: String {
    switch self {
    case .leastSquares: "least-squares"
    case .trained(let training): training.method.rawValue
    case .ridge: "ridge"
    }
  }

  /// Whether the closed forms are about it.
  public var isInModel: Bool {
    if case .ridge = self { false } else { true }
  }
}

/// The law of (x1, x2, y); all have the covariance Σ of the instance, up to what a nonlinear label adds.
public enum SampleLaw: Sendable, Equatable {
  /// Joint Gaussian: the model of the closed forms.
  case gaussian
  /// Multivariate Student-t, scaled to covariance Σ: heavy tails, more so for fewer degrees of freedom.
  case studentT(degrees: Int)
  /// A linear mix of independent exponential numbers less their mean: skewed.
  case exponential
  /// The Gaussian with `strength`·σε·(s²/var s − 1)/√2 added to every label, which no linear student can follow.
  case nonlinearLabel(strength: Rational)

  /// Whether the closed forms are about it.
  public var isInModel: Bool { self == .gaussian }

  /// Its name, as on the command line.
  public var name: String {
    switch self {
    case .gaussian: "gaussian"
    case .studentT(let degrees): "student-t:\(degrees)"
    case .exponential: "exponential"
    case .nonlinearLabel(let strength): "nonlinear:\(strength)"
    }
  }
}

/// Where the teacher's weights come from.
public enum TeacherKind: Sendable, Equatable {
  /// The weights w1 of the instance: fixed, as in the closed forms.
  case fixed
  /// Least squares on that many rows of its own, drawn anew for every replicate.
  case fittedOnRows(Int)
  /// Least squares on the very rows that the student is trained on.
  case fittedOnStudentRows

  /// Whether the closed forms are about it.
  public var isInModel: Bool { self == .fixed }

  /// The number of rows of its own; nil where it has none.
  var rows: Int? { if case .fittedOnRows(let rows) = self { rows } else { nil } }
}
