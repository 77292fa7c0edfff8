// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

extension ExactOracle {
  /// The KSG estimate by its definition, over all pairs of rows, with exact distances.
  static func neighbourEstimate(_ question: OracleInput) throws(Refusal) -> OracleAnswer {
    let (x, y) = try pairedRows(question)
    let (k, variant) = (try question.integer("k"), try question.integer("variant"))
    guard [1, 2].contains(variant) else { throw Refusal(.malformed, "variant is \(variant) and must be 1 or 2") }
    guard (1..<x.rows).contains(k) else {
      throw Refusal(.neighbours, "k is \(k) and must be at least 1 and less than the number of rows, \(x.rows)")
    }
    let counts =
      if let (wholeX, wholeY) = scaledIntegers(x, y) {
        NeighbourDefinition(x: wholeX, y: wholeY, k: k, variant: variant).counts
      } else {
        NeighbourDefinition(x: x.values, y: y.values, k: k, variant: variant).counts
      }
    return OracleAnswer([.init(.nats, .nats(ShiftedHalfLogarithm(estimate(counts, k: k, variant: variant))))])
  }

  /// Whether every right program answers a valid question about neighbours alike, however it breaks ties.
  package static func neighboursAreDecided(_ question: OracleInput) throws(Refusal) -> Bool {
    let (x, y) = try pairedRows(question)
    let (k, variant) = (try question.integer("k"), try question.integer("variant"))
    guard let (wholeX, wholeY) = scaledIntegers(x, y) else {
      return NeighbourDefinition(x: x.values, y: y.values, k: k, variant: variant).hasOneAnswer
    }
    return NeighbourDefinition(x: wholeX, y: wholeY, k: k, variant: variant).hasOneAnswer
  }

  /// All numbers over one denominator, where they are small enough for exact differences of `Int`s: a shortcut.
  private static func scaledIntegers(_ x: RationalMatrix, _ y: RationalMatrix) -> (x: [[Int]], y: [[Int]])? {
    let joined = RationalMatrix.joining(x, y)
    var rows: [[Int]] = []
    for row in joined.values {
      let scaled = row.compactMap { (joined.commonDenominator * $0).asInt }
      guard scaled.count == row.count, scaled.allSatisfy({ (-(1 << 60)...(1 << 60)).contains($0) }) else { return nil }
      rows.append(scaled)
    }
    return (rows.map { Array($0[..<x.columns]) }, rows.map { Array($0[x.columns...]) })
  }

  /// ψ(k) + ψ(n) − ⟨ψ(n_x + 1) + ψ(n_y + 1)⟩, or ψ(k) − 1/k + ψ(n) − ⟨ψ(n_x) + ψ(n_y)⟩: rational, as
  /// ψ(m) = H(m−1) − γ and γ cancels.
  private static func estimate(_ counts: [(x: Int, y: Int)], k: Int, variant: Int) -> Rational {
    let n = counts.count
    var harmonic: [Rational] = [0]
    for m in 1..<max(2, n) { harmonic.append(harmonic[m - 1] + Rational(1, m)) }
    var rowsWithCount = [Int](repeating: 0, count: n)
    for count in counts {
      rowsWithCount[count.x - (variant - 1)] += 1
      rowsWithCount[count.y - (variant - 1)] += 1
    }
    let sum = zip(rowsWithCount, harmonic).reduce(Rational.zero) { $0 + Rational($1.0) * $1.1 }
    return harmonic[k - 1] + harmonic[n - 1] - (variant == 1 ? 0 : Rational(1, k)) - sum / Rational(n)
  }
}
