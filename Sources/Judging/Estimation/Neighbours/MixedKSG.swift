// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The estimator of Gao, Kannan, Oh & Viswanath (2017) for variables that may be discrete, continuous or mixtures of both.
///
/// Î = ψ(n) + ⟨ψ(k̃) − ψ(n_x) − ψ(n_y)⟩, in nats. With ρ the distance (max norm) of a row's k-th nearest other in (x, y): where just k
/// others are within ρ, k̃ = k, and n_x and n_y count the rows nearer than ρ in x and in y, the row itself included; that is
/// KSG-1. Where more are, as ρ = 0 in an atom, k̃ counts all rows within ρ, n_x and n_y those not farther than ρ, the row
/// itself included; that is counting.
///
/// So it is ``KSG``'s KSG-1 where no value repeats, the estimator of Ross where y is a class whose codes are far apart, and counts where
/// every value repeats. The authors' program differs in two ways: it has ln n for ψ(n), which is about 1/2n more (a constant
/// column then has a little information; the diagnostics hold that value too), and ties at distances that are not 0 it counts as if there were k only.
///
/// An atom inside the range of a density costs accuracy at moderate n: rows beside it in x alone count all of it, and the estimate is too low.
public struct MixedKSG: MutualInformationEstimator {
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

  /// `mixed`.
  public var name: String { "mixed" }

  /// For any law.
  public var family: DistributionFamily { .mixed }

  /// Estimates I(x; y) in nats; deterministic whatever the seed.
  ///
  /// The standard error is that of the mean over rows, as if they were independent.
  ///
  /// - Throws: ``EstimationError/neighbours(_:rows:)`` unless 1 ≤ k < n.
  public func estimate(_ sample: PairedSample, seed: UInt64) throws(EstimationError) -> Estimate {
    guard (1..<sample.count).contains(k) else { throw .neighbours(k, rows: sample.count) }
    let counts = NeighbourSearch.preferred(rows: sample.count, columns: sample.xDimension + sample.yDimension)
      .tiedCounts(sample, k: k, threads: threads)
    return try estimate(counts)
  }

  /// The estimate from counts.
  func estimate(_ counts: TiedCounts) throws(EstimationError) -> Estimate {
    try tiedEstimate(
      own: counts.own.map(Int.init), x: counts.x.map(Int.init), y: counts.y.map(Int.init), k: k, rows: counts.x.count)
  }
}

/// What a row's neighbours are where others may tie with the k-th.
struct TiedNeighbours {
  /// k; where more tie, all of them and the row itself.
  let count: Int
  /// What the distance of a row in x or y must be below to count.
  let bound: Double

  /// - Parameters:
  ///   - radius: the distance of the k-th nearest other.
  ///   - within: the number of others that are not farther.
  init(radius: Double, within: Int, k: Int) {
    let isTied = radius == 0 || within > k
    // Distances are at least 0, so "≤ r" is "< the next number above r".
    (count, bound) = isTied ? (within + 1, radius.nextUp) : (k, radius)
  }
}

/// For every row its neighbours, and how many rows are as near in x and in y, itself included.
struct TiedCounts: Sendable, Hashable {
  let own: [Int32]
  let x: [Int32]
  let y: [Int32]
}

/// ψ(n) + ⟨ψ(own) − ψ(x) − ψ(y)⟩ over rows, with its standard error; ψ(m) = H(m − 1) − γ, and γ cancels.
func tiedEstimate(
  own: [Int], x: [Int], y: [Int], k: Int, rows: Int, notes: [String] = []
) throws(EstimationError) -> Estimate {
  let harmonic = HarmonicNumbers(upTo: rows)
  // Rows are summed by their counts, so that their order cannot matter.
  var weights = [Int](repeating: 0, count: rows)
  for (own, (x, y)) in zip(own, zip(x, y)) {
    weights[own - 1] += 1
    weights[x - 1] -= 1
    weights[y - 1] -= 1
  }
  var sum = CompensatedSum()
  for (m, weight) in weights.enumerated() where weight != 0 { sum.add(Double(weight) * harmonic[m]) }
  let (n, mean) = (Double(rows), sum.value / Double(rows))
  var squares = 0.0
  for (own, (x, y)) in zip(own, zip(x, y)) {
    let deviation = harmonic[own - 1] - harmonic[x - 1] - harmonic[y - 1] - mean
    squares += deviation * deviation
  }
  let nats = harmonic[rows - 1] + mean
  let gamma = 0.577_215_664_901_532_9
  return try Estimate(
    nats: nats, standardError: (squares / (n * (n - 1))).squareRoot(),
    diagnostics: [
      .init("neighbours", Double(k)), .init("rows with ties", Double(zip(own, 0..<rows).count { own, _ in own > k })),
      .init("with ln n for ψ(n)", nats + log(n) - (harmonic[rows - 1] - gamma)),
    ], notes: notes)
}
