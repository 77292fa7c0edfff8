// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import DataTables
import Gaussian
import Foundation
import PlainText

/// The practical question on one's own data, whether distilling from this teacher modality helps the student.
///
/// The Gaussian model is fitted exactly (sample covariance, least-squares teacher), and all point values and verdicts are
/// exact for it. How far they can be trusted is told by jackknife intervals, an exact t-test, a check on held-out folds,
/// and warnings where the model does not fit.
public struct Advisor: Sendable {
  /// How advice is computed.
  public struct Settings: Sendable {
    /// The number of bootstrap resamples, which rank several teachers, and give intervals where one row decides all.
    public var replicates = 1_000
    /// The coverage of the intervals.
    public var level = 0.95
    /// The seed of resamples, halves and folds.
    public var seed: UInt64 = 1
    /// The number n of the student's rows that predictions are about; nil for that of the table.
    public var rows: Int?
    /// The share of the risk from which on a gain over the best student without a teacher counts as worth it.
    public var worth = 0.01

    /// 1,000 resamples, 95 %, seed 1, the table's rows, 1 %.
    public init() {}
  }

  /// Which columns play which part.
  public let roles: Roles
  /// The number of rows.
  public let rows: Int
  /// The number n of the student's rows that predictions are about.
  public let askedRows: Int
  /// The number m of rows without a label; nil where none are given.
  public let unlabelledRows: Int?
  /// The number of rows that were left out before, since a value is missing.
  public let dropped: Int
  /// The candidates, in the order in which they were named.
  public let candidates: [CandidateAdvice]
  /// The candidates from the largest expected gain on, by exact comparison for the sample.
  public let ranking: [Int]
  /// In what share of resamples the first of the ranking gains more than the second; nil for one candidate.
  public let shareOfFirst: Double?
  /// The best combination of all candidates; nil for one candidate, or where the prediction of one is a combination of others'.
  public let combination: TeacherCombination?
  /// The first candidate whose prediction is, but for rounding, a combination of those before and the label.
  public let collinearTeacher: Int?
  /// What does not fit the model.
  public let warnings: [ModelWarning]
  /// Residuals where a warning is about their shape.
  public let residuals: [ResidualPlot]

  /// Fits the model to the named columns of `table` and judges every candidate.
  ///
  /// - Parameters:
  ///   - dropped: how many rows were left out of the table since a value is missing; it makes a warning.
  ///   - unlabelled: rows with both modalities and no label.
  /// - Throws: ``AdviceError``; `DataTableError` where a column is missing, constant, empty somewhere or no numbers.
  public init(
    _ table: DataTable, _ roles: Roles, dropped: Int = 0, _ settings: Settings = Settings(),
    unlabelled: UnlabelledRows? = nil
  ) throws {
    try settings.check(roles, unlabelled)
    let columns = roles.columns
    let widest = roles.teachers.map(\.count).max() ?? 0
    let needed = max(columns.count + 1, roles.student.count + 2, 20)
    // Names and cells first: a missing column is a better message than too few rows.
    let centred = try columns.map { try table.centred($0) }
    let data = centred.map(\.values)
    guard table.rowCount >= needed else { throw AdviceError.tooFewRows(rows: table.rowCount, needed: needed) }
    let covariance = try table.covariance(of: columns)
    let imputed = Set(table.imputedColumns)
    let missing = try columns.map { imputed.contains($0) ? try table.isMissing(in: $0) : [] }
    let groups = GramGroups(data, missing: missing, seed: settings.seed)
    let student = Array(roles.student.indices)
    let teachers = roles.teachers.indices.map(roles.places)
    for places in teachers { try Advisor.requireIndependent(covariance, student: student, teacher: places, columns) }
    let asked = settings.rows ?? table.rowCount
    let problems = try teachers.indices.map { index in
      try CandidateProblem(
        covariance.selecting(teachers[index] + student + [columns.count - 1]), columns: roles.teachers[index],
        teacher: teachers[index], student: student, sampleRows: table.rowCount, rows: asked)
    }
    let fits = FitsOfGroups(groups, teachers: teachers, student: student)
    let intervals = teachers.indices.map {
      fits.intervals(teacher: $0, level: settings.level, asked: problems[$0].asked)
    }
    // Resampling costs more than all else, and is done only where it is needed.
    let bootstrap =
      teachers.count > 1 || intervals.contains { $0 == nil }
      ? Bootstrap(groups, roles, replicates: settings.replicates, seed: settings.seed) : nil
    let more = try Advisor.unlabelledRows(unlabelled, table, columns, centred, isImputed: !imputed.isEmpty)
    let candidates = try problems.indices.map { index in
      try CandidateAdvice(
        problems[index], groups, labelUnit: centred[data.count - 1].unit,
        intervals[index]
          ?? fits.intervals(teacher: index, bootstrap, level: settings.level, asked: problems[index].asked), settings,
        unlabelled: more)
    }
    (self.roles, rows, self.dropped, self.candidates) = (roles, table.rowCount, dropped, candidates)
    (askedRows, unlabelledRows) = (asked, more?.rows)
    let ranking = candidates.indices.sorted {
      candidates[$0].promise.gain > candidates[$1].promise.gain
    }
    self.ranking = ranking
    let (k, sampleK) = (candidates[0].risk.k.asDouble, problems[0].sampleK.asDouble)
    shareOfFirst =
      ranking.count < 2
      ? nil : bootstrap?.shareWhere(ranking[0], gainsMoreThan: ranking[1], k: k, sampleK: sampleK)
    var combination: TeacherCombination?
    var collinear: Int?
    if teachers.count > 1 {
      let (sample, label) = (groups.moments(), columns.count - 1)
      collinear = (1..<teachers.count).first {
        TeacherSystem(sample, teachers: Array(teachers[...$0]), student: student, label: label) == nil
      }
      combination = TeacherCombination(
        sample, teachers: teachers, student: student, label: label, sampleK: sampleK, k: k)
      combination?.heldOut = HeldOutCheck(groups, combining: teachers, student: student)?
        .scaled(by: candidates[0].squareOfLabelUnit)
    }
    (self.combination, collinearTeacher) = (combination, collinear)
    let found = ModelWarnings(
      data, labelTexts: try table.texts(in: roles.label), roles, groups, bootstrap, widest: widest, dropped: dropped)
    residuals = found.plots
    warnings =
      Advisor.imputationWarning(zip(columns, missing).map { ($0, $1.count { $0 }) })
      + Advisor.unlabelledWarning(more?.gram, groups, columns) + found.all
  }

