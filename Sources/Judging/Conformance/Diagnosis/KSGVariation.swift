import Foundation

/// KSG's estimate with its definitions open to mistakes, over all pairs of rows.
struct KSGVariation {
  enum Metric { case maximum, euclidean, euclideanSides, sum, sumSides }

  var variant: Int
  var k: Int
  var metric = Metric.maximum
  var isInclusive: Bool
  var psiShift: Int
  var hasInverseK: Bool
  /// Whether one distance serves both sides.
  var isSquare: Bool
  var selfCount = 0
  var isStandardised = false
  var isClipped = false
  /// How far the neighbour that gives the distance is from the k-th.
  var neighbourShift = 0
  /// Whether ln n stands in the place of ψ(n).
  var hasLogarithm = false

  /// The right definitions.
  init(variant: Int, k: Int) {
    (self.variant, self.k) = (variant, k)
    (isInclusive, psiShift, hasInverseK, isSquare) = (variant == 2, variant == 1 ? 1 : 0, variant == 2, variant == 1)
  }

  /// The estimate; nil where it is not defined.
  func estimate(_ x: [[Double]], _ y: [[Double]]) -> Double? {
    let n = x.count
    guard (1..<n).contains(k), n <= 2000 else { return nil }
    let (x, y) = isStandardised ? (standardised(x), standardised(y)) : (x, y)
    var harmonic = [-Double.infinity, 0.0]
    for m in 1...(n + 1) { harmonic.append(harmonic[m] + 1 / Double(m)) }
    var sum = 0.0
    for i in 0..<n {
      let others = (0..<n).filter { $0 != i }
      let distances = others.map { (x: distance(x[i], x[$0]), y: distance(y[i], y[$0])) }
      let joint = distances.map(joined)
      let radius = joint.sorted()[max(0, min(n - 2, k - 1 + neighbourShift))]
      let near = zip(distances, joint).filter { $0.1 <= radius }.map(\.0)
      let reach = isSquare ? (x: radius, y: radius) : (x: near.map(\.x).max() ?? 0, y: near.map(\.y).max() ?? 0)
      let counts = (
        distances.count { isInclusive ? $0.x <= reach.x : $0.x < reach.x },
        distances.count { isInclusive ? $0.y <= reach.y : $0.y < reach.y }
      )
      sum += harmonic[counts.0 + selfCount + psiShift] + harmonic[counts.1 + selfCount + psiShift]
    }
    let nats =
      harmonic[k] - (hasInverseK ? 1 / Double(k) : 0)
      + (hasLogarithm ? log(Double(n)) + 0.577_215_664_901_532_9 : harmonic[n]) - sum / Double(n)
    guard nats.isFinite else { return nil }
    return isClipped ? max(0, nats) : nats
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    let differences = zip(a, b).map { abs($0 - $1) }
    switch metric {
    case .maximum: return differences.max() ?? 0
    case .sum, .sumSides: return differences.reduce(0, +)
    case .euclidean, .euclideanSides: return differences.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
  }

  private func joined(_ d: (x: Double, y: Double)) -> Double {
    switch metric {
    case .maximum, .euclideanSides, .sumSides: max(d.x, d.y)
    case .sum: d.x + d.y
    case .euclidean: (d.x * d.x + d.y * d.y).squareRoot()
    }
  }

  private func standardised(_ rows: [[Double]]) -> [[Double]] {
    var rows = rows
    for j in rows[0].indices {
      let mean = rows.reduce(0) { $0 + $1[j] } / Double(rows.count)
      let variance = rows.reduce(0) { $0 + ($1[j] - mean) * ($1[j] - mean) } / Double(rows.count)
      for i in rows.indices where variance > 0 { rows[i][j] = (rows[i][j] - mean) / variance.squareRoot() }
    }
    return rows
  }
}
