// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import PropertyTesting
import SeededRuns

extension ChoiceTape {
  /// A symmetric positive definite matrix LLᵀ for a lower triangular L of small whole numbers with a positive diagonal, each
  /// row, a span, at a scale of its own.
  ///
  /// The simplest one is the identity.
  ///
  /// - Parameters:
  ///   - size: the number of rows.
  ///   - scale: the factor of a row; it is drawn before the numbers.
  public mutating func covariance(
    size: Int, scale: (inout ChoiceTape) throws -> Rational
  ) throws -> RationalMatrix {
    var rows: [[Rational]] = []
    for i in 0..<size {
      rows.append(
        try span("coordinate") { tape in
          let scale = try scale(&tape)
          let diagonal = try Generator.int(in: 1...9, towards: 1)(&tape)
          let before = (0..<i).map { _ in tape.integer(in: -9...9) }
          return (before + [diagonal]).map { scale * Rational($0) }
        })
    }
    let factor = RationalMatrix(rows: size, columns: size) { $1 <= $0 ? rows[$0][$1] : 0 }
    return factor * factor.transposed
  }

  /// A whole number from −`largest` to `largest` that is mostly 0.
  public mutating func rareExponent(upTo largest: Int) -> Int {
    choose(in: -largest...largest, simplest: 0) {
      $0.random.integer(in: 0...2) > 0 ? 0 : $0.random.integer(in: -largest...largest)
    }
  }
}
