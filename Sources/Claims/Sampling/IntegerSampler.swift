import ExactPredicates
import PropertyTesting

/// Draws random problems of whole numbers with one label into memory of its own: Σ = FFᵀ is positive definite by
/// construction, as F has a positive diagonal and zeros above it.
///
/// A quarter are ties, with c = σε²: t is y but for noise of its own. In half of the others t follows s, so that ΔI > 0 is not rare.
struct IntegerSampler {
  private let largestSize: Int
  private var factor: [Int64]
  private var sigma: [Int64]
  private var w1: [Int64]

  /// A sampler of problems with p1, p2 ≤ `largestSize`.
  init(largestSize: Int = 8) {
    self.largestSize = largestSize
    let d = 2 * largestSize + 1
    factor = [Int64](repeating: 0, count: d * d)
    sigma = factor
    w1 = [Int64](repeating: 0, count: largestSize)
  }

  /// Draws a problem and gives it to `body`, which must not keep it.
  mutating func draw(from source: inout RandomSource, _ body: (IntegerProblem) -> Void) {
    let (p1, p2) = (source.size(upTo: largestSize), source.size(upTo: largestSize))
    let (d, n) = (p1 + p2 + 1, p2 + 2 + (source.chance(1, in: 4) ? 0 : source.integer(in: 1...40)))
    // F in the order x2, y, x1, in which t can be made to follow y.
    for i in 0..<d {
      for j in 0..<i { factor[i * d + j] = Int64(source.integer(in: -3...3)) }
      factor[i * d + i] = Int64(source.integer(in: i == p2 ? 1...9 : 1...4))
    }
    // x1[0] shares with y what x2 explains, and in a tie the rest too.
    let (isTie, follows) = (source.chance(1, in: 4), source.chance(1, in: 2))
    if isTie || follows {
      let (y, t) = (p2 * d, (p2 + 1) * d)
      for j in 0..<(isTie ? p2 + 1 : p2) { factor[t + j] = factor[y + j] }
    }
    fillSigma(p1, p2, d)
    let isAlone = isTie || follows && source.chance(1, in: 2)
    for i in 0..<p1 { w1[i] = isAlone ? (i == 0 ? 1 : 0) : Int64(source.integer(in: -3...3)) }
    if follows, !isTie { w1[0] = Int64(source.integer(in: 1...4)) }
    if w1[..<p1].allSatisfy({ $0 == 0 }) { w1[0] = 1 }
    sigma.withUnsafeBufferPointer { sigma in
      w1.withUnsafeBufferPointer { w1 in
        body(
          IntegerProblem(
            p1: p1, p2: p2, sigma: UnsafeBufferPointer(rebasing: sigma[..<(d * d)]),
            w1: UnsafeBufferPointer(rebasing: w1[..<p1]), n: n))
      }
    }
  }

  /// Σ = FFᵀ in the order x1, x2, y.
  private mutating func fillSigma(_ p1: Int, _ p2: Int, _ d: Int) {
    func place(_ row: Int) -> Int { row < p2 ? p1 + row : row == p2 ? d - 1 : row - p2 - 1 }
    for i in 0..<d {
      for j in 0...i {
        var sum: Int64 = 0
        for k in 0...j { sum += factor[i * d + k] * factor[j * d + k] }
        let (row, column) = (place(i), place(j))
        sigma[row * d + column] = sum
        sigma[column * d + row] = sum
      }
    }
  }
}
