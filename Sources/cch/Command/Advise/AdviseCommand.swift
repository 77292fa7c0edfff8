// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Advice
import ArgumentParser
import ExactJSON
import Foundation
import DataTables
import Datasets
import PlainText

/// `cch advise`: the practical question on one's own data.
struct AdviseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advise",
    abstract: "Advise on your own data: does distilling from that teacher modality help my student?",
    usage: """
      cch advise <table> --teacher <columns> [--teacher <columns> …] --student <columns> --label <column>
      cch advise --data <file> … --teacher <columns or file> --student <columns or file> --label <column or file>
      """,
    discussion: """
      Columns are separated by commas: names, patterns (img_*), ranges (img_0..img_31), names in quotes ('"t, kg",b'); or files \
      whose columns are meant (t.npy, feats.npz:audio). Tables are text (separated by commas, semicolons, tabs or blanks; decimal \
      points or commas), .npy or .npz, also compressed with gzip, and - for standard input. Several --teacher options are \
      candidates, which are ranked. The Gaussian model is \
      fitted exactly to the sample. A label of texts or few whole numbers is taken for classes: softmax students, folds, and soft labels \
      shuffled within class as the control. For numbers intervals are jackknife ones around estimates without bias, the test of β < 1 is the exact \
      t-test on the half of the \
      rows that the teacher was not fitted on, and the promise is checked on held-out folds. The verdict is about the gain over what \
      one would do anyway, a student that may shrink: its sign (corr(t,s|y) > 0), its size (--worth), and what held-out folds say.
      """)

  @Argument(help: "A table with a header line, one row a sample.")
  var file: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("More tables or arrays of the same samples: FILE, or ARCHIVE.npz:ARRAY.", valueName: "file"))
  var data: [String] = []

  @Option(name: .long, parsing: .singleValue, help: "The columns that a candidate teacher sees; may be given again.")
  var teacher: [String] = []

  @Option(help: "The columns that the student sees.")
  var student: String

  @Option(help: "The column that both predict.")
  var label: String

  @OptionGroup var classOptions: ClassOptions
  @OptionGroup var reading: DataOptions

  @Option(
    help:
      "The number of bootstrap resamples that rank teachers and stand in where one row decides all (by default 1000)."
  )
  var repeats: Int?

  @Option(help: "The coverage of the intervals, between 0.5 and 1.")
  var confidence = 0.95

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Rows with both modalities and no label: a file with the columns of teachers and student, or a number of rows. The teacher of both "
        + "modalities that the labelled rows fit would label them. Classes: every teacher labels them; a number hides the labels of "
        + "so many rows of the table. Given again, a file with further columns of the same rows.",
      valueName: "file or m"))
  var unlabelled: [String] = []

  @Option(
    name: .customLong("n"), parsing: .unconditional,
    help: ArgumentHelp(
      "Predict for a student of this many rows instead of the table's: what if I had n rows?", valueName: "rows"))
  var trainingRows: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "From what share of the risk on a gain over the best student without a teacher is worth it: 0.01 or 1% (by default 1%).",
      valueName: "share"))
  var worth: Share?

  @OptionGroup var seed: SeedOption
  // Advice about numbers is computed by one thread.
  @OptionGroup var threads: ThreadsOption

  @OptionGroup var plotOption: PlotOption
  @OptionGroup var pageOption: PageOption
  @OptionGroup var table: TableOption
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if teacher.isEmpty, classOptions.teacherLogits.isEmpty {
      throw ValidationError(
        "--teacher is missing; name the columns of a candidate teacher, or with classes a file with --teacher-logits")
    }
    if let repeats, !(100...1_000_000).contains(repeats) {
      throw ValidationError("--repeats \(repeats): must be 100 to 1,000,000 for an interval")
    }
    guard confidence > 0.5, confidence < 1 else {
      throw ValidationError("--confidence \(confidence): must be between 0.5 and 1")
    }
  }

  func run() throws {
    let seed = seed.choose()
    var settings = Advisor.Settings()
    (settings.replicates, settings.level, settings.seed) = (repeats ?? settings.replicates, confidence, seed)
    (settings.rows, settings.worth) = (trainingRows, worth?.value ?? settings.worth)
    let selection = try DataSelection(
      files: (file.map { [$0] } ?? []) + data,
      roles: teacher.map { ("teacher", $0) } + [("student", student), ("label", label)]
        + (classOptions.group.map { [("group", $0)] } ?? []), reading)
    let labels = selection.columns[teacher.count + 1]
    let column = labels.count == 1 ? (try? selection.table.cells(in: labels[0])).map(LabelColumn.init(cells:)) : nil
    if classOptions.classes ?? (!classOptions.used.isEmpty || column?.isClass ?? false) {
      return try adviseOnClasses(selection, label: labels, seed: seed)
    }
    let roles: Roles
    do {
      roles = try Roles(
        teachers: Array(selection.columns.prefix(teacher.count)), student: selection.columns[teacher.count],
        label: labels)
    } catch { throw UserError("\(error)") }
    let more = try unlabelledRows(inputs: roles.student + roles.teachers.joined())
    var (columns, dropped) = (selection.table, 0)
    let advice: Advisor
    do {
      (columns, dropped) = try reading.prepared(
        columns, inputs: roles.student + roles.teachers.joined(), labels: [roles.label])
      advice = try Advisor(columns, roles, dropped: dropped, settings, unlabelled: more)
    } catch AdviceError.unlabelled(let error) {
      throw UserError(file: unlabelled.joined(separator: ", "), "\(error)")
    } catch let error as DataTableError where error.isMissingNumber && !reading.dropMissing {
      throw selection.error(error, DataOptions.missingAdvice)
    } catch let error as DataTableError where error.isText(in: roles.label) {
      throw selection.error(error, "; code two classes as 0 and 1")
    } catch let error as AdviceError where dropped > 0 {
      throw selection.error(error, " (\(dropped) rows with missing values were left out)")
    } catch { throw selection.error(error) }
    let page = AdvicePage(
      advice, file: selection.source, seed: seed, level: confidence, plots: plotOption.characters)
    // Only now: an error is one line on standard error.
    if !output.quiet {
      let doubt = classOptions.classes == nil ? column?.numbersLikeClasses : nil
      StandardError.note(
        selection.notes
          + (doubt.map {
            ["\(labels[0]) has \($0) different whole numbers and is taken for a number; --classes takes it for classes"]
          }
            ?? []))
    }
    try pageOption.save(page.json)
    try output.write(page.json, csv: table.csv ? TableOption.rows(page.json, "candidates") : nil, or: page.text)
  }
}

