// SPDX-License-Identifier: GPL-3.0-or-later
/// Why no advice about classes can be given.
///
/// Rows are counted from 1, as a reader of a table counts them; classes are called by their names where they have some.
public enum ClassAdviceError: Error, Equatable, CustomStringConvertible {
  /// A teacher gives numbers for another number of rows.
  case otherRowCount(teacher: String, rows: Int, needed: Int)
  /// A teacher gives numbers for another number of classes.
  case otherClassCount(teacher: String, columns: Int, needed: Int)
  /// A logit is NaN or +∞.
  case badLogit(teacher: String, row: Int, column: Int, value: String)
  /// A row has −∞ for every class, so that no class is left.
  case everyClassMasked(teacher: String, row: Int)
  /// A probability is negative, above 1 or NaN.
  case badProbability(teacher: String, row: Int, column: Int, value: String)
  /// The probabilities of a row do not add to 1.
  case notNormalised(teacher: String, row: Int, sum: Double)
  /// A class has fewer rows than there are folds, so that some fold would have none.
  case rareClass(String, rows: Int, folds: Int)
  /// A class occurs in too few groups for every training part to have it.
  case classInFewGroups(String, groups: Int)
  /// Fewer groups than folds.
  case fewGroups(Int, folds: Int)
  /// No teacher at all.
  case noTeacher
  /// Two teachers are one.
  case equalTeachers(first: String, second: String)
  /// The teacher sees what the student sees.
  case teacherIsStudent(String)
  /// A setting is out of its range.
  case invalidSetting(name: String, value: String, rule: String)

  /// The input, the place and the rule that it breaks, in one line.
  public var description: String {
    switch self {
    case .otherRowCount(let teacher, let rows, let needed):
      "\(teacher): logits of \(rows) rows for data of \(needed); row i of both must be one sample"
    case .otherClassCount(let teacher, let columns, let needed):
      "\(teacher): \(columns) columns for \(needed) classes; a teacher must give one number for each class, in the "
        + "order of the classes: by number where all are whole numbers, else by alphabet"
    case .badLogit(let teacher, let row, let column, let value):
      "\(teacher): row \(row), column \(column) is \(value); a logit must be a number, or −∞ for a class that the "
        + "teacher rules out"
    case .everyClassMasked(let teacher, let row):
      "\(teacher): row \(row) is −∞ for every class; a teacher must leave one class at least"
    case .badProbability(let teacher, let row, let column, let value):
      "\(teacher): row \(row), column \(column) is \(value); a probability is between 0 and 1"
    case .notNormalised(let teacher, let row, let sum):
      "\(teacher): the probabilities of row \(row) add to \(sum), not to 1; give logits, or divide every row by its sum"
    case .rareClass(let name, let rows, let folds):
      "class \"\(name)\" has \(rows) row\(rows == 1 ? "" : "s") for \(folds) folds; every fold needs one: leave the "
        + "class out, join it with another, or take fewer --folds"
    case .classInFewGroups(let name, let groups):
      "class \"\(name)\" occurs in \(groups) group\(groups == 1 ? "" : "s"); where folds with them are held out the training rows "
        + "would have none: leave the class or --group out"
    case .fewGroups(let groups, let folds):
      "\(groups) groups for \(folds) folds; groups are not divided, so take fewer --folds or leave --group out"
    case .noTeacher: "no teacher: name the columns of one with --teacher, or a file with --teacher-logits"
    case .equalTeachers(let first, let second):
      first == second
        ? "\(first): is given twice; a teacher is judged once"
        : "\(second): is the same teacher as \(first); a teacher is judged once"
    case .teacherIsStudent(let teacher):
      "\(teacher) sees the very columns of the student; it can teach nothing that the label does not: name other columns"
    case .invalidSetting(let name, let value, let rule): "\(name) \(value): \(rule)"
    }
  }
}
