// SPDX-License-Identifier: GPL-3.0-or-later
import SeededRuns

/// A cut of labelled rows into folds: the classes in proportion, groups never divided.
public struct ClassFolds: Sendable, Equatable {
  /// The fold of every row.
  public let foldOfRow: [Int]
  /// The number of folds.
  public let count: Int

  /// The rows of a fold, in order.
  public func heldOut(_ fold: Int) -> [Int] { foldOfRow.indices.filter { foldOfRow[$0] == fold } }

  /// The other rows, in order.
  public func training(_ fold: Int) -> [Int] { foldOfRow.indices.filter { foldOfRow[$0] != fold } }

  /// A random cut.
  ///
  /// Rows of a class are dealt out in turn; groups, from the largest to the smallest, each to the fold that lacks its classes most.
  ///
  /// - Parameters:
  ///   - labels: the class of every row.
  ///   - classNames: the names of the classes, for errors.
  ///   - groups: rows of one number stay together, as those of a speaker or a patient; nil: every row is on its own.
  ///   - folds: the number of folds, at least 2.
  ///   - seed: the seed of the cut.
  /// - Throws: ``ClassAdviceError`` where a class has fewer rows than there are folds, there are fewer groups than folds, or a
  ///   class would be missing from a training part.
  public init(labels: [Int], classNames: [String], groups: [Int]? = nil, folds: Int, seed: UInt64)
    throws(ClassAdviceError)
  {
    guard folds >= 2 else {
      throw .invalidSetting(name: "folds", value: "\(folds)", rule: "must be at least 2")
    }
    let classes = rowsByClass(labels, classNames.count)
    for (name, rows) in zip(classNames, classes) where rows.count < folds {
      throw .rareClass(name, rows: rows.count, folds: folds)
    }
    var source = RandomSource(seed: seed, index: 0)
    count = folds
    var fold = [Int](repeating: 0, count: labels.count)
    guard let groups else {
      // One deal over all classes, so that folds differ by one row at most.
      var next = 0
      for rows in classes {
        for row in rows.shuffled(using: &source) {
          fold[row] = next % folds
          next += 1
        }
      }
      foldOfRow = fold
      return
    }
    var rowsOfGroup: [Int: [Int]] = [:]
    for (row, group) in groups.enumerated() { rowsOfGroup[group, default: []].append(row) }
    guard rowsOfGroup.count >= folds else { throw .fewGroups(rowsOfGroup.count, folds: folds) }
    for (label, rows) in classes.enumerated() {
      let own = Set(rows.map { groups[$0] }).count
      if own < 2 { throw .classInFewGroups(classNames[label], groups: own) }
    }
    let order = rowsOfGroup.keys.sorted().shuffled(using: &source)
      .sorted { (rowsOfGroup[$0]?.count ?? 0) > (rowsOfGroup[$1]?.count ?? 0) }
    var held = [[Double]](repeating: [Double](repeating: 0, count: classNames.count), count: folds)
    for group in order {
      let rows = rowsOfGroup[group] ?? []
      var sizes = [Double](repeating: 0, count: classNames.count)
      for row in rows { sizes[labels[row]] += 1 / Double(classes[labels[row]].count) }
      // The sum of squared shares grows least where the fold has least of these classes.
      let costs = held.map { shares in zip(shares, sizes).reduce(0) { $0 + 2 * $1.0 * $1.1 + $1.1 * $1.1 } }
      let chosen = costs.indices.min { costs[$0] < costs[$1] } ?? 0
      for row in rows { fold[row] = chosen }
      for j in sizes.indices { held[chosen][j] += sizes[j] }
    }
    foldOfRow = fold
    for (label, rows) in classes.enumerated() where Set(rows.map { fold[$0] }).count < 2 {
      throw .classInFewGroups(classNames[label], groups: Set(rows.map { groups[$0] }).count)
    }
  }
}