  /// The number of rows without a label, and their sums where they are there and can stand beside the labelled ones.
  private static func unlabelledRows(
    _ unlabelled: UnlabelledRows?, _ table: DataTable, _ columns: [String], _ centred: [CentredColumn], isImputed: Bool
  ) throws -> (rows: Int, gram: UnlabelledGram?)? {
    guard let unlabelled else { return nil }
    guard case .table(let other) = unlabelled else { return (unlabelled.count, nil) }
    let gram = try UnlabelledGram(
      other, labelled: table, columns: columns, centred: centred, origins: GramGroups.origins(centred.map(\.values)))
    // Imputed columns have other means in every fold, which the sums of these rows do not know.
    return (other.rowCount, isImputed ? nil : gram)
  }

  /// Whether rows without a label are like the labelled ones.
  private static func unlabelledWarning(_ gram: UnlabelledGram?, _ groups: GramGroups, _ columns: [String])
    -> [ModelWarning]
  {
    let places = Array(0..<(columns.count - 1))
    guard let gram, let p = gram.probabilityOfSameMeans(groups.moments(), places),
      p < ModelWarnings.significance
    else { return [] }
    return [
      ModelWarning(
        kind: .unlabelledDiffer,
        message:
          "the rows without a label have other means than the labelled ones (Hotelling's test, p = "
          + "\(String(format: "%.1g", p))); what is said of them is about rows of the same law")
    ]
  }

  /// How many numbers are means of others.
  private static func imputationWarning(_ counts: [(column: String, count: Int)]) -> [ModelWarning] {
    let some = counts.filter { $0.count > 0 }
    if some.isEmpty { return [] }
    let total = some.reduce(0) { $0 + $1.count }
    return [
      ModelWarning(
        kind: .imputedValues,
        message:
          "\(total) missing \(total == 1 ? "number counts" : "numbers count") as the mean of the column's others "
          + "(\(listed(some.map { "\($0.column): \($0.count)" }))), which every resample, half and fold takes anew; a column with "
          + "many of them tells less than it could")
    ]
  }

  /// Names the first column that the ones before it determine, in the order student, teacher, label.
  private static func requireIndependent(
    _ covariance: RationalMatrix, student: [Int], teacher: [Int], _ columns: [String]
  ) throws(AdviceError) {
    let order = student + teacher + [columns.count - 1]
    guard covariance.selecting(order).determinant.signum == 0 else { return }
    for end in 1...order.count where covariance.selecting(Array(order[..<end])).determinant.signum == 0 {
      let role = end <= student.count ? "student" : end < order.count ? "teacher" : "label"
      throw .dependentColumn(columns[order[end - 1]], role: role)
    }
  }
}

extension Advisor.Settings {
  /// Checks every setting.
  ///
  /// - Throws: ``AdviceError/invalidSetting(name:value:rule:)`` or ``AdviceError/equalTeachers(first:second:)``.
  func check(_ roles: Roles, _ unlabelled: UnlabelledRows?) throws(AdviceError) {
    func require(_ holds: Bool, _ name: String, _ value: some CustomStringConvertible, _ rule: String)
      throws(AdviceError)
    {
      if !holds { throw .invalidSetting(name: name, value: "\(value)", rule: rule) }
    }
    try require(
      (100...1_000_000).contains(replicates), "replicates", replicates, "must be 100 to 1,000,000 for an interval")
    try require(level > 0.5 && level < 1, "confidence", level, "must be between 0.5 and 1")
    try require(worth >= 0 && worth < 1, "worth", worth, "must be a share of the risk, from 0 to below 1")
    if let rows {
      let least = roles.student.count + 2
      try require(
        rows >= least, "n", rows,
        "must be at least p2 + 2 = \(least) for \(roles.student.count) student's columns; "
          + "with fewer rows the expected risk is infinite")
      try require(rows <= 1_000_000_000, "n", rows, "must be at most 1,000,000,000")
    }
    if let m = unlabelled?.count {
      try require(m >= 0, "unlabelled", m, "must be a file or a number of rows, 0 or more")
      try require(m <= 1_000_000_000, "unlabelled", m, "must be at most 1,000,000,000 rows")
    }
    for (second, columns) in roles.teachers.enumerated() {
      if let first = roles.teachers[..<second].firstIndex(where: { Set($0) == Set(columns) }) {
        throw .equalTeachers(first: first + 1, second: second + 1)
      }
    }
  }
}
