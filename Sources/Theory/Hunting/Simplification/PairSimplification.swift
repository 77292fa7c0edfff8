// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import SeededRuns

/// Two instances made simple together, so that what they have in common stays so.
extension Instance {
  /// The same instance beside another one.
  func beside(_ other: Instance) -> Instance? {
    var (extras, own) = (extras, other.extras)
    own.other = nil
    guard let single = try? other.with(extras: own) else { return nil }
    extras.other = single
    return try? with(extras: extras)
  }

  /// The pairs that lack one coordinate: of both, then of one of them.
  func pairsWithout(_ other: Instance) -> some Sequence<Instance> {
    let blocks = [(x1, other.x1), (x2, other.x2), (y, other.y)]
    let shared = blocks.flatMap { own, second in zip(own, second).map { ($0 as Int?, $1 as Int?) } }
    let single = (0..<sigma.rows).map { ($0 as Int?, nil as Int?) } + (0..<other.sigma.rows).map { (nil, $0 as Int?) }
    return (shared + single).lazy.compactMap { place, second -> Instance? in
      guard let first = place == nil ? self : self.without(place ?? 0) else { return nil }
      guard let last = second == nil ? other : other.without(second ?? 0) else { return nil }
      return first.beside(last)
    }
  }

  /// Where a coordinate of this instance stands in another one; nil where that has fewer.
  private func place(_ index: Int, in other: Instance) -> Int? {
    for (own, second) in [(x1, other.x1), (x2, other.x2), (y, other.y)] where own.contains(index) {
      let place = second.lowerBound + index - own.lowerBound
      return second.contains(place) ? place : nil
    }
    return nil
  }

  /// The first wanted pair of whole entries of few digits, where coordinates of one kind have one scale in both.
  func firstRoundedPair(_ other: Instance, _ isWanted: (Instance) -> Bool) -> Instance? {
    let sizes = [1, 2, 3, 4, 6, 8, 10, 15, 20, 40, 100, 400, 2_000, 10_000, 100_000] as [Double]
    return sizes.lazy.compactMap { self.roundedPair(other, to: $0) }.first(where: isWanted)
  }

  private func roundedPair(_ other: Instance, to size: Double) -> Instance? {
    let common = (Array(x1) + Array(y)).map { sigma[$0, $0].asDouble }.max() ?? 1
    func scale(_ index: Int) -> Double {
      (size / (x2.contains(index) ? sigma[index, index].asDouble : common)).squareRoot()
    }
    let own = (0..<sigma.rows).map(scale)
    let second = (0..<other.sigma.rows).map { other.place($0, in: self).map { own[$0] } ?? own[0] }
    return rounded(own).flatMap { first in other.rounded(second).flatMap { first.beside($0) } }
  }

  private func rounded(_ scale: [Double]) -> Instance? {
    let entries = scale.indices.map { i in
      scale.indices.map { j in max(i == j ? 1 : -.infinity, (sigma[i, j].asDouble * scale[i] * scale[j]).rounded()) }
    }
    guard entries.joined().allSatisfy({ abs($0) < 1e12 }) else { return nil }
    return withSigma(RationalMatrix(rows: sigma.rows, columns: sigma.rows) { Rational(Int(entries[$0][$1])) })
  }

  /// The same with another Σ of the same sizes; a least-squares teacher stays one.
  private func withSigma(_ sigma: RationalMatrix) -> Instance? {
    let isLeastSquares = w1 == leastSquaresTeacher
    return try? Instance(
      sigma: sigma, p1: p1, p2: p2, q: q, w1: isLeastSquares ? nil : w1, n: n, lambda: lambda, p1a: p1a,
      extras: extras)
  }

  /// A random walk as that of one instance, whose steps change entries of both, mostly alike.
  func walkedPair(steps: Int, seed: UInt64, _ isWanted: (Instance) -> Bool) -> Instance {
    var (source, current, best) = (RandomSource(seed: seed, index: 1), self, self)
    for _ in 0..<steps {
      guard let next = current.stepOfPair(&source),
        next.complexity.sum <= max(current.complexity.sum, best.complexity.sum + 2), isWanted(next)
      else { continue }
      current = next
      if next.complexity < best.complexity { best = next }
    }
    return best
  }

  private func stepOfPair(_ source: inout RandomSource) -> Instance? {
    guard let other = extras.other else { return nil }
    var (first, second) = (sigma.values, other.sigma.values)
    for _ in 0..<source.integer(in: 1...3) {
      let isOfOther = source.chance(1, in: 3)
      let rows = isOfOther ? other.sigma.rows : sigma.rows
      let (i, j) = (source.integer(in: 0...(rows - 1)), source.integer(in: 0...(rows - 1)))
      let old = isOfOther ? second[i][j] : first[i][j]
      let change = source.chance(1, in: 3) ? -Rational(old.signum) : Rational(source.integer(in: -2...2))
      if isOfOther {
        second[i][j] = old + change
        second[j][i] = second[i][j]
        continue
      }
      first[i][j] = old + change
      first[j][i] = first[i][j]
      guard source.chance(3, in: 4), let a = place(i, in: other), let b = place(j, in: other) else { continue }
      second[a][b] = source.chance(1, in: 2) ? first[i][j] : second[a][b] + change
      second[b][a] = second[a][b]
    }
    guard let a = try? RationalMatrix(first), let b = try? RationalMatrix(second) else { return nil }
    return withSigma(a).flatMap { own in other.withSigma(b).flatMap { own.beside($0) } }
  }
}
