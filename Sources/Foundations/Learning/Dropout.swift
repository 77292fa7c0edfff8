// SPDX-License-Identifier: GPL-3.0-or-later
/// Inverted dropout: a number becomes 0 with probability p and is else divided by 1 − p.
///
/// In evaluation all are kept (Srivastava and others 2014).
/// Every number takes 16 random bits, so p is rounded to a multiple of 2⁻¹⁶, and the scale belongs to the rounded one.
struct Dropout<Scalar: LearningScalar> {
  private let threshold: UInt16
  private let scale: Scalar

  init(probability: Double) {
    threshold = UInt16((probability * 65_536).rounded())
    scale = Scalar(65_536 / (65_536 - Double(threshold)))
  }

  /// Draws `count` factors: 0, or the scale that keeps means.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func drawFactors(
    _ factors: UnsafeMutablePointer<Scalar>, count: Int, bits words: UnsafePointer<UInt64>
  ) {
    let (threshold, scale) = (threshold, scale)
    // Four numbers from each word; as an array of 16 bits each the loop runs in vector registers.
    words.withMemoryRebound(to: UInt16.self, capacity: count) { bits in
      for i in 0..<count { factors[i] = bits[i] < threshold ? 0 : scale }
    }
  }
}

/// values[i] ← values[i]·factors[i].
@specialized(where Scalar == Float)
@specialized(where Scalar == Double)
func scale<Scalar: LearningScalar>(
  _ values: UnsafeMutablePointer<Scalar>, by factors: UnsafePointer<Scalar>, count: Int
) {
  for i in 0..<count { values[i] *= factors[i] }
}

/// sums[i] ← sums[i] + values[i].
@specialized(where Scalar == Float)
@specialized(where Scalar == Double)
func add<Scalar: LearningScalar>(
  _ values: UnsafePointer<Scalar>, to sums: UnsafeMutablePointer<Scalar>, count: Int
) {
  for i in 0..<count { sums[i] += values[i] }
}
