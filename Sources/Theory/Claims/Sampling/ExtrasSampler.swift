import Distillation
import ExactAlgebra
import PropertyTesting

/// What claims of part two ask of an instance: extras, and joints of special form.
extension InstanceSampler {
  /// The instance (q = 1) with extras: some modalities that share only the label, some that tell equally much.
  func withExtras(_ instance: Instance, from source: inout some ChoiceSource) throws(InstanceError) -> Instance {
    var changed = instance
    if source.chance(1, in: 6) {
      changed = try instance.independentGivenLabel() ?? instance
    } else if instance.p1 <= 3, source.chance(3, in: 5) {
      changed = try instance.withEqualCandidate(scales: equalScales, from: source.integer(in: 0...3)) ?? instance
    }
    return try changed.with(extras: extras(for: changed, from: &source))
  }

  private func extras(for instance: Instance, from source: inout some ChoiceSource) -> InstanceExtras {
    var extras = InstanceExtras(
      unlabelled: source.chance(1, in: 8) ? 0 : source.integer(in: 1...60),
      ridge: Rational(source.integer(in: 0...12), source.integer(in: 1...4)),
      teacherRows: instance.p1 + instance.p2 + 2 + source.integer(in: 0...40))
    extras.secondTeacher = secondTeacher(for: instance, from: &source)
    if source.chance(1, in: 3) {
      let design = fullRankRows(instance.p2, from: &source)
      extras.design = design
      if source.chance(4, in: 5) { extras.rowMoments = (0..<design.rows).map { _ in rowMoments(from: &source) } }
    }
    return extras
  }

  /// Another teacher; one in two at a scale where it does not help, or does only just.
  private func secondTeacher(for instance: Instance, from source: inout some ChoiceSource) -> RationalMatrix? {
    let drawn = RationalMatrix(rows: instance.p1, columns: 1) { i, _ in Rational(source.integer(in: i == 0 ? 1...3 : -3...3)) }
    var second = drawn
    if source.chance(3, in: 4) {
      guard let moments = (try? instance.with(extras: InstanceExtras()).with(w1: drawn)).map({ Moments($0) }),
        moments.residualCovariance.signum != 0
      else { return nil }
      second = (source.element(of: harmfulScales) * moments.residualVariance / moments.residualCovariance) * drawn
    }
    return second == instance.w1 ? 2 * second : second
  }

  /// Small whole rows, the first of which are triangular, so that they have full column rank.
  private func fullRankRows(_ width: Int, from source: inout some ChoiceSource) -> RationalMatrix {
    let count = width + source.integer(in: 0...3)
    return RationalMatrix(rows: count, columns: width) { i, j in
      if i < width { return j > i ? 0 : Rational(source.integer(in: j == i ? 1...3 : -2...2)) }
      return Rational(source.integer(in: -3...3))
    }
  }

  private func rowMoments(from source: inout some ChoiceSource) -> RowMoments {
    let (y, t) = (source.integer(in: 1...6), source.integer(in: 1...6))
    let drawn = source.integer(in: -3...5)
    return RowMoments(y: Rational(y), ty: Rational(drawn * drawn <= y * t ? drawn : 0), t: Rational(t))
  }
}

/// How much more or less than the first the second of two equal candidates may share with y.
let equalScales: [Rational] = [
  2, Rational(1, 2), Rational(3, 2), Rational(3, 4), Rational(5, 4), Rational(9, 10), Rational(11, 10), Rational(19, 20),
]
private let harmfulScales: [Rational] = [1, Rational(1001, 1000), Rational(3, 2), 3, Rational(1, 2)]

