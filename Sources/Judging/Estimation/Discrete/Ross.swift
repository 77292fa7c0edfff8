// SPDX-License-Identifier: GPL-3.0-or-later
/// The estimator of Ross (2014) for a class and continuous features: Î = ψ(n) + ⟨ψ(k) − ψ(n_c) − ψ(m)⟩, in nats.
///
/// n_c is the number of rows of a row's class, and m that of all rows, itself included, that are nearer in the features (max norm) than
/// the k-th nearest other row of its class.
///
/// Rare classes: with k rows or fewer a class takes all its others as neighbours; classes of one row have none and are
/// left out, which a note says (both as scikit-learn does). Ties: where rows tie at the k-th distance, all of them count, as in ``MixedKSG``,
/// so that repeated values do no harm.
public struct Ross: MutualInformationEstimator {
  /// The number of neighbours, at least 1.
  public let k: Int
  /// The number of threads; the estimate does not depend on it.
  public let threads: Int

  /// An estimator.
  ///
  /// - Precondition: `threads` ≥ 1.
  public init(k: Int = 3, threads: Int = 1) {
    precondition(threads >= 1, "at least 1 thread")
    (self.k, self.threads) = (k, threads)
  }

  /// `ross`.
  public var name: String { "ross" }

  /// For a class and continuous features.
  public var family: DistributionFamily { .classes }

  /// Estimates I(x; y) in nats, the side of fewer values being the class; deterministic whatever the seed.
  ///
  /// - Throws: ``EstimationError/notDiscrete(_:values:rows:)`` where that side takes more values than half of the rows;
  ///   ``EstimationError`` as ``estimate(_:columns:labels:)``.
  public func estimate(_ sample: PairedSample, seed: UInt64) throws(EstimationError) -> Estimate {
    let (x, y) = (Symbols(sample, .x), Symbols(sample, .y))
    let side = x.counts.count < y.counts.count ? Side.x : .y
    let (symbols, other) = side == .x ? (x, Side.y) : (y, Side.x)
    guard symbols.areFew else { throw .notDiscrete(side, values: symbols.counts.count, rows: sample.count) }
    return try estimate(sample.values(of: other), columns: sample.dimension(of: other), symbols)
  }

  /// Estimates the information of features about a class.
  ///
  /// The standard error is that of the mean over rows, as if they were independent.
  ///
  /// - Parameters:
  ///   - features: n × `columns` finite numbers.
  ///   - columns: the number of columns.
  ///   - labels: n classes; which numbers stand for them does not matter.
  /// - Throws: ``EstimationError`` where the features are no such rows, k < 1, or no class has two rows.
  public func estimate(_ features: [Double], columns: Int, labels: [Int]) throws(EstimationError) -> Estimate {
    let sample = try PairedSample(x: features, xDimension: columns, y: labels.map(Double.init), yDimension: 1)
    return try estimate(sample.x, columns: columns, Symbols(labels))
  }

  private func estimate(_ values: [Double], columns: Int, _ classes: Symbols) throws(EstimationError) -> Estimate {
    guard k >= 1 else { throw .neighbours(k, rows: classes.ofRows.count) }
    let kept = classes.ofRows.indices.filter { classes.counts[classes.ofRows[$0]] > 1 }
    guard kept.count > 1 else {
      throw .notDiscrete(.y, values: classes.counts.count, rows: classes.ofRows.count)
    }
    let x = kept.flatMap { values[$0 * columns..<($0 + 1) * columns] }.withoutOverflow
    var rowsOfClass = [[Int]](repeating: [], count: classes.counts.count)
    for (place, row) in kept.enumerated() { rowsOfClass[classes.ofRows[row]].append(place) }
    var (bounds, own) = ([Double](repeating: 0, count: kept.count), [Int](repeating: 0, count: kept.count))
    for rows in rowsOfClass where !rows.isEmpty {
      let tree = KDTree(rows.flatMap { x[$0 * columns..<($0 + 1) * columns] }, dimension: columns, threads: threads)
      let k = min(k, rows.count - 1)
      let radius = tree.nearest(k, threads: threads)
      let within = tree.counts(within: radius, inclusive: true, threads: threads)
      for (place, row) in rows.enumerated() {
        let neighbours = TiedNeighbours(radius: radius[place], within: Int(within[place]), k: k)
        (bounds[row], own[row]) = (neighbours.bound, neighbours.count)
      }
    }
    let near = KDTree(x, dimension: columns, threads: threads).counts(
      within: bounds, inclusive: false, threads: threads)
    let size = kept.map { classes.counts[classes.ofRows[$0]] }
    let leftOut = classes.ofRows.count - kept.count
    return try tiedEstimate(
      own: own, x: near.map { Int($0) + 1 }, y: size, k: k, rows: kept.count,
      notes: leftOut > 0 ? ["\(leftOut) of \(classes.ofRows.count) rows are alone in their class and are left out"] : []
    )
  }
}

extension [Double] {
  /// The numbers, all of them quartered, which changes no comparison of distances, where a difference could overflow.
  var withoutOverflow: [Double] { contains { abs($0) > 0x1p1021 } ? map { $0 / 4 } : self }
}
