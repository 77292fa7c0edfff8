// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables
import ExactAlgebra
import Testing

/// How tables are written in the world: what is clear is read, what may be two things is refused.
@Suite struct SpellingTests {
  @Test(arguments: [
    "a;b\n0,5;2\n1,5;3\n", "a;b\r0,5;2\r1,5;3\r", "sep=;\na;b\n0,5;2\n1,5;3\n",
    "\u{FEFF}\"sep=;\"\r\na;b\r\n0.5;2\r\n1.5;3",
    "a\tb\n0,5\t2\n1,5\t3\n", "a b\n0.5 2\n1.5 3\n", "  a   b\n0.5  2 \n 1.5 3\n", "a|b\n0.5|2\n1.5|3\n",
    "a;b\n\"0,5\"; 2\n1,5 ;\"3\"\n", "a, b\n0.5, \"2\"\n1.5, \"3\"\n", "a;b\n0,5;2e0\n15e-1;3\n",
    "sep=,\na,b\n0.5,2\n1.5,3",
    "\"a\" \"b\"\n\"1\" 0.5 2\n\"2\" 1.5 3\n", "a,b\n1,0.5,2\n2,1.5,3\n", "\"a\";\"b\"\n\"x\";0,5;2\n\"y\";1,5;3\n",
    "a\u{A0};\u{A0}b\n0,5;2\n1,5;3\n", "a,b,\n0.5,2,\n1.5,3,\n", ",a,b\n9,0.5,2\n8,1.5,3\n",
    "a,b,c,c\n0.5,2,x,y\n1.5,3,,\n",
    "a,b,c\n0.5,2,5'11\"\n1.5,3,6'\n",
  ])
  func oneTable(text: String) throws {
    let table = try DataTable(csv: text)
    #expect(try table.numbers(in: "a") == [Rational(1, 2), Rational(3, 2)])
    #expect(try table.numbers(in: "b") == [2, 3])
    #expect(try table.doubles(in: "a") == [0.5, 1.5])
    #expect(try table.covariance(of: ["a"]).values == [[Rational(1, 2)]])
  }

  /// "1,234" is 1.234 or 1234: cells beside it must tell which.
  @Test(arguments: [
    ("a;b\n1,234;5\n5,678;6\n", 2, "set off thousands"), ("a;b\n1,234;0,5\n5,678;1,5\n", 0, ""),
    ("a;b\n1,234.5;5\n5,678;6\n", 2, "thousands"), ("a;b\n1.234,5;5\n5,6;6\n", 2, "thousands"),
    ("a;b\n1,5;5\n2.5;6\n", 3, "decimal commas and decimal points"),
    ("a;b\n1.234;0,5\n5.678;1,5\n", 2, "beside decimal commas"),
    ("a;b\n1.234;5\n5.678;6\n", 0, ""), ("a;b\n1,5;5\n2.345;6\n", 3, "beside decimal commas"),
    ("a;b\n1.5;5\n2,345;6\n", 3, "beside decimal points"), ("a;b\n1,234,567;5\n2;6\n", 2, "thousands"),
    ("a;b\n0,234;5\n1,5;6\n", 0, ""), ("a;b\n12345,678;5\n1;6\n", 0, ""), ("a;b\n1,234e3;x\n-1,5;y\n", 0, ""),
    ("a;b\n1,234;x 0,5\n5,678;y 1,5\n", 2, "set off thousands"),
  ])
  func unclearNumbersAreRefused(text: String, line: Int, part: String) throws {
    let table = try DataTable(csv: text)
    guard line > 0 else {
      _ = try table.numbers(in: "a")
      return
    }
    do {
      let numbers = try table.numbers(in: "a")
      Issue.record("read as \(numbers)")
    } catch {
      guard case .unclearNumber(.line(line), column: "a", _, let reason) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(reason.contains(part), "\(reason)")
    }
  }

