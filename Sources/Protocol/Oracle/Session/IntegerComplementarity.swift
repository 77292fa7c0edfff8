// SPDX-License-Identifier: GPL-3.0-or-later
import CFLINT
import ExactAlgebra

/// I(t; s) and I(s; y) of whole numbers Σ and w1, for one output, as fractions r of ½ ln r.
///
/// Both informations are unchanged by the scale of Σ and of w1, so that only whole multiples of them are needed.
struct IntegerComplementarity {
  typealias Pointer = UnsafeMutablePointer<fmpz>

  /// p/q in lowest terms.
  struct Fraction {
    let p: Pointer
    let q: Pointer
  }

  private let p1, p2, size: Int
  /// Σ in the order x2, x1, y; its upper triangle becomes minors.
  private let matrix: Pointer
  private let weights: Pointer
  private let scratch: Pointer

  /// In `memory` of at least size² + p1 + 24 integers.
  init(_ memory: Pointer, p1: Int, p2: Int) {
    (self.p1, self.p2, size) = (p1, p2, p1 + p2 + 1)
    matrix = memory
    weights = memory + size * size
    scratch = weights + p1
  }

  /// r of I(t; s).
  var teacher: Fraction { Fraction(p: scratch, q: scratch + 1) }
  /// r of I(s; y).
  var label: Fraction { Fraction(p: scratch + 2, q: scratch + 3) }
  /// r of ΔI.
  var delta: Fraction { Fraction(p: scratch + 4, q: scratch + 5) }

  private func entry(_ i: Int, _ j: Int) -> Pointer { matrix + (i * size + j) }

  /// Takes whole multiples of the numbers; false where Σ is not symmetric or the multiples would be too large.
  func load(_ numbers: ScannedNumbers) -> Bool {
    let count = size * size
    guard scale(numbers, numbers.firstEntry, count, { place($0) }),
      scale(numbers, numbers.firstWeight, p1, { weights + $0 })
    else { return false }
    for i in 0..<size {
      for j in 0..<i where fmpz_equal(entry(i, j), entry(j, i)) == 0 { return false }
    }
    return true
  }

  /// Where entry number `index` of Σ, row by row in the order x1, x2, y, stands.
  private func place(_ index: Int) -> Pointer {
    func moved(_ i: Int) -> Int { i < p1 ? i + p2 : i < p1 + p2 ? i - p1 : i }
    return entry(moved(index / size), moved(index % size))
  }

  private func scale(_ numbers: ScannedNumbers, _ first: Int, _ count: Int, _ target: (Int) -> Pointer) -> Bool {
    var (least, denominator) = (0, Int64(1))
    for i in first..<(first + count) {
      if numbers.mantissas[i] != 0 { least = min(least, numbers.exponents[i]) }
      let d = numbers.denominators[i]
      if d != 1, denominator % d != 0 {
        let (product, overflow) = (denominator / greatestCommonDivisor(denominator, d)).multipliedReportingOverflow(
          by: d)
        guard !overflow else { return false }
        denominator = product
      }
    }
    let ten = scratch + 6
    for i in 0..<count {
      let index = first + i
      let place = target(i)
      fmpz_set_si(place, Int(numbers.mantissas[index]))
      if denominator != 1 { fmpz_mul_si(place, place, Int(denominator / numbers.denominators[index])) }
      let power = numbers.exponents[index] - least
      if power > 0, numbers.mantissas[index] != 0 {
        guard power <= 400 else { return false }
        fmpz_set_si(ten, 10)
        fmpz_pow_ui(ten, ten, UInt(power))
        fmpz_mul(place, place, ten)
      }
    }
    return true
  }

  /// Computes the fractions; false where Σ is not positive definite, w1 = 0 or w* = 0.
  func solve() -> Bool {
    // var(t), cov(t, y) and var(y), before the elimination changes Σ.
    let (varT, covTY, varY) = (scratch + 7, scratch + 8, scratch + 9)
    readMoments(varT, covTY, varY)
    for step in 0..<p2 where !eliminate(step) { return false }
    // Minors bordered by x2: the residual covariance times det Σ22, the last pivot.
    let (teacherRest, c, labelRest, pivot) = (scratch + 10, scratch + 11, scratch + 12, scratch + 13)
    readMoments(teacherRest, c, labelRest)
    fmpz_set(pivot, entry(p2 - 1, p2 - 1))
    for step in p2..<size where !eliminate(step) { return false }
    // What x2 explains: var(s) and cov(t, s), times the pivot.
    let (varS, covTS) = (scratch + 14, scratch + 15)
    fmpz_mul(varS, varY, pivot)
    fmpz_set(label.p, varS)
    fmpz_sub(varS, varS, labelRest)
    guard fmpz_sgn(varT) > 0, fmpz_sgn(varS) > 0 else { return false }
    fmpz_set(label.q, labelRest)
    fmpz_mul(covTS, covTY, pivot)
    fmpz_sub(covTS, covTS, c)
    // r = var t var s / (var t var s − cov(t, s)²).
    fmpz_mul(teacher.p, varT, varS)
    fmpz_mul(teacher.p, teacher.p, pivot)
    fmpz_mul(teacher.q, covTS, covTS)
    fmpz_sub(teacher.q, teacher.p, teacher.q)
    guard fmpz_sgn(teacher.q) > 0 else { return false }
    reduce(teacher.p, teacher.q)
    reduce(label.p, label.q)
    divide()
    return true
  }

  /// w1ᵀAw1, w1ᵀb and the last entry, of the part of the upper triangle in the places of (x1, y).
  private func readMoments(_ quadratic: Pointer, _ linear: Pointer, _ last: Pointer) {
    let term = scratch + 6
    fmpz_zero(quadratic)
    fmpz_zero(linear)
    for i in 0..<p1 {
      fmpz_zero(term)
      for j in 0..<p1 { fmpz_addmul(term, entry(p2 + min(i, j), p2 + max(i, j)), weights + j) }
      fmpz_addmul(quadratic, term, weights + i)
      fmpz_addmul(linear, entry(p2 + i, size - 1), weights + i)
    }
    fmpz_set(last, entry(size - 1, size - 1))
  }

  /// One step of the elimination on the upper triangle; false where the pivot, a leading minor, is not positive.
  private func eliminate(_ step: Int) -> Bool {
    guard fmpz_sgn(entry(step, step)) > 0 else { return false }
    ExactAlgebra.eliminate(matrix, size: size, step: step, isSymmetric: true)
    return true
  }

  private func reduce(_ p: Pointer, _ q: Pointer) {
    let common = scratch + 6
    fmpz_gcd(common, p, q)
    if fmpz_is_one(common) == 0 {
      fmpz_divexact(p, p, common)
      fmpz_divexact(q, q, common)
    }
  }

  /// The quotient of the two fractions, each in lowest terms, so that only factors across can cancel.
  private func divide() {
    let (a, b) = (scratch + 16, scratch + 17)
    fmpz_set(a, label.p)
    fmpz_set(b, label.q)
    fmpz_set(delta.p, teacher.p)
    fmpz_set(delta.q, teacher.q)
    reduce(delta.p, a)
    reduce(delta.q, b)
    fmpz_mul(delta.p, delta.p, b)
    fmpz_mul(delta.q, delta.q, a)
  }
}