extension AdviseCommand {
  /// The rows without a label, read.
  ///
  /// - Throws: ``UserError`` that names the file, or the option and the rule.
  func unlabelledRows(inputs: [String]) throws -> UnlabelledRows? {
    guard let first = unlabelled.first else { return nil }
    if unlabelled.count == 1, let count = Int(first) { return .count(count) }
    let sources = unlabelled.map { ($0, DataSource($0)) }
    if let (name, _) = sources.first(where: { !$0.1.exists }) {
      throw UserError(
        "--unlabelled \(quoted(name)): there is no such file, and it is no number of rows, 0 or more"
          + (Int(name) == nil ? "" : ", by itself"))
    }
    return try reading.expansion.reading {
      let tables: [(name: String, table: DataTable)]
      do { tables = try sources.map { ($0, try $1.table(decimal: reading.decimal).table) } } catch {
        throw UserError("\(error)")
      }
      do {
        let table = try tables.count == 1 ? tables[0].table : DataTable(joining: tables)
        return .table(try reading.prepared(table, inputs: inputs, labels: []).table)
      } catch { throw UserError(file: unlabelled.joined(separator: ", "), "\(error)") }
    }
  }
}

/// A share such as 0.01 or 1%.
struct Share: ExpressibleByArgument {
  let value: Double

  init?(argument: String) {
    let isPercent = argument.hasSuffix("%")
    let digits = (isPercent ? String(argument.dropLast()) : argument).trimmingCharacters(in: .whitespaces)
    guard let number = Double(digits), number.isFinite else { return nil }
    value = isPercent ? number / 100 : number
  }
}

extension DataTableError {
  /// Whether a cell of this column is no number.
  fileprivate func isText(in label: String) -> Bool {
    if case .notANumber(_, label, _) = self { true } else { false }
  }
}
