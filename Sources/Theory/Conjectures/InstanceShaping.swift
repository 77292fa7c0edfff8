// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra

/// Gives instances the shape that the premise of a statement asks for, so that they need not be waited for.
///
/// Whether the premise holds is decided afterwards, exactly: nothing here has to succeed.
struct InstanceShaping {
  let bounds: SizeBounds
  let conditions: [Formula.Kind]
  private let isOfTwo: Bool

  init(_ conjecture: Conjecture) {
    let supposed = conjecture.premise?.conjuncts ?? []
    (bounds, conditions, isOfTwo) = (SizeBounds(supposed), supposed.map(\.kind), conjecture.isOfTwo)
  }

  /// Whether whole-number problems need no more than other sizes.
  var isOfSizesOnly: Bool { !hasUnitInputs && !hasIndependence && !hasUnitScale && !hasJointTeacher }

  /// Whether there is anything to do.
  var isNeeded: Bool {
    isOfTwo || !isOfSizesOnly || bounds.p1.upperBound < .max || bounds.p2.upperBound < .max
      || bounds.rowsBeyondInputs != nil
  }

  var p1: ClosedRange<Int> { bounds.p1 }
  var p2: ClosedRange<Int> { bounds.p2 }

  private var hasUnitInputs: Bool { conditions.contains(.unitInputs) }

  private var hasJointTeacher: Bool { conditions.contains(.jointTeacher) }

  private var hasIndependence: Bool {
    func plain(_ block: Block) -> [LinearImage] { [LinearImage(block)] }
    let (x1, x2, y) = (plain(.x1), plain(.x2), plain(.y))
    return conditions.contains(.independent(x1, x2, given: y)) || conditions.contains(.independent(x2, x1, given: y))
  }

  private var hasUnitScale: Bool {
    let (scale, one) = (Expression(.word(.scale, nil)), Expression(.number(1)))
    return [(scale, one), (one, scale)].contains { left, right in
      conditions.contains(.comparison(.init(first: left, rest: [.init(relation: .equal, expression: right)])))
    }
  }

  func callAsFunction(_ instance: Instance) throws(InstanceError) -> Instance {
    isOfTwo ? try both(instance) : try one(instance)
  }

  /// One instance in the shape that is asked for.
  func one(_ instance: Instance) throws(InstanceError) -> Instance {
    var shaped = try withSizes(instance)
    if hasUnitInputs { shaped = try withUnitInputs(shaped) }
    if hasIndependence { shaped = try withIndependence(shaped) }
    if hasUnitScale { shaped = try withUnitScale(shaped) }
    if hasJointTeacher { shaped = try shaped.withJointTeacher() ?? shaped }
    return shaped
  }

  /// The same with another Σ; a least-squares teacher stays one.
  func changed(_ instance: Instance, _ sigma: RationalMatrix) throws(InstanceError) -> Instance {
    let isLeastSquares = instance.w1 == instance.leastSquaresTeacher
    return try Instance(
      sigma: sigma, p1: instance.p1, p2: instance.p2, q: instance.q, w1: isLeastSquares ? nil : instance.w1,
      n: instance.n, lambda: instance.lambda, p1a: instance.p1a, extras: instance.extras)
  }

  /// Without the last coordinates where there are too many; and with the n that is asked for.
  private func withSizes(_ instance: Instance) throws(InstanceError) -> Instance {
    let (p1, p2) = (min(instance.p1, max(bounds.p1.upperBound, 1)), min(instance.p2, max(bounds.p2.upperBound, 1)))
    let beyond = bounds.rowsBeyondInputs.map { max($0, 2) }
    if p1 == instance.p1, p2 == instance.p2, beyond == nil { return instance }
    let kept = Array(instance.x1.prefix(p1)) + Array(instance.x2.prefix(p2)) + Array(instance.y)
    let isLeastSquares = instance.w1 == instance.leastSquaresTeacher
    let rows = instance.n.map { n in beyond.map { p2 + $0 } ?? n }
    return try Instance(
      sigma: instance.sigma.selecting(kept), p1: p1, p2: p2, q: instance.q,
      w1: isLeastSquares ? nil : instance.w1.selecting(rows: 0..<p1, columns: 0..<instance.q), n: rows,
      lambda: instance.lambda, p1a: instance.p1a.flatMap { $0 < p1 ? $0 : nil },
      extras: instance.extras.fitting(instance, p1: p1, p2: p2))
  }

  /// Σ22 = 1, with the old regression weights on x2 and what they leave open: still positive definite.
  private func withUnitInputs(_ instance: Instance) throws(InstanceError) -> Instance {
    let (sigma, x2) = (instance.sigma, instance.x2)
    let rest = Array(instance.x1) + Array(instance.y)
    let cross = sigma.selecting(rows: x2, columns: rest)
    guard let weights = try? sigma.selecting(x2).solve(cross) else { return instance }
    let outer = weights.transposed * weights + (sigma.selecting(rest) - weights.transposed * cross)
    let place = Dictionary(uniqueKeysWithValues: rest.enumerated().map { ($1, $0) })
    let start = x2.lowerBound
    let changed = RationalMatrix(rows: sigma.rows, columns: sigma.rows) { i, j in
      switch (place[i], place[j]) {
      case (let a?, let b?): outer[a, b]
      case (let a?, nil): weights[j - start, a]
      case (nil, let b?): weights[i - start, b]
      case (nil, nil): i == j ? 1 : 0
      }
    }
    return try self.changed(instance, changed)
  }

  /// cov(x1, x2) = Σ13 Σ33⁻¹ Σ32: given y both are as before, and independent.
  private func withIndependence(_ instance: Instance) throws(InstanceError) -> Instance {
    let (sigma, x1, x2, y) = (instance.sigma, instance.x1, instance.x2, instance.y)
    guard let weights = try? sigma.selecting(y).solve(sigma.selecting(rows: y, columns: x2)) else { return instance }
    let cross = sigma.selecting(rows: x1, columns: y) * weights
    let changed = RationalMatrix(rows: sigma.rows, columns: sigma.rows) { i, j in
      if x1.contains(i), x2.contains(j) { return cross[i, j - x2.lowerBound] }
      if x2.contains(i), x1.contains(j) { return cross[j, i - x2.lowerBound] }
      return sigma[i, j]
    }
    return try self.changed(instance, changed)
  }

  /// var(t) = var(y), one label: the teacher times a whole number until it varies no less, then the label with noise.
  private func withUnitScale(_ instance: Instance) throws(InstanceError) -> Instance {
    guard instance.q == 1, instance.w1 != instance.leastSquaresTeacher else { return instance }
    let m = Moments(instance)
    guard m.varT.signum > 0 else { return instance }
    var factor = Rational(1)
    while factor.squared * m.varT < m.varY { factor = 2 * factor }
    let scaled = try instance.with(w1: factor * instance.w1)
    let (missing, place) = (factor.squared * m.varT - m.varY, instance.sigma.rows - 1)
    let sigma = RationalMatrix(rows: place + 1, columns: place + 1) { i, j in
      i == place && j == place ? instance.sigma[i, j] + missing : instance.sigma[i, j]
    }
    return try changed(scaled, sigma)
  }
}
