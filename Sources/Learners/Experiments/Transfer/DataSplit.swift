// SPDX-License-Identifier: GPL-3.0-or-later
import Classification

/// The sizes of the parts that paired rows are cut into.
public struct PartSizes: Sendable, Equatable {
  /// The rows that student and teacher are trained on.
  public var training: Int
  /// The further rows that a teacher with more labels is trained on.
  public var extra: Int
  /// The rows on which informations are estimated.
  public var information: Int
  /// The rows on which gains are measured; nothing else looks at them.
  public var test: Int

  /// Sizes.
  public init(training: Int, extra: Int, information: Int, test: Int) {
    (self.training, self.extra, self.information, self.test) = (training, extra, information, test)
  }

  /// All of them.
  public var total: Int { training + extra + information + test }

  /// The sizes as settings of an experiment.
  var settings: [Setting] {
    [
      Setting("training rows", training), Setting("extra teacher rows", extra),
      Setting("information rows", information), Setting("test rows", test),
    ]
  }
}

/// A stratified random cut of rows into the parts of an experiment.
struct DataSplit {
  let training, extra, information, test: [Int]

  /// A cut of `rows`.
  ///
  /// - Throws: ``ExperimentError/tooFewRows(rows:needed:)``.
  init(_ rows: LabelledRows, _ sizes: PartSizes, using generator: inout some RandomNumberGenerator)
    throws(ExperimentError)
  {
    guard rows.rowCount >= sizes.total else {
      throw .tooFewRows(rows: rows.rowCount, needed: sizes.total)
    }
    var rest = rows.stratifiedOrder(using: &generator)[...]
    func take(_ count: Int) -> [Int] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    (training, extra) = (take(sizes.training), take(sizes.extra))
    (information, test) = (take(sizes.information), take(sizes.test))
  }

  /// A cut where test and information rows are of so many groups of which no row is fitted to.
  ///
  /// - Throws: ``ExperimentError/tooFewRows(rows:needed:)`` where the groups that are drawn, or the others, have too few.
  init(
    _ rows: LabelledRows, _ sizes: PartSizes, groups: [Int], heldOut count: Int,
    using generator: inout some RandomNumberGenerator
  ) throws {
    let held = Set(Set(groups).sorted().shuffled(using: &generator).prefix(count))
    func order(_ isHeld: Bool, needed: Int) throws -> [Int] {
      let own = groups.indices.filter { held.contains(groups[$0]) == isHeld }
      guard own.count >= needed else { throw ExperimentError.tooFewRows(rows: own.count, needed: needed) }
      return try rows.selecting(own).stratifiedOrder(using: &generator).map { own[$0] }
    }
    let fitted = try order(false, needed: sizes.training + sizes.extra)
    let judged = try order(true, needed: sizes.information + sizes.test)
    training = Array(fitted.prefix(sizes.training))
    extra = Array(fitted.dropFirst(sizes.training).prefix(sizes.extra))
    information = Array(judged.prefix(sizes.information))
    test = Array(judged.dropFirst(sizes.information).prefix(sizes.test))
  }
}
