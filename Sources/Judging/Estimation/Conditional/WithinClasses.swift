// SPDX-License-Identifier: GPL-3.0-or-later
/// I(x; y | class) = Σ P(c) I(x; y | class = c): the mean of the informations within the classes, each by one estimator of I(x; y).
///
/// It is what a teacher's representation tells about a student's beyond the label, I(H1; H2 | Y). It is 0 where x and y are paired at
/// random within their class, however much both tell about it.
///
/// A class with too few rows for the estimator is left out, which a note says; where x or y does not vary in a class, it has no
/// information there. The estimator's bias is that at the rows of one class.
public struct WithinClasses: ConditionalInformationEstimator {
  /// What estimates within each class.
  public let estimator: any MutualInformationEstimator

  /// An estimator from one of I(x; y).
  public init(_ estimator: any MutualInformationEstimator) { self.estimator = estimator }

  /// The name of what estimates within the classes.
  public var name: String { estimator.name }

  /// Estimates I(x; y | z) in nats, rows of equal z being a class.
  ///
  /// - Throws: ``EstimationError/invalidParameter(_:)`` where z takes more values than half of the rows, or every class has too few rows
  ///   for the estimator.
  public func estimate(_ sample: ConditionedSample, seed: UInt64) throws(EstimationError) -> Estimate {
    try estimate(sample.pair, classes: Symbols(sample.z, columns: sample.zDimension), seed: seed)
  }

  /// Estimates I(x; y | class) in nats.
  ///
  /// - Parameters:
  ///   - sample: n rows of x and y.
  ///   - labels: the classes of the rows; which numbers stand for them does not matter.
  ///   - seed: the seed of the estimator's random choices.
  /// - Throws: ``EstimationError`` as ``estimate(_:seed:)``.
  /// - Precondition: as many labels as rows.
  public func estimate(_ sample: PairedSample, labels: [Int], seed: UInt64 = 0) throws(EstimationError) -> Estimate {
    precondition(labels.count == sample.count, "a label for every row")
    return try estimate(sample, classes: Symbols(labels), seed: seed)
  }

  private func estimate(_ sample: PairedSample, classes: Symbols, seed: UInt64) throws(EstimationError) -> Estimate {
    guard classes.areFew else {
      throw .invalidParameter(
        "what is given takes \(classes.counts.count) values in \(sample.count) rows, which are no classes; at most half as many can be"
      )
    }
    var rowsOfClass = [[Int]](repeating: [], count: classes.counts.count)
    for (row, symbol) in classes.ofRows.enumerated() { rowsOfClass[symbol].append(row) }
    var (parts, left, flat, last) = ([(rows: Int, estimate: Estimate?)](), 0, 0, EstimationError?.none)
    for rows in rowsOfClass {
      guard rows.count >= 2 else {
        left += rows.count
        continue
      }
      let part = try sample.selecting(rows: rows)
      if Side.allCases.contains(where: part.isConstant) {
        (flat, parts) = (flat + rows.count, parts + [(rows.count, nil)])
        continue
      }
      do throws(EstimationError) { parts.append((rows.count, try estimator.estimate(part, seed: seed))) } catch {
        (left, last) = (left + rows.count, error)
      }
    }
    guard !parts.isEmpty else {
      throw .invalidParameter("no class has enough rows: \(last.map { "\($0)" } ?? "every class has one")")
    }
    let n = Double(parts.reduce(0) { $0 + $1.rows })
    var (sum, variance) = (CompensatedSum(), Double?.some(0))
    for (rows, estimate) in parts {
      guard let estimate else { continue }
      let weight = Double(rows) / n
      sum.add(weight * estimate.nats)
      variance = variance.flatMap { total in estimate.standardError.map { total + weight * weight * $0 * $0 } }
    }
    var notes: [String] = []
    if left > 0 {
      notes.append("\(left) of \(sample.count) rows are in classes too small for \(name) and are left out")
    }
    if flat > 0 { notes.append("\(flat) rows are in classes where x or y does not vary, which have no information") }
    return try Estimate(
      nats: sum.value, standardError: variance?.squareRoot(),
      diagnostics: [.init("classes", Double(parts.count)), .init("rows left out", Double(left))], notes: notes)
  }
}
