// SPDX-License-Identifier: GPL-3.0-or-later
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
    } else if instance.p1a == nil, instance.p1 <= 3, source.chance(2, in: 3) {
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
    let drawn = RationalMatrix(rows: instance.p1, columns: 1) { i, _ in
      Rational(source.integer(in: i == 0 ? 1...3 : -3...3))
    }
    var second = drawn
    if source.chance(3, in: 4) {
      let (c, variance) = residuals(instance, drawn)
      if c.signum == 0 { return nil }
      second = (source.element(of: harmfulScales) * variance / c) * drawn
    }
    return second == instance.w1 ? 2 * second : second
  }

  /// c of a teacher and σε².
  private func residuals(_ instance: Instance, _ w1: RationalMatrix) -> (c: Rational, variance: Rational) {
    let (sigma, student) = (instance.sigma, instance.optimalStudent)
    func residual(_ rows: Range<Int>) -> RationalMatrix {
      sigma.selecting(rows: rows, columns: instance.y) - sigma.selecting(rows: rows, columns: instance.x2) * student
    }
    return ((w1.transposed * residual(instance.x1))[0, 0], residual(instance.y)[0, 0])
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
  2, Rational(1, 2), Rational(3, 2), Rational(3, 4), Rational(5, 4), Rational(9, 10), Rational(11, 10),
  Rational(19, 20),
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

  /// The instance with a second candidate modality whose least-squares teacher tells as much of s: x1 again, but with
  /// another covariance with y, by the first of `scales` from place `start` on that makes one; independent of the first given
  /// (x2, y).
  ///
  /// Where cov(t,s) of the least-squares teacher is not positive, the sign of cov(x1, y | x2) is reversed before, which keeps
  /// Σ positive definite and makes it so. Nil where cov(t,s) is 0, or no scale makes a covariance (q = 1).
  func withEqualCandidate(scales: [Rational], from start: Int) throws(InstanceError) -> Instance? {
    let (cross, student) = (sigma.selecting(rows: x1, columns: x2), optimalStudent)
    let explained = cross * student
    var shared = sigma.selecting(rows: x1, columns: y)
    func alignment() -> Rational {
      guard let teacher = try? sigma.selecting(x1).solve(shared) else { return 0 }
      return (teacher.transposed * explained)[0, 0]
    }
    if alignment().signum < 0 { shared = Rational(2) * explained - shared }
    guard q == 1, alignment().signum > 0 else { return nil }
    let base = withSigma13(shared)
    for scale in scales[start...] + scales[..<start] {
      let scaled = withSigma13(scale * shared)
      // Given (x2, y) the two candidates are independent, so each has to be a covariance by itself.
      if (try? scaled.requirePositiveDefinite()) != nil { return try joined(base, scaled) }
    }
    return nil
  }

  /// Σ with another Σ13 (q = 1).
  private func withSigma13(_ column: RationalMatrix) -> RationalMatrix {
    let label = y.lowerBound
    return RationalMatrix(rows: sigma.rows, columns: sigma.rows) { i, j in
      j == label && i < p1 ? column[i, 0] : i == label && j < p1 ? column[j, 0] : sigma[i, j]
    }
  }

  /// The instance of x1 of `one`, x1 of `two`, and (x2, y), which are the same in both.
  private func joined(_ one: RationalMatrix, _ two: RationalMatrix) throws(InstanceError) -> Instance? {
    let (p, others) = (p1, Array(x2) + Array(y))
    guard let inverse = try? sigma.selecting(others).inverse() else { return nil }
    let first = one.selecting(rows: x1, columns: others)
    let second = two.selecting(rows: x1, columns: others)
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
    let both = try Instance(sigma: whole, p1: 2 * p, p2: p2, w1: nil, n: n, lambda: lambda, p1a: p)
    return both.w1.isZero ? nil : both
  }
}
