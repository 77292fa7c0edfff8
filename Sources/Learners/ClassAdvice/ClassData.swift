// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import SeededRuns

/// What advice about classes is given on: a student's view, teachers' views, and teachers that were trained elsewhere.
public struct ClassData: Sendable {
  /// The student's columns and the classes.
  public let student: LabelledRows
  /// The names of the classes.
  public let classNames: [String]
  /// The views of teachers that are trained here.
  public let views: [(name: String, rows: LabelledRows)]
  /// Teachers that were trained elsewhere, by their logits of every row.
  public let outside: [(name: String, logits: TeacherLogits)]
  /// Which rows must not be divided, such as those of one speaker or patient; nil: each is on its own.
  public let groups: [Int]?
  /// Rows without a label; nil where there are none.
  public let unlabelled: UnlabelledClassRows?

  /// Data of paired rows.
  ///
  /// - Throws: ``ClassAdviceError`` where there is no teacher, one has other rows or classes, or sees what the student sees.
  /// - Precondition: there is a name for every class, and a group for every row where there are groups.
  public init(
    student: LabelledRows, classNames: [String], views: [(name: String, rows: LabelledRows)],
    outside: [(name: String, logits: TeacherLogits)] = [], groups: [Int]? = nil
  ) throws(ClassAdviceError) {
    try self.init(
      student: student, classNames: classNames, views: views, outside: outside, groups: groups, unlabelled: nil)
  }

  init(
    student: LabelledRows, classNames: [String], views: [(name: String, rows: LabelledRows)],
    outside: [(name: String, logits: TeacherLogits)], groups: [Int]?, unlabelled: UnlabelledClassRows?
  ) throws(ClassAdviceError) {
    precondition(classNames.count == student.classCount, "every class has a name")
    precondition(groups.map { $0.count == student.rowCount } ?? true, "every row has a group")
    if views.isEmpty, outside.isEmpty { throw .noTeacher }
    for (name, rows) in views {
      guard rows.rowCount == student.rowCount else {
        throw .otherRowCount(teacher: name, rows: rows.rowCount, needed: student.rowCount)
      }
      if rows.hasSameColumns(as: student) { throw .teacherIsStudent(name) }
    }
    for (name, logits) in outside {
      guard logits.classCount == student.classCount else {
        throw .otherClassCount(teacher: name, columns: logits.classCount, needed: student.classCount)
      }
      guard logits.rowCount == student.rowCount else {
        throw .otherRowCount(teacher: name, rows: logits.rowCount, needed: student.rowCount)
      }
    }
    for (place, (name, rows)) in views.enumerated() {
      if let first = views[..<place].first(where: { $0.rows.hasSameColumns(as: rows) }) {
        throw .equalTeachers(first: first.name, second: name)
      }
    }
    for (place, (name, logits)) in outside.enumerated() {
      if let first = outside[..<place].first(where: { $0.logits == logits }) {
        throw .equalTeachers(first: first.name, second: name)
      }
    }
    (self.student, self.classNames, self.views, self.outside, self.groups) = (
      student, classNames, views, outside, groups
    )
    self.unlabelled = unlabelled
  }

  /// The number of rows.
  public var rowCount: Int { student.rowCount }

  /// A random sample of rows with the classes in proportion; the data themselves where they have no more rows.
  ///
  /// - Throws: `ClassificationError` where a sample has one class.
  func sampled(_ count: Int, seed: UInt64) throws -> ClassData {
    guard rowCount > count || (unlabelled?.count ?? 0) > count else { return self }
    var source = RandomSource(seed: seed, index: 0)
    let all = student.stratifiedOrder(using: &source)
    return try selecting(all.prefix(count).sorted(), unlabelled: unlabelled?.sampled(count, seed: seed))
  }

  /// These labelled rows, in this order.
  ///
  /// - Throws: `ClassificationError` where they are of one class.
  func selecting(_ rows: [Int], unlabelled: UnlabelledClassRows? = nil) throws -> ClassData {
    try ClassData(
      student: student.selecting(rows), classNames: classNames,
      views: views.map { ($0.name, try $0.rows.selecting(rows)) },
      outside: outside.map { ($0.name, $0.logits.selecting(rows)) }, groups: groups.map { all in rows.map { all[$0] } },
      unlabelled: unlabelled)
  }

  /// All views side by side, the student's first.
  ///
  /// - Throws: `ClassificationError`, never for rows that were checked.
  func jointView() throws -> LabelledRows {
    let all = [student] + views.map(\.rows)
    var features: [Double] = []
    features.reserveCapacity(all.reduce(0) { $0 + $1.features.count })
    for row in 0..<rowCount {
      for view in all { features += view.features[row * view.featureCount..<(row + 1) * view.featureCount] }
    }
    return try LabelledRows(features: features, labels: student.labels, classCount: student.classCount)
  }
}

extension LabelledRows {
  /// Whether the columns are those of other rows, in whatever order.
  fileprivate func hasSameColumns(as other: LabelledRows) -> Bool {
    guard featureCount == other.featureCount, rowCount == other.rowCount else { return false }
    if features == other.features { return true }
    func sorted(_ row: Int, _ rows: LabelledRows) -> [Double] {
      rows.features[row * featureCount..<(row + 1) * featureCount].sorted()
    }
    // Rows tell most pairs apart at once; columns are compared where every row has the same numbers.
    guard (0..<rowCount).allSatisfy({ sorted($0, self) == sorted($0, other) }) else { return false }
    func columns(_ rows: LabelledRows) -> [[Double]] {
      (0..<featureCount).map { column in (0..<rowCount).map { rows.features[$0 * featureCount + column] } }
        .sorted { $0.lexicographicallyPrecedes($1) }
    }
    return columns(self) == columns(other)
  }
}

/// A candidate: where soft labels come from.
public enum ClassTeacher: Sendable, Hashable {
  /// A teacher of a view, fitted to the student's rows.
  case view(Int)
  /// The same, where every row is judged by a teacher that was fitted without it.
  case viewOnOtherRows(Int)
  /// A teacher that was trained elsewhere.
  case outside(Int)
  /// A teacher of all views and the student's columns, every row judged without it.
  case joint
  /// The mean soft label of the teachers of single views, on other rows, and of those trained elsewhere.
  case ensemble
  /// A teacher that knows nothing: every class is as likely. This is label smoothing.
  case smoothing

  /// All candidates of the data.
  static func all(_ data: ClassData) -> [ClassTeacher] {
    let singles = data.views.count + data.outside.count
    return data.views.indices.map { .view($0) } + data.views.indices.map { .viewOnOtherRows($0) }
      + data.outside.indices.map { .outside($0) } + (data.views.isEmpty ? [] : [.joint])
      + (singles > 1 ? [.ensemble] : []) + [.smoothing]
  }

  /// Whether it is a single teacher that did not see the rows that it judges: one of an ensemble.
  var isSingleOnOtherRows: Bool {
    switch self {
    case .viewOnOtherRows, .outside: true
    case .view, .joint, .ensemble, .smoothing: false
    }
  }

  /// What it is called.
  public func name(_ data: ClassData) -> String {
    switch self {
    case .view(let index): data.views[index].name
    case .viewOnOtherRows(let index): "\(data.views[index].name), other rows"
    case .outside(let index): data.outside[index].name
    case .joint: "joint, other rows"
    case .ensemble: "ensemble"
    case .smoothing: "label smoothing"
    }
  }
}
