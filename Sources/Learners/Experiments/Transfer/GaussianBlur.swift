// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Learning

/// The Gaussian blur of square grey images, as an image program does it: mirrored at the edges, rounded to 256 levels.
///
/// Rounding matters: without it a blur is invertible and takes no information away.
struct GaussianBlur {
  private let side: Int
  /// What blurs a column: side × side.
  private let matrix: [Float]
  private let isIdentity: Bool

  /// A blur by `sigma` pixels of images of `side` × `side`; 0 leaves them as they are.
  ///
  /// The kernel ends at four standard deviations.
  init(sigma: Double, side: Int) {
    (self.side, isIdentity) = (side, sigma == 0)
    let radius = Int((4 * sigma).rounded())
    let weights = (-radius...radius).map { sigma > 0 ? exp(-Double($0 * $0) / (2 * sigma * sigma)) : 1 }
    let total = weights.reduce(0, +)
    var matrix = [Double](repeating: 0, count: side * side)
    for row in 0..<side {
      for (k, weight) in weights.enumerated() {
        matrix[row * side + GaussianBlur.mirrored(row + k - radius, side)] += weight / total
      }
    }
    self.matrix = matrix.map { Float($0) }
  }

  /// The blurred images, numbers in 0 … 1, pixel by pixel and image by image.
  ///
  /// - Precondition: the numbers make whole images.
  func callAsFunction(_ images: [Float]) -> [Float] {
    precondition(images.count.isMultiple(of: side * side), "numbers must make whole images")
    if isIdentity || images.isEmpty { return images }
    let pixels = side * side
    var (once, twice) = (images, images)
    for start in stride(from: 0, to: images.count, by: pixels) {
      // B·image, then its product with Bᵀ.
      multiply(matrix, at: 0, images, at: start, isTransposed: false, into: &once, at: start)
      multiply(once, at: start, matrix, at: 0, isTransposed: true, into: &twice, at: start)
    }
    return twice.map { ($0 * 255).rounded() / 255 }
  }

  /// The product of two matrices of `side` × `side`, the second transposed or not.
  private func multiply(
    _ a: [Float], at aStart: Int, _ b: [Float], at bStart: Int, isTransposed: Bool, into c: inout [Float],
    at cStart: Int
  ) {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        c.withUnsafeMutableBufferPointer { c in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
          Float.multiply(
            1, MatrixOperand(a + aStart, leadingDimension: side),
            MatrixOperand(b + bStart, leadingDimension: side, transposed: isTransposed), rows: side, inner: side,
            columns: side, adding: 0, to: c + cStart, leadingDimension: side)
        }
      }
    }
  }

  /// d c b a | a b c d | d c b a: SciPy's mode "reflect".
  private static func mirrored(_ index: Int, _ side: Int) -> Int {
    let period = 2 * side
    let place = ((index % period) + period) % period
    return place < side ? place : period - 1 - place
  }
}
