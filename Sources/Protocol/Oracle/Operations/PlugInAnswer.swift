// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Gaussian

extension ExactOracle {
  /// ½ ln(det Sx det Sy / det S) of the centred sample covariance, less the exact bias where `correction` is `digamma`.
  static func plugInEstimate(_ question: OracleInput) throws(Refusal) -> OracleAnswer {
    let (x, y) = try pairedRows(question)
    let correction = try question.text("correction")
    guard ["none", "digamma"].contains(correction) else {
      throw Refusal(.malformed, "correction is \"\(correction)\" and must be \"none\" or \"digamma\"")
    }
    let (n, p1, p2) = (x.rows, x.columns, y.columns)
    let scatter = RationalMatrix.scatter(of: x, y)
    guard n > p1 + p2, let plain = try? scatter.mutualInformation(Array(0..<p1), Array(p1..<(p1 + p2))) else {
      throw Refusal(.singularCovariance, "the sample covariance of \(n) rows and \(p1) + \(p2) columns is singular")
    }
    let bias = correction == "none" ? DigammaSum() : DigammaSum.plugInBias(n: n, p1: p1, p2: p2)
    return OracleAnswer([.init(.nats, .nats(bias.subtracted(from: plain)))])
  }

  /// The rows of `x` and of `y`, as many of both.
  package static func pairedRows(_ question: OracleInput) throws(Refusal) -> (x: RationalMatrix, y: RationalMatrix) {
    let x = try question.matrix("x", allowingColumn: true)
    let y = try question.matrix("y", allowingColumn: true)
    guard x.rows == y.rows else { throw Refusal(.sizes, "x has \(x.rows) rows and y \(y.rows); they need as many") }
    for (name, side) in [("x", x), ("y", y)] where side.columns < 1 {
      throw Refusal(.sizes, "\(name) has no columns; it needs at least 1")
    }
    return (x, y)
  }
}

extension RationalMatrix {
  /// The columns of x, then those of y.
  package static func joining(_ x: RationalMatrix, _ y: RationalMatrix) -> RationalMatrix {
    RationalMatrix(rows: x.rows, columns: x.columns + y.columns) { i, j in
      j < x.columns ? x[i, j] : y[i, j - x.columns]
    }
  }

  /// Σ(zᵢ − z̄)(zᵢ − z̄)ᵀ over the rows z = (x, y).
  package static func scatter(of x: RationalMatrix, _ y: RationalMatrix) -> RationalMatrix {
    let rows = joining(x, y)
    let sums = RationalMatrix(rows: 1, columns: x.rows) { _, _ in 1 } * rows
    return rows.transposed * rows - Rational(1, x.rows) * (sums.transposed * sums)
  }
}

/// A difference of digamma functions at whole and half numbers: a rational plus a multiple of ln 2, as γ cancels.
package struct DigammaSum {
  /// The rational part.
  package private(set) var rational: Rational = 0
  /// The whole multiple of ln 2.
  package private(set) var logarithmsOfTwo = 0

  /// ½[Σ_{i≤p1} ψ((n−i)/2) + Σ_{i≤p2} ψ((n−i)/2) − Σ_{i≤p1+p2} ψ((n−i)/2)], where the first sum cancels.
  package static func plugInBias(n: Int, p1: Int, p2: Int) -> DigammaSum {
    var sum = DigammaSum()
    for i in 1...p2 {
      sum.addHalfDigamma(ofHalf: n - i, sign: 1)
      sum.addHalfDigamma(ofHalf: n - p1 - i, sign: -1)
    }
    return sum
  }

  /// `plain` less this sum; m ln 2 = ½ ln 4^m.
  func subtracted(from plain: HalfLogarithm) -> ShiftedHalfLogarithm {
    ShiftedHalfLogarithm(plain - HalfLogarithm(of: Rational.powerOfTwo(2 * logarithmsOfTwo)), plus: -rational)
  }

  /// Adds ± ½(ψ(m/2) + γ): ψ(j) + γ = Σ_{i<j} 1/i and ψ(j + ½) + γ = −2 ln 2 + 2 Σ_{i≤j} 1/(2i−1).
  private mutating func addHalfDigamma(ofHalf m: Int, sign: Int) {
    let terms =
      m % 2 == 0
      ? (1..<max(1, m / 2)).map { Rational(1, $0) } : (1..<max(1, (m + 1) / 2)).map { Rational(2, 2 * $0 - 1) }
    rational = rational + Rational(sign, 2) * terms.reduce(0, +)
    if m % 2 != 0 { logarithmsOfTwo -= sign }
  }
}
