// SPDX-License-Identifier: GPL-3.0-or-later
/// A quantity of the glossary that a statement can name.
///
/// For several labels the variances and covariances are traces, as in the risk.
public enum Word: String, Sendable, CaseIterable {
  case residualVariance, teacherResidualVariance, residualCovariance, mismatch, differenceVariance
  case fullResidualVariance, effectSize
  case varS, covTS, scale, beta, delta
  case k, baselineRisk, slope, limit, slack, windowDivisor, parabolaCurvature
  case windowEnd, bestLambda, bestAlpha, bestGain, tunedGain, signedTunedGain, lambda
  case p1, p2, q, n, p1a, unlabelled, ridge, teacherRows
  case leverage

  /// The spelling in symbols, and the one that a keyboard has; they may be the same.
  public var spellings: (symbol: String, ascii: String) {
    switch self {
    case .residualVariance: ("σε²", "residual_variance")
    case .teacherResidualVariance: ("ση²", "teacher_residual_variance")
    case .residualCovariance: ("c", "c")
    case .mismatch: ("B", "B")
    case .differenceVariance: ("V", "V")
    case .fullResidualVariance: ("σ1²", "full_residual_variance")
    case .effectSize: ("f²", "f2")
    case .varS: ("A", "A")
    case .covTS: ("G", "G")
    case .scale: ("a", "a")
    case .beta: ("β", "beta")
    case .delta: ("ΔI", "dI")
    case .k: ("k", "k")
    case .baselineRisk: ("R0", "R0")
    case .slope: ("slope", "slope")
    case .limit: ("R∞", "R_inf")
    case .slack: ("slack", "slack")
    case .windowDivisor: ("D", "D")
    case .parabolaCurvature: ("curvature", "curvature")
    case .windowEnd: ("window.upper", "window.upper")
    case .bestLambda: ("λ*", "lambda*")
    case .bestAlpha: ("α*", "alpha*")
    case .bestGain: ("best_gain", "best_gain")
    case .tunedGain: ("tuned_gain", "tuned_gain")
    case .signedTunedGain: ("signed_tuned_gain", "signed_tuned_gain")
    case .lambda: ("λ", "lambda")
    case .p1: ("p1", "p1")
    case .p2: ("p2", "p2")
    case .q: ("q", "q")
    case .n: ("n", "n")
    case .p1a: ("p1a", "p1a")
    case .unlabelled: ("m", "m")
    case .ridge: ("μ", "mu")
    case .teacherRows: ("N", "N")
    case .leverage: ("ℓ", "leverage")
    }
  }

  /// What it is, in short.
  public var meaning: String {
    switch self {
    case .residualVariance: "var(y|x2): what x2 leaves open of the label"
    case .teacherResidualVariance: "var(t|x2): what x2 leaves open of the teacher"
    case .residualCovariance: "cov(t,y|x2)"
    case .mismatch: "var(vᵀx2 − s): how far the teacher's view of x2 is from the label's"
    case .differenceVariance: "var(t−y|x2)"
    case .fullResidualVariance: "var(y|x1,x2): what both modalities leave open of the label"
    case .effectSize: "(var(y|x2) − var(y|x1,x2))/var(y|x1,x2): Cohen's f² of x1 beyond x2"
    case .varS: "var(s)"
    case .covTS: "cov(t,s)"
    case .scale: "√(var(t)/var(y)): the teacher's scale"
    case .beta: "c/var(y|x2): distillation helps exactly where it is below 1"
    case .delta: "I(t;s) − I(s;y)"
    case .k: "p2/(n−p2−1)"
    case .baselineRisk: "R(0), the risk without distillation"
    case .slope: "R'(0)"
    case .limit: "R(∞), the risk of imitating the teacher only"
    case .slack: "var(y|x2) − c"
    case .windowDivisor: "B + k(var(t|x2) − var(y|x2))"
    case .parabolaCurvature: "B + kV: half of R's second derivative in α = λ/(1+λ)"
    case .windowEnd: "where the window of helpful λ ends: 0 where it is empty, maybe ∞"
    case .bestLambda: "where the risk is smallest: 0 where none helps, maybe ∞"
    case .bestAlpha: "λ*/(1+λ*)"
    case .bestGain: "R0 − R(λ*)"
    case .tunedGain: "what the best a·ŵ + b·v̂, b ≥ 0, gains over the best a·ŵ"
    case .signedTunedGain: "the same with b of either sign"
    case .lambda: "the instance's distillation weight, positive"
    case .p1: "the number of teacher inputs"
    case .p2: "the number of student inputs"
    case .q: "the number of labels"
    case .n: "the number of training rows"
    case .p1a: "the size of the first candidate modality"
    case .unlabelled: "the number of rows that have a teacher but no label (key unlabelled)"
    case .ridge: "the strength of ridge (key ridge)"
    case .teacherRows: "the number of rows of its own that a teacher of both modalities is fitted to (key teacher_rows)"
    case .leverage: "ℓ[i] = xᵢᵀS⁻¹Σ22S⁻¹xᵢ, S = XᵀX: what the residual of row i of a design X counts for (key design)"
    }
  }

