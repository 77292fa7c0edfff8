// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Gaussian
import DataTables
import Testing

@testable import Advice

/// Bad input is refused by name; what does not fit the model is told.
@Suite struct RefusalTests {
  private func roles(_ teachers: [[String]], _ student: [String], _ label: [String]) -> AdviceError? {
    do {
      _ = try Roles(teachers: teachers, student: student, label: label)
      return nil
    } catch { return error }
  }

  @Test func rolesAreChecked() {
    #expect(roles([["a"]], ["b"], ["y"]) == nil)
    #expect(roles([["a", "c"], ["a"]], ["b"], ["y"]) == nil)
    #expect(roles([], ["b"], ["y"]) == .noColumns(role: "teacher"))
    #expect(roles([[""]], ["b"], ["y"]) == .noColumns(role: "teacher"))
    #expect(roles([["a"]], [], ["y"]) == .noColumns(role: "student"))
    #expect(roles([["a"]], ["b"], []) == .noColumns(role: "label"))
    #expect(roles([["a"]], ["b"], ["y", "z"]) == .severalLabels(["y", "z"]))
    #expect(roles([["a", "b"]], ["b"], ["y"]) == .columnInTwoRoles("b", first: "teacher", second: "student"))
    #expect(roles([["a"], ["y"]], ["b"], ["y"]) == .columnInTwoRoles("y", first: "teacher", second: "label"))
    #expect(roles([["a"]], ["y"], ["y"]) == .columnInTwoRoles("y", first: "student", second: "label"))
    #expect(roles([["a", "a"]], ["b"], ["y"]) == .columnNamedTwice("a", role: "teacher"))
    #expect(roles([["a"]], ["b", "b"], ["y"]) == .columnNamedTwice("b", role: "student"))
  }

  /// 60 rows: a, b and noise e independent; y = a + b + e; s = a + b; k has two values; h is heavy-tailed; v = a².
  private func table() throws -> DataTable {
    let normals = NormalSource(seed: 1, index: 0)
    var lines = ["a,b,e,y,s,k,h,v,text,hole"]
    for row in 0..<400 {
      let (a, b, e) = (
        (normals.normal() * 8).rounded() / 8, (normals.normal() * 8).rounded() / 8, (normals.normal() * 8).rounded() / 8
      )
      let heavy = a + (row % 40 == 0 ? 20 : 1) * e
      lines.append(
        "\(a),\(b),\(e),\(a + b + e),\(a + b),\(a + e > 0 ? 1 : 0),\(heavy),\(a * a + e),red,\(row == 7 ? "NA" : "\(b)")"
      )
    }
    return try DataTable(csv: lines.joined(separator: "\n"))
  }

