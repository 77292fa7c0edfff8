import Foundation

/// The Gaussian blur of a square grey image, as an image program does it: mirrored at the edges, rounded to 256 levels.
///
/// Rounding matters: without it a blur is invertible and takes no information away.
struct GaussianBlur {
  private let kernel: [Float]

  /// A blur by `sigma` pixels; 0 leaves images as they are.
  ///
  /// The kernel ends at four standard deviations.
  init(sigma: Double) {
    let radius = Int((4 * sigma).rounded())
    let weights = (-radius...radius).map { sigma > 0 ? exp(-Double($0 * $0) / (2 * sigma * sigma)) : 1 }
    let total = weights.reduce(0, +)
    kernel = weights.map { Float($0 / total) }
  }

  /// The blurred image of `side` × `side` numbers in 0 … 1.
  func callAsFunction(_ image: ArraySlice<Float>, side: Int) -> [Float] {
    if kernel.count == 1 { return Array(image) }
    let image = Array(image)
    let once = pass(image, side: side, step: 1, line: side)
    return pass(once, side: side, step: side, line: 1).map { ($0 * 255).rounded() / 255 }
  }

  /// Blurs along lines whose elements are `step` apart and that begin `line` apart.
  private func pass(_ image: [Float], side: Int, step: Int, line: Int) -> [Float] {
    var blurred = [Float](repeating: 0, count: image.count)
    let radius = kernel.count / 2
    for start in 0..<side {
      for i in 0..<side {
        var sum: Float = 0
        for (k, weight) in kernel.enumerated() {
          sum += weight * image[start * line + mirrored(i + k - radius, side) * step]
        }
        blurred[start * line + i * step] = sum
      }
    }
    return blurred
  }

  /// d c b a | a b c d | d c b a: SciPy's mode "reflect".
  private func mirrored(_ index: Int, _ side: Int) -> Int {
    let period = 2 * side
    let place = ((index % period) + period) % period
    return place < side ? place : period - 1 - place
  }
}
