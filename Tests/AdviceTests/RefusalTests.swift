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
}
