// SPDX-License-Identifier: GPL-3.0-or-later
/// Counts neighbours over all pairs of rows, eight at a time: the fastest way in many dimensions, where no tree prunes.
struct AllPairs {
  private let columns: [Lanes]
  private let count: Int
  private let xDimension: Int
  private let yDimension: Int

  /// The rows of a sample, eight to a chunk; the last is padded with NaN, which is near nothing.
  init(_ sample: PairedSample) {
    (count, xDimension, yDimension) = (sample.count, sample.xDimension, sample.yDimension)
    let dimension = xDimension + yDimension
    var columns = [Lanes](repeating: Lanes(repeating: .nan), count: (count + 7) / 8 * dimension)
    for row in 0..<count {
      let (chunk, lane) = row.quotientAndRemainder(dividingBy: 8)
      for c in 0..<xDimension { columns[chunk * dimension + c][lane] = sample.x[row * xDimension + c] }
      for c in 0..<yDimension { columns[chunk * dimension + xDimension + c][lane] = sample.y[row * yDimension + c] }
    }
    self.columns = columns
  }

  /// The counts that KSG needs, in O(n²).
  ///
  /// - Precondition: 1 ≤ k < n.
  func counts(k: Int, variant: KSG.Variant, threads: Int) -> NeighbourCounts {
    var y = [Int32](repeating: 0, count: count)
    let x = [Int32](unsafeUninitializedCapacity: count) { x, initialized in
      y.withUnsafeMutableBufferPointer { y in
        forEachBlock(of: count, size: 16, threads: threads) { rows in
          withScratch(k) { scratch in
            for row in rows {
              let (xBound, yBound) = bounds(scratch, row: row, variant: variant)
              x[row] = Int32(scratch.count(\.x, below: xBound))
              y[row] = Int32(scratch.count(\.y, below: yBound))
            }
          }
        }
      }
      initialized = count
    }
    return NeighbourCounts(x: x, y: y)
  }

  /// The same with all rows that tie with the k-th, as ``MixedKSG`` counts.
  ///
  /// - Precondition: 1 ≤ k < n.
  func tiedCounts(k: Int, threads: Int) -> TiedCounts {
    var (own, x) = ([Int32](repeating: 0, count: count), [Int32](repeating: 0, count: count))
    var y = own
    own.withUnsafeMutableBufferPointer { own in
      x.withUnsafeMutableBufferPointer { x in
        y.withUnsafeMutableBufferPointer { y in
          // Every row writes to its own places only.
          nonisolated(unsafe) let (own, x, y) = (own, x, y)
          forEachBlock(of: count, size: 16, threads: threads) { rows in
            withScratch(k) { scratch in
              for row in rows {
                scratch.fill(row: row, xDimension: xDimension, yDimension: yDimension)
                let radius = scratch.nearest.greatest
                let neighbours = TiedNeighbours(radius: radius, within: scratch.count(within: radius), k: k)
                own[row] = Int32(neighbours.count)
                x[row] = Int32(scratch.count(\.x, below: neighbours.bound)) + 1
                y[row] = Int32(scratch.count(\.y, below: neighbours.bound)) + 1
              }
            }
          }
        }
      }
    }
    return TiedCounts(own: own, x: x, y: y)
  }

  /// What the distances in x and in y from `row` must be below to count; leaves them in `scratch`.
  private func bounds(_ scratch: Scratch, row: Int, variant: KSG.Variant) -> (x: Double, y: Double) {
    scratch.fill(row: row, xDimension: xDimension, yDimension: yDimension)
    let radius = scratch.nearest.greatest
    switch variant {
    case .square: return (radius, radius)
    case .rectangle:
      let reach = scratch.reach(within: radius)
      // Distances are at least 0, so "≤ r" is "< the next number above r".
      return (reach.x.nextUp, reach.y.nextUp)
    }
  }

  private func withScratch(_ k: Int, _ body: (Scratch) -> Void) {
    let chunks = (count + 7) / 8
    columns.withUnsafeBufferPointer { columns in
      withUnsafeTemporaryAllocation(of: Lanes.self, capacity: chunks) { x in
        withUnsafeTemporaryAllocation(of: Lanes.self, capacity: chunks) { y in
          NearestDistances.with(k) { body(Scratch(columns: columns, x: x, y: y, nearest: $0)) }
        }
      }
    }
  }
}

/// The distances of all rows from one, and the k least.
private struct Scratch {
  let columns: UnsafeBufferPointer<Lanes>
  let x: UnsafeMutableBufferPointer<Lanes>
  let y: UnsafeMutableBufferPointer<Lanes>
  let nearest: NearestDistances

  func fill(row: Int, xDimension: Int, yDimension: Int) {
    nearest.reset()
    let dimension = xDimension &+ yDimension
    let (own, lane) = row.quotientAndRemainder(dividingBy: 8)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: dimension) { point in
      for c in 0..<dimension { point[c] = columns[own * dimension + c][lane] }
      for chunk in x.indices {
        var dx = columns[chunk &* dimension].distances(from: point[0])
        for c in 1..<max(1, xDimension) { dx = dx.greater(columns[chunk &* dimension &+ c].distances(from: point[c])) }
        var dy = columns[chunk &* dimension &+ xDimension].distances(from: point[xDimension])
        for c in xDimension &+ 1..<max(xDimension &+ 1, dimension) {
          dy = dy.greater(columns[chunk &* dimension &+ c].distances(from: point[c]))
        }
        if chunk == own { (dx[lane], dy[lane]) = (.nan, .nan) }
        (x[chunk], y[chunk]) = (dx, dy)
        nearest.take(dx.greater(dy))
      }
    }
  }

  /// The greatest distances in x and in y among the rows within `radius` in both.
  func reach(within radius: Double) -> (x: Double, y: Double) {
    var reach = (x: 0.0, y: 0.0)
    for chunk in x.indices {
      let isNear = x[chunk].greater(y[chunk]) .<= radius
      guard any(isNear) else { continue }
      for lane in 0..<8 where isNear[lane] { reach = (max(reach.x, x[chunk][lane]), max(reach.y, y[chunk][lane])) }
    }
    return reach
  }

  /// The number of rows that are not farther than `radius` in x nor in y.
  func count(within radius: Double) -> Int {
    x.indices.reduce(0) { $0 + (x[$1].greater(y[$1]) .<= radius).population }
  }

  func count(_ side: KeyPath<Scratch, UnsafeMutableBufferPointer<Lanes>>, below bound: Double) -> Int {
    var total = SIMD8<Int64>.zero
    for distances in self[keyPath: side] {
      total = total &+ SIMD8<Int64>.zero.replacing(with: 1, where: distances .< bound)
    }
    return Int(total.wrappedSum())
  }
}
