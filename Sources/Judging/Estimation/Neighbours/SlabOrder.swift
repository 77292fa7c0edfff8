// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The order of the points of a tree in the plane, from the orders of both coordinates, in O(n).
///
/// The points are cut into 2^a slabs by x, each in the order of y: the upper a levels of the tree split by x, the others by y.
/// Any order makes a valid tree. This one costs half of what splitting node after node does, and leaves come out about as wide
/// as high, by the choice of a, where y given x spreads about as much everywhere.
enum SlabOrder {
  /// The row of the point in each place of a tree with 2^`levels` leaves.
  ///
  /// - Parameters:
  ///   - byX: the first coordinates of all points, sorted.
  ///   - byY: the second ones.
  ///   - y: the same, row by row.
  ///   - levels: the levels of the tree.
  static func rows(_ byX: SortedColumn, _ byY: SortedColumn, y: [Double], levels: Int) -> [Int32] {
    let count = y.count
    let slabLevels = slabLevels(byX, y: y, levels: levels)
    var (slabs, ends) = ([Int32](repeating: 0, count: count), [Int]())
    for slab in 0..<1 << slabLevels {
      let places = KDTree.places(slab, level: slabLevels, count: count)
      for place in places { slabs[Int(byX.rows[place])] = Int32(slab) }
      ends.append(places.lowerBound)
    }
    var rows = byX.rows
    for row in byY.rows {
      let slab = Int(slabs[Int(row)])
      rows[ends[slab]] = row
      ends[slab] += 1
    }
    return rows
  }

  /// How many levels split by x, so that Rx/2^a = Ry/2^(levels − a), with Rx the spread of x and Ry that of y given x.
  private static func slabLevels(_ byX: SortedColumn, y: [Double], levels: Int) -> Int {
    let count = y.count
    guard count > 64 else { return levels / 2 }
    // Three quarters of the values: what tails do is not typical.
    let spreadOfX = byX.values[7 * count / 8] - byX.values[count / 8]
    let width = min(64, count / 8)
    let spreads = (1...4).map { slab in
      let start = slab * count / 5
      let column = byX.rows[start..<start + width].map { y[Int($0)] }.sorted()
      return column[7 * width / 8] - column[width / 8]
    }
    let spreadOfY = spreads.reduce(0, +) / 4
    guard spreadOfX > 0 else { return 0 }
    guard spreadOfY > 0 else { return levels }
    let ideal = (Double(levels) + log2(spreadOfX / spreadOfY)) / 2
    return Int(max(0, min(Double(levels), ideal.rounded())))
  }
}