  @Test func theMarkMayBeSaid() throws {
    let bytes = Array("a;b\n1,234;5\n5,678;6\n".utf8)
    #expect(try DataTable(bytes: bytes, decimal: .comma).numbers(in: "a") == [Rational(617, 500), Rational(2839, 500)])
    #expect(throws: DataTableError.self) { try DataTable(bytes: bytes, decimal: .point).numbers(in: "a") }
    let quoted = Array("a,b\n\"1,5\",5\n".utf8)
    #expect(try DataTable(bytes: quoted, decimal: .comma).numbers(in: "a") == [Rational(3, 2)])
    #expect(throws: DataTableError.self) {
      try DataTable(bytes: Array("a;b\n1.5;2\n".utf8), decimal: .comma).numbers(in: "a")
    }
  }

  /// A row that is too long is no name of a row.
  @Test(arguments: ["a,b\n1,2,3\n", "a,b\n7,2,3\n8,3,4\n", "a,b\n1,2,\n3,4,\n", "a\n1,5\n2,5\n", "a,b\n1,2,3\n2,3\n"])
  func longRowsAreRefused(text: String) {
    #expect(
      throws: DataTableError.raggedRow(
        line: 2, found: text.hasPrefix("a\n") ? 2 : 3, expected: text.hasPrefix("a\n") ? 1 : 2)
    ) {
      try DataTable(csv: text)
    }
  }

  @Test func namesMatterWhereTheyAreAskedFor() throws {
    let table = try DataTable(csv: ",a,a,b\n1,2,3,4\n")
    #expect(try table.numbers(in: "b") == [4])
    #expect(throws: DataTableError.duplicateColumn("a")) { try table.numbers(in: "a") }
    #expect(throws: DataTableError.missingColumn("", available: ["a", "a", "b"])) { try table.numbers(in: "") }
  }

  @Test(arguments: [
    "", "NA", "NaN", "nan", "N/A", "n/a", "#N/A", "NULL", "null", "None", "<NA>", ".", "?", "\\N", "#NV", "-nan",
    "NONE", "\"NA\"",
  ])
  func missingWords(word: String) throws {
    let table = try DataTable(csv: "a,b\n1,2\n\(word),3\n4,\(word)\n")
    let error = #expect(throws: DataTableError.self) { try table.numbers(in: "a") }
    #expect(error?.isMissingNumber == true)
    let (kept, dropped) = try table.droppingMissing(in: ["a"])
    #expect(try kept.numbers(in: "a") == [1, 4] && dropped == 1)
    #expect(try table.droppingMissing(in: ["a", "b"]).table.numbers(in: "b") == [2])
  }

  /// The lines that messages name, whatever ends them and after rows were left out.
  @Test(arguments: ["\n", "\r\n", "\r"]) func linesAreThoseOfTheFile(end: String) throws {
    let table = try DataTable(csv: ["a,b", "1,\"x\(end)y\"", "NA,2", "3,4", "x,5"].joined(separator: end))
    let kept = try table.droppingMissing(in: ["a"]).table
    #expect(throws: DataTableError.notANumber(.line(6), column: "a", .notANumber("x"))) { try kept.numbers(in: "a") }
  }

  // MARK: Lists

  @Test(arguments: [
    ("a", ["a"]), (" a , b ", ["a", "b"]), ("\"t, kg\",a", ["t, kg", "a"]), ("t, kg", ["t, kg"]),
    ("img_*", ["img_0", "img_1", "img_10", "img_2"]),
    ("img_?", ["img_0", "img_1", "img_2"]), ("img_0..img_2", ["img_0", "img_1", "img_2"]),
    ("a..img_0", ["a", "b", "t, kg", "img_0"]),
    ("\"q\"\"r\"", ["q\"r"]), ("x*", ["x*"]), ("z08..z10", ["z08", "z09", "z10"]),
    ("b,img_?,a", ["b", "img_0", "img_1", "img_2", "a"]),
    ("", []), (" ", []), ("v", ["v[0]", "v[1]"]), ("*g_1", ["img_1"]), ("v[*", ["v[0]", "v[1]"]),
  ])
  func listsOfColumns(list: String, names: [String]) throws {
    let header = "a,b,\"t, kg\",img_0,img_1,img_10,img_2,\"q\"\"r\",x*,xy,z08,z09,z10,v[0],v[1]"
    let table = try DataTable(csv: header + "\n" + (1...15).map(String.init).joined(separator: ","))
    #expect(try table.columns(of: ColumnList(list)) == names)
  }

  @Test(arguments: [
    "a,,b", "a,", ",a", "\"a", "\"a\"b", "b..a", "a3..a1", "a1..a999999999999", "n*", "zz..b",
    "a1..a99999999999999999999",
  ])
  func listsThatFitNothing(list: String) throws {
    let table = try DataTable(csv: "a,b,a1,a2,a3\n1,2,3,4,5\n")
    #expect(throws: DataTableError.self) { try table.columns(of: ColumnList(list)) }
  }

  /// A pattern of many stars on a long name does not take for ever.
  @Test func patternsEnd() throws {
    let table = try DataTable(csv: String(repeating: "a", count: 2000) + ",b\n1,2\n")
    #expect(throws: DataTableError.self) {
      try table.columns(of: ColumnList(String(repeating: "a*", count: 200) + "c"))
    }
  }

  // MARK: Several files

  @Test func filesAreJoined() throws {
    let (a, b) = (
      try DataTable(csv: "id,x,v\np,1,5\nq,2,6\nr,3,7\n"), try DataTable(csv: "id;y;v\nr;0,5;8\ns;1,5;9\np;2,5;0\n")
    )
    let rows = try DataTable(joining: [("a.csv", a), ("b.csv", b)])
    #expect(try rows.numbers(in: "y") == [Rational(1, 2), Rational(3, 2), Rational(5, 2)])
    #expect(try rows.numbers(in: "b.csv:v") == [8, 9, 0] && rows.numbers(in: "a.csv:v") == [5, 6, 7])
    #expect(throws: DataTableError.duplicateColumn("v", files: ["a.csv", "b.csv"])) { try rows.numbers(in: "v") }
    let keyed = try DataTable(joining: [("a.csv", a), ("b.csv", b)], key: "id")
    #expect(try keyed.texts(in: "id") == ["p", "r"] && keyed.numbers(in: "x") == [1, 3])
    #expect(try keyed.numbers(in: "y") == [Rational(5, 2), Rational(1, 2)] && keyed.file(of: "y") == "b.csv")
    let (kept, _) = try keyed.selecting(rows: [1]).droppingMissing(in: ["y"])
    #expect(try kept.numbers(in: "b.csv:v") == [8])
    let short = try DataTable(csv: "z\n1\n")
    #expect(throws: DataTableError.unequalRows(first: "a.csv", rows: 3, second: "c.csv", otherRows: 1)) {
      try DataTable(joining: [("a.csv", a), ("c.csv", short)])
    }
    let twice = try DataTable(csv: "id,w\np,1\np,2\n")
    for (other, key) in [(short, "id"), (twice, "id"), (try DataTable(csv: "id,w\nzz,1\n"), "id")] {
      #expect(throws: DataTableError.self) { try DataTable(joining: [("a.csv", a), ("d.csv", other)], key: key) }
    }
  }

  /// Errors of tables of 100,000 columns stay short.
  @Test func wideTables() throws {
    let names = (0..<20_000).map { "gene\($0)" }
    let table = try DataTable(
      csv: names.joined(separator: ",") + "\n" + names.map { _ in "1" }.joined(separator: ",") + "\n")
    #expect(try table.numbers(in: "gene19999") == [1] && table.columns(of: ColumnList("gene1999?")).count == 10)
    let error = #expect(throws: DataTableError.self) { try table.numbers(in: "genes") }
    #expect((error?.description.utf8.count ?? 0) <= 480)
  }
}
