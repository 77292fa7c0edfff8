// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation

/// The values of formulas around KSG's on one small sample; distances and counts are computed when first asked for.
package final class KSGTable {
  /// The columns of x and of y.
  private let x, y: [[Double]]
  private let count: Int
  private var rows: [Key: [Row]] = [:]
  private var means: [MeanKey: Double] = [:]
  /// ψ(0), which is not defined, is NaN and spoils what it enters.
  private let digamma: [Double]

  private struct Key: Hashable {
    let isStandardised: Bool
    let metric: KSGMetric
  }

  private struct MeanKey: Hashable {
    let key: Key
    let counting: KSGFormula.Counting
    let k: Int
    let shift: Int
  }

  /// The sorted distances of a row's neighbours in x and in y, and both in the order of their joint distance.
  fileprivate struct Row {
    let x: [Double]
    let y: [Double]
    let nearest: [(x: Double, y: Double, both: Double)]
  }

  /// The values on a sample of at least 2 rows, given by its columns.
  ///
  /// - Precondition: all columns have as many rows, and each side has one.
  package init(x: [[Double]], y: [[Double]]) {
    (self.x, self.y, count) = (x, y, x[0].count)
    digamma = [.nan] + (1...count + 2).map { gsl_sf_psi_int(Int32($0)) }
  }

  /// The value of a formula; not finite where it has none.
  package func callAsFunction(_ formula: KSGFormula) -> Double {
    let nats = nats(formula)
    return nats.isFinite ? formula.unit(nats) : .nan
  }

  /// The value of a formula in its plain unit, nats.
  package func nats(_ formula: KSGFormula) -> Double {
    guard (1..<count).contains(formula.k + formula.kShift) else { return .nan }
    let key = Key(isStandardised: formula.isStandardised, metric: formula.metric)
    let neighbour = min(max(formula.k, 1), count - 1)
    let mean = mean(MeanKey(key: key, counting: formula.counting, k: neighbour, shift: formula.countShift))
    return digamma[formula.k + formula.kShift] - (formula.inverseK.map { 1 / Double($0) } ?? 0)
      + (formula.hasLogarithm ? log(Double(count)) : digamma[count]) - mean
  }

  private func mean(_ key: MeanKey) -> Double {
    if let known = means[key] { return known }
    let rows = rows(key.key)
    var sum = 0.0
    for row in rows {
      let (x, y) = row.counts(key.counting, k: key.k)
      sum += psi(x + key.shift) + psi(y + key.shift)
    }
    let mean = sum / Double(rows.count)
    means[key] = mean
    return mean
  }

  private func psi(_ m: Int) -> Double { m > 0 ? digamma[m] : .nan }

  private func rows(_ key: Key) -> [Row] {
    if let known = rows[key] { return known }
    let (x, y) = key.isStandardised ? (x.map(\.standardised), y.map(\.standardised)) : (x, y)
    let made = (0..<count).map { i -> Row in
      let others = (0..<count).filter { $0 != i }.map { j -> (x: Double, y: Double, both: Double) in
        let (dx, dy) = (key.metric.distance(x, i, j), key.metric.distance(y, i, j))
        return (dx, dy, key.metric.joint(dx, dy))
      }
      return Row(
        x: others.map(\.x).sorted(), y: others.map(\.y).sorted(), nearest: others.sorted { $0.both < $1.both })
    }
    rows[key] = made
    return made
  }
}

extension KSGMetric {
  /// The distance of rows `i` and `j` on one side.
  fileprivate func distance(_ columns: [[Double]], _ i: Int, _ j: Int) -> Double {
    guard columns.count > 1 else { return abs(columns[0][i] - columns[0][j]) }
    switch self {
    case .max: return columns.reduce(0) { Swift.max($0, abs($1[i] - $1[j])) }
    case .sum, .sumSides: return columns.reduce(0) { $0 + abs($1[i] - $1[j]) }
    case .euclidean, .euclideanSides:
      return columns.reduce(0) { $0 + ($1[i] - $1[j]) * ($1[i] - $1[j]) }.squareRoot()
    }
  }

  /// The distance of the pair from those of its sides.
  fileprivate func joint(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .max, .euclideanSides, .sumSides: Swift.max(x, y)
    case .sum: x + y
    case .euclidean: (x * x + y * y).squareRoot()
    }
  }
}

extension KSGFormula.Unit {
  /// What is made of an estimate in nats.
  package func callAsFunction(_ nats: Double) -> Double {
    switch self {
    case .nats: nats
    case .bits: nats / log(2)
    case .decimal: nats / log(10)
    case .half: nats / 2
    case .double: 2 * nats
    case .clipped: max(0, nats)
    case .absolute: abs(nats)
    }
  }
}

extension KSGTable.Row {
  fileprivate func counts(_ counting: KSGFormula.Counting, k: Int) -> (Int, Int) {
    let radius = nearest[k - 1].both
    switch counting {
    case .inside: return (x.count(below: radius), y.count(below: radius))
    case .upTo: return (x.count(below: radius.nextUp), y.count(below: radius.nextUp))
    case .rectangle, .rectangleInside:
      // Rows that tie with the k-th are within its distance.
      var reach = (0.0, 0.0)
      for row in nearest {
        if row.both > radius { break }
        reach = (max(reach.0, row.x), max(reach.1, row.y))
      }
      return counting == .rectangle
        ? (x.count(below: reach.0.nextUp), y.count(below: reach.1.nextUp))
        : (x.count(below: reach.0), y.count(below: reach.1))
    }
  }
}

extension [Double] {
  /// How many of the sorted numbers are less than `bound`.
  fileprivate func count(below bound: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The numbers less their mean, over their standard deviation; less their mean alone where they are all the same.
  fileprivate var standardised: [Double] {
    let mean = reduce(0, +) / Double(count)
    let variance = reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    return map { variance > 0 ? ($0 - mean) / variance.squareRoot() : $0 }
  }
}
