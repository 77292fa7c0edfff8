import CGSL

/// The distances that a formula compares.
enum KSGMetric: CaseIterable {
  /// The greatest difference of a coordinate, everywhere.
  case max
  /// Euclidean on each side, and the greater of the two sides.
  case euclideanSides
  /// Euclidean on each side and of the pair.
  case euclidean
}

/// The neighbour counts of a small sample for every formula of ``KSGFormula``, computed when first asked for.
final class KSGTable {
  private let sample: PairedSample
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

  /// The sorted distances of a row's neighbours in x and in y, and the k nearest in both.
  fileprivate struct Row {
    let x: [Double]
    let y: [Double]
    let nearest: [(x: Double, y: Double, both: Double)]
  }

  init(_ sample: PairedSample) {
    self.sample = sample
    digamma = [.nan] + (1...sample.count + 2).map { gsl_sf_psi_int(Int32($0)) }
  }

  /// The value of a formula in its plain unit, nats.
  func nats(_ formula: KSGFormula) -> Double {
    let key = Key(isStandardised: formula.isStandardised, metric: formula.metric)
    let mean = mean(MeanKey(key: key, counting: formula.counting, k: formula.k, shift: formula.countShift))
    return digamma[formula.k + formula.kShift] - (formula.hasInverseK ? 1 / Double(formula.k) : 0)
      + digamma[sample.count] - mean
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
    let x = columns(.x, key)
    let y = columns(.y, key)
    let made = (0..<sample.count).map { i -> Row in
      let others = (0..<sample.count).filter { $0 != i }.map { j -> (x: Double, y: Double, both: Double) in
        let (dx, dy) = (distance(x, i, j, key.metric), distance(y, i, j, key.metric))
        return (dx, dy, key.metric == .euclidean ? (dx * dx + dy * dy).squareRoot() : max(dx, dy))
      }
      let nearest = others.sorted { $0.both < $1.both }.prefix(KSGFormula.neighbours.upperBound)
      return Row(x: others.map(\.x).sorted(), y: others.map(\.y).sorted(), nearest: Array(nearest))
    }
    rows[key] = made
    return made
  }

  private func columns(_ side: Side, _ key: Key) -> [[Double]] {
    let (values, d) = (sample.values(of: side), sample.dimension(of: side))
    return (0..<d).map { column in
      let numbers = stride(from: column, to: values.count, by: d).map { values[$0] }
      guard key.isStandardised else { return numbers }
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      let deviation = (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)).squareRoot()
      return numbers.map { $0 / deviation }
    }
  }

  private func distance(_ columns: [[Double]], _ i: Int, _ j: Int, _ metric: KSGMetric) -> Double {
    guard columns.count > 1 else { return abs(columns[0][i] - columns[0][j]) }
    return metric == .max
      ? columns.reduce(0) { max($0, abs($1[i] - $1[j])) }
      : columns.reduce(0) { $0 + ($1[i] - $1[j]) * ($1[i] - $1[j]) }.squareRoot()
  }
}

extension KSGTable.Row {
  func counts(_ counting: KSGFormula.Counting, k: Int) -> (Int, Int) {
    let radius = nearest[k - 1].both
    switch counting {
    case .inside: return (x.count(below: radius), y.count(below: radius))
    case .upTo: return (x.count(below: radius.nextUp), y.count(below: radius.nextUp))
    case .rectangle:
      let reach = nearest.prefix(k).reduce((0.0, 0.0)) { (max($0.0, $1.x), max($0.1, $1.y)) }
      return (x.count(below: reach.0.nextUp), y.count(below: reach.1.nextUp))
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
}