extension Instance {
  /// The instance in which x1 and x2 share nothing but the label: Σ12 = Σ13Σ32/var(y); nil where w* would not change sides.
  ///
  /// Given y the two are uncorrelated, each as it was, so that Σ stays positive definite (q = 1).
  func independentGivenLabel() throws(InstanceError) -> Instance? {
    let label = y.lowerBound
    guard q == 1 else { return nil }
    let changed = RationalMatrix(rows: sigma.rows, columns: sigma.rows) { i, j in
      x1.contains(i) && x2.contains(j) || x2.contains(i) && x1.contains(j)
        ? sigma[i, label] * sigma[label, j] / sigma[label, label] : sigma[i, j]
    }
    return try Instance(sigma: changed, p1: p1, p2: p2, w1: w1, n: n, lambda: lambda, p1a: p1a)
  }

  /// The instance with a second candidate modality whose least-squares teacher tells as much of s, by the first of `scales`
  /// from place `start` on that makes a covariance; nil where none does, or where no cov(t,s) > 0 (q = 1).
  func withEqualCandidate(scales: [Rational], from start: Int) throws(InstanceError) -> Instance? {
    guard q == 1 else { return nil }
    let base = alignment.signum > 0 ? self : try withNoiseReversed()
    for scale in scales[start...] + scales[..<start] {
      if let both = try base.withEqualCandidate(scale: scale) { return both }
    }
    return nil
  }

  /// cov(t,s) of the least-squares teacher.
  private var alignment: Rational {
    (leastSquaresTeacher.transposed * sigma.selecting(rows: x1, columns: x2) * optimalStudent)[0, 0]
  }

  /// The instance with the sign of cov(x1, y | x2) reversed, Σ13 → 2Σ12w* − Σ13, which keeps Σ positive definite and, where
  /// cov(t,s) of the least-squares teacher was negative, makes it positive.
  private func withNoiseReversed() throws(InstanceError) -> Instance {
    let label = y.lowerBound
    let reversed =
      Rational(2) * (sigma.selecting(rows: x1, columns: x2) * optimalStudent) - sigma.selecting(rows: x1, columns: y)
    let changed = RationalMatrix(rows: sigma.rows, columns: sigma.rows) { i, j in
      j == label && x1.contains(i) ? reversed[i, 0] : i == label && x1.contains(j) ? reversed[j, 0] : sigma[i, j]
    }
    return try Instance(sigma: changed, p1: p1, p2: p2, w1: w1, n: n, lambda: lambda, p1a: p1a)
  }

  /// With x1 again as the second candidate, but with `scale` times its covariance with y, and independent of the first given
  /// (x2, y).
  private func withEqualCandidate(scale: Rational) throws(InstanceError) -> Instance? {
    let (p, others) = (p1, Array(x2) + Array(y))
    guard alignment.signum > 0, let inverse = try? sigma.selecting(others).inverse() else { return nil }
    let first = sigma.selecting(rows: x1, columns: others)
    let second = RationalMatrix(rows: p, columns: p2 + 1) { $1 == p2 ? scale * first[$0, $1] : first[$0, $1] }
    let between = first * inverse * second.transposed
    let whole = RationalMatrix(rows: sigma.rows + p, columns: sigma.rows + p) { i, j in
      switch (i, j) {
      case (..<p, ..<p): sigma[i, j]
      case (..<p, p..<(2 * p)): between[i, j - p]
      case (p..<(2 * p), ..<p): between[j, i - p]
      case (p..<(2 * p), p..<(2 * p)): sigma[i - p, j - p]
      case (p..<(2 * p), _): second[i - p, j - 2 * p]
      case (_, p..<(2 * p)): second[j - p, i - 2 * p]
      case (..<p, _): first[i, j - 2 * p]
      case (_, ..<p): first[j, i - 2 * p]
      default: sigma[i - p, j - p]
      }
    }
    guard (try? whole.requirePositiveDefinite()) != nil else { return nil }
    let both = try Instance(sigma: whole, p1: 2 * p, p2: p2, w1: nil, n: n, lambda: lambda, p1a: p)
    return both.w1.isZero ? nil : both
  }
}
