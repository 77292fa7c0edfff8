// SPDX-License-Identifier: GPL-3.0-or-later
/// The estimators of Kraskov, Stögbauer & Grassberger (2004), from counts of neighbours in the max norm.
///
/// With d the distance of a row's k-th nearest other in (x, y), and the row itself never counted:
///
/// - KSG-1: Î = ψ(k) + ψ(n) − ⟨ψ(n_x + 1) + ψ(n_y + 1)⟩; n_x is the number of rows whose x is nearer than d.
/// - KSG-2: Î = ψ(k) − 1/k + ψ(n) − ⟨ψ(n_x) + ψ(n_y)⟩; n_x is the number of rows whose x is not farther than the farthest
///   x among the rows within d of the row in (x, y).
///
/// Ties: distances are differences of `Double`s as they are rounded, compared exactly; nothing is jittered and no epsilon
/// added. Rows that tie with the k-th neighbour count as within d, so the estimate does not depend on the order of rows.
/// Both estimators are for densities: on data with many ties, such as integers, they are defined but biased.
public struct KSG: MutualInformationEstimator {
  /// Which of the two estimators.
  public enum Variant: Int, Sendable, Hashable, CaseIterable {
    /// KSG-1: one radius for both sides, and counts strictly inside.
    case square = 1
    /// KSG-2: a radius for each side, and counts up to it.
    case rectangle = 2
  }

  /// Which of the two estimators.
  public let variant: Variant
  /// The number of neighbours, at least 1: more give less variance and more bias.
  public let k: Int
  /// The number of threads; the estimate does not depend on it.
  public let threads: Int

  /// An estimator.
  ///
  /// - Precondition: `threads` ≥ 1.
  public init(_ variant: Variant = .square, k: Int = 3, threads: Int = 1) {
    precondition(threads >= 1, "at least 1 thread")
    (self.variant, self.k, self.threads) = (variant, k, threads)
  }

  /// `ksg1` or `ksg2`.
  public var name: String { "ksg\(variant.rawValue)" }

  /// The numbers of neighbours of every row.
  ///
  /// O(n log n) for one column on each side; a tree or all pairs are searched, whichever is faster in the dimension.
  ///
  /// - Throws: ``EstimationError/neighbours(_:rows:)`` unless 1 ≤ k < n.
  public func counts(_ sample: PairedSample) throws(EstimationError) -> NeighbourCounts {
    guard (1..<sample.count).contains(k) else { throw .neighbours(k, rows: sample.count) }
    return
      NeighbourSearch
      .preferred(rows: sample.count, columns: sample.xDimension + sample.yDimension)
      .counts(sample, k: k, variant: variant, threads: threads)
  }

  /// Estimates I(x; y) in nats; deterministic whatever the seed.
  ///
  /// The standard error is that of the mean over rows, as if they were independent.
  ///
  /// - Throws: ``EstimationError/neighbours(_:rows:)`` unless 1 ≤ k < n.
  public func estimate(_ sample: PairedSample, seed: UInt64) throws(EstimationError) -> Estimate {
    try estimate(counts(sample))
  }

  /// The estimate from counts.
  ///
  /// ψ(m) = H(m − 1) − γ, and γ cancels. Rows are summed by their counts, so the order of rows cannot matter.
  func estimate(_ counts: NeighbourCounts) throws(EstimationError) -> Estimate {
    let n = counts.x.count
    let shift = variant == .square ? 0 : 1
    let harmonic = HarmonicNumbers(upTo: n)
    var rowsWithCount = [Int](repeating: 0, count: n)
    for count in counts.x { rowsWithCount[Int(count) - shift] += 1 }
    for count in counts.y { rowsWithCount[Int(count) - shift] += 1 }
    let mean = harmonic.sum(weights: rowsWithCount) / Double(n)
    let constant = harmonic[k - 1] + harmonic[n - 1] - (variant == .square ? 0 : 1 / Double(k))
    var squares = 0.0
    for (x, y) in zip(counts.x, counts.y) {
      let deviation = harmonic[Int(x) - shift] + harmonic[Int(y) - shift] - mean
      squares += deviation * deviation
    }
    let rows = Double(n)
    return try Estimate(
      nats: constant - mean, standardError: (squares / (rows * (rows - 1))).squareRoot(),
      diagnostics: [
        .init("neighbours", Double(k)), .init("mean count in x", Double(counts.x.sum) / rows),
        .init("mean count in y", Double(counts.y.sum) / rows),
      ])
  }
}

extension [Int32] {
  fileprivate var sum: Int { reduce(0) { $0 + Int($1) } }
}
