/// The known name nearest to a mistyped one, for "did you mean" in error messages; nil where none is near.
///
/// Near means at most a third of the letters (and at least one) inserted, deleted, replaced or swapped with a neighbour,
/// capitals aside; of equally near names the first.
public func nearestName(to name: String, among known: [String]) -> String? {
  guard name.count <= 100 else { return nil }
  let distances = known.map { editDistance(name.lowercased(), $0.lowercased()) }
  guard let best = distances.min(), best <= max(1, name.count / 3) else { return nil }
  return distances.firstIndex(of: best).map { known[$0] }
}

/// The optimal-string-alignment distance (Damerau 1964, restricted).
private func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a), Array(b))
  var (beforeLast, last) = ([Int](), Array(0...b.count))
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var distance = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { distance = min(distance, beforeLast[j - 1] + 1) }
      row.append(distance)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
