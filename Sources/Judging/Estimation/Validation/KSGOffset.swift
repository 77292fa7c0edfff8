// SPDX-License-Identifier: GPL-3.0-or-later
import MistakeCatalogue

/// Slips on top of a textbook formula that leave a fingerprint as well.
extension KSGFormula {
  /// The textbook formula that gives every value when the first or the last row is left out; nil where none does.
  ///
  /// One row of 250 changes an estimate by next to nothing, but whoever loses one has misread the file.
  static func withoutOneRow(_ pairs: [(sample: PairedSample, value: Double)]) -> KSGDiagnosis? {
    for (word, isFirst) in [("first", true), ("last", false)] {
      let shorter = pairs.compactMap { pair in
        let rows = isFirst ? 1..<pair.sample.count : 0..<pair.sample.count - 1
        return (try? pair.sample.selecting(rows: rows)).map { (sample: $0, value: pair.value) }
      }
      guard let (formula, _) = match(shorter), formula.isTextbook else { continue }
      let deviation = pairs.reduce(0) { $0 + abs(KSGTable($1.sample).nats(formula) - $1.value) } / Double(pairs.count)
      return KSGDiagnosis(
        formula: "\(formula.words), of all rows but the \(word)", deviation: deviation, isSlip: true)
    }
    return nil
  }

  /// The textbook formula to which every value is in the same relation: a number added, or a factor; nil where none is.
  ///
  /// A consistent estimator may have a bias that shrinks with n, but none that is the same for all samples.
  static func affine(_ pairs: [(sample: PairedSample, value: Double)]) -> KSGDiagnosis? {
    guard pairs.contains(where: { $0.value != 0 }) else { return nil }
    let tables = pairs.map { KSGTable($0.sample) }
    for formula in all where formula.isTextbook && formula.unit == .nats {
      // Two samples rule nearly every formula out.
      for count in [2, pairs.count] {
        let nats = tables.prefix(count).map { $0.nats(formula) }
        let values = pairs.prefix(count).map(\.value)
        let offset = common(zip(values, nats).map(-), tolerances: values.map { 2e-6 * max(1, abs($0)) })
        let factor = common(
          zip(values, nats).map(/), tolerances: zip(values, nats).map { 2e-6 * max(1, abs($0)) / abs($1) })
        guard offset != nil || factor != nil else { break }
        guard count == pairs.count else { continue }
        if let offset {
          return KSGDiagnosis(
            formula: "\(formula.words), plus \(signed(offset))", deviation: abs(offset), isSlip: abs(offset) > 1e-3)
        }
        let mean = nats.reduce(0) { $0 + abs($1) } / Double(count)
        return factor.map {
          KSGDiagnosis(
            formula: "\(formula.words), times \(signed($0))", deviation: abs($0 - 1) * mean,
            isSlip: abs($0 - 1) > 1e-3)
        }
      }
    }
    return nil
  }

  /// The mean of numbers that are all the same, but for their tolerances; nil where they are not.
  private static func common(_ numbers: [Double], tolerances: [Double]) -> Double? {
    guard numbers.allSatisfy(\.isFinite) else { return nil }
    // The most exact of them.
    guard let best = tolerances.indices.min(by: { tolerances[$0] < tolerances[$1] }) else { return nil }
    let centre = numbers[best]
    return numbers.indices.allSatisfy { abs(numbers[$0] - centre) <= tolerances[$0] + tolerances[best] } ? centre : nil
  }
}
