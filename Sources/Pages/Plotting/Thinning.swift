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

/// Which marks a picture needs: one of those that lie within the same square of 1.5 units; all where they are few.
///
/// - Parameter places: coordinates on the paper.
func thinnedMarks(_ places: [Point], limit: Int = 2000) -> [Int] {
  guard places.count > limit else { return Array(places.indices) }
  struct Cell: Hashable { let x, y: Int }
  var seen = Set<Cell>()
  return places.indices.filter { place in
    let point = places[place]
    let cell = Cell(
      x: Int((min(max(point.x, -1e6), 1e6) / 1.5).rounded(.down)),
      y: Int((min(max(point.y, -1e6), 1e6) / 1.5).rounded(.down)))
    return seen.insert(cell).inserted
  }
}
