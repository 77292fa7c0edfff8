// SPDX-License-Identifier: GPL-3.0-or-later
/// Answers about all points of a tree, on several threads.
extension KDTree {
  /// For every row, the distance of the `k`-th nearest other.
  ///
  /// - Precondition: 1 ≤ k < ``count``.
  func nearest(_ k: Int, threads: Int) -> [Double] {
    perRow(threads: threads) { queries, leaves, radius in
      NearestDistances.with(k) { nearest in
        queries.forEachPoint(inLeaves: leaves) { query, row in
          nearest.reset()
          queries.visit(
            query, needs: { queries.gap(query, $0) < nearest.greatest },
            scan: { nearest.take(queries.distances(query, toLeaf: $0, in: 0..<dimension)) })
          radius[row] = nearest.greatest
        }
      }
    }
  }

  /// For every row, the greatest distance in the coordinates `range` among the others that are within `radius[row]`.
  func reach(in range: Range<Int>, within radius: [Double], threads: Int) -> [Double] {
    perRow(threads: threads) { queries, leaves, reach in
      queries.forEachPoint(inLeaves: leaves) { query, row in
        let bound = radius[row]
        var farthest = 0.0
        queries.visit(
          query,
          needs: {
            farthest < bound && queries.extent(query, $0, in: range) > farthest && queries.gap(query, $0) <= bound
          },
          scan: { leaf in
            let isNear = queries.distances(query, toLeaf: leaf, in: 0..<dimension) .<= bound
            let distances = queries.distances(query, toLeaf: leaf, in: range)
            for lane in distances.indices where isNear[lane] { farthest = max(farthest, distances[lane]) }
          })
        reach[row] = farthest
      }
    }
  }

  /// For every row, the number of others at a distance below `radius[row]` or, inclusively, not above it.
  func counts(within radius: [Double], inclusive: Bool, threads: Int) -> [Int32] {
    perRow(threads: threads) { queries, leaves, counts in
      queries.forEachPoint(inLeaves: leaves) { query, row in
        let bound = inclusive ? radius[row].nextUp : radius[row]
        var count = 0
        queries.visit(
          query,
          needs: { node in
            guard queries.gap(query, node) < bound else { return false }
            guard queries.extent(query, node, in: 0..<dimension) < bound else { return true }
            count += queries.population(node)
            return false
          },
          scan: { leaf in
            let isNear = queries.distances(query, toLeaf: leaf, in: 0..<dimension) .< bound
            count += isNear.population
          })
        counts[row] = Int32(count)
      }
    }
  }

  /// One number for every row, computed leaf by leaf.
  private func perRow<Value>(
    threads: Int, _ body: (TreeQueries, _ leaves: Range<Int>, UnsafeMutableBufferPointer<Value>) -> Void
  ) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { values, initialized in
      TreeQueries.with(self) { queries in
        forEachBlock(of: leafCount, size: 256, threads: threads) { leaves in body(queries, leaves, values) }
      }
      initialized = count
    }
  }
}
