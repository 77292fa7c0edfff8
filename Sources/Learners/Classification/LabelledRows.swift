// SPDX-License-Identifier: GPL-3.0-or-later
/// Rows of numbers, each with a class.
///
/// An instance has at least one row and column, finite numbers only, and labels of 0 ..< ``classCount``.
public struct LabelledRows: Sendable, Equatable {
  /// The numbers, rows × ``featureCount``, row after row; in double precision until they are centred.
  public let features: [Double]
  /// The class of every row.
  public let labels: [Int]
  /// The number of columns.
  public let featureCount: Int
  /// The number of classes, at least 2; a class may have no row.
  public let classCount: Int

  /// Rows that lie one after the other.
  ///
  /// - Parameters:
  ///   - features: a row for each label.
  ///   - labels: classes, counted from 0.
  ///   - classCount: the number of classes; nil for the greatest label + 1.
  /// - Throws: ``ClassificationError`` where there are no rows, they are not complete, a number is not finite, a label is
  ///   no class, or fewer than two classes occur.
  public init(features: [Double], labels: [Int], classCount: Int? = nil) throws(ClassificationError) {
    guard let first = labels.first else { throw .tooFewRows(0, needed: 2, for: "a classification") }
    guard !features.isEmpty, features.count.isMultiple(of: labels.count) else {
      throw .sizeMismatch("\(features.count) numbers do not make \(labels.count) rows; every label needs a row as long")
    }
    (self.features, self.labels, featureCount) = (features, labels, features.count / labels.count)
    self.classCount = classCount ?? (labels.max() ?? 0) + 1
    if let position = features.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(row: position / featureCount, column: position % featureCount, value: "\(features[position])")
    }
    if let row = labels.firstIndex(where: { $0 < 0 || $0 >= classCount ?? .max }) {
      throw .labelOutOfRange(row: row, label: labels[row], classes: self.classCount)
    }
    if labels.allSatisfy({ $0 == first }) { throw .singleClass(first, in: "the labels") }
  }

  /// The same from numbers of single precision.
  ///
  /// - Throws: as ``init(features:labels:classCount:)``.
  public init(singlePrecision features: [Float], labels: [Int], classCount: Int? = nil) throws(ClassificationError) {
    try self.init(features: features.map(Double.init), labels: labels, classCount: classCount)
  }

  /// The number of rows.
  public var rowCount: Int { labels.count }

  /// The rows at `positions`, in this order.
  ///
  /// - Throws: ``ClassificationError/singleClass(_:in:)`` or ``ClassificationError/tooFewRows(_:needed:for:)``.
  /// - Precondition: every position is a row.
  public func selecting(_ positions: some Collection<Int>) throws(ClassificationError) -> LabelledRows {
    var chosen: [Double] = []
    chosen.reserveCapacity(positions.count * featureCount)
    for row in positions { chosen += features[row * featureCount..<(row + 1) * featureCount] }
    return try LabelledRows(features: chosen, labels: positions.map { labels[$0] }, classCount: classCount)
  }

  /// All rows in a random order of which every beginning holds the classes in proportion, up to one row each.
  ///
  /// Parts that are cut off one after the other are thus stratified. `generator` decides which rows come first.
  public func stratifiedOrder(using generator: inout some RandomNumberGenerator) -> [Int] {
    var byClass = [[Int]](repeating: [], count: classCount)
    for (row, label) in labels.enumerated() { byClass[label].append(row) }
    var placed: [(place: Double, row: Int)] = []
    for rows in byClass {
      // A random phase for each class, so that no class always comes first.
      let phase = Double.random(in: 0..<1, using: &generator)
      for (index, row) in rows.shuffled(using: &generator).enumerated() {
        placed.append(((Double(index) + phase) / Double(rows.count), row))
      }
    }
    return placed.sorted { ($0.place, $0.row) < ($1.place, $1.row) }.map(\.row)
  }
}
