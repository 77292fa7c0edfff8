// SPDX-License-Identifier: GPL-3.0-or-later
/// Missing numbers as the means of the others, in any weighted set of rows, from Gram matrices alone.
///
/// With m = 1 where column x is missing, else 0, and x = 0 there, the mean μ of the others is Σx / Σ(1 − m), and x + μm is the imputed
/// column. So the Gram matrix of rows (1, x, m) gives that of the imputed rows (1, x + μm), for every resample and fold with means of its own.
struct MeanImputation {
  /// The number d of columns of data.
  let columns: Int
  /// The columns that miss numbers; after the data the stored rows have an m for each.
  private let places: [Int]
  private let flags: [[Bool]]

  /// - Parameters:
  ///   - missing: for every column whether each row misses it; empty where none does.
  init(columns: Int, missing: [[Bool]]) {
    self.columns = columns
    places = missing.indices.filter { missing[$0].contains(true) }
    flags = places.map { missing[$0] }
  }

  /// Whether nothing is missing.
  var isEmpty: Bool { places.isEmpty }

  /// The data with 0 for what is missing, after subtracting the means of the rest, and the columns m.
  func stored(_ data: [[Double]]) -> [[Double]] {
    var stored = zip(data, GramGroups.origins(data)).map { column, mean in column.map { $0 - mean } }
    for (place, flags) in zip(places, flags) {
      let there = flags.indices.filter { !flags[$0] }
      let mean = there.reduce(0) { $0 + stored[place][$1] } / Double(max(1, there.count))
      for row in flags.indices { stored[place][row] = flags[row] ? 0 : stored[place][row] - mean }
    }
    return stored + flags.map { $0.map { $0 ? 1 : 0 } }
  }

  /// The means of what is there, one for every column that misses numbers, of the rows of a stored Gram matrix.
  func means(_ gram: ArraySlice<Double>) -> [Double] {
    places.indices.map { index in
      let present = entry(gram, 0, 0) - entry(gram, columns + 1 + index, 0)
      // With nothing there the column becomes constant, and no fit is made of it.
      return present > 0 ? entry(gram, places[index] + 1, 0) / present : 0
    }
  }

  /// The lower triangle of the Gram matrix of (1, x + μm), row by row, for these means.
  func imputed(_ gram: ArraySlice<Double>, means: [Double]) -> [Double] {
    var flag = [Int?](repeating: nil, count: columns + 1)
    for (index, place) in places.enumerated() { flag[place + 1] = index }
    var result: [Double] = []
    result.reserveCapacity((columns + 1) * (columns + 2) / 2)
    for i in 0...columns {
      for j in 0...i {
        var value = entry(gram, i, j)
        let (a, b) = (flag[i], flag[j])
        if let a { value += means[a] * entry(gram, columns + 1 + a, j) }
        if let b { value += means[b] * entry(gram, columns + 1 + b, i) }
        if let a, let b { value += means[a] * means[b] * entry(gram, columns + 1 + a, columns + 1 + b) }
        result.append(value)
      }
    }
    return result
  }

  private func entry(_ gram: ArraySlice<Double>, _ i: Int, _ j: Int) -> Double {
    let (high, low) = (max(i, j), min(i, j))
    return gram[gram.startIndex + high * (high + 1) / 2 + low]
  }
}
