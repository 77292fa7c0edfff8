// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import SeededRuns

/// Draws random exact instances: every Σ is positive definite by construction, w1 ≠ 0, w* ≠ 0 and n ≥ p2+2.
///
/// The families lean to where claims are decided: small sizes, n = p2+2, least-squares teachers, informations and
/// scales near their boundaries, exact ties, and Σ that are near-singular, badly scaled, sparse or of blocks.
public struct InstanceSampler: Sendable {
  /// The largest p1 and p2.
  public var largestSize: Int

  /// A sampler of instances with p1, p2 ≤ `largestSize`.
  public init(largestSize: Int = 8) { self.largestSize = max(1, largestSize) }

  /// The next instance.
  ///
  /// - Throws: `InstanceError` never, unless a family is wrong: what it draws is valid by construction, and checked.
  public func instance(from source: inout some ChoiceSource) throws(InstanceError) -> Instance {
    let instance = try plainInstance(from: &source)
    return instance.q == 1 ? try withExtras(instance, from: &source) : instance
  }

  /// An instance without extras.
  private func plainInstance(from source: inout some ChoiceSource) throws(InstanceError) -> Instance {
    let shape = shape(from: &source)
    var form = regressionForm(shape, from: &source)
    let isLeastSquares = shape.p1a != nil || source.chance(1, in: 3)
    let drawn = integers(shape.p1, shape.q, in: -3...3, from: &source).withoutZeroColumns
    if !isLeastSquares, shape.q == 1, source.chance(1, in: 4), let tie = form.residualVarianceOfEqualInformation(drawn)
    {
      form.setResidualVariance(tie * source.element(of: nearOne))
    }
    let instance = try Instance(
      sigma: form.sigma, p1: shape.p1, p2: shape.p2, q: shape.q, w1: isLeastSquares ? nil : drawn, n: shape.n,
      lambda: shape.lambda, p1a: shape.p1a)
    if instance.w1.isZero { return try instance.with(w1: drawn) }
    if isLeastSquares { return instance }
    return try instance.with(w1: scaled(drawn, Moments(instance), from: &source))
  }

  private struct Shape {
    let p1, p2, q, n: Int
    let lambda: Rational
    let p1a: Int?
  }

  private func shape(from source: inout some ChoiceSource) -> Shape {
    let q = source.chance(3, in: 10) ? source.integer(in: 2...3) : 1
    var (p1, p2) = (source.size(upTo: largestSize), source.size(upTo: largestSize))
    // With fewer inputs than labels the informations of t and s are not finite: rarely so.
    if source.chance(9, in: 10) { (p1, p2) = (max(p1, q), max(p2, q)) }
    let n = source.trainingRows(p2: p2)
    let weight = source.distillationWeight()
    let p1a = p1 >= 2 && q == 1 && source.chance(1, in: 4) ? source.integer(in: 1...(p1 - 1)) : nil
    return Shape(p1: p1, p2: p2, q: q, n: n, lambda: Rational(weight.u, weight.v), p1a: p1a)
  }

  private func regressionForm(_ shape: Shape, from source: inout some ChoiceSource) -> RegressionForm {
    let (p1, p2, q) = (shape.p1, shape.p2, shape.q)
    let families = CovarianceFamily.allCases
    let inputs = source.element(of: families).covariance(size: p2, from: &source)
    let noise = source.element(of: families).covariance(size: p1 + q, from: &source)
    let student = integers(p2, q, in: -2...2, from: &source).withoutZeroColumns
    var teacherSide = integers(p2, p1, in: -2...2, from: &source)
    if source.chance(1, in: 2) {
      // x1 follows s: teachers that know what the student can know.
      teacherSide = student * integers(q, p1, in: -2...2, from: &source)
    }
    let strength = Rational(source.element(of: [1, 1, 2, 4]))
    let weights = RationalMatrix(rows: p2, columns: p1 + q) { i, j in
      j < p1 ? strength * teacherSide[i, j] : student[i, j - p1]
    }
    return RegressionForm(p1: p1, p2: p2, q: q, inputs: inputs, weights: weights, noise: noise)
  }
}

// MARK: The teacher's scale

extension InstanceSampler {
  /// The teacher at a scale where something is decided, or nil to leave it.
  private func scaled(_ w1: RationalMatrix, _ m: Moments, from source: inout some ChoiceSource) -> RationalMatrix? {
    guard m.varT.signum > 0 else { return nil }
    if m.q > 1 { return source.chance(1, in: 5) ? nil : scaledForVectors(w1, m, from: &source) }
    switch source.integer(in: 0...5) {
    case 0 where m.residualCovariance.signum != 0:
      return (m.residualVariance / m.residualCovariance * source.element(of: nearOne)) * w1
    case 1:
      return (rootBelow(m.varY / m.varT) * source.element(of: nearOne)) * w1
    case 2, 3:
      return (rootBelow(m.varY / m.varT) * source.element(of: [1, Rational(1, 2), Rational(1, 8)])) * w1
    default: return nil
    }
  }

  /// One common scale at which cov(t) ⪯ cov(y), or one for each output at which its calibrated criterion holds.
  private func scaledForVectors(_ w1: RationalMatrix, _ m: Moments, from source: inout some ChoiceSource)
    -> RationalMatrix?
  {
    let q = m.q
    if source.chance(1, in: 2) {
      let (covT, covY) = (m.total.selecting(0..<q), m.total.selecting(q..<(2 * q)))
      var scale = Rational(1)
      for _ in 0..<40 where !(covY - scale.squared * covT).isPositiveSemidefinite { scale = scale * Rational(1, 2) }
      return scale * w1
    }
    let scales = (0..<q).map { j -> Rational in
      let output = m.output(j)
      guard let teacher = try? output.teacherInformation(), let label = try? output.labelInformation() else { return 1 }
      return min(1, rootBelow((teacher - label).argument / output.scaleSquared))
    }
    return RationalMatrix(rows: w1.rows, columns: q) { i, j in scales[j] * w1[i, j] }
  }
}

/// Exactly 1, and a little to either side.
private let nearOne = [1, Rational(1001, 1000), Rational(999, 1000)]

/// A number of ten binary digits whose square is just below `x` > 0.
private func rootBelow(_ x: Rational) -> Rational {
  let root = x.asDouble.squareRoot()
  guard root.isNormal else { return 1 }
  let digits = 9 - Int(root.exponent)
  var mantissa = Int(root * Double(sign: .plus, exponent: digits, significand: 1))
  while (Rational(mantissa) * Rational.powerOfTwo(-digits)).squared >= x { mantissa -= 1 }
  return Rational(mantissa) * Rational.powerOfTwo(-digits)
}

private func integers(_ rows: Int, _ columns: Int, in range: ClosedRange<Int>, from source: inout some ChoiceSource)
  -> RationalMatrix
{
  RationalMatrix(rows: rows, columns: columns) { _, _ in Rational(source.integer(in: range)) }
}

extension RationalMatrix {
  /// The same matrix with a 1 at the top of every column that is zero.
  fileprivate var withoutZeroColumns: RationalMatrix {
    let empty = (0..<columns).filter { selecting(rows: 0..<rows, columns: [$0]).isZero }
    return empty.isEmpty
      ? self : RationalMatrix(rows: rows, columns: columns) { $0 == 0 && empty.contains($1) ? 1 : self[$0, $1] }
  }
}
