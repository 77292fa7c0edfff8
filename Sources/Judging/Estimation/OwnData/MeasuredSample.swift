// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation

/// The columns of x and y, and of what is given, of one's own data, ready for every kind of estimator.
public struct MeasuredSample: Sendable {
  /// What the columns of a variable are, taken together.
  public enum Nature: String, Sendable, Hashable, CaseIterable {
    /// Measurements, none of whose values occurs twice in its column.
    case continuous
    /// Measurements some of whose values occur again: rounded, censored or with atoms.
    case tied
    /// Classes.
    case discrete
    /// Classes beside measurements.
    case mixed
  }

  /// The columns of x.
  public let x: [MeasuredColumn]
  /// The columns of y.
  public let y: [MeasuredColumn]
  /// The columns of what is given; empty where nothing is.
  public let given: [MeasuredColumn]
  /// What was done to measurements.
  public let scale: ColumnScale
  /// The number of rows.
  public let count: Int
  /// Scaled numbers, classes by their own numbers: what Gaussian methods read.
  let plain: (pair: PairedSample, z: [Double])
  /// Scaled numbers, classes by codes that lie farther apart than any two measurements: what methods of neighbours read.
  let coded: (pair: PairedSample, z: [Double])

  /// A sample.
  ///
  /// - Throws: ``EstimationError`` where a side has no columns, columns differ in length, there are fewer than 2 rows, or a number
  ///   is not finite.
  public init(
    x: [MeasuredColumn], y: [MeasuredColumn], given: [MeasuredColumn] = [], scale: ColumnScale = .unit
  ) throws(EstimationError) {
    (self.x, self.y, self.given, self.scale) = (x, y, given, scale)
    count = x.first?.values.count ?? 0
    for (side, columns) in [(Side.x, x), (.y, y)] {
      guard !columns.isEmpty else { throw .noColumns(side) }
      for (place, column) in columns.enumerated() {
        guard column.values.count == count else { throw .mismatchedRows(x: count, y: column.values.count) }
        if let row = column.values.firstIndex(where: { !$0.isFinite }) {
          throw .notFinite(side, row: row, column: place, value: "\(column.values[row])")
        }
      }
    }
    for column in given where column.values.count != count || !column.values.allSatisfy(\.isFinite) {
      throw .invalidParameter("the given column \"\(column.name)\" needs a finite number for each of the \(count) rows")
    }
    let scaled = (x + y + given).map { $0.kind == .discrete ? $0.values : scale($0.values) }
    let reach = zip(x + y + given, scaled).filter { $0.0.kind == .continuous }.map { Self.range($0.1) }.max() ?? 0
    // A power of two, so that codes and their differences are exact.
    let step = exp2((4 * (reach + 1)).exponentCeiling)
    let codes = zip(x + y + given, scaled).map { column, values in
      column.kind == .discrete ? Symbols(values).ofRows.map { Double($0) * step } : values
    }
    plain = try Self.sides(scaled, x.count, y.count, count)
    coded = try Self.sides(codes, x.count, y.count, count)
  }

  /// What the columns of x are.
  public var natureOfX: Nature { Self.nature(x) }
  /// What the columns of y are.
  public var natureOfY: Nature { Self.nature(y) }
  /// What the given columns are; nil where nothing is given.
  public var natureOfGiven: Nature? { given.isEmpty ? nil : Self.nature(given) }

  private static func nature(_ columns: [MeasuredColumn]) -> Nature {
    let discrete = columns.count { $0.kind == .discrete }
    if discrete > 0 { return discrete == columns.count ? .discrete : .mixed }
    return columns.contains { Symbols($0.values).repeats } ? .tied : .continuous
  }

  private static func range(_ values: [Double]) -> Double { (values.max() ?? 0) - (values.min() ?? 0) }

  private static func sides(
    _ columns: [[Double]], _ p: Int, _ q: Int, _ rows: Int
  ) throws(EstimationError) -> (pair: PairedSample, z: [Double]) {
    func side(_ range: Range<Int>) -> [Double] { (0..<rows).flatMap { row in range.map { columns[$0][row] } } }
    return (
      try PairedSample(x: side(0..<p), xDimension: p, y: side(p..<p + q), yDimension: q), side(p + q..<columns.count)
    )
  }
}

extension ColumnScale {
  /// A column of measurements on this scale.
  func callAsFunction(_ values: [Double]) -> [Double] {
    switch self {
    case .none: return values
    case .unit:
      guard let first = values.first, let largest = values.map({ abs($0 / 2 - first / 2) }).max(), largest > 0 else {
        return values
      }
      // From the first value and in units of the largest difference, so that neither an offset nor the size costs digits.
      let moved = values.map { ($0 / 2 - first / 2) / largest }
      let n = Double(values.count)
      let mean = moved.reduce(0, +) / n
      let deviation = (moved.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n).squareRoot()
      return moved.map { ($0 - mean) / deviation }
    case .ranks:
      let order = values.indices.sorted { values[$0] < values[$1] }
      var (scores, start) = (values, 0)
      while start < order.count {
        let end = order[start...].firstIndex { values[$0] > values[order[start]] } ?? order.count
        let rank = Double(start + end + 1) / 2
        for place in start..<end { scores[order[place]] = gsl_cdf_ugaussian_Pinv((rank - 0.5) / Double(order.count)) }
        start = end
      }
      return scores
    }
  }
}

extension Double {
  /// The least whole e with 2^e not below the number.
  fileprivate var exponentCeiling: Double { Double(exponent) + (significand > 1 ? 1 : 0) }
}
