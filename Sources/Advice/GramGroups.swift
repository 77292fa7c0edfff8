import CLAPACKE
import PropertyTesting

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
    (columns, self.count, self.grams, storedLength) = (data.count, count, grams, length)
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

/// What a Gram matrix of rows (1, x) says: how many rows, their means and covariance.
struct SampleMoments {
  /// The number of rows.
  let rows: Double
  /// Their means, d numbers.
  let means: [Double]
  /// Their covariance, d × d row by row, with denominator rows − 1.
  let covariance: [Double]

  /// Reads a lower triangle of order d + 1.
  init(gram: ArraySlice<Double>, columns d: Int) {
    let start = gram.startIndex
    func entry(_ i: Int, _ j: Int) -> Double { gram[start + i * (i + 1) / 2 + j] }
    let rows = entry(0, 0)
    let means = (1...d).map { entry($0, 0) / rows }
    var covariance = [Double](repeating: 0, count: d * d)
    for i in 0..<d {
      for j in 0...i {
        let value = (entry(i + 1, j + 1) - rows * means[i] * means[j]) / (rows - 1)
        (covariance[i * d + j], covariance[j * d + i]) = (value, value)
      }
    }
    (self.rows, self.means, self.covariance) = (rows, means, covariance)
  }

  /// The mean square of y − wᵀx, in this sample, of a linear rule fitted elsewhere with an intercept.
  func meanSquare(weights: [Double], at places: [Int], intercept: Double, label: Int) -> Double {
    let d = means.count
    let all = [1.0] + zip(weights, places).map { weight, _ in -weight }
    let indices = [label] + places
    var square = 0.0
    for (a, i) in zip(all, indices) { for (b, j) in zip(all, indices) { square += a * b * covariance[i * d + j] } }
    let bias = zip(all, indices).reduce(-intercept) { $0 + $1.0 * means[$1.1] }
    return square * (rows - 1) / rows + bias * bias
  }
}
