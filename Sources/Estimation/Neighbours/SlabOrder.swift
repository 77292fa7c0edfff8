import Foundation

/// The order of the points of a tree in the plane, from the orders of both coordinates, in O(n).
///
/// The points are cut into 2^a slabs by x, each in the order of y: the upper a levels of the tree split by x, the others by y.
/// Any order makes a valid tree. This one is four times as cheap as splitting node after node, and leaves come out about as
/// wide as high where a is so chosen and y given x spreads about as much everywhere.
enum SlabOrder {
  /// The row of the point in each place of a tree with 2^`levels` leaves.
  ///
  /// - Parameter values: x and y, point after point.
  static func rows(_ values: [Double], levels: Int) -> [Int32] {
    let count = values.count / 2
    let byX = SortedColumn(stride(from: 0, to: values.count, by: 2).map { values[$0] })
    let byY = SortedColumn(stride(from: 1, to: values.count, by: 2).map { values[$0] })
    let slabLevels = slabLevels(values, byX, levels: levels)
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
  private static func slabLevels(_ values: [Double], _ byX: SortedColumn, levels: Int) -> Int {
    let count = byX.rows.count
    // Three quarters of the values: what tails do is not typical.
    let spreadOfX = byX.values[7 * count / 8] - byX.values[count / 8]
    let width = min(64, count / 8)
    let spreads = (1...4).map { slab in
      let start = slab * count / 5
      let column = byX.rows[start..<start + width].map { values[2 * Int($0) + 1] }.sorted()
      return column[7 * width / 8] - column[width / 8]
    }
    let spreadOfY = spreads.reduce(0, +) / 4
    guard spreadOfX > 0 else { return 0 }
    guard spreadOfY > 0 else { return levels }
    let ideal = (Double(levels) + log2(spreadOfX / spreadOfY)) / 2
    return Int(max(0, min(Double(levels), ideal.rounded())))
  }
}