  /// Its unit.
  public var unit: Unit {
    switch self {
    case .residualVariance, .teacherResidualVariance, .residualCovariance, .mismatch, .differenceVariance, .varS,
      .covTS,
      .baselineRisk, .slope, .limit, .slack, .windowDivisor, .parabolaCurvature, .bestGain, .fullResidualVariance,
      .tunedGain, .signedTunedGain:
      .labelSquared
    case .delta: .nats
    default: .one
    }
  }

  /// Whether it may be infinite.
  var isExtended: Bool { self == .windowEnd || self == .bestLambda }

  /// Whether it is about the risk, which needs the number of training rows.
  var needsRows: Bool {
    switch self {
    case .k, .baselineRisk, .slope, .limit, .windowDivisor, .parabolaCurvature, .windowEnd, .bestLambda, .bestAlpha,
      .bestGain, .tunedGain, .signedTunedGain, .n:
      true
    default: false
    }
  }

  /// Whether `c[j]`, the same for one output alone, has a meaning.
  var hasOutputs: Bool {
    switch self {
    case .residualVariance, .teacherResidualVariance, .residualCovariance, .mismatch, .differenceVariance, .varS,
      .covTS,
      .scale, .beta, .delta, .slack:
      true
    default: false
    }
  }

  /// Whether `c[i]`, the same of a row of a design, has a meaning inside of a sum over rows.
  var hasRows: Bool {
    switch self {
    case .residualVariance, .teacherResidualVariance, .residualCovariance, .differenceVariance, .beta, .slack,
      .leverage:
      true
    default: false
    }
  }

  /// All words by all their spellings.
  static let bySpelling: [String: Word] = {
    var table: [String: Word] = [
      "delta": .delta, "sigma1²": .fullResidualVariance, "lambda_best": .bestLambda, "alpha_best": .bestAlpha,
      "bestgain": .bestGain,
    ]
    for word in allCases {
      table[word.spellings.symbol] = word
      table[word.spellings.ascii] = word
    }
    return table
  }()
}

/// A function of numbers.
public enum Function: String, Sendable, CaseIterable {
  case ln, exp, sqrt, abs, min, max
  /// The largest whole number that is not larger, and a number of combinations.
  case floor, binomial
}

/// What is asked of covariances.
public enum MomentKind: String, Sendable, CaseIterable {
  case information = "I"
  case variance = "var"
  case covariance = "cov"
  case correlation = "corr"
  case squaredCorrelation = "corr²"
  case determinant = "det"

  /// Whether it is about two images, and not one.
  var isOfTwo: Bool { self != .variance && self != .determinant }
}

/// A block of coordinates, or a linear image of one.
public enum Block: String, Sendable, CaseIterable {
  case x1, x2, y, t, s
  /// E[y | x1, x2], and another teacher of the same x1.
  case joint
  case secondTeacher = "t'"
  /// The least-squares teachers of the two candidate modalities.
  case t1, t2
}
