// SPDX-License-Identifier: GPL-3.0-or-later
/// The points of a curve that its picture needs: of each stretch within half a unit of x the first, the last, the lowest and the
/// highest, in their order; all where they are few.
///
/// - Parameter places: coordinates on the paper.
func thinnedLine(_ places: [Point], limit: Int = 2000) -> [Point] {
  guard places.count > limit else { return places }
  var (kept, start) = ([Point](), 0)
  func cell(_ place: Int) -> Int { Int((min(max(places[place].x, -1e6), 1e6) * 2).rounded(.down)) }
  while start < places.count {
    var (end, lowest, highest) = (start, start, start)
    while end + 1 < places.count, cell(end + 1) == cell(start) {
      end += 1
      if places[end].y < places[lowest].y { lowest = end }
      if places[end].y > places[highest].y { highest = end }
    }
    kept += Set([start, lowest, highest, end]).sorted().map { places[$0] }
    start = end + 1
  }
  return kept
}

/// Which marks a picture needs: one of those that lie within the same square; all where they are few.
///
/// Squares have sides of 1.5 units, or as much more as it takes for no more than `limit` marks.
///
/// - Parameter places: coordinates on the paper.
func thinnedMarks(_ places: [Point], limit: Int = 2000) -> [Int] {
  struct Cell: Hashable { let x, y: Int }
  var (kept, side) = (Array(places.indices), 1.5)
  while kept.count > limit {
    var seen = Set<Cell>()
    kept = kept.filter { place in
      let (x, y) = (min(max(places[place].x, -1e6), 1e6), min(max(places[place].y, -1e6), 1e6))
      return seen.insert(Cell(x: Int((x / side).rounded(.down)), y: Int((y / side).rounded(.down)))).inserted
    }
    side *= 1.5
  }
  return kept
}
