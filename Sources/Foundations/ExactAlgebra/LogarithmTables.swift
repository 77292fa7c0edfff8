// SPDX-License-Identifier: GPL-3.0-or-later
import CFLINT

/// Logarithms in fixed point that reduce an argument to within 2⁻²¹ of 1: ln(256/c), ln(1 + d/2¹⁴) and ln(1 + d/2²¹).
///
/// Unchecked: the integers never change after construction.
final class LogarithmTables: @unchecked Sendable {
  /// The number of bits after the point.
  static let precision: UInt = 224
  /// The bits that are computed and dropped.
  private static let guardBits: UInt = 32

  static let shared = LogarithmTables()

  /// For the argument 1 + (j + ½)/128 the nearest c/256 to its reciprocal.
  let reciprocals: [Int]
  /// ln(256/c) for each reciprocal.
  let first: UnsafeMutablePointer<fmpz>
  /// ln(1 + d/2¹⁴), d from −`reach` to `reach`.
  let second: UnsafeMutablePointer<fmpz>
  /// ln(1 + d/2²¹), d from −`reach` to `reach`.
  let third: UnsafeMutablePointer<fmpz>
  /// ln 2.
  let two: UnsafeMutablePointer<fmpz>
  /// 1, 1/3, 1/5, 1/7 and 1/9.
  let oddReciprocals: UnsafeMutablePointer<fmpz>
  /// The largest |d|.
  static let reach = 200

  private init() {
    reciprocals = (0..<128).map { (65536 + (257 + 2 * $0) / 2) / (257 + 2 * $0) }
    first = .allocate(capacity: 128)
    second = .allocate(capacity: 2 * LogarithmTables.reach + 1)
    third = .allocate(capacity: 2 * LogarithmTables.reach + 1)
    two = .allocate(capacity: 1)
    oddReciprocals = .allocate(capacity: 5)
    for (j, c) in reciprocals.enumerated() { LogarithmTables.set(first + j, toLogarithmOf: 256, over: c) }
    for (table, one) in [(second, 1 << 14), (third, 1 << 21)] {
      for i in 0...(2 * LogarithmTables.reach) {
        LogarithmTables.set(table + i, toLogarithmOf: one + i - LogarithmTables.reach, over: one)
      }
    }
    LogarithmTables.set(two, toLogarithmOf: 2, over: 1)
    for i in 0..<5 {
      (oddReciprocals + i).initialize(to: 1)
      fmpz_mul_2exp(oddReciprocals + i, oddReciprocals + i, LogarithmTables.precision)
      fmpz_fdiv_q_ui(oddReciprocals + i, oddReciprocals + i, UInt(2 * i + 1))
    }
  }

  /// ln(a/b) = 2 Σ sᵏ/k over odd k, s = (a−b)/(a+b), with bits to spare.
  private static func set(_ target: UnsafeMutablePointer<fmpz>, toLogarithmOf a: Int, over b: Int) {
    let scratch = UnsafeMutablePointer<fmpz>.allocate(capacity: 3)
    scratch.initialize(repeating: 0, count: 3)
    let (power, term, square) = (scratch, scratch + 1, scratch + 2)
    target.initialize(to: 0)
    fmpz_set_si(power, a - b)
    fmpz_mul_2exp(power, power, precision + guardBits + 1)
    fmpz_tdiv_q_ui(power, power, UInt(a + b))
    fmpz_set_si(square, (a - b) * (a - b))
    var k: UInt = 1
    while fmpz_is_zero(power) == 0 {
      fmpz_tdiv_q_ui(term, power, k)
      fmpz_add(target, target, term)
      fmpz_mul(power, power, square)
      fmpz_tdiv_q_ui(power, power, UInt(a + b))
      fmpz_tdiv_q_ui(power, power, UInt(a + b))
      k += 2
    }
    fmpz_fdiv_q_2exp(target, target, guardBits)
    for i in 0..<3 { fmpz_clear(scratch + i) }
    scratch.deallocate()
  }
}
