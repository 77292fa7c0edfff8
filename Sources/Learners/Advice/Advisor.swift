// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import DataTables
import Gaussian
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

    /// 1,000 resamples, 95 %, seed 1.
    public init() {}
  }

  /// Which columns play which part.
  public let roles: Roles
  /// The number of rows n.
  public let rows: Int
  /// The number of rows that were left out before, since a value is missing.
  public let dropped: Int
  /// The candidates, in the order in which they were named.
  public let candidates: [CandidateAdvice]
  /// The candidates from the largest expected gain on, by exact comparison for the sample.
  public let ranking: [Int]
  /// In what share of resamples the first of the ranking gains more than the second; nil for one candidate.
  public let shareOfFirst: Double?
  /// What does not fit the model.
  public let warnings: [ModelWarning]

  /// Fits the model to the named columns of `table` and judges every candidate.
  ///
  /// - Parameter dropped: how many rows were left out of the table since a value is missing; it makes a warning.
  /// - Throws: ``AdviceError``; `DataTableError` where a column is missing, constant, empty somewhere or no numbers.
  public init(_ table: DataTable, _ roles: Roles, dropped: Int = 0, _ settings: Settings = Settings()) throws {
    guard settings.replicates >= 100, settings.replicates <= 1_000_000 else {
      throw AdviceError.invalidSetting(
        name: "replicates", value: "\(settings.replicates)", rule: "must be 100 to 1,000,000 for an interval")
    }
    guard settings.level > 0.5, settings.level < 1 else {
      throw AdviceError.invalidSetting(
        name: "confidence", value: "\(settings.level)", rule: "must be between 0.5 and 1")
    }
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
    let fits = FitsOfGroups(groups, teachers: teachers, student: student)
    let intervals = teachers.indices.map { fits.intervals(teacher: $0, level: settings.level) }
    // Resampling costs more than all else, and is done only where it is needed.
    let bootstrap =
      teachers.count > 1 || intervals.contains { $0 == nil }
      ? Bootstrap(groups, roles, replicates: settings.replicates, seed: settings.seed) : nil
    var candidates: [CandidateAdvice] = []
    for (index, names) in roles.teachers.enumerated() {
      let places = teachers[index]
      let sigma = covariance.selecting(places + student + [columns.count - 1])
      let instance = try Instance(
        sigma: sigma, p1: places.count, p2: student.count, q: 1, w1: nil, n: table.rowCount)
      candidates.append(
        try CandidateAdvice(
          instance, columns: names, teacher: places, student: student, groups, labelUnit: centred[data.count - 1].unit,
          intervals[index] ?? fits.intervals(teacher: index, bootstrap, level: settings.level)))
    }
    (self.roles, rows, self.dropped, self.candidates) = (roles, table.rowCount, dropped, candidates)
    let ranking = candidates.indices.sorted {
      candidates[$0].promise.gain > candidates[$1].promise.gain
    }
    self.ranking = ranking
    shareOfFirst =
      ranking.count < 2
      ? nil
      : bootstrap?.shareWhere(ranking[0], gainsMoreThan: ranking[1], k: candidates[0].risk.k.asDouble)
    warnings =
      Advisor.imputationWarning(zip(columns, missing).map { ($0, $1.count { $0 }) })
      + ModelWarnings(
        data, labelTexts: try table.texts(in: roles.label), roles, groups, bootstrap, widest: widest, dropped: dropped
      ).all
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
