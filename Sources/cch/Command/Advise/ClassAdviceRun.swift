// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Advice
import ClassAdvice
import Classification
import DataTables
import Datasets
import Foundation
import PlainText

/// `cch advise` where the label is a class.
struct ClassAdviceRun {
  let options: ClassOptions
  let reading: DataOptions
  let selection: DataSelection
  /// What a teacher was called on the command line, and its columns.
  let teachers: [(name: String, columns: [String])]
  let student: [String]
  let label: String
  let group: String?
  /// The files of rows without a label.
  let unlabelledFiles: [String]

  /// The advice.
  ///
  /// - Throws: ``UserError`` that names the file, the place and the rule.
  func advisor(_ settings: ClassAdvisor.Settings, unlabelled: UnlabelledRows?) throws -> (
    advice: ClassAdvisor, dropped: Int
  ) {
    var settings = settings
    if let folds = options.folds { settings.folds = folds }
    if let mostRows = options.mostRows { settings.mostRows = mostRows }
    (settings.mostComponents, settings.isExhaustive) = (options.pca, options.exhaustive)
    settings.perceptronUnits = options.perceptron
    do {
      let (table, dropped) = try reading.prepared(
        selection.table, inputs: student + teachers.flatMap(\.columns), labels: [label] + (group.map { [$0] } ?? []))
      if dropped > 0, !options.teacherLogits.isEmpty {
        throw UserError(
          "--teacher-logits: \(dropped) rows with missing values were left out, and which row of the logits is which is not known; "
            + "leave them out of the files")
      }
      let data = try with(unlabelled, try classData(table), seed: settings.seed)
      return (try ClassAdvisor(data, settings), dropped)
    } catch let error as DataTableError where error.isMissingNumber && !reading.dropMissing {
      throw selection.error(error, DataOptions.missingAdvice)
    } catch let error as UserError { throw error } catch { throw selection.error(error) }
  }

  /// The data and the rows without a label that were named.
  private func with(_ unlabelled: UnlabelledRows?, _ data: ClassData, seed: UInt64) throws -> ClassData {
    guard let unlabelled else { return data }
    if teachers.isEmpty, case .table = unlabelled {
      throw UserError(
        "--unlabelled: what a teacher of --teacher-logits says of these rows is not known; name a teacher by columns, --teacher"
      )
    }
    switch unlabelled {
    case .count(let count): return try data.hidingLabels(of: count, seed: seed)
    case .table(let table):
      func features(_ name: String, _ columns: [String]) throws -> [Double] {
        do { return try Modality(name, of: table, columns: columns).values } catch {
          throw UserError(file: unlabelledFiles.joined(separator: ", "), "\(error)")
        }
      }
      return try data.with(
        UnlabelledClassRows(
          student: features("student", student), columns: student.count,
          views: teachers.map { (shortName($0.name), try features($0.name, $0.columns), $0.columns.count) }))
    }
  }

  private func classData(_ table: DataTable) throws -> ClassData {
    let names = try classNames(table)
    let labels = try ClassLabels(names)
    guard 2 * labels.classes.count <= names.count else {
      throw DatasetError.tooManyClasses(labels.classes.count, rows: names.count)
    }
    func rows(_ name: String, _ columns: [String]) throws -> LabelledRows {
      let view = try Modality(name, of: table, columns: columns)
      return try LabelledRows(
        features: view.values, labels: labels.indices, classCount: labels.classes.count)
    }
    let own = Set(student)
    for (name, columns) in teachers {
      if Set(columns) == own { throw ClassAdviceError.teacherIsStudent("--teacher \(name)") }
      if columns.contains(label) {
        throw UserError("column \"\(label)\" is in --teacher and in --label; a column has one role")
      }
    }
    if own.contains(label) {
      throw UserError("column \"\(label)\" is in --student and in --label; a column has one role")
    }
    let groups: [Int]? = try group.map { column in
      let texts = try table.texts(in: column)
      let numbers = Dictionary(uniqueKeysWithValues: Set(texts).sorted().enumerated().map { ($1, $0) })
      return texts.compactMap { numbers[$0] }
    }
    return try ClassData(
      student: try rows("student", student), classNames: labels.classes,
      views: try teachers.map { (shortName($0.name), try rows($0.name, $0.columns)) },
      outside: try options.teacherLogits.map { (shortName($0), try logits($0, labels)) }, groups: groups)
  }

  /// A file without its folders.
  private func shortName(_ name: String) -> String { name.split(separator: "/").last.map(String.init) ?? name }

  /// The classes' names, row by row.
  private func classNames(_ table: DataTable) throws -> [String] {
    let texts = try table.classes(in: label)
    switch LabelColumn.classNames(texts) {
    case .success(let names): return names
    case .failure(let error):
      throw UserError(
        file: selection.source,
        "row \(error.row + 1), column \"\(label)\": \(texts[error.row]) is neither text nor a whole number, so it names no class; "
          + (options.classes == nil ? "name the classes" : "name the classes, or leave out --classes"))
    }
  }

  /// A teacher's numbers; columns that are called as classes are taken by name.
  private func logits(_ path: String, _ labels: ClassLabels) throws -> TeacherLogits {
    let (table, columns): (DataTable, [String])
    do {
      (table, columns) = try reading.expansion.reading { try DataSource(path).table(decimal: reading.decimal) }
    } catch {
      throw UserError("--teacher-logits \(error)")
    }
    let k = labels.classes.count
    let names = Set(columns) == Set(labels.classes) ? labels.classes : columns
    guard names.count == k else {
      throw UserError(
        "\(ClassAdviceError.otherClassCount(teacher: "--teacher-logits \(path)", columns: names.count, needed: k))")
    }
    guard table.rowCount == labels.rowCount else {
      throw UserError(
        "\(ClassAdviceError.otherRowCount(teacher: "--teacher-logits \(path)", rows: table.rowCount, needed: labels.rowCount))"
      )
    }
    var values = [Double](repeating: 0, count: table.rowCount * k)
    for (column, name) in names.enumerated() {
      for (row, text) in try table.texts(in: name).enumerated() {
        guard let value = Double(text.replacing("−", with: "-")) else {
          throw UserError("--teacher-logits \(path): row \(row + 1), column \"\(name)\": \(quoted(text)) is no number")
        }
        values[row * k + column] = value
      }
    }
    let outputs = options.teacherOutputs ?? .ofValues(values, classCount: k)
    do {
      return try TeacherLogits(values, as: outputs, classCount: k, name: "--teacher-logits \(path)")
    } catch { throw UserError("\(error)") }
  }
}
