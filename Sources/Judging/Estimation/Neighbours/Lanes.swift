// SPDX-License-Identifier: GPL-3.0-or-later
/// Eight numbers at a time.
typealias Lanes = SIMD8<Double>

extension SIMD8<Double> {
  /// The distances from `value`.
  @inline(__always)
  func distances(from value: Double) -> Lanes {
    unsafeBitCast(unsafeBitCast(self - value, to: SIMD8<UInt64>.self) & 0x7FFF_FFFF_FFFF_FFFF, to: Lanes.self)
  }

  /// The greater in every lane; what this one holds where `other` is NaN.
  @inline(__always)
  func greater(_ other: Lanes) -> Lanes { replacing(with: other, where: other .> self) }
}

extension SIMDMask where Storage == SIMD8<Int64> {
  /// The number of lanes that are set.
  @inline(__always)
  var population: Int { -Int(SIMD8<Int64>.zero.replacing(with: -1, where: self).wrappedSum()) }
}

/// The larger of two numbers as one instruction; `max` is a branch, which random numbers mislead.
@inline(__always)
func larger(_ a: Double, _ b: Double) -> Double { a > b ? a : b }

/// The smaller of two numbers as one instruction.
@inline(__always)
func smaller(_ a: Double, _ b: Double) -> Double { a < b ? a : b }
