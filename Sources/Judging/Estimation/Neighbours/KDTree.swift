// SPDX-License-Identifier: GPL-3.0-or-later
/// A balanced k-d tree over the rows of a sample, for max-norm distances.
///
/// Node i has the children 2i and 2i + 1, the root is 1; the 2^``levels`` leaves hold at most eight points each, padded
/// with NaN, which is near nothing. Boxes are tight. Distances are rounded differences: rounding is monotone, so a box's
/// bounds hold for them exactly.
struct KDTree {
  let dimension: Int
  let count: Int
  let levels: Int
  /// The row of the point in each place; places run from leaf to leaf.
  let rows: [Int32]
  /// For every leaf, `dimension` registers of eight coordinates.
  let leaves: [Lanes]
  /// For every node and coordinate the least and the greatest value.
  let boxes: [Double]

  var leafCount: Int { 1 << levels }

  /// A tree of `values.count / dimension` points.
  ///
  /// - Parameters:
  ///   - values: the points, row after row.
  ///   - dimension: the number of coordinates of a point.
  ///   - threads: how many threads build it; the tree does not depend on them.
  init(_ values: [Double], dimension: Int, threads: Int) {
    let levels = KDTree.levels(count: values.count / dimension)
    var rows = (0..<Int32(values.count / dimension)).map { $0 }
    values.withUnsafeBufferPointer { values in
      rows.withUnsafeMutableBufferPointer { rows in
        KDTreeBuilder(values: values, dimension: dimension, levels: levels, rows: rows).build(threads: threads)
      }
    }
    self.init(values, dimension: dimension, levels: levels, rows: rows)
  }

  /// A tree of points in the plane, whose coordinates are sorted already.
  ///
  /// - Parameters:
  ///   - values: x and y, point after point.
  ///   - byX: all x, sorted.
  ///   - byY: all y, sorted.
  ///   - y: all y, row by row.
  init(_ values: [Double], byX: SortedColumn, byY: SortedColumn, y: [Double]) {
    let levels = KDTree.levels(count: y.count)
    self.init(values, dimension: 2, levels: levels, rows: SlabOrder.rows(byX, byY, y: y, levels: levels))
  }

  private init(_ values: [Double], dimension: Int, levels: Int, rows: [Int32]) {
    (self.dimension, count, self.levels, self.rows) = (dimension, rows.count, levels, rows)
    (leaves, boxes) = KDTree.leavesAndBoxes(values, dimension: dimension, levels: levels, rows: rows)
  }

  /// The least number of levels with which no leaf holds more than eight points.
  private static func levels(count: Int) -> Int {
    var levels = 0
    while count > 8 << levels { levels += 1 }
    return levels
  }

  /// The places of the points below the node that is number `index` of its level.
  static func places(_ index: Int, level: Int, count: Int) -> Range<Int> {
    (count * index) >> level..<(count * (index + 1)) >> level
  }

  /// The places of the points in a leaf.
  func places(inLeaf leaf: Int) -> Range<Int> { KDTree.places(leaf, level: levels, count: count) }

  private static func leavesAndBoxes(
    _ values: [Double], dimension: Int, levels: Int, rows: [Int32]
  ) -> (leaves: [Lanes], boxes: [Double]) {
    let leafCount = 1 << levels
    var leaves = [Lanes](repeating: Lanes(repeating: .nan), count: leafCount * dimension)
    var boxes = [Double](repeating: 0, count: 4 * leafCount * dimension)
    for leaf in 0..<leafCount {
      let places = places(leaf, level: levels, count: rows.count)
      for coordinate in 0..<dimension {
        var (low, high) = (Double.infinity, -Double.infinity)
        for (lane, place) in places.enumerated() {
          let value = values[Int(rows[place]) * dimension + coordinate]
          leaves[leaf * dimension + coordinate][lane] = value
          (low, high) = (smaller(value, low), larger(value, high))
        }
        let box = 2 * ((leafCount + leaf) * dimension + coordinate)
        (boxes[box], boxes[box + 1]) = (low, high)
      }
    }
    for node in stride(from: leafCount - 1, to: 0, by: -1) {
      for coordinate in 0..<dimension {
        let (box, left) = (2 * (node * dimension + coordinate), 2 * (2 * node * dimension + coordinate))
        let right = left + 2 * dimension
        boxes[box] = smaller(boxes[left], boxes[right])
        boxes[box + 1] = larger(boxes[left + 1], boxes[right + 1])
      }
    }
    return (leaves, boxes)
  }
}

