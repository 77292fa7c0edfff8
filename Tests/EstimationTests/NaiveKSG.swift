// SPDX-License-Identifier: GPL-3.0-or-later
@testable import Estimation
import ExactAlgebra

/// KSG by its definition: a double loop over the rows, and sums of harmonic numbers as fractions.
struct NaiveKSG {
  let sample: PairedSample
  let k: Int
  let variant: KSG.Variant

  var counts: NeighbourCounts {
    let rows = (0..<sample.count).map(count)
    return NeighbourCounts(x: rows.map { $0.x }, y: rows.map { $0.y })
  }

  private func count(_ row: Int) -> (x: Int32, y: Int32) {
    let others = (0..<sample.count).filter { $0 != row }.map { (x: distance(.x, row, $0), y: distance(.y, row, $0)) }
    let radius = others.map { max($0.x, $0.y) }.sorted()[k - 1]
    func count(_ isNear: (Double) -> Bool, _ side: KeyPath<(x: Double, y: Double), Double>) -> Int32 {
      Int32(others.filter { isNear($0[keyPath: side]) }.count)
    }
    switch variant {
    case .square: return (count({ $0 < radius }, \.x), count({ $0 < radius }, \.y))
    case .rectangle:
      let near = others.filter { max($0.x, $0.y) <= radius }
      let reach = (x: near.map(\.x).max() ?? 0, y: near.map(\.y).max() ?? 0)
      return (count({ $0 <= reach.x }, \.x), count({ $0 <= reach.y }, \.y))
    }
  }

  private func distance(_ side: Side, _ i: Int, _ j: Int) -> Double {
    let (values, d) = (sample.values(of: side), sample.dimension(of: side))
    return (0..<d).map { abs(values[i * d + $0] - values[j * d + $0]) }.max() ?? 0
  }

  /// The estimate: ψ(m) = H(m − 1) − γ, and γ cancels.
  var estimate: Rational {
    let (counts, n) = (counts, Rational(sample.count))
    let shift: Int32 = variant == .square ? 0 : 1
    let sum = zip(counts.x, counts.y).reduce(Rational.zero) {
      $0 + harmonic(Int($1.0 - shift)) + harmonic(Int($1.1 - shift))
    }
    let constant = harmonic(k - 1) + harmonic(sample.count - 1)
    return constant - (variant == .square ? 0 : Rational(1, k)) - sum / n
  }

  private func harmonic(_ m: Int) -> Rational { m == 0 ? 0 : (1...m).reduce(Rational.zero) { $0 + Rational(1, $1) } }
}
