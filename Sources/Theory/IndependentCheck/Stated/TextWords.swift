// SPDX-License-Identifier: GPL-3.0-or-later
/// The words and moments of statements, by textbook formulas.
extension TextEvaluator {
  func word(_ word: String) throws(CertificateError) -> TextValue? {
    let m = model
    let (c, own, other) = (m.residualCovariance, m.residualVariance, m.teacherResidualVariance)
    let (varT, varS, covTS) = (m.covT.trace, m.covS.trace, m.covTS.trace)
    let two = Fraction(2)
    let bias = varT - other - two * covTS + varS
    switch word {
    case "σε²": return .number(own)
    case "ση²": return .number(other)
    case "c": return .number(c)
    case "B": return .number(bias)
    case "V": return .number(own + other - two * c)
    case "A": return .number(varS)
    case "G": return .number(covTS)
    case "a": return .root(varT / m.sigma33.trace)
    case "β": return .number(c / own)
    case "slack": return .number(own - c)
    case "σ1²": return .number(try m.fullResidualVariance())
    case "f²":
      let full = try m.fullResidualVariance()
      return .number((own - full) / full)
    case "ΔI":
      guard let teacher = m.teacherInformation, let label = m.labelInformation else { return nil }
      return .information([(.one, teacher), (Fraction.zero - .one, label)])
    case "p1": return .number(Fraction(.init(m.p1)))
    case "p2": return .number(Fraction(.init(m.p2)))
    case "q": return .number(Fraction(.init(m.q)))
    case "n": return problem.n.map { .number(Fraction(.init($0))) }
    case "λ":
      guard let lambda = problem.lambda, lambda > .zero else { return nil }
      return .number(lambda)
    case "μ": return problem.ridge.map { .number($0) }
    case "m": return problem.unlabelled.map { .number(Fraction(.init($0))) }
    case "N": return problem.teacherRows.map { .number(Fraction(.init($0))) }
    default: break
    }
    guard let n = problem.n, n >= m.p2 + 2 else {
      if TextEvaluator.rowWords.contains(word) { return nil }
      throw TextEvaluator.refusal("statement with the word \"\(word)\"")
    }
    let k = Fraction(.init(m.p2), .init(n - m.p2 - 1))
    let (pull, curvature, divisor) = (k * (own - c), bias + k * (own + other - two * c), bias + k * (other - own))
    switch word {
    case "k": return .number(k)
    case "R0": return .number(own * (.one + k))
    case "slope": return .number(Fraction.zero - two * pull)
    case "R∞": return .number(own + bias + k * other)
    case "D": return .number(divisor)
    case "curvature": return .number(curvature)
    case "best gain": return .number(own * (.one + k) - (try m.leastRisk(k)))
    case "best α": return .number(pull <= .zero ? .zero : curvature <= pull ? .one : pull / curvature)
    case "best λ":
      return pull <= .zero ? .number(.zero) : curvature <= pull ? .infinity : .number(pull / (curvature - pull))
    case "window.upper":
      return pull <= .zero ? .number(.zero) : divisor <= .zero ? .infinity : .number(two * pull / divisor)
    case "tuned_gain", "signed_tuned_gain":
      // The least excess over a and b less that over a alone, by the normal equations.
      let (n11, n12, n22) = (varS + k * own, covTS + k * c, varT - other + k * other)
      let (determinant, slope) = (n11 * n22 - n12 * n12, covTS * n11 - varS * n12)
      guard determinant > .zero, word.hasPrefix("s") || slope > .zero else { return .number(.zero) }
      return .number(slope * slope / (n11 * determinant))
    default: throw TextEvaluator.refusal("statement with the word \"\(word)\"")
    }
  }

  private static let rowWords: Set = [
    "k", "R0", "slope", "R∞", "D", "curvature", "best gain", "best α", "best λ", "window.upper", "tuned_gain",
    "signed_tuned_gain",
  ]

  // MARK: Moments