/// Brings the rows into the order of the tree's leaves.
private struct KDTreeBuilder {
  let values: UnsafeBufferPointer<Double>
  let dimension: Int
  let levels: Int
  let rows: UnsafeMutableBufferPointer<Int32>

  /// One coordinate of a row.
  private struct Keyed {
    let key: Double
    let row: Int32
  }

  func build(threads: Int) {
    // Two levels of four nodes above are split on one thread, the subtrees below on all.
    let top = min(levels, 2)
    withUnsafeTemporaryAllocation(of: Keyed.self, capacity: rows.count) { keyed in
      for level in 0..<top {
        forEachBlock(of: 1 << level, size: 1, threads: threads) { block in
          for node in block { split(node, level: level, keyed) }
        }
      }
      forEachBlock(of: 1 << top, size: 1, threads: threads) { block in
        for node in block {
          for level in top..<max(top, levels) {
            let width = 1 << (level - top)
            for node in node * width..<(node + 1) * width { split(node, level: level, keyed) }
          }
        }
      }
    }
  }

  /// Puts the smaller half of a node's points, along the coordinate in which they spread most, first.
  private func split(_ node: Int, level: Int, _ all: UnsafeMutableBufferPointer<Keyed>) {
    let places = KDTree.places(node, level: level, count: rows.count)
    let middle = KDTree.places(2 * node, level: level + 1, count: rows.count).upperBound
    let coordinate = widestCoordinate(places)
    for place in places {
      let row = rows[place]
      all[place] = Keyed(key: values[Int(row) * dimension + coordinate], row: row)
    }
    select(middle, in: places, all)
    for place in places { rows[place] = all[place].row }
  }

  /// The coordinate in which up to 32 of the points, evenly taken, spread most.
  private func widestCoordinate(_ places: Range<Int>) -> Int {
    guard dimension > 1 else { return 0 }
    let step = max(1, places.count / 32)
    var (widest, spread) = (0, -1.0)
    for coordinate in 0..<dimension {
      var (low, high) = (Double.infinity, -Double.infinity)
      for place in stride(from: places.lowerBound, to: places.upperBound, by: step) {
        let value = values[Int(rows[place]) * dimension + coordinate]
        (low, high) = (smaller(value, low), larger(value, high))
      }
      if high - low > spread { (widest, spread) = (coordinate, high - low) }
    }
    return widest
  }

  /// Quickselect: no key before `middle` is greater than one from it on.
  private func select(_ middle: Int, in places: Range<Int>, _ keyed: UnsafeMutableBufferPointer<Keyed>) {
    var (low, high) = (places.lowerBound, places.upperBound)
    while high - low > 1 {
      let pivot = median(keyed[low].key, keyed[low + (high - low) / 2].key, keyed[high - 1].key)
      var border = partition(low..<high, keyed) { $0 < pivot }
      if border == low {
        // The pivot is the least: what equals it is in its place.
        border = partition(low..<high, keyed) { $0 <= pivot }
        if middle < border { return }
      }
      if middle == border { return }
      if middle < border { high = border } else { low = border }
    }
  }

  /// Brings the elements whose keys satisfy the predicate to the front and returns where they end.
  ///
  /// Every element is exchanged, needed or not, since a branch on random keys is guessed wrongly half of the time.
  @inline(__always)
  private func partition(
    _ places: Range<Int>, _ keyed: UnsafeMutableBufferPointer<Keyed>, _ belongsToFront: (Double) -> Bool
  ) -> Int {
    var border = places.lowerBound
    for place in places {
      let element = keyed[place]
      keyed[place] = keyed[border]
      keyed[border] = element
      border &+= belongsToFront(element.key) ? 1 : 0
    }
    return border
  }

  private func median(_ a: Double, _ b: Double, _ c: Double) -> Double {
    larger(smaller(a, b), smaller(larger(a, b), c))
  }
}
