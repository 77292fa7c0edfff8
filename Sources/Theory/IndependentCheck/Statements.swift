// SPDX-License-Identifier: GPL-3.0-or-later
/// The claims that a certificate can refute, each written from its statement alone.
///
/// To add one, write what it supposes and concludes of a ``TextbookModel``: first the assumptions, then, as a value of
/// ``all``, what it compares.
struct Statement: Sendable {
  /// What has to hold before the claim's quantities are defined.
  let assume: @Sendable (inout Comparison, TextbookModel) -> Void
  /// What the claim compares, where the assumptions hold.
  let compare: @Sendable (inout Comparison, TextbookModel, CertifiedProblem) throws(CertificateError) -> Void

  /// A claim about one label, with a teacher and a student.
  static func oneLabel(
    _ compare: @escaping @Sendable (inout Comparison, TextbookModel, CertifiedProblem) throws(CertificateError) -> Void
  ) -> Statement {
    Statement(assume: { $0.supposeOneLabel($1) }, compare: compare)
  }

  /// A claim about several labels.
  static func severalLabels(
    _ compare: @escaping @Sendable (inout Comparison, TextbookModel, CertifiedProblem) throws(CertificateError) -> Void
  ) -> Statement {
    Statement(assume: { $0.suppose($1.q > 1, "q > 1") }, compare: compare)
  }

  /// The statements by the claim's id.
  static let all: [String: Statement] = [
    "theorem1": theorem1, "calibrated": calibrated, "ols-teacher": leastSquaresTeacher,
    "coordinatewise": coordinatewise, "unbounded": unbounded, "aligned": aligned, "converse": converse,
    "fixed-lambda": fixedLambda, "vector-label": vectorLabel, "raw-modality": rawModality,
    "teacher-ranking": teacherRanking,
  ].merging(partTwo) { first, _ in first }
}

// MARK: Theorem 1 and what varies its assumptions

extension Statement {
  private static let theorem1 = oneLabel { result, m, _ throws(CertificateError) in
    try supposeTheorem1(&result, m)
    result.concludeHelp(m)
  }

  private static func supposeTheorem1(_ result: inout Comparison, _ m: TextbookModel) throws(CertificateError) {
    let (information, scale) = (try result.compareInformations(m), result.compareScales(m))
    result.suppose(information.teacher > information.label, "I(t;s) > I(s;y)")
    result.suppose(scale.teacher <= scale.label, "var(t) ≤ var(y)")
  }

  private static let unbounded = oneLabel { result, m, _ throws(CertificateError) in
    let information = try result.compareInformations(m)
    result.suppose(information.teacher > information.label, "I(t;s) > I(s;y)")
    result.concludeHelp(m)
  }

  private static let aligned = oneLabel { result, m, _ throws(CertificateError) in
    let (information, covTS) = (try result.compareInformations(m), m.covTS.trace)
    result.hypothesis.append(("cov(t,s)", covTS))
    result.suppose(information.teacher > information.label, "I(t;s) > I(s;y)")
    result.suppose(covTS > .zero, "cov(t,s) > 0")
    result.concludeHelp(m)
  }

  private static let converse = oneLabel { result, m, _ throws(CertificateError) in
    let (teacher, label) = try m.informations()
    result.hypothesis = [("c", m.residualCovariance), ("σε²", m.residualVariance)]
    result.suppose(m.residualCovariance < m.residualVariance, "c < σε²")
    result.conclusion = [("e^2I(t;s)", teacher), ("e^2I(s;y)", label)]
    result.conclusionFails = teacher <= label
  }

  private static let fixedLambda = oneLabel { result, m, problem throws(CertificateError) in
    try supposeTheorem1(&result, m)
    guard let n = problem.n, let lambda = problem.lambda else {
      throw CertificateError("fixed-lambda needs \"n\" and \"lambda\"")
    }
    result.suppose(lambda > .zero, "λ > 0")
    guard lambda > .zero else { return }
    let (risk, baseline) = (try m.risk(lambda, n: n), try m.risk(.zero, n: n))
    result.conclusion = [("R(λ)", risk), ("R0", baseline)]
    result.conclusionFails = baseline <= risk
  }
}

