// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE
import SeededRuns

/// The rows of a table in groups, each as the Gram matrix of its rows (1, x): all that resampling, halving and folding need.
///
/// Rows are dealt out in turn. With no more rows than groups every group is one row, and resampling groups is the ordinary
/// bootstrap; with more, it is the bootstrap of independent groups, whose cost does not grow with the rows.
struct GramGroups {
  /// The most groups that rows are dealt to.
  static let most = 512

  /// The number d of columns.
  let columns: Int
  /// The number of groups.
  let count: Int
  /// For every group the lower triangle of its Gram matrix of order d + 1, row by row: ``length`` numbers, and more where numbers
  /// are missing.
  private let grams: [Double]
  private let storedLength: Int
  private let imputation: MeanImputation

  /// The number of rows.
  let rows: Int

  /// The numbers of one Gram matrix.
  var length: Int { (columns + 1) * (columns + 2) / 2 }

  /// Deals the rows of `data`, column after column, to at most ``most`` groups in a random order.
  ///
  /// - Parameter missing: for every column whether each row misses it, so that the mean of the others is taken, in every sum of groups anew.
  init(_ data: [[Double]], missing: [[Bool]] = [], seed: UInt64) {
    let n = data.first?.count ?? 0
    let count = min(n, GramGroups.most)
    imputation = MeanImputation(columns: data.count, missing: missing)
    // Subtracting the means keeps digits; no covariance depends on it.
    let centred = imputation.stored(data)
    let d = centred.count
    let length = (d + 1) * (d + 2) / 2
    var order = Array(0..<n)
    var source = RandomSource(seed: seed, index: 0x6772)
    for last in stride(from: n - 1, to: 0, by: -1) { order.swapAt(last, source.integer(in: 0...last)) }
    var grams = [Double](repeating: 0, count: count * length)
    var row = [Double](repeating: 1, count: d + 1)
    grams.withUnsafeMutableBufferPointer { grams in
      for (position, index) in order.enumerated() {
        for column in 0..<d { row[column + 1] = centred[column][index] }
        var place = position % count * length
        for i in 0...d {
          let value = row[i]
          for j in 0...i { grams[place + j] += value * row[j] }
          place += i + 1
        }
      }
    }
    (columns, self.count, self.grams, storedLength, rows) = (data.count, count, grams, length, n)
  }

  /// What is taken from every column that misses no number.
  static func origins(_ data: [[Double]]) -> [Double] {
    data.map { $0.reduce(0, +) / Double(max(1, $0.count)) }
  }

  /// What the groups that `isIn` picks say.
  ///
  /// - Parameter others: the groups whose means stand for missing numbers; nil for those that are picked.
  func moments(_ isIn: (Int) -> Bool = { _ in true }, meansOf others: ((Int) -> Bool)? = nil) -> SampleMoments {
    SampleMoments(gram: sum(isIn, meansOf: others)[...], columns: columns)
  }

  /// For every group what all the others say.
  func leavingOutEach<Result>(_ body: (SampleMoments) -> Result) -> [Result] {
    let total = stored([[Double](repeating: 1, count: count)])
    return (0..<count).map { group in
      let own = grams[(group * storedLength)..<((group + 1) * storedLength)]
      let others = zip(total, own).map { $0 - $1 }
      let gram =
        imputation.isEmpty ? others : imputation.imputed(others[...], means: imputation.means(others[...]))
      return body(SampleMoments(gram: gram[...], columns: columns))
    }
  }

  /// The sum of the Gram matrices of the groups that `isIn` picks.
  ///
  /// - Parameter others: the groups whose means stand for missing numbers; nil for those that are summed.
  func sum(_ isIn: (Int) -> Bool, meansOf others: ((Int) -> Bool)? = nil) -> [Double] {
    func indicators(_ isIn: (Int) -> Bool) -> [Double] { (0..<count).map { isIn($0) ? 1 : 0 } }
    guard let others, !imputation.isEmpty else { return weighted([indicators(isIn)]) }
    let means = imputation.means(stored([indicators(others)])[...])
    return imputation.imputed(stored([indicators(isIn)])[...], means: means)
  }

  /// For every list of weights, one a group, the weighted sum of the Gram matrices, one after the other.
  func weighted(_ weights: [[Double]]) -> [Double] {
    let sums = stored(weights)
    if imputation.isEmpty { return sums }
    return weights.indices.flatMap { index in
      let gram = sums[(index * storedLength)..<((index + 1) * storedLength)]
      return imputation.imputed(gram, means: imputation.means(gram))
    }
  }

  private func stored(_ weights: [[Double]]) -> [Double] {
    var sums = [Double](repeating: 0, count: weights.count * storedLength)
    let (lists, groups, size) = (Int32(weights.count), Int32(count), Int32(storedLength))
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, lists, size, groups, 1, Array(weights.joined()), groups, grams, size,
      0,
      &sums, size)
    return sums
  }
}
