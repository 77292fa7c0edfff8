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
}
