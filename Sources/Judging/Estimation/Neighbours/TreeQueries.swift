// SPDX-License-Identifier: GPL-3.0-or-later
/// What is asked of a ``KDTree`` about its own points, one leaf after the other so that memory stays close.
///
/// Holds pointers into the tree, so it lives no longer than a call of ``with(_:_:)``.
struct TreeQueries {
  let tree: KDTree
  private let leaves: UnsafePointer<Lanes>
  private let boxes: UnsafePointer<Double>
  private let dimension: Int
  private let leafCount: Int

  /// Calls `body` with the queries of a tree.
  static func with(_ tree: KDTree, _ body: (TreeQueries) -> Void) {
    tree.leaves.withUnsafeBufferPointer { leaves in
      tree.boxes.withUnsafeBufferPointer { boxes in
        guard let leaves = leaves.baseAddress, let boxes = boxes.baseAddress else { return }
        body(TreeQueries(tree: tree, leaves: leaves, boxes: boxes))
      }
    }
  }

  private init(tree: KDTree, leaves: UnsafePointer<Lanes>, boxes: UnsafePointer<Double>) {
    (self.tree, self.leaves, self.boxes) = (tree, leaves, boxes)
    (dimension, leafCount) = (tree.dimension, tree.leafCount)
  }

  /// One point of the tree, and room for the nodes that are still to be visited.
  struct Query {
    fileprivate(set) var leaf = 0
    fileprivate(set) var lane = 0
    fileprivate let coordinates: UnsafeMutablePointer<Double>
    fileprivate let waiting: UnsafeMutablePointer<Int>
  }

  /// Calls `body` with a query for every point of the given leaves, and its row.
  func forEachPoint(inLeaves block: Range<Int>, _ body: (Query, _ row: Int) -> Void) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: dimension) { coordinates in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: tree.levels + 2) { waiting in
        guard let coordinates = coordinates.baseAddress, let waiting = waiting.baseAddress else { return }
        var query = Query(coordinates: coordinates, waiting: waiting)
        for leaf in block {
          for (lane, place) in tree.places(inLeaf: leaf).enumerated() {
            for c in 0..<dimension { coordinates[c] = leaves[leaf * dimension + c][lane] }
            (query.leaf, query.lane) = (leaf, lane)
            body(query, Int(tree.rows[place]))
          }
        }
      }
    }
  }

  /// Visits the leaves that may hold points of interest, the query's own first, then from near to far in the tree.
  ///
  /// - Parameters:
  ///   - needs: whether the points below a node matter; asked when it is reached, so it may depend on what was seen.
  ///   - scan: called with a leaf, as its number.
  @inline(__always)
  func visit(_ query: Query, needs: (_ node: Int) -> Bool, scan: (_ leaf: Int) -> Void) {
    scan(query.leaf)
    var climber = leafCount + query.leaf
    while climber > 1 {
      var depth = 1
      query.waiting[0] = climber ^ 1
      while depth > 0 {
        depth &-= 1
        let node = query.waiting[depth]
        guard needs(node) else { continue }
        if node >= leafCount {
          scan(node &- leafCount)
        } else {
          let (left, right) = (2 &* node, 2 &* node &+ 1)
          let leftIsNearer = gap(query, left) <= gap(query, right)
          query.waiting[depth] = leftIsNearer ? right : left
          query.waiting[depth &+ 1] = leftIsNearer ? left : right
          depth &+= 2
        }
      }
      climber >>= 1
    }
  }

  /// The distances of a leaf's points from the query in the coordinates `range`; NaN in empty lanes and for the query itself.
  @inline(__always)
  func distances(_ query: Query, toLeaf leaf: Int, in range: Range<Int>) -> Lanes {
    let coordinates = leaves + leaf &* dimension
    let first = range.lowerBound
    var distances = coordinates[first].distances(from: query.coordinates[first])
    if range.count == 2 {
      // Without the loop, the most usual case is a quarter faster.
      distances = distances.greater(coordinates[first &+ 1].distances(from: query.coordinates[first &+ 1]))
    } else {
      for c in first &+ 1..<max(first &+ 1, range.upperBound) {
        distances = distances.greater(coordinates[c].distances(from: query.coordinates[c]))
      }
    }
    if leaf == query.leaf { distances[query.lane] = .nan }
    return distances
  }

  /// A lower bound, which is attained by the box, of the distances of the points below a node.
  @inline(__always)
  func gap(_ query: Query, _ node: Int) -> Double {
    if dimension == 2 {
      let (box, x, y) = (boxes + 4 &* node, query.coordinates[0], query.coordinates[1])
      return larger(larger(box[0] - x, x - box[1]), larger(larger(box[2] - y, y - box[3]), 0))
    }
    var gap = 0.0
    for c in 0..<dimension {
      let box = boxes + 2 &* (node &* dimension &+ c)
      gap = larger(larger(box[0] - query.coordinates[c], query.coordinates[c] - box[1]), gap)
    }
    return gap
  }

  /// An upper bound of the distances of the points below a node in the coordinates `range`.
  @inline(__always)
  func extent(_ query: Query, _ node: Int, in range: Range<Int>) -> Double {
    var extent = 0.0
    for c in range {
      let box = boxes + 2 &* (node &* dimension &+ c)
      extent = larger(larger(query.coordinates[c] - box[0], box[1] - query.coordinates[c]), extent)
    }
    return extent
  }

  /// The number of points below a node.
  func population(_ node: Int) -> Int {
    let level = node._binaryLogarithm()
    return KDTree.places(node - (1 << level), level: level, count: tree.count).count
  }
}
