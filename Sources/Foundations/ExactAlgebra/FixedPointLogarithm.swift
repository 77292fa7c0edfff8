// SPDX-License-Identifier: GPL-3.0-or-later
import CFLINT

/// ½ ln(p/q) in 50 correctly rounded digits, in fixed point with tables, where that settles them.
///
/// ln x = e ln 2 − ln(products of table entries) + 2 artanh(u/(2+u)), |u| < 2⁻²¹. Some thirty operations, each cut by less
/// than a unit of 2⁻²²⁴, and e ln 2 give an error below 2⁻²¹²: below 10⁻⁵⁸ of a value of at least 2⁻¹⁶. So 54 digits are known
/// up to a unit in the last, and unless the last four are next to 5000, rounding them away is right.
package struct FixedPointLogarithm: ~Copyable {
  package typealias Pointer = UnsafeMutablePointer<fmpz>

  private static let digits = 50
  private static let guardDigits = 4

  private let tables = LogarithmTables.shared
  private let scratch = IntegerScratch(count: 8)
  private let text = UnsafeMutablePointer<CChar>.allocate(capacity: 96)

  /// Room for one logarithm after the other.
  package init() {}

  deinit { text.deallocate() }

  /// Sets `value` to ln(p/q)·2²²⁴, that is ½ ln(p/q)·2²²⁵.
  ///
  /// - Precondition: p and q are positive, and |e| < 2⁹ where p/q is between 2ᵉ and 2ᵉ⁺¹.
  package func logarithm(_ p: Pointer, _ q: Pointer, into value: Pointer) {
    let bits = LogarithmTables.precision
    let (t, u) = (scratch.start, scratch.start + 1)
    let exponent = mantissa(p, q, into: t)
    // First 7 bits: t becomes t·c/256.
    fmpz_fdiv_q_2exp(u, t, bits - 7)
    let j = fmpz_get_si(u) - 128
    fmpz_mul_ui(t, t, UInt(tables.reciprocals[j]))
    fmpz_fdiv_q_2exp(t, t, 8)
    fmpz_set(value, tables.first + j)
    approach(t, by: 14, tables.second, value)
    approach(t, by: 21, tables.third, value)
    addSeries(t, to: value)
    fmpz_mul_si(u, tables.two, exponent)
    fmpz_add(value, value, u)
  }

  /// Sets `t` to m·2²²⁴ for p/q = m·2ᵉ, 1 ≤ m < 2, cut; gives e.
  private func mantissa(_ p: Pointer, _ q: Pointer, into t: Pointer) -> Int {
    let bits = Int(LogarithmTables.precision)
    let excess = Int(fmpz_bits(p)) - Int(fmpz_bits(q))
    let shift = bits + 1 - excess
    if shift >= 0 {
      fmpz_mul_2exp(t, p, UInt(shift))
    } else {
      fmpz_fdiv_q_2exp(t, p, UInt(-shift))
    }
    fmpz_fdiv_q(t, t, q)
    if Int(fmpz_bits(t)) == bits + 1 { return excess - 1 }
    fmpz_fdiv_q_2exp(t, t, 1)
    return excess
  }

  /// Multiplies t = 1 + u by 1 + d/2ⁿ, d = −u·2ⁿ rounded, and takes ln(1 + d/2ⁿ) from `value`.
  private func approach(_ t: Pointer, by n: UInt, _ table: Pointer, _ value: Pointer) {
    let bits = LogarithmTables.precision
    let (u, one) = (scratch.start + 1, scratch.start + 2)
    fmpz_set_si(one, 1)
    fmpz_mul_2exp(one, one, bits)
    fmpz_sub(u, one, t)
    fmpz_fdiv_q_2exp(u, u, bits - n - 1)
    let d = (fmpz_get_si(u) + 1) >> 1
    fmpz_mul_si(u, t, d)
    fmpz_fdiv_q_2exp(u, u, n)
    fmpz_add(t, t, u)
    fmpz_sub(value, value, table + (LogarithmTables.reach + d))
  }

  /// Adds ln t = 2(s + s³/3 + s⁵/5 + s⁷/7 + s⁹/9 + …), s = u/(2+u), to `value`; what is left out is below 2⁻²⁵⁰.
  private func addSeries(_ t: Pointer, to value: Pointer) {
    let bits = LogarithmTables.precision
    let (u, one, square, sum) = (scratch.start + 1, scratch.start + 2, scratch.start + 3, scratch.start + 4)
    fmpz_sub(u, t, one)
    fmpz_add(square, t, one)
    fmpz_mul_2exp(u, u, bits)
    fmpz_fdiv_q(u, u, square)
    fmpz_mul(square, u, u)
    fmpz_fdiv_q_2exp(square, square, bits)
    fmpz_set(sum, tables.oddReciprocals + 4)
    for k in [3, 2, 1, 0] {
      fmpz_mul(sum, sum, square)
      fmpz_fdiv_q_2exp(sum, sum, bits)
      fmpz_add(sum, sum, tables.oddReciprocals + k)
    }
    fmpz_mul(sum, sum, u)
    fmpz_fdiv_q_2exp(sum, sum, bits - 1)
    fmpz_add(value, value, sum)
  }

  /// Appends `value`·2⁻²²⁵ with 50 digits, as `HalfLogarithm.nats()` writes it; false where the error bound does not settle
  /// them.
  package func append(_ value: Pointer, to out: inout [UInt8]) -> Bool {
    let bits = Int(LogarithmTables.precision)
    // 2⁻¹⁶ ≤ |value| < 8.
    guard (bits - 14...bits + 4).contains(Int(fmpz_bits(value))) else { return false }
    let (size, power) = (scratch.start + 1, scratch.start + 5)
    fmpz_abs(size, value)
    let leading = fmpz_get_d(size) * 0x1p-225
    var exponent = 1
    var bound = 1.0
    while leading < bound {
      bound /= 10
      exponent -= 1
    }
    let length = FixedPointLogarithm.digits + FixedPointLogarithm.guardDigits
    fmpz_set_ui(power, 10)
    fmpz_pow_ui(power, power, UInt(length - exponent))
    fmpz_mul(size, size, power)
    fmpz_fdiv_q_2exp(size, size, LogarithmTables.precision + 1)
    guard fmpz_sizeinbase(size, 10) <= length + 1 else { return false }
    fmpz_get_str(text, 10, size)
    guard text[length] == 0, text[length - 1] != 0 else { return false }
    let tail = (FixedPointLogarithm.digits..<length).reduce(0) { 10 * $0 + Int(text[$1] - 0x30) }
    guard !(4996...5004).contains(tail) else { return false }
    if tail > 5000 { exponent += increment() }
    guard (-5...1).contains(exponent) else { return false }
    if fmpz_sgn(value) < 0 { out.append(0x2D) }
    writeDigits(exponent: exponent, to: &out)
    return true
  }

  /// Adds one to the 50th digit; 1 where that makes a digit more.
  private func increment() -> Int {
    var i = FixedPointLogarithm.digits - 1
    while i >= 0, text[i] == 0x39 {
      text[i] = 0x30
      i -= 1
    }
    text[max(0, i)] = i >= 0 ? text[i] + 1 : 0x31
    return i >= 0 ? 0 : 1
  }

  private func writeDigits(exponent: Int, to out: inout [UInt8]) {
    func append(_ range: Range<Int>) {
      UnsafeRawPointer(text + range.lowerBound).withMemoryRebound(to: UInt8.self, capacity: range.count) {
        out.append(contentsOf: UnsafeBufferPointer(start: $0, count: range.count))
      }
    }
    if exponent > 0 {
      append(0..<exponent)
      out.append(0x2E)
      append(exponent..<FixedPointLogarithm.digits)
    } else {
      out.append(0x30)
      out.append(0x2E)
      for _ in 0..<(-exponent) { out.append(0x30) }
      append(0..<FixedPointLogarithm.digits)
    }
  }
}
