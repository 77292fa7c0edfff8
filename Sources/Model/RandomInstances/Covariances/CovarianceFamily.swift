// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import SeededRuns

/// Ways to draw a symmetric positive definite matrix that is valid by construction: a product of factors, never a
/// filter.
public enum CovarianceFamily: String, Sendable, CaseIterable {
  /// LLᵀ for a lower triangular L of small whole numbers with a positive diagonal.
  case integerFactor
  /// LDLᵀ for a unit lower triangular L of halves and a diagonal D of small fractions.
  case ldl
  /// LDLᵀ whose D has one entry of 10⁻³ to 10⁻⁹.
  case nearSingular
  /// An integer factor whose rows are scaled by powers of ten from 10⁻⁴ to 10⁴.
  case badlyScaled
  /// An integer factor in which four out of five entries below the diagonal are 0.
  case sparse
  /// Two independent blocks.
  case block
  /// A diagonal matrix.
  case independent

  /// A matrix of this family.
  ///
  /// - Returns: a symmetric positive definite `size` × `size` matrix.
  public func covariance(size: Int, from source: inout some ChoiceSource) -> RationalMatrix {
    var pivots = [Rational](repeating: 1, count: size)
    let factor = factor(size: size, from: &source)
    switch self {
    case .ldl: pivots = (0..<size).map { _ in Rational(source.integer(in: 1...9), source.integer(in: 1...4)) }
    case .nearSingular:
      pivots = (0..<size).map { _ in Rational(source.integer(in: 1...9)) }
      pivots[source.integer(in: 0...(size - 1))] = Rational.powerOfTen(-source.integer(in: 3...9))
    default: break
    }
    return factor * diagonal(pivots) * factor.transposed
  }

  /// A lower triangular matrix with a positive diagonal.
  private func factor(size: Int, from source: inout some ChoiceSource) -> RationalMatrix {
    let split = self == .block ? source.integer(in: 1...size) : 0
    var rows = [[Rational]](repeating: [Rational](repeating: 0, count: size), count: size)
    for i in 0..<size {
      for j in 0..<i { rows[i][j] = below(from: &source, crossesBlocks: j < split && split <= i) }
      rows[i][i] = self == .ldl || self == .nearSingular ? 1 : Rational(source.integer(in: 1...4))
    }
    if self == .badlyScaled {
      for i in 0..<size {
        let scale = Rational.powerOfTen(source.integer(in: -4...4))
        rows[i] = rows[i].map { $0 * scale }
      }
    }
    return RationalMatrix(rows: size, columns: size) { rows[$0][$1] }
  }

  private func below(from source: inout some ChoiceSource, crossesBlocks: Bool) -> Rational {
    switch self {
    case .ldl: Rational(source.integer(in: -4...4), 2)
    case .sparse: source.chance(4, in: 5) ? 0 : Rational(source.integer(in: -3...3))
    case .independent: 0
    default: crossesBlocks ? 0 : Rational(source.integer(in: -3...3))
    }
  }
}

private func diagonal(_ entries: [Rational]) -> RationalMatrix {
  RationalMatrix(rows: entries.count, columns: entries.count) { $0 == $1 ? entries[$0] : 0 }
}
