// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

extension IntegerProblem {
  /// The least-squares weights of label `label` on the coordinates `block`, times a positive whole number that makes
  /// them whole.
  ///
  /// By Cramer's rule; the weights are written to `weights`, in the order of the block, without a common divisor.
  ///
  /// - Returns: the whole number; nil where a number does not fit 64 bits or the block is singular.
  public static func leastSquaresWeights(
    _ sigma: UnsafeBufferPointer<Int64>, size: Int, block: Range<Int>, label: Int,
    into weights: UnsafeMutableBufferPointer<Int64>
  ) -> Int64? {
    let start = block.lowerBound
    func entry(_ i: Int, _ j: Int) -> CheckedInteger { CheckedInteger(Int128(sigma[(start + i) * size + start + j])) }
    func right(_ i: Int) -> CheckedInteger { CheckedInteger(Int128(sigma[(start + i) * size + label])) }
    guard let scale = determinant(block.count, entry).value.flatMap({ Int64(exactly: $0) }), scale > 0 else {
      return nil
    }
    var divisor = scale
    for place in 0..<block.count {
      let minor = determinant(block.count) { i, j in j == place ? right(i) : entry(i, j) }
      guard let weight = minor.value.flatMap({ Int64(exactly: $0) }), weight > .min else { return nil }
      weights[place] = weight
      divisor = greatestCommonDivisor(divisor, abs(weight))
    }
    for place in 0..<block.count { weights[place] /= divisor }
    return scale / divisor
  }
}
