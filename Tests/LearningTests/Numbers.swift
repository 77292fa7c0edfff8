// SPDX-License-Identifier: GPL-3.0-or-later
import Learning
import SeededRuns

/// `count` numbers of (−1, 1).
func randomNumbers<Scalar: LearningScalar>(_ count: Int, _ source: inout RandomSource) -> [Scalar] {
  (0..<count).map { _ in Scalar(source.integer(in: -1_000_003...1_000_003)) / 1_000_004 }
}

/// The greatest distance of `gradient` from central differences of `loss` at `point`, relative to the greatest slope.
func gradientError(
  of gradient: [Double], at point: [Double], step: Double = 1e-6, loss: ([Double]) -> Double
) -> Double {
  let slopes = point.indices.map { i in
    var (ahead, behind) = (point, point)
    ahead[i] += step
    behind[i] -= step
    return (loss(ahead) - loss(behind)) / (2 * step)
  }
  let scale = slopes.map(abs).max() ?? 0
  return (zip(slopes, gradient).map { abs($0 - $1) }.max() ?? .infinity) / scale
}

extension Array {
  /// The array's memory as a pointer, for the time of the call.
  func withPointer<Result>(_ body: (UnsafePointer<Element>) throws -> Result) rethrows -> Result {
    try withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { preconditionFailure("an array of no elements") }
      return try body(start)
    }
  }

  /// The array's memory as a mutable pointer, for the time of the call.
  mutating func withMutablePointer<Result>(
    _ body: (UnsafeMutablePointer<Element>) throws -> Result
  ) rethrows -> Result {
    try withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { preconditionFailure("an array of no elements") }
      return try body(start)
    }
  }
}
