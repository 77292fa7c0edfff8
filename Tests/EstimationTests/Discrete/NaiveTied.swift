// SPDX-License-Identifier: GPL-3.0-or-later
@testable import Estimation
import Foundation

/// The mixed estimator and Ross's by their definitions: double loops, and sums of harmonic numbers.
enum NaiveTied {
  /// Neighbours and counts of ``MixedKSG``.
  static func mixed(_ sample: PairedSample, k: Int) -> TiedCounts {
    var (own, x, y) = ([Int32](), [Int32](), [Int32]())
    for i in 0..<sample.count {
      let others = (0..<sample.count).filter { $0 != i }
        .map { (x: distance(sample, .x, i, $0), y: distance(sample, .y, i, $0)) }
      let radius = others.map { max($0.x, $0.y) }.sorted()[k - 1]
      let within = others.count { max($0.x, $0.y) <= radius }
      let isTied = radius == 0 || within > k
      own.append(Int32(isTied ? within + 1 : k))
      x.append(Int32(others.count { isTied ? $0.x <= radius : $0.x < radius } + 1))
      y.append(Int32(others.count { isTied ? $0.y <= radius : $0.y < radius } + 1))
    }
    return TiedCounts(own: own, x: x, y: y)
  }

  /// Ross's estimate of one or more columns and a class, in nats.
  static func ross(_ x: [[Double]], _ labels: [Int], k: Int) -> Double {
    let kept = labels.indices.filter { i in labels.count { $0 == labels[i] } > 1 }
    func distance(_ i: Int, _ j: Int) -> Double { zip(x[i], x[j]).map { abs($0 - $1) }.max() ?? 0 }
    var sum = 0.0
    for i in kept {
      let size = kept.count { labels[$0] == labels[i] }
      let own = kept.filter { $0 != i && labels[$0] == labels[i] }.map { distance(i, $0) }.sorted()
      let (k, all) = (min(k, size - 1), kept.filter { $0 != i }.map { distance(i, $0) })
      let radius = own[k - 1]
      let within = own.count { $0 <= radius }
      let isTied = radius == 0 || within > k
      let near = all.count { isTied ? $0 <= radius : $0 < radius } + 1
      sum += psi(isTied ? within + 1 : k) - psi(size) - psi(near)
    }
    return psi(kept.count) + sum / Double(kept.count)
  }

  /// ψ(m) + γ.
  static func psi(_ m: Int) -> Double { (1..<max(1, m)).reduce(0.0) { $0 + 1 / Double($1) } }

  private static func distance(_ sample: PairedSample, _ side: Side, _ i: Int, _ j: Int) -> Double {
    let (values, d) = (sample.values(of: side), sample.dimension(of: side))
    return (0..<d).map { abs(values[i * d + $0] - values[j * d + $0]) }.max() ?? 0
  }
}
