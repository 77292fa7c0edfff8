/// What a claim compares on one problem: each number by name, and whether the hypothesis holds and the conclusion fails.
struct Comparison {
  var hypothesis: [(String, Fraction)] = []
  var conclusion: [(String, Fraction)] = []
  /// The first part of the hypothesis that does not hold.
  var hypothesisFailure: String?
  var conclusionFails = false

  mutating func suppose(_ holds: Bool, _ what: String) {
    if !holds, hypothesisFailure == nil { hypothesisFailure = "not \(what)" }
  }
}

extension CertifiedProblem {
  /// The numbers of this problem's claim, written from the statement of the claim alone.
  func comparison(_ m: TextbookModel) throws(CertificateError) -> Comparison {
    var result = Comparison()
    switch claim {
    case "theorem1", "unbounded", "aligned", "ols-teacher", "raw-modality", "calibrated", "converse", "fixed-lambda":
      result.suppose(q == 1, "q = 1")
      result.suppose(!m.w1.isZero, "w1 ≠ 0")
      result.suppose(!m.wStar.isZero, "w* ≠ 0")
    case "vector-label", "coordinatewise": result.suppose(q > 1, "q > 1")
    case "teacher-ranking":
      result.suppose(q == 1, "q = 1")
      result.suppose(!m.wStar.isZero, "w* ≠ 0")
    case "sharp", "window", "gain", "tight":
      throw CertificateError("\(claim) is an identity between closed forms; a certificate cannot refute it")
    default: throw CertificateError("this check does not know the claim \"\(claim)\"")
    }
    if result.hypothesisFailure == nil { try fill(&result, m) }
    return result
  }

  private func fill(_ result: inout Comparison, _ m: TextbookModel) throws(CertificateError) {
    switch claim {
    case "raw-modality":
      guard let raw = m.rawInformation, let label = m.rawLabelInformation else { throw degenerate }
      result.hypothesis = [("e^2I(x1;x2)", raw), ("e^2I(x2;y)", label)]
      result.suppose(raw > label, "I(x1;x2) > I(x2;y)")
      result.suppose(m.w1 == m.leastSquaresTeacher, "w1 = Σ11⁻¹Σ13")
      noHelp(&result, m)
    case "coordinatewise": try coordinatewise(&result, m)
    case "teacher-ranking": try teacherRanking(&result, m)
    default: try byInformation(&result, m)
    }
  }

  private var degenerate: CertificateError {
    CertificateError("an information is not finite: w1 or w* lacks full rank")
  }

  /// The claims about ΔI of the predictions.
  private func byInformation(_ result: inout Comparison, _ m: TextbookModel) throws(CertificateError) {
    guard let teacher = m.teacherInformation, let label = m.labelInformation else { throw degenerate }
    let informations = [("e^2I(t;s)", teacher), ("e^2I(s;y)", label)]
    let (varT, varY) = (m.covT.trace, m.sigma33.trace)
    let scales = [("var(t)", varT), ("var(y)", varY)]
    result.hypothesis = informations
    switch claim {
    case "converse":
      result.hypothesis = [("c", m.c), ("σε²", m.noise)]
      result.suppose(m.c < m.noise, "c < σε²")
      result.conclusion = informations
      result.conclusionFails = teacher <= label
      return
    case "calibrated":
      result.hypothesis += scales
      result.suppose(teacher * varY > varT * label, "ΔI > ln a")
      noHelp(&result, m)
      // β > a·e^(−ΔI) breaks the rate.
      let beta = m.c / m.noise
      if beta > .zero, beta * beta > varT * label / (varY * teacher) { result.conclusionFails = true }
      return
    case "ols-teacher":
      result.hypothesis += scales
      result.suppose(m.w1 == m.leastSquaresTeacher, "w1 = Σ11⁻¹Σ13")
      noHelp(&result, m)
      result.conclusionFails = varT > varY || (teacher > label && result.conclusionFails)
      return
    default: result.suppose(teacher > label, "I(t;s) > I(s;y)")
    }
    switch claim {
    case "aligned":
      let covTS = m.covTS.trace
      result.hypothesis.append(("cov(t,s)", covTS))
      result.suppose(covTS > .zero, "cov(t,s) > 0")
    case "theorem1", "fixed-lambda":
      result.hypothesis += scales
      result.suppose(varT <= varY, "var(t) ≤ var(y)")
    case "vector-label":
      result.suppose((m.sigma33 - m.covT).isPositiveSemidefinite, "cov(t) ⪯ cov(y)")
    default: break
    }
    if claim == "fixed-lambda" { try noGain(&result, m) } else { noHelp(&result, m) }
  }

  private func noHelp(_ result: inout Comparison, _ m: TextbookModel) {
    result.conclusion = q == 1 ? [("c", m.c), ("σε²", m.noise)] : [("tr c", m.c), ("tr σε²", m.noise)]
    result.conclusionFails = m.noise <= m.c
  }

  private func noGain(_ result: inout Comparison, _ m: TextbookModel) throws(CertificateError) {
    guard let n, let lambda else { throw CertificateError("fixed-lambda needs \"n\" and \"lambda\"") }
    result.suppose(lambda > .zero, "λ > 0")
    guard lambda > .zero else { return }
    let (risk, baseline) = (try m.risk(lambda, n: n), try m.risk(.zero, n: n))
    result.conclusion = [("R(λ)", risk), ("R0", baseline)]
    result.conclusionFails = baseline <= risk
  }

  private func coordinatewise(_ result: inout Comparison, _ m: TextbookModel) throws(CertificateError) {
    for j in 0..<q {
      let output = try m.output(j)
      guard let teacher = output.teacherInformation, let label = output.labelInformation, !output.wStar.isZero,
        !output.w1.isZero
      else { throw degenerate }
      result.hypothesis += [("e^2I(t\(j + 1);s\(j + 1))", teacher), ("e^2I(s\(j + 1);y\(j + 1))", label)]
      result.suppose(
        teacher * output.sigma33.trace > output.covT.trace * label, "ΔI > ln a in output \(j + 1)")
    }
    noHelp(&result, m)
  }

  private func teacherRanking(_ result: inout Comparison, _ m: TextbookModel) throws(CertificateError) {
    guard let p1a, (1..<p1).contains(p1a) else { throw CertificateError("teacher-ranking needs \"p1a\" in 1 ..< p1") }
    let (first, second) = (try m.candidate(0..<p1a), try m.candidate(p1a..<p1))
    guard !first.w1.isZero, !second.w1.isZero, let one = first.teacherInformation, let two = second.teacherInformation
    else { throw degenerate }
    result.hypothesis = [("e^2I(t1;s)", one), ("e^2I(t2;s)", two)]
    result.suppose(one != two, "I(t1;s) ≠ I(t2;s)")
    result.conclusion = [("c1", first.c), ("c2", second.c)]
    result.conclusionFails = one > two ? second.c <= first.c : first.c <= second.c
  }
}
