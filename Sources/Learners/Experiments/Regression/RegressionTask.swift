// SPDX-License-Identifier: GPL-3.0-or-later
import Advice
import Distillation
import ExactAlgebra
import DataTables
import Students

/// A regression on real data: columns that a teacher sees, columns that a student sees, and a number that both predict.
public struct RegressionTask: Sendable {
  /// Named columns of a table.
  public struct View: Sendable, Hashable {
    /// What they are called together.
    public let name: String
    /// The columns.
    public let columns: [String]

    /// Columns with a name.
    public init(_ name: String, _ columns: [String]) { (self.name, self.columns) = (name, columns) }
  }

  /// The data set.
  public let data: String
  /// What the teacher sees.
  public let teacher: View
  /// What the student sees.
  public let student: View
  /// The number of rows.
  public var rowCount: Int { rows.labels.count }
  /// What is exactly true of the sample, with intervals.
  public let advice: CandidateAdvice
  let rows: PairedRows

  /// The task on a table.
  ///
  /// - Throws: `AdviceError`, `DataTableError`.
  public init(
    _ data: String, _ table: DataTable, teacher: View, student: View, label: String, settings: Advisor.Settings
  ) throws {
    func inputs(_ view: View) throws -> [Double] {
      let columns = try view.columns.map { try table.doubles(in: $0) }
      return (0..<table.rowCount).flatMap { row in columns.map { $0[row] } }
    }
    let roles = try Roles(teachers: [teacher.columns], student: student.columns, label: [label])
    advice = try Advisor(table, roles, settings).candidates[0]
    (self.data, self.teacher, self.student) = (data, teacher, student)
    rows = PairedRows(
      teacherInputs: try inputs(teacher), teacherColumns: teacher.columns.count, studentInputs: try inputs(student),
      studentColumns: student.columns.count, labels: try table.doubles(in: label))
  }

  /// What the closed forms say of 1 − R(λ)/R0 for students of n rows that fit a constant too.
  ///
  /// Fitting the constant takes one row, and n − 1 are left for the weights: k = p2/(n−1−p2−1). What the constant's own error adds is
  /// (1 + 1/n) times the error of the weights and σε²/n, in both risks.
  ///
  /// - Throws: `InstanceError` for n < p2 + 3.
  func exactShare(n: Int, lambda: Rational) throws -> Double {
    let (moments, rows) = (advice.risk.moments, Rational(n))
    let risk = try Risk(moments, n: n - 1, p2: student.columns.count)
    func withConstant(_ risk: Rational) -> Rational {
      moments.residualVariance * (1 + 1 / rows) + (risk - moments.residualVariance) * (1 + 1 / rows)
    }
    return 100 * (1 - withConstant(risk(lambda)) / withConstant(risk.baselineRisk)).asDouble
  }

  /// What distinguishes it, as factors of its runs.
  var factors: [Setting] {
    [Setting("data", data), Setting("teacher", teacher.name), Setting("student", student.name)]
  }
}

extension RegressionTask {
  /// Auto MPG: engine, acceleration and year, each as a teacher of each other one; the label is mpg.
  ///
  /// - Throws: as ``init(_:_:teacher:student:label:settings:)``.
  public static func autoMPG(_ table: DataTable, settings: Advisor.Settings = .init()) throws -> [RegressionTask] {
    let views = [
      View("engine", ["cylinders", "displacement", "horsepower", "weight"]), View("acceleration", ["acceleration"]),
      View("year", ["model_year"]),
    ]
    return try pairs(of: views).map {
      try RegressionTask("autompg", table, teacher: $0, student: $1, label: "mpg", settings: settings)
    }
  }

  /// Diabetes: blood serum and body, each as a teacher of the other; the label is the disease's progression.
  ///
  /// - Throws: as ``init(_:_:teacher:student:label:settings:)``.
  public static func diabetes(_ table: DataTable, settings: Advisor.Settings = .init()) throws -> [RegressionTask] {
    let views = [
      View("serum", ["s1", "s2", "s3", "s4", "s5", "s6"]), View("body", ["age", "sex", "bmi", "bp"]),
    ]
    return try pairs(of: views).map {
      try RegressionTask("diabetes", table, teacher: $0, student: $1, label: "progression", settings: settings)
    }
  }

  private static func pairs(of views: [View]) -> [(View, View)] {
    views.flatMap { teacher in views.filter { $0 != teacher }.map { (teacher, $0) } }
  }
}
