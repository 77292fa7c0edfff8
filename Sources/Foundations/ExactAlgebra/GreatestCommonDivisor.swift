// SPDX-License-Identifier: GPL-3.0-or-later
/// The greatest common divisor of two whole numbers that are not negative (Euclid); the other one where one is 0.
@inlinable
package func greatestCommonDivisor<Number: BinaryInteger>(_ a: Number, _ b: Number) -> Number {
  var (a, b) = (a, b)
  while b != 0 { (a, b) = (b, a % b) }
  return a
}
