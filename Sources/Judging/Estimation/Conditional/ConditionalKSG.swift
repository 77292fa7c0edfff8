// SPDX-License-Identifier: GPL-3.0-or-later
/// I(x; y | z) by neighbours, for variables that may be discrete, continuous or mixtures: Mesner & Shalizi (2020).
///
/// Î = ⟨ψ(k̃) − ψ(n_xz) − ψ(n_yz) + ψ(n_z)⟩, in nats. With ρ the distance (max norm) of a row's k-th nearest other in (x, y, z): where
/// just k others are within ρ, k̃ = k, and n_xz, n_yz, n_z count the rows nearer than ρ in those columns, the row itself included; that
/// is the estimator of Frenzel & Pompe (2007). Where more are, as ρ = 0 in an atom, k̃ counts all rows within ρ and the others those
/// not farther than ρ; that is counting. It is not cut off at 0, or means would be biased.
///
/// It shrinks towards 0 as z gets more columns: k neighbours in many columns are far, and what is far in z is no condition.
public struct ConditionalKSG: ConditionalInformationEstimator {
  /// The number of neighbours, at least 1.
  public let k: Int
  /// The number of threads; the estimate does not depend on it.
  public let threads: Int

  /// An estimator.
  ///
  /// - Precondition: `threads` ≥ 1.
  public init(k: Int = 3, threads: Int = 1) {
    precondition(threads >= 1, "at least 1 thread")
    (self.k, self.threads) = (k, threads)
  }

  /// `conditional-ksg`.
  public var name: String { "conditional-ksg" }

  /// Estimates I(x; y | z) in nats; deterministic whatever the seed.
  ///
  /// The standard error is that of the mean over rows, as if they were independent.
  ///
  /// - Throws: ``EstimationError/neighbours(_:rows:)`` unless 1 ≤ k < n.
  public func estimate(_ sample: ConditionedSample, seed: UInt64) throws(EstimationError) -> Estimate {
    guard (1..<sample.count).contains(k) else { throw .neighbours(k, rows: sample.count) }
    let (p, q, r) = (sample.pair.xDimension, sample.pair.yDimension, sample.zDimension)
    let parts = [(sample.pair.x.withoutOverflow, p), (sample.pair.y.withoutOverflow, q), (sample.z.withoutOverflow, r)]
    func tree(_ chosen: [Int]) -> KDTree {
      let rows = (0..<sample.count).flatMap { row in
        chosen.flatMap { parts[$0].0[row * parts[$0].1..<(row + 1) * parts[$0].1] }
      }
      return KDTree(rows, dimension: chosen.reduce(0) { $0 + parts[$1].1 }, threads: threads)
    }
    let whole = tree([0, 1, 2])
    let radius = whole.nearest(k, threads: threads)
    let within = whole.counts(within: radius, inclusive: true, threads: threads)
    let neighbours = zip(radius, within).map { TiedNeighbours(radius: $0, within: Int($1), k: k) }
    let bounds = neighbours.map(\.bound)
    func counts(_ chosen: [Int]) -> [Int] {
      tree(chosen).counts(within: bounds, inclusive: false, threads: threads).map { Int($0) + 1 }
    }
    let (xz, yz, z) = (counts([0, 2]), counts([1, 2]), counts([2]))
    let harmonic = HarmonicNumbers(upTo: sample.count)
    let terms = neighbours.indices.map {
      harmonic[neighbours[$0].count - 1] - harmonic[xz[$0] - 1] - harmonic[yz[$0] - 1] + harmonic[z[$0] - 1]
    }
    // Summed in their order of size, so that the order of rows cannot matter.
    var sum = CompensatedSum()
    for term in terms.sorted() { sum.add(term) }
    let (n, mean) = (Double(sample.count), sum.value / Double(sample.count))
    let squares = terms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return try Estimate(
      nats: mean, standardError: (squares / (n * (n - 1))).squareRoot(),
      diagnostics: [
        .init("neighbours", Double(k)), .init("rows with ties", Double(neighbours.count { $0.count > k })),
      ])
  }
}
