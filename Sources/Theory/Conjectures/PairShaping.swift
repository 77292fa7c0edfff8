// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import RandomInstances
import SeededRuns

/// Two instances that have in common what the premise of a statement says: `same Σ22, var(y|x2)`.
extension InstanceShaping {
  /// Both in the shape that is asked for of each, and the second with what it has in common with the first.
  ///
  /// Where there is no second one it is drawn, the same for the same first one.
  func both(_ instance: Instance) throws(InstanceError) -> Instance {
    var extras = instance.extras
    extras.other = nil
    let first = try one(instance.with(extras: extras))
    var second = instance
    if let other = instance.extras.other { second = try one(other) } else { second = try one(drawn(beside: instance)) }
    var shared: [SharedPart] = []
    for condition in conditions { if case .same(let parts) = condition { shared += parts } }
    for _ in 0..<2 {
      for part in shared { second = try sharing(part, second, first) ?? second }
    }
    var both = first.extras
    var own = second.extras
    own.other = nil
    both.other = try second.with(extras: own)
    return try first.with(extras: both)
  }

  /// Another instance of the sizes of `instance`: half of the time one that only its teacher's side tells from it.
  private func drawn(beside instance: Instance) throws(InstanceError) -> Instance {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in "\(instance.sigma.values)\(instance.w1.values)\(instance.n ?? 0)".utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    var source = RandomSource(seed: hash, index: 0)
    let isTeachers = source.chance(1, in: 2)
    let sampler = InstanceSampler(largestSize: max(2, min(4, instance.p1)))
    for _ in 0..<200 {
      let other = try sampler.instance(from: &source)
      guard other.q == instance.q, other.p2 == instance.p2 || !isTeachers && !hasSharedInputs else { continue }
      let lambda = source.chance(1, in: 2) ? instance.lambda : other.lambda
      var taken = other
      if isTeachers {
        taken = try other.withStudentSide(of: instance, isWhole: true) ?? other
        taken = try taken.with(n: instance.n)
      }
      return try taken.with(lambda: lambda)
    }
    // As many of one size are hardly missed: the first again, which is the same in everything.
    return instance
  }

  private var hasSharedInputs: Bool {
    conditions.contains { if case .same(let parts) = $0 { parts.contains(.studentInputs) } else { false } }
  }

  /// `second` with one part of `first`; nil where that is left to chance.
  private func sharing(_ part: SharedPart, _ second: Instance, _ first: Instance) throws(InstanceError) -> Instance? {
    switch part {
    case .studentInputs: return try second.withStudentSide(of: first, isWhole: false)
    case .teacherInputs: return nil
    case .quantity(let expression):
      switch expression.kind {
      case .word(.n, nil): return first.n.map { $0 >= second.p2 + 2 } == true ? try second.with(n: first.n) : nil
      case .word(.lambda, nil): return try second.with(lambda: first.lambda)
      case .word(.residualVariance, nil): return try withResidualVariance(second, of: first)
      case .moment(let moment) where moment == .residualVariance: return try withResidualVariance(second, of: first)
      default: return nil
      }
    }
  }

  /// The same var(y | x2), by another label noise: cov(x1, y | x2) is halved until it fits (one label).
  private func withResidualVariance(_ second: Instance, of first: Instance) throws(InstanceError) -> Instance? {
    guard first.q == 1, second.q == 1 else { return nil }
    let (target, own) = (Moments(first).residualVariance, Moments(second).residualVariance)
    if target == own { return nil }
    let (sigma, label) = (second.sigma, second.y.lowerBound)
    let weights = second.optimalStudent
    let explained = sigma.selecting(rows: second.x1, columns: second.x2) * weights
    var share = Rational(1)
    for _ in 0..<60 {
      let changed = RationalMatrix(rows: sigma.rows, columns: sigma.rows) { i, j in
        if i == label, j == label { return sigma[i, j] - own + target }
        guard i == label && j < second.p1 || j == label && i < second.p1 else { return sigma[i, j] }
        let row = min(i, j)
        return explained[row, 0] + share * (sigma[row, label] - explained[row, 0])
      }
      if (try? changed.requirePositiveDefinite()) != nil { return try self.changed(second, changed) }
      share = share / 2
    }
    return nil
  }
}

extension Moment {
  /// var(y | x2).
  fileprivate static let residualVariance = Moment(
    kind: .variance, first: [LinearImage(.y)], second: [], given: [LinearImage(.x2)])
}
