// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Distillation
import ExactAlgebra
import Students

/// Options of students with closed forms of their own.
struct BaselineOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "The rows that have a teacher but no label, instead of the file's.")
  var unlabelled: Int?

  @Option(parsing: .unconditional, help: "The strength μ of an orthogonal-ridge student, instead of the file's.")
  var ridge: String?

  @Option(
    help: "The law of (x1, y) given x2: gaussian, student-t:DEGREES, skewed or heteroscedastic; of such students.")
  var residuals: String?

  @Option(parsing: .unconditional, help: "The folds by which the weights of a tuned student are chosen; 0 for none.")
  var folds: Int?

  /// The kind of that name; nil for other students.
  func kind(_ student: String) -> BaselineKind? { BaselineKind(rawValue: student) }

  /// - Throws: where options are of other students than `student`.
  func validate(of student: String) throws {
    if let kind = kind(student) {
      if folds != nil, kind != .tuned { throw ValidationError("--folds is of --student-kind tuned only") }
      return
    }
    let given = [
      ("--unlabelled", unlabelled != nil), ("--ridge", ridge != nil), ("--residuals", residuals != nil),
      ("--folds", folds != nil),
    ]
    if let name = given.first(where: \.1)?.0 {
      let kinds = BaselineKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("\(name) is of other students than --student-kind \(student): \(kinds)")
    }
  }

  func settings(_ kind: BaselineKind, sampling: String?, falseAlarm: Double) throws -> BaselineSettings {
    let draws = try sampling.map { text in
      guard let sampling = StudySettings.Sampling(rawValue: text) else {
        throw UserError("--sampling \(text): unknown; known: wishart, rows")
      }
      return sampling
    }
    return BaselineSettings(
      kind, sampling: draws, residuals: try residuals.map(parseResiduals) ?? .gaussian, level: falseAlarm,
      folds: folds ?? 5)
  }

  /// The instance with what the options give; a drawn one with as many rows as the student needs.
  func instance(_ instance: Instance, _ kind: BaselineKind, teacherRows: Int?, isDrawn: Bool, rows: Int?) throws
    -> Instance
  {
    var extras = instance.extras
    if let unlabelled { extras.unlabelled = unlabelled }
    if let ridge {
      do { extras.ridge = try Rational(parsing: ridge) } catch { throw UserError("--ridge \(ridge): \(error)") }
    }
    if let teacherRows { extras.teacherRows = teacherRows }
    let given = try instance.with(extras: extras)
    guard isDrawn else { return given }
    return try kind.enlarged(given, keepsRows: rows != nil, keepsTeacherRows: teacherRows != nil)
  }

  private func parseResiduals(_ text: String) throws -> ResidualLaw {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    switch (parts[0], parts.count) {
    case ("gaussian", 1): return .gaussian
    case ("skewed", 1): return .skewed
    case ("heteroscedastic", 1): return .heteroscedastic
    case ("student-t", 2): if let degrees = Int(parts[1]) { return .studentT(degrees: degrees) }
    default: break
    }
    throw UserError("--residuals \(text): unknown; known: gaussian, student-t:5, skewed, heteroscedastic")
  }
}