  func moment(_ kind: String, _ first: [TextVector], _ second: [TextVector], _ given: [TextVector])
    throws(CertificateError) -> TextValue?
  {
    guard let (matrix, (rows, columns)) = try covariance(first, second, given: given) else { return nil }
    let all = 0..<(rows + columns)
    let (own, other, cross) = (
      matrix.block(0..<rows, 0..<rows), matrix.block(rows..<all.upperBound, rows..<all.upperBound),
      matrix.block(0..<rows, rows..<all.upperBound)
    )
    switch kind {
    case "var": return .number(own.trace)
    case "det": return .number(own.determinant)
    case "cov": return rows == columns ? .number(cross.trace) : nil
    case "I":
      let (joint, a, b) = (matrix.determinant, own.determinant, other.determinant)
      return joint == .zero || a == .zero || b == .zero ? nil : .information([(.one, a * b / joint)])
    default:
      let variances = own.trace * other.trace
      guard rows == 1, columns == 1, variances != .zero else { return nil }
      let squared = cross.trace * cross.trace / variances
      if kind == "corr²" { return .number(squared) }
      return .root(cross.trace < .zero ? .zero - squared : squared)
    }
  }

  /// The covariance of the vectors side by side given others: the Schur complement; nil for dependent ones, or where they do not
  /// fit.
  func covariance(_ first: [TextVector], _ second: [TextVector], given: [TextVector]) throws(CertificateError)
    -> (FractionMatrix, (Int, Int))?
  {
    var lists: [[[Fraction]]] = []
    for list in [first, second, given] {
      var rows: [[Fraction]] = []
      for vector in list {
        guard let own = try weights(vector) else { return nil }
        rows += own
      }
      lists.append(rows)
    }
    let size = lists[0].count + lists[1].count
    let map = FractionMatrix(lists.flatMap { $0 })
    let joint = map * model.sigma * map.transposed
    let own = joint.block(0..<size, 0..<size)
    if lists[2].isEmpty { return (own, (lists[0].count, lists[1].count)) }
    let whole = size..<(size + lists[2].count)
    guard let inverse = joint.block(whole, whole).gaussJordan().inverse else { return nil }
    let cross = joint.block(0..<size, whole)
    return (own - cross * inverse * cross.transposed, (lists[0].count, lists[1].count))
  }

  /// The weights on (x1, x2, y) of each coordinate of a vector; nil where its terms do not fit, or one has no such coordinate.
  private func weights(_ vector: TextVector) throws(CertificateError) -> [[Fraction]]? {
    var sum: [[Fraction]] = []
    for (coefficient, name, place) in vector {
      guard var own = try block(name) else { return nil }
      if let place {
        guard place < own.count else { return nil }
        own = [own[place]]
      }
      if sum.isEmpty { sum = own.map { $0.map { _ in .zero } } }
      guard sum.count == own.count else { return nil }
      sum = zip(sum, own).map { zip($0, $1).map { $0 + coefficient * $1 } }
    }
    return sum
  }

  private func block(_ name: String) throws(CertificateError) -> [[Fraction]]? {
    let m = model
    let size = m.p1 + m.p2 + m.q
    func units(_ range: Range<Int>) -> [[Fraction]] { range.map { i in (0..<size).map { $0 == i ? .one : .zero } } }
    func image(_ weights: FractionMatrix, from start: Int) -> [[Fraction]] {
      let rows = weights.transposed.rows
      return rows.map { row in
        (0..<size).map { $0 >= start && $0 < start + row.count ? row[$0 - start] : .zero }
      }
    }
    switch name {
    case "x1": return units(0..<m.p1)
    case "x2": return units(m.p1..<(m.p1 + m.p2))
    case "y": return units((m.p1 + m.p2)..<size)
    case "t": return image(m.w1, from: 0)
    case "s": return image(m.wStar, from: m.p1)
    case "t'": return problem.w1b.map { image($0, from: 0) }
    default:
      let inputs = 0..<(m.p1 + m.p2)
      guard let inverse = m.sigma.block(inputs, inputs).gaussJordan().inverse else { return nil }
      return image(inverse * m.sigma.block(inputs, (m.p1 + m.p2)..<size), from: 0)
    }
  }
}
