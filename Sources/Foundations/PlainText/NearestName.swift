// SPDX-License-Identifier: GPL-3.0-or-later
/// The known name nearest to a mistyped one, for "did you mean" in error messages; nil where none is near.
///
/// Near means at most a third of the letters (and at least one) inserted, deleted, replaced or swapped with a neighbour,
/// capitals aside; of equally near names the first. Long names, and all beyond the first 10,000, are not compared: a hint
/// must not take longer than the work.
public func nearestName(to name: String, among known: [String]) -> String? {
  let letters = Array(name.lowercased())
  guard letters.count <= 100 else { return nil }
  var (best, nearest) = (max(1, letters.count / 3) + 1, String?.none)
  for candidate in known.prefix(10_000) {
    let size = candidate.utf8.count
    // As many letters as the lengths differ are inserted or deleted; a letter is at most a few bytes.
    guard size <= 400, size >= letters.count - best else { continue }
    let other = Array(candidate.lowercased())
    guard abs(other.count - letters.count) < best else { continue }
    let distance = editDistance(letters, other)
    if distance < best { (best, nearest) = (distance, candidate) }
  }
  return nearest
}

/// The optimal-string-alignment distance (Damerau 1964, restricted).
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
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
