// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import SeededRuns

extension Instance {
  /// A counterexample with smaller numbers that a random walk over the entries of Σ finds, from this one.
  ///
  /// Where several entries must change together, no single step of shrinking leads on. Steps of equal size are taken,
  /// so that the walk can leave a plateau. Σ stays as it is where its entries are not whole.
  func walked(steps: Int, seed: UInt64, _ test: RefutationTest) -> Instance {
    if extras.other != nil { return walkedPair(steps: steps, seed: seed) { test($0) } }
    guard var walk = EntryWalk(self, test) else { return self }
    var source = RandomSource(seed: seed, index: 0)
    for _ in 0..<steps { walk.step(&source) }
    return walk.best
  }
}

/// The walk: where it is, and the best place that it came by.
private struct EntryWalk {
  private(set) var best: Instance
  private let test: RefutationTest
  private let isLeastSquares: Bool
  /// The teachers in whole numbers, for a test by signs that needs no instance; nil where there is none.
  private let teachers: WholeInstance?
  private let size: Int
  /// Σ, row by row, and how much there is to read in it.
  private var sigma: [Int]
  private var entries: Int
  /// How much there is to read besides that does not change; the least-squares weights, which do, may become nothing.
  private let others: Int
  /// How much there is to read where the walk is, and at the best place.
  private var sum, least: Int

  /// Nil where the entries of Σ are not whole, or a number is too large.
  init?(_ instance: Instance, _ test: RefutationTest) {
    let whole = instance.sigma.values.joined().compactMap { $0.denominator == 1 ? $0.numerator.asInt : nil }
    isLeastSquares = instance.w1 == instance.leastSquaresTeacher
    let weights = isLeastSquares ? instance.w1.numbersToRead.asInt : 0
    guard whole.count == instance.sigma.rows * instance.sigma.rows, whole.allSatisfy({ abs($0) < 1 << 50 }),
      let sum = instance.complexity.sum.asInt, let weights
    else { return nil }
    (best, self.test, size, sigma) = (instance, test, instance.sigma.rows, whole)
    (self.sum, least, entries) = (sum, sum, whole.reduce(0) { $0 + abs($1) })
    others = sum - entries - weights
    teachers = isLeastSquares || !test.canUseSigns(of: instance) ? nil : WholeInstance(instance)
  }

  /// One step, if it leads to a counterexample that is hardly larger than the best one.
  mutating func step(_ source: inout RandomSource) {
    let changes = smallChanges(&source)
    let growth = changes.reduce(0) { $0 + (abs($1.new) - abs($1.old)) * ($1.i == $1.j ? 1 : 2) }
    // A little uphill is allowed, as seen from the best one. What is too far, or surely not definite, is not made at all.
    let limit = max(sum, least + 2)
    guard others + entries + growth <= limit, mayBeDefinite(after: changes) else { return }
    for change in changes { set(change, change.new) }
    guard let next = sumOfCounterexample(others + entries + growth, limit) else {
      for change in changes { set(change, change.old) }
      return
    }
    (sum, entries) = (next, entries + growth)
    if next < least, let instance {
      (best, least) = (instance, next)
    }
  }

  /// How much there is to read here, nil where that is above `limit` or this is no counterexample; `bare` without the
  /// least-squares weights.
  private func sumOfCounterexample(_ bare: Int, _ limit: Int) -> Int? {
    if let teachers, let answer = test.bySigns(teachers.with(sigma: sigma)) { return answer ? bare : nil }
    guard let instance, let sum = instance.complexity.sum.asInt, sum <= limit, test(instance) else { return nil }
    return sum
  }

  /// The instance here; nil where Σ is not positive definite.
  private var instance: Instance? {
    let matrix = RationalMatrix(rows: size, columns: size) { Rational(sigma[$0 * size + $1]) }
    return try? Instance(
      sigma: matrix, p1: best.p1, p2: best.p2, q: best.q, w1: isLeastSquares ? nil : best.w1, n: best.n,
      lambda: best.lambda, p1a: best.p1a, extras: best.extras)
  }

  private struct Change {
    let i, j, old, new: Int
  }

  private mutating func set(_ change: Change, _ value: Int) {
    sigma[change.i * size + change.j] = value
    sigma[change.j * size + change.i] = value
  }

  /// A few random changes of entries of Σ, i ≤ j, each entry once.
  private func smallChanges(_ source: inout RandomSource) -> [Change] {
    var changes: [Change] = []
    for _ in 0..<source.integer(in: 1...4) {
      let (i, j) = (source.integer(in: 0...(size - 1)), source.integer(in: 0...(size - 1)))
      let old = sigma[i * size + j]
      let new = source.chance(1, in: 3) ? old - old.signum() : old + source.integer(in: -2...2)
      changes.removeAll { $0.i == min(i, j) && $0.j == max(i, j) }
      changes.append(Change(i: min(i, j), j: max(i, j), old: old, new: new))
    }
    return changes
  }

  /// Whether the minors of order 1 and 2 of the changed entries are positive.
  private func mayBeDefinite(after changes: [Change]) -> Bool {
    func entry(_ i: Int) -> Double {
      Double(changes.first { $0.i == i && $0.j == i }?.new ?? sigma[i * size + i])
    }
    return changes.allSatisfy { change in
      // Below 2^51 each, so that a product rounds by a relative 2⁻⁵³: what it lets by is decided exactly.
      change.i == change.j
        ? change.new > 0
        : entry(change.i) * entry(change.j) * (1 + 0x1p-50) > Double(change.new) * Double(change.new)
    }
  }
}