  @Test func dependentColumnsAreNamed() throws {
    let table = try table()
    #expect(throws: AdviceError.dependentColumn("s", role: "student")) {
      try Advisor(table, Roles(teachers: [["e"]], student: ["a", "b", "s"], label: ["y"]))
    }
    #expect(throws: AdviceError.dependentColumn("s", role: "teacher")) {
      try Advisor(table, Roles(teachers: [["e"], ["b", "s"]], student: ["a"], label: ["y"]))
    }
    #expect(throws: AdviceError.dependentColumn("y", role: "label")) {
      try Advisor(table, Roles(teachers: [["e"]], student: ["a", "b"], label: ["y"]))
    }
  }

  @Test func missingValuesAreRefusedOrDropped() throws {
    let table = try table()
    let roles = try Roles(teachers: [["hole"]], student: ["a"], label: ["y"])
    #expect(throws: DataTableError.self) { try Advisor(table, roles) }
    let (whole, dropped) = try table.droppingMissing(in: roles.columns)
    #expect(dropped == 1 && whole.rowCount == 399 && whole.columns == table.columns)
    #expect(try Advisor(whole, roles).rows == 399)
    #expect(try table.droppingMissing(in: ["a"]).dropped == 0)
    #expect(throws: DataTableError.missingColumn("zz", available: table.columns)) {
      try table.droppingMissing(in: ["zz"])
    }
    // Text is no missing number.
    let words = try Roles(teachers: [["text"]], student: ["a"], label: ["y"])
    #expect(throws: DataTableError.self) { try Advisor(table.droppingMissing(in: words.columns).table, words) }
  }

  @Test func fewRowsAreRefused() throws {
    let few = try DataTable(
      csv: "a,b,y\n" + (0..<19).map { "\($0),\($0 * $0 % 7),\($0 * $0 * $0 % 11)" }.joined(separator: "\n"))
    #expect(throws: AdviceError.tooFewRows(rows: 19, needed: 20)) {
      try Advisor(few, Roles(teachers: [["a"]], student: ["b"], label: ["y"]))
    }
  }

  @Test func whatDoesNotFitIsTold() throws {
    let table = try table()
    func kinds(_ student: [String], _ label: String, _ teacher: [String] = ["e"]) throws -> Set<ModelWarning.Kind> {
      Set(try Advisor(table, Roles(teachers: [teacher], student: student, label: [label])).warnings.map(\.kind))
    }
    #expect(try kinds(["a"], "y").isEmpty)
    #expect(try kinds(["a"], "k").contains(.discreteLabel))
    #expect(try kinds(["a"], "h", ["b"]).contains(.heavyTails))
    #expect(try kinds(["a"], "v", ["b"]).contains(.nonlinearity))
    let few = try DataTable(
      csv: "a,b,y\n" + (0..<25).map { "\($0 % 9),\($0 * $0 % 23),\($0 * 3 % 17)" }.joined(separator: "\n"))
    #expect(
      try Advisor(few, Roles(teachers: [["a"]], student: ["b"], label: ["y"])).warnings.contains { $0.kind == .fewRows }
        == false)
    let wide = try Advisor(few, Roles(teachers: [["a"]], student: ["b"], label: ["y"]))
    #expect(wide.rows == 25)
  }

  @Test func settingsAreChecked() throws {
    var settings = Advisor.Settings()
    settings.replicates = 10
    #expect(throws: AdviceError.self) {
      try Advisor(table(), Roles(teachers: [["e"]], student: ["a"], label: ["y"]), settings)
    }
    settings = Advisor.Settings()
    settings.level = 1
    #expect(throws: AdviceError.self) {
      try Advisor(table(), Roles(teachers: [["e"]], student: ["a"], label: ["y"]), settings)
    }
  }

  @Test(
    arguments: [
      (4, nil, 0.01, "n 4: must be at least p2 + 2 = 5"), (-1, nil, 0.01, "n -1: must be at least"),
      (nil, -1, 0.01, "unlabelled -1: must be a file or a number of rows"),
      (nil, nil, 1.0, "worth 1.0: must be a share"),
      (nil, nil, -0.1, "worth -0.1"), (nil, nil, Double.nan, "worth nan"), (2_000_000_000, nil, 0.01, "at most"),
      (nil, 2_000_000_000, 0.01, "at most"),
    ] as [(Int?, Int?, Double, String)])
  func whatIsAskedForIsChecked(rows: Int?, unlabelled: Int?, worth: Double, message: String) throws {
    var settings = Advisor.Settings()
    (settings.rows, settings.worth) = (rows, worth)
    let roles = try Roles(teachers: [["e"]], student: ["a", "b", "v"], label: ["y"])
    #expect {
      try Advisor(table(), roles, settings, unlabelled: unlabelled.map { .count($0) })
    } throws: { error in
      (error as? AdviceError)?.description.contains(message) == true
    }
  }

  /// The same columns twice are refused; other columns of the same span are found, and have no combination.
  @Test func equalAndCollinearTeachersAreNamed() throws {
    let table = try table()
    #expect(throws: AdviceError.equalTeachers(first: 1, second: 3)) {
      try Advisor(table, Roles(teachers: [["b", "e"], ["h"], ["e", "b"]], student: ["a"], label: ["y"]))
    }
    // a is the student's: of b and s = a + b nothing else than a tells them apart, so a is left out here.
    let twins = try Roles(teachers: [["h"], ["a", "b"], ["b", "s"]], student: ["v"], label: ["y"])
    let advice = try Advisor(table, twins)
    #expect(advice.combination == nil && advice.collinearTeacher == 2)
    let others = try Advisor(table, Roles(teachers: [["h"], ["a", "b"]], student: ["v"], label: ["y"]))
    #expect(others.combination != nil && others.collinearTeacher == nil)
  }

  @Test func rowsWithoutLabelAreChecked() throws {
    let table = try table()
    let roles = try Roles(teachers: [["v"]], student: ["a", "b"], label: ["y"])
    func advise(_ csv: String) throws -> Advisor { try Advisor(table, roles, unlabelled: .table(DataTable(csv: csv))) }
    func refused(_ csv: String) -> DataTableError? {
      do {
        _ = try advise(csv)
        return nil
      } catch AdviceError.unlabelled(let error) { return error } catch { return nil }
    }
    #expect(refused("a,v\n1,2\n") == .missingColumn("b", available: ["a", "v"]))
    #expect(refused("a,b,v\n1,NaN,2\n")?.isMissingNumber == true)
    #expect(refused("a,b,v\n1,red,2\n") != nil)
    // No rows at all bring nothing.
    let none = try advise("a,b,v\n").candidates[0].pseudoLabels
    #expect(none?.rows == 0 && none?.gain.estimate == 0 && none?.imitationGain.estimate == 0)
    // Far from the labelled ones: told.
    let far = "a,b,v\n" + (0..<50).map { "\($0 % 7 + 9),\($0 % 5),\($0 % 3)" }.joined(separator: "\n")
    #expect(try advise(far).warnings.contains { $0.kind == .unlabelledDiffer })
    #expect(try !Advisor(table, roles, unlabelled: .table(table)).warnings.contains { $0.kind == .unlabelledDiffer })
  }

  /// A student of 5 rows cannot have a teacher of p1 + p2 = 4 columns fitted to as many.
  @Test func fewRowsHaveNoJointTeacher() throws {
    let table = try table()
    var settings = Advisor.Settings()
    settings.rows = 5
    let advice = try Advisor(
      table, Roles(teachers: [["h", "v"]], student: ["a", "b"], label: ["y"]), settings, unlabelled: .count(5))
    #expect(advice.candidates[0].jointTeacher == nil && advice.candidates[0].pseudoLabels == nil)
    #expect(advice.unlabelledRows == 5 && advice.askedRows == 5 && advice.rows == 400)
  }
}
