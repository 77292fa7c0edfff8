// SPDX-License-Identifier: GPL-3.0-or-later
import CFLINT
import SeededRuns
import Testing

@testable import ExactAlgebra

/// The fixed-point logarithm against MPFR's.
@Suite struct FixedPointLogarithmTests {
  @Test func digitsAreThoseOfMPFR() {
    let fixed = FixedPointLogarithm()
    let scratch = IntegerScratch(count: 3)
    let (p, q, value) = (scratch.start, scratch.start + 1, scratch.start + 2)
    var settled = 0
    for index in 0..<400 {
      var random = RandomSource(seed: 77, index: UInt64(index))
      // Ratios of all sizes, and ratios near to 1.
      let b = random.integer(in: 1...1 << (index % 40))
      let a = index % 3 == 0 ? b + random.integer(in: 1...max(1, b / 64)) : random.integer(in: 1...1 << (index % 37))
      fmpz_set_si(p, a)
      fmpz_set_si(q, b)
      fixed.logarithm(p, q, into: value)
      var digits: [UInt8] = []
      guard fixed.append(value, to: &digits) else { continue }
      settled += 1
      #expect(String(decoding: digits, as: UTF8.self) == HalfLogarithm(of: Rational(a, b)).nats(), "\(a)/\(b)")
    }
    // The rest is 0, below 2⁻¹⁶ or above 8.
    #expect(settled > 250, "\(settled)")
  }

  /// Every pivot of the elimination is a leading minor, by the triangle alone as by the whole matrix.
  @Test func pivotsAreMinors() {
    for size in 1...6 {
      var random = RandomSource(seed: 78, index: UInt64(size))
      let factor = RationalMatrix(rows: size, columns: size) { $0 == $1 ? 7 : Rational(random.integer(in: -3...3)) }
      let matrix = factor * factor.transposed
      let whole = IntegerScratch(count: size * size)
      let triangle = IntegerScratch(count: size * size)
      for i in 0..<size {
        for j in 0..<size {
          for start in [whole.start, triangle.start] {
            fmpz_set_si(start + (i * size + j), matrix[i, j].asInt ?? 0)
          }
        }
      }
      for step in 0..<size {
        let minor = matrix.selecting(0...step).determinant
        #expect(fmpz_get_si(whole.start + step * (size + 1)) == minor.asInt)
        #expect(fmpz_get_si(triangle.start + step * (size + 1)) == minor.asInt)
        eliminate(whole.start, size: size, step: step)
        eliminate(triangle.start, size: size, step: step, isSymmetric: true)
      }
    }
  }
}
