// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
/// All positive definite Σ of whole numbers of one label, up to a height, which is the largest |entry|: numbered, so that the
/// search can be cut into parts anywhere, and of each orbit of the symmetries one.
///
/// In a positive definite matrix the largest |entry| stands on the diagonal, and an entry beside it is smaller than the root
/// of the product of its two. So the matrices of a height are those of the diagonals with that largest number, each with a box of
/// entries beside it; numbers go through heights, diagonals and boxes in order. A number whose matrix is not positive definite, or
/// not the first of its orbit, stands for none: no more than a few additions are lost with it. Heights begin at multiples of
/// ``blockSize``.
public struct SmallSpace: Sendable {
  /// Heights, and parts of the search, begin at multiples of this number.
  public static let blockSize = 4_096

  /// The sizes of x1 and x2; one label.
  public let p1, p2: Int
  /// The largest height.
  public let height: Int
  /// The numbers of each height, from 1.
  public let levels: [Range<Int>]
  let pairs: [(Int, Int)]
  let symmetries: [SignedPermutation]
  private let boxes: [Box]

  /// A diagonal with the bounds of the entries beside it, and where its numbers begin.
  private struct Box: Sendable {
    let diagonal, bounds: [Int]
    let start, count: Int
  }

  /// The space of matrices up to a height.
  ///
  /// - Parameter keepsX2: whether the order of x2 matters, so that its permutations make other matrices.
  /// - Precondition: sizes and height are at least 1.
  public init(p1: Int = 1, p2: Int = 1, height: Int, keepsX2: Bool = false) {
    precondition(p1 >= 1 && p2 >= 1 && height >= 1, "sizes and heights from 1")
    (self.p1, self.p2, self.height) = (p1, p2, height)
    let size = p1 + p2 + 1
    pairs = (0..<size).flatMap { i in ((i + 1)..<max(size, i + 1)).map { (i, $0) } }
    symmetries = SignedPermutation.all(p1: p1, p2: p2, keepsX2: keepsX2)
    var (boxes, levels, next) = ([Box](), [Range<Int>](), 0)
    for level in 1...height {
      let start = next
      for diagonal in SmallSpace.diagonals(size, level) {
        let bounds = pairs.map { SmallSpace.largest(below: diagonal[$0.0] * diagonal[$0.1]) }
        let count = bounds.reduce(1) { $0 * (2 * $1 + 1) }
        boxes.append(Box(diagonal: diagonal, bounds: bounds, start: next, count: count))
        next += count
      }
      next = (next + SmallSpace.blockSize - 1) / SmallSpace.blockSize * SmallSpace.blockSize
      levels.append(start..<next)
    }
    (self.boxes, self.levels) = (boxes, levels)
  }

  /// How many numbers there are.
  public var count: Int { levels.last?.upperBound ?? 0 }

  /// The height of a number's matrix.
  public func level(of index: Int) -> Int { (levels.firstIndex { $0.contains(index) } ?? height) + 1 }

  /// All diagonals with this largest number, in lexicographic order.
  private static func diagonals(_ size: Int, _ level: Int) -> [[Int]] {
    var all: [[Int]] = [[]]
    for _ in 0..<size { all = all.flatMap { start in (1...level).map { start + [$0] } } }
    return all.filter { $0.contains(level) }
  }

  /// The largest whole number whose square is below `square`.
  private static func largest(below square: Int) -> Int {
    var root = 0
    while (root + 1) * (root + 1) < square { root += 1 }
    return root
  }

  /// Calls `body` with each matrix that a number of `range` stands for: the number, the matrix row by row, and how many
  /// matrices its orbit has.
  public func forEach(in range: Range<Int>, _ body: (_ index: Int, _ sigma: [Int64], _ orbit: Int) throws -> Void)
    rethrows
  {
    let size = p1 + p2 + 1
    var place = boxes.partitioned { $0.start + $0.count <= range.lowerBound }
    var sigma = [Int64](repeating: 0, count: size * size)
    while place < boxes.count, boxes[place].start < range.upperBound {
      let box = boxes[place]
      place += 1
      for i in 0..<size { sigma[i * size + i] = Int64(box.diagonal[i]) }
      let part = max(range.lowerBound, box.start)..<min(range.upperBound, box.start + box.count)
      var ranks = ranks(part.lowerBound - box.start, box.bounds)
      for index in part {
        for (pair, rank) in zip(pairs, ranks) {
          let value = Int64(rank % 2 == 1 ? (rank + 1) / 2 : -rank / 2)
          (sigma[pair.0 * size + pair.1], sigma[pair.1 * size + pair.0]) = (value, value)
        }
        if let orbit = orbit(of: sigma), isPositiveDefinite(sigma) { try body(index, sigma, orbit) }
        var digit = ranks.count - 1
        while digit >= 0 {
          if ranks[digit] < 2 * box.bounds[digit] {
            ranks[digit] += 1
            break
          }
          ranks[digit] = 0
          digit -= 1
        }
      }
    }
  }

  /// The entries of number `index` in a box by their places in the order 0, 1, −1, 2, −2, …; the last changes fastest.
  private func ranks(_ index: Int, _ bounds: [Int]) -> [Int] {
    var (rest, ranks) = (index, [Int]())
    for bound in bounds.reversed() {
      ranks.append(rest % (2 * bound + 1))
      rest /= 2 * bound + 1
    }
    return ranks.reversed()
  }

  /// The size of the orbit of a matrix; nil where another matrix of the orbit comes first.
  ///
  /// First by the diagonal, then by the places of the entries beside it.
  func orbit(of sigma: [Int64]) -> Int? {
    let size = p1 + p2 + 1
    var stabilizer = 0
    for symmetry in symmetries {
      var order = 0
      for i in 0..<size where order == 0 {
        let (image, own) = (sigma[symmetry.source[i] * (size + 1)], sigma[i * (size + 1)])
        order = image < own ? -1 : image > own ? 1 : 0
      }
      for (i, j) in pairs where order == 0 {
        let image = symmetry.sign[i] * symmetry.sign[j] * sigma[symmetry.source[i] * size + symmetry.source[j]]
        let own = sigma[i * size + j]
        let (a, b) = (rank(image), rank(own))
        order = a < b ? -1 : a > b ? 1 : 0
      }
      if order < 0 { return nil }
      if order == 0 { stabilizer += 1 }
    }
    return symmetries.count / stabilizer
  }

  private func rank(_ value: Int64) -> Int64 { value > 0 ? 2 * value - 1 : -2 * value }

  /// Fraction-free elimination: every leading minor is positive.
  private func isPositiveDefinite(_ sigma: [Int64]) -> Bool {
    let size = p1 + p2 + 1
    if size == 3 {
      let (a, d, e, b, f, c) = (sigma[0], sigma[1], sigma[2], sigma[4], sigma[5], sigma[8])
      return a * b > d * d && a * (b * c - f * f) - d * (d * c - e * f) + e * (d * f - b * e) > 0
    }
    var (m, previous) = (sigma, Int64(1))
    for k in 0..<size {
      let pivot = m[k * size + k]
      guard pivot > 0 else { return false }
      for i in (k + 1)..<max(size, k + 1) {
        for j in i..<size {
          m[i * size + j] = (pivot * m[i * size + j] - m[k * size + i] * m[k * size + j]) / previous
        }
      }
      previous = pivot
    }
    return true
  }
}

extension Array {
  /// How many elements come before the first that `isBefore` is false of; all of them stand first.
  fileprivate func partitioned(_ isBefore: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
