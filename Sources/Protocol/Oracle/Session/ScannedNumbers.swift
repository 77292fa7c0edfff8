// SPDX-License-Identifier: GPL-3.0-or-later
/// The numbers of one scanned request, in memory that is used again: entries m·10ᵉ/d of Σ, row by row, then those of w1.
final class ScannedNumbers {
  /// The most numbers that are kept; requests with more are read as JSON.
  static let capacity = 2048

  let mantissas = UnsafeMutablePointer<Int64>.allocate(capacity: capacity)
  let denominators = UnsafeMutablePointer<Int64>.allocate(capacity: capacity)
  let exponents = UnsafeMutablePointer<Int>.allocate(capacity: capacity)
  private(set) var count = 0
  /// The number of rows of Σ; every row has as many numbers.
  private(set) var rows = 0
  private(set) var firstWeight = 0
  /// The number of weights.
  private(set) var weights = 0
  /// Where Σ starts: the weights may come first.
  private(set) var firstEntry = 0
  private var rowLength = 0

  deinit {
    mantissas.deallocate()
    denominators.deallocate()
    exponents.deallocate()
  }

  func clear() { (count, rows, firstWeight, weights, firstEntry, rowLength) = (0, 0, 0, 0, 0, 0) }

  func append(_ mantissa: Int64, exponent: Int, denominator: Int64) -> Bool {
    guard count < ScannedNumbers.capacity else { return false }
    (mantissas[count], exponents[count], denominators[count]) = (mantissa, exponent, denominator)
    count += 1
    return true
  }

  /// Ends a row of Σ; false where it is not as long as the first.
  func endRow(length: Int) -> Bool {
    if rows == 0 { (rowLength, firstEntry) = (length, count - length) }
    rows += 1
    return length == rowLength
  }

  func startWeights() { firstWeight = count }

  func endWeights() { weights = count - firstWeight }

  /// Whether Σ is square.
  var isSquare: Bool { rows == rowLength }
}
