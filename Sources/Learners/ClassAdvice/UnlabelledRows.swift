// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import SeededRuns

/// Rows that have no label: what the student and the teachers see of them.
public struct UnlabelledClassRows: Sendable, Equatable {
  /// The student's columns, row after row.
  public let student: [Double]
  /// The columns of every view, row after row.
  public let views: [[Double]]
  /// What teachers that were trained elsewhere say of these rows; none where that is not known.
  public let outside: [TeacherLogits]
  /// The number of rows.
  public let count: Int
  /// Whether these are rows of the table whose labels were hidden, to see what they are worth.
  public let areHidden: Bool

  /// Rows of a file.
  ///
  /// - Throws: ``ClassAdviceError`` where there is no row, or a view has another number of rows.
  /// - Precondition: the student's numbers make whole rows of `columns`.
  public init(
    student: [Double], columns: Int, views: [(name: String, features: [Double], columns: Int)]
  ) throws(ClassAdviceError) {
    precondition(columns > 0 && student.count.isMultiple(of: columns), "features must make whole rows")
    let rows = student.count / columns
    guard rows > 0 else {
      throw .invalidSetting(name: "unlabelled rows", value: "0", rule: "must be at least 1")
    }
    for (name, features, columns) in views where features.count != rows * columns {
      throw .otherRowCount(teacher: name, rows: features.count / columns, needed: rows)
    }
    self.init(student: student, views: views.map(\.features), outside: [], count: rows, areHidden: false)
  }

  init(student: [Double], views: [[Double]], outside: [TeacherLogits], count: Int, areHidden: Bool) {
    (self.student, self.views, self.outside) = (student, views, outside)
    (self.count, self.areHidden) = (count, areHidden)
  }

  /// A random sample of the rows; they themselves where there are no more.
  func sampled(_ most: Int, seed: UInt64) -> UnlabelledClassRows {
    guard count > most else { return self }
    var source = RandomSource(seed: seed, index: 1)
    let chosen = (0..<count).shuffled(using: &source).prefix(most).sorted()
    func own(_ values: [Double]) -> [Double] { rows(chosen, of: values, width: values.count / count) }
    return UnlabelledClassRows(
      student: own(student), views: views.map(own), outside: outside.map { $0.selecting(chosen) }, count: most,
      areHidden: areHidden)
  }

  /// All views side by side, the student's first.
  var joint: [Double] {
    var features: [Double] = []
    for row in 0..<count {
      for view in [student] + views {
        let width = view.count / count
        features += view[row * width..<(row + 1) * width]
      }
    }
    return features
  }
}

extension ClassData {
  /// The data with the labels of `count` random rows hidden, the classes in proportion: the rows that are left have a label, the hidden ones none.
  ///
  /// - Throws: ``ClassAdviceError`` where no two rows would be left; `ClassificationError` where one class would.
  public func hidingLabels(of count: Int, seed: UInt64) throws -> ClassData {
    guard count >= 1, count <= rowCount - 2 else {
      throw ClassAdviceError.invalidSetting(
        name: "unlabelled rows", value: "\(count)",
        rule: "so many rows of the table lose their label, so it must be at least 1 and leave 2 of the \(rowCount)")
    }
    var source = RandomSource(seed: seed, index: 2)
    let order = student.stratifiedOrder(using: &source)
    let (hidden, left) = (order.prefix(count).sorted(), order.dropFirst(count).sorted())
    func features(_ view: LabelledRows) -> [Double] { rows(hidden, of: view.features, width: view.featureCount) }
    let unlabelled = UnlabelledClassRows(
      student: features(student), views: views.map { features($0.rows) },
      outside: outside.map { $0.logits.selecting(hidden) }, count: count, areHidden: true)
    return try selecting(left).with(unlabelled)
  }

  /// The data and rows without a label.
  ///
  /// - Precondition: the rows have the columns of the data.
  public func with(_ unlabelled: UnlabelledClassRows) throws(ClassAdviceError) -> ClassData {
    precondition(
      unlabelled.student.count == unlabelled.count * student.featureCount
        && zip(unlabelled.views, views).allSatisfy { $0.count == unlabelled.count * $1.rows.featureCount }
        && unlabelled.views.count == views.count, "rows without a label have the same columns")
    return try ClassData(
      student: student, classNames: classNames, views: views, outside: outside, groups: groups, unlabelled: unlabelled)
  }
}
