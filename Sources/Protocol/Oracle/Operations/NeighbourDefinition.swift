// SPDX-License-Identifier: GPL-3.0-or-later
/// KSG's counts of neighbours, exactly as they are defined; a row is never its own neighbour.
///
/// Rows that tie with the k-th neighbour are within its distance, so the order of rows cannot matter.
package struct NeighbourDefinition<Number: Comparable & SignedNumeric> where Number.Magnitude: Comparable {
  let x: [[Number]]
  let y: [[Number]]
  let k: Int
  let variant: Int

  /// The counts of the `k` nearest rows of (x, y), by variant 1 or 2.
  ///
  /// - Precondition: x and y have as many rows, and 1 ≤ k < rows.
  package init(x: [[Number]], y: [[Number]], k: Int, variant: Int) {
    (self.x, self.y, self.k, self.variant) = (x, y, k, variant)
  }

  /// n_x and n_y of every row.
  package var counts: [(x: Int, y: Int)] { x.indices.map(counts(of:)) }

  /// Whether the radii are the same whichever of the rows that tie with the k-th neighbour are taken.
  ///
  /// Kraskov, Stögbauer & Grassberger 2004 do not say which: a right program takes all of them, as here, or any k. KSG-1 has one
  /// radius, which does not depend on it.
  package var hasOneAnswer: Bool {
    variant == 1
      || x.indices.allSatisfy { row in
        let others = distances(from: row)
        let radius = others.map { max($0.x, $0.y) }.sorted()[k - 1]
        let tied = others.filter { max($0.x, $0.y) == radius }
        let inside = others.count { max($0.x, $0.y) < radius }
        return inside + tied.count == k || tied.allSatisfy { $0.x == tied[0].x && $0.y == tied[0].y }
      }
  }

  private func distances(from row: Int) -> [(x: Number.Magnitude, y: Number.Magnitude)] {
    x.indices.filter { $0 != row }.map { (x: distance(x[row], x[$0]), y: distance(y[row], y[$0])) }
  }

  private func counts(of row: Int) -> (x: Int, y: Int) {
    let others = distances(from: row)
    let radius = others.map { max($0.x, $0.y) }.sorted()[k - 1]
    if variant == 1 { return (others.count { $0.x < radius }, others.count { $0.y < radius }) }
    let within = others.filter { max($0.x, $0.y) <= radius }
    guard let first = within.first else { return (0, 0) }
    let reach = within.reduce(first) { (max($0.x, $1.x), max($0.y, $1.y)) }
    return (others.count { $0.x <= reach.x }, others.count { $0.y <= reach.y })
  }

  private func distance(_ a: [Number], _ b: [Number]) -> Number.Magnitude {
    zip(a, b).map { ($0 - $1).magnitude }.max() ?? Number.zero.magnitude
  }
}
