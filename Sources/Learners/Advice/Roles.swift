// SPDX-License-Identifier: GPL-3.0-or-later
/// Which columns of a table are the candidate teachers' inputs, the student's inputs and the label.
public struct Roles: Sendable, Equatable {
  /// The columns that each candidate teacher sees; candidates may share columns.
  public let teachers: [[String]]
  /// The columns that the student sees.
  public let student: [String]
  /// The column that both predict.
  public let label: String

  /// Roles, checked.
  ///
  /// - Throws: ``AdviceError`` where a role is empty, a column has two roles or is named twice, or there are several labels.
  public init(teachers: [[String]], student: [String], label: [String]) throws(AdviceError) {
    guard label.count == 1, let name = label.first else {
      if label.isEmpty { throw .noColumns(role: "label") }
      throw .severalLabels(label)
    }
    if teachers.isEmpty { throw .noColumns(role: "teacher") }
    for (columns, role) in teachers.map({ ($0, "teacher") }) + [(student, "student"), (label, "label")] {
      if columns.isEmpty || columns == [""] { throw .noColumns(role: role) }
      var seen = Set<String>()
      for column in columns where !seen.insert(column).inserted { throw .columnNamedTwice(column, role: role) }
    }
    let studentColumns = Set(student)
    for column in Set(teachers.joined()).sorted() {
      if studentColumns.contains(column) { throw .columnInTwoRoles(column, first: "teacher", second: "student") }
      if column == name { throw .columnInTwoRoles(column, first: "teacher", second: "label") }
    }
    if student.contains(name) { throw .columnInTwoRoles(name, first: "student", second: "label") }
    (self.teachers, self.student, self.label) = (teachers, student, name)
  }

  /// Every column once: the student's, the teachers', the label.
  var columns: [String] {
    var seen = Set<String>()
    return (student + teachers.joined() + [label]).filter { seen.insert($0).inserted }
  }

  /// The places in ``columns`` of a candidate's columns.
  func places(ofTeacher index: Int) -> [Int] {
    let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    return teachers[index].compactMap { places[$0] }
  }
}
