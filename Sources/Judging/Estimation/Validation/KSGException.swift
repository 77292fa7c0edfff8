// SPDX-License-Identifier: GPL-3.0-or-later
import MistakeCatalogue

/// A textbook formula that gives every value, but for those of samples of certain numbers of rows.
extension KSGFormula {
  /// The formula and the numbers of rows at which it does not give the values; nil where there is none.
  ///
  /// Equality number for number is no coincidence, and whoever computes a formula computes it at every number of rows. So that no
  /// estimator is accused which departs from the formula on purpose where the data ask for it, the rows must decide: at each
  /// number of rows that three samples or more have, either all values are the formula's or none is, and those that are not are
  /// no textbook formula's of another k.
  static func exception(_ pairs: [(sample: PairedSample, value: Double)]) -> KSGDiagnosis? {
    let classes = Dictionary(grouping: pairs.indices) { pairs[$0].sample.count }.filter { $0.value.count >= 3 }
    let places = classes.values.joined().sorted()
    guard classes.count >= 3, pairs.contains(where: { $0.value != 0 }) else { return nil }
    let tables = places.map { KSGTable(pairs[$0].sample) }
    let textbooks = all.filter { $0.isTextbook && $0.unit == .nats }
    let matches = textbooks.map { formula in
      Set(places.indices.filter { formula.gives(pairs[places[$0]].value, tables[$0]) }.map { places[$0] })
    }
    let explained = matches.reduce(into: Set<Int>()) { $0.formUnion($1) }
    for (formula, matched) in zip(textbooks, matches) where formula.k <= 10 && 2 * matched.count > places.count {
      let others = classes.filter { matched.isDisjoint(with: $0.value) }
      guard !others.isEmpty, classes.allSatisfy({ others[$0.key] != nil || matched.isSuperset(of: $0.value) }),
        others.values.joined().allSatisfy({ !explained.contains($0) })
      else { continue }
      let missed = places.indices.filter { !matched.contains(places[$0]) }
      let deviation =
        missed.reduce(0) { $0 + abs(tables[$1].nats(formula) - pairs[places[$1]].value) } / Double(missed.count)
      let rows = others.keys.sorted().map(String.init).joined(separator: ", ")
      return KSGDiagnosis(
        formula: "\(formula.words), but for those of samples of \(rows) rows", deviation: deviation, isSlip: true)
    }
    return nil
  }

  /// Whether this is the formula's value; six digits are what many programs print.
  private func gives(_ value: Double, _ table: KSGTable) -> Bool {
    abs(unit(table.nats(self)) - value) < 2e-6 * max(1, abs(value))
  }
}