// MARK: Criteria at any scale, and least-squares teachers

extension Statement {
  private static let calibrated = oneLabel { result, m, _ throws(CertificateError) in
    let (information, scale) = (try result.compareInformations(m), result.compareScales(m))
    result.suppose(information.teacher * scale.label > scale.teacher * information.label, "ΔI > ln a")
    result.concludeHelp(m)
    // β > a·e^(−ΔI) breaks the rate.
    let (beta, bound) = (
      m.residualCovariance / m.residualVariance, scale.teacher * information.label / (scale.label * information.teacher)
    )
    if beta > .zero, beta * beta > bound { result.conclusionFails = true }
  }

  private static let leastSquaresTeacher = oneLabel { result, m, _ throws(CertificateError) in
    let (information, scale) = (try result.compareInformations(m), result.compareScales(m))
    result.supposeLeastSquares(m)
    result.concludeHelp(m)
    let isInformed = information.teacher > information.label
    result.conclusionFails = scale.teacher > scale.label || (isInformed && result.conclusionFails)
  }

  private static let rawModality = oneLabel { result, m, _ throws(CertificateError) in
    guard let raw = m.rawInformation, let label = m.rawLabelInformation else { throw .degenerate }
    result.hypothesis = [("e^2I(x1;x2)", raw), ("e^2I(x2;y)", label)]
    result.suppose(raw > label, "I(x1;x2) > I(x2;y)")
    result.supposeLeastSquares(m)
    result.concludeHelp(m)
  }

  private static let teacherRanking = Statement(
    assume: { result, m in
      result.suppose(m.q == 1, "q = 1")
      result.suppose(!m.wStar.isZero, "w* ≠ 0")
    },
    compare: { result, m, problem throws(CertificateError) in
      guard let p1a = problem.p1a, (1..<m.p1).contains(p1a) else {
        throw CertificateError("teacher-ranking needs \"p1a\" in 1 ..< p1")
      }
      let (first, second) = (try m.candidate(0..<p1a), try m.candidate(p1a..<m.p1))
      guard !first.w1.isZero, !second.w1.isZero, let one = first.teacherInformation, let two = second.teacherInformation
      else { throw .degenerate }
      result.hypothesis = [("e^2I(t1;s)", one), ("e^2I(t2;s)", two)]
      result.suppose(one != two, "I(t1;s) ≠ I(t2;s)")
      result.conclusion = [("c1", first.residualCovariance), ("c2", second.residualCovariance)]
      result.conclusionFails =
        one > two
        ? second.residualCovariance <= first.residualCovariance : first.residualCovariance <= second.residualCovariance
    })
}

// MARK: Several labels

extension Statement {
  private static let vectorLabel = severalLabels { result, m, _ throws(CertificateError) in
    let information = try result.compareInformations(m)
    result.suppose(information.teacher > information.label, "I(t;s) > I(s;y)")
    result.suppose((m.sigma33 - m.covT).isPositiveSemidefinite, "cov(t) ⪯ cov(y)")
    result.concludeHelp(m)
  }

  private static let coordinatewise = severalLabels { result, m, _ throws(CertificateError) in
    for j in 0..<m.q {
      let output = try m.output(j)
      if output.w1.isZero || output.wStar.isZero { throw .degenerate }
      let (teacher, label) = try output.informations()
      result.hypothesis += [("e^2I(t\(j + 1);s\(j + 1))", teacher), ("e^2I(s\(j + 1);y\(j + 1))", label)]
      result.suppose(teacher * output.sigma33.trace > output.covT.trace * label, "ΔI > ln a in output \(j + 1)")
    }
    result.concludeHelp(m)
  }
}
