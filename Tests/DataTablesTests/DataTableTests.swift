// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Foundation
import DataTables
import TestSupport
import Testing

@Suite struct DataTableTests {
  private func table(_ text: String) throws -> DataTable { try DataTable(bytes: text.utf8) }

  @Test func smallTableByHand() throws {
    let t = try table("x,y\n1,0.5\n2,1.5\n6,1\n")
    #expect(t.columns == ["x", "y"] && t.rowCount == 3)
    // Means 3 and 1; squares 4+1+9 = 14; products 1 − 0.5 + 0 = 0.5; 0.25+0.25 = 0.5.
    #expect(try t.covariance(of: ["x", "y"]).values == [[7, Rational(1, 4)], [Rational(1, 4), Rational(1, 4)]])
    #expect(try t.covariance(of: ["y"]).values == [[Rational(1, 4)]])
  }

  @Test func formsOfCSV() throws {
    let t = try table("\u{FEFF}\"a,b\", c ,\"d \"\"q\"\"\nx\"\r\n 1 ,\"2\",3\r\n4,5e-1,\t6\r\n7,8,9")
    #expect(t.columns == ["a,b", "c", "d \"q\"\nx"])
    #expect(try t.numbers(in: "a,b") == [1, 4, 7])
    #expect(try t.numbers(in: "c") == [2, Rational(1, 2), 8])
    #expect(t.rowCount == 3)
  }

  @Test(arguments: [
    ("", DataTableError.empty),
    ("a,b\n1,2\n3\n", .raggedRow(line: 3, found: 1, expected: 2)),
    ("a,b\n1,2,3\n", .raggedRow(line: 2, found: 3, expected: 2)),
    ("a,b\n1,2\n\n3,4\n", .raggedRow(line: 3, found: 1, expected: 2)), ("a\n\"1\n2\n", .unterminatedQuote(line: 2)),
    ("a\n\"1\"2\n", .strayQuote(line: 2)),
    ("\u{FEFF}", .empty), ("\n", .empty), ("\r\n\r\n", .empty), ("a,b\n1,2\n3,\"\"\"", .unterminatedQuote(line: 3)),
    ("a,\"b\n\n", .unterminatedQuote(line: 1)),
    ("a,b\n\"1\n\",2\r\n\"\r\n3\",4\n5\n", .raggedRow(line: 6, found: 1, expected: 2)),
  ])
  func refusesMalformedTables(text: String, error: DataTableError) {
    #expect(throws: error) { try table(text) }
  }

  @Test(arguments: [
    "a,b\n1,2\n3,4\n", "a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r\n1,2\r\n3,4", "a,b\n1,2\n3,4\n\n\n",
    "a,b\r\n1,2\r\n3,4\r\n\r\n", "\u{FEFF}a,b\n1,2\n3,4\n", "\u{FEFF}\"a\",b\n1,2\n3,4\n",
    "\"a\",\"b\"\n\"1\",\"2\"\n3,\"4\"", "a,b\n\" 1\t\",2\n3,4\n", "a,b\n1,2\r\n3,4\n",
  ])
  func spellingsOfOneTable(text: String) throws {
    for table in [try DataTable(csv: text), try DataTable(bytes: Data(text.utf8))] {
      #expect(table.columns == ["a", "b"])
      #expect(table.rowCount == 2)
      #expect(try table.numbers(in: "a") == [1, 3])
      #expect(try table.numbers(in: "b") == [2, 4])
    }
  }

  /// A cell matters only in a column that is used.
  @Test func unusedColumnsMayHoldAnything() throws {
    let table = try DataTable(csv: "a,name\n1,\n2,\"x,y\"\n4,NA\n")
    #expect(try table.covariance(of: ["a"]).values == [[Rational(7, 3)]])
  }

  @Test func refusesBytesThatAreNoText() throws {
    let table = try DataTable(bytes: Array("a,b\n1,".utf8) + [0xFF, 10])
    #expect(throws: DataTableError.notText(line: 2)) { try table.numbers(in: "b") }
    #expect(try table.numbers(in: "a") == [1])
  }

  @Test func refusesColumnsThatAreNoVariables() throws {
    let t = try table("\"h\n\",a,b,c,d\n1,1,5,,x\n2,2,5,4,5\n3,4,5,6,NA\n")
    func expectError(_ names: [String], _ error: DataTableError) {
      #expect(throws: error) { try t.covariance(of: names) }
    }
    expectError(["a", "e"], .missingColumn("e", available: ["h\n", "a", "b", "c", "d"]))
    expectError(["a", "a"], .columnNamedTwice("a"))
    expectError(["a", "c"], .emptyCell(.line(3), column: "c"))
    expectError(["a", "d"], .notANumber(.line(3), column: "d", .notANumber("x")))
    expectError(["a", "b"], .constantColumn("b"))
    #expect(throws: DataTableError.tooFewRows(rows: 2, columns: 2)) {
      try table("a,b\n1,2\n2,1\n").covariance(of: ["a", "b"])
    }
    #expect(throws: DataTableError.notANumber(.line(2), column: "a", .notANumber("1;2"))) {
      try table("a\n1;2\n").numbers(in: "a")
    }
  }

  @Test(arguments: ["NA", "nan", "inf", "-Infinity", "1,5", "1 000", "0x10", "é", "1.2.3", "--1", "１"])
  func cellsThatAreNoNumbers(cell: String) throws {
    let table = try DataTable(csv: "a,b\n1,2\n3,\" \(cell)\"\n")
    #expect(throws: DataTableError.notANumber(.line(3), column: "b", .notANumber(cell))) { try table.numbers(in: "b") }
  }

  @Test func cellsThatAreRefused() throws {
    let cells: [(String, NumberError)] = [
      ("1/0", .zeroDenominator("1/0")), ("1e99999", .exponentTooLarge("1e99999")),
      (String(repeating: "9", count: 30_000), .tooManyDigits(count: 30_000)),
    ]
    for (cell, error) in cells {
      let table = try DataTable(csv: "a,b\n1,2\n3,\(cell)\n")
      #expect(throws: DataTableError.notANumber(.line(3), column: "b", error)) { try table.numbers(in: "b") }
    }
  }

  @Test(arguments: ["", " \t", "\"\"", "\" \""]) func emptyCells(cell: String) throws {
    let table = try DataTable(csv: "a,b\n1,2\n3,\(cell)\n4,\n")
    #expect(throws: DataTableError.emptyCell(.line(3), column: "b")) { try table.numbers(in: "b") }
  }

  /// In a table of one column a blank line inside is an empty cell; `""` at the end is a row, a blank line is not.
  @Test func blankLinesOfOneColumn() throws {
    for text in ["a\n1\n\n2\n", "a\n1\n\"\"\n"] {
      let table = try DataTable(csv: text)
      #expect(throws: DataTableError.emptyCell(.line(3), column: "a")) { try table.numbers(in: "a") }
    }
    #expect(try DataTable(csv: "a\n1\n\n").numbers(in: "a") == [1])
  }

  static let messages: [(DataTableError, String)] = [
    (.empty, "header line"), (.notText(line: 7), "line 7"), (.unterminatedQuote(line: 7), "line 7"),
    (.strayQuote(line: 7), "line 7"), (.duplicateColumn("wt"), "\"wt\""),
    (.raggedRow(line: 7, found: 2, expected: 3), "line 7: 2 fields where the header has 3"),
    (.missingColumn("wt", available: ["weight", "mpg"]), "\"wt\"; the columns are weight, mpg"),
    (.columnNamedTwice("wt"), "\"wt\" is named twice"),
    (.emptyCell(.line(7), column: "wt"), "line 7, column \"wt\": empty"),
    (.notANumber(.line(7), column: "wt", .notANumber("NA")), "line 7, column \"wt\": \"NA\" is no number"),
    (
      .notANumber(.line(7), column: "a\nb", .notANumber("1\r\n2")),
      "line 7, column \"a\\nb\": \"1\\r\\n2\" is no number"
    ),
    (
      .notANumber(.line(7), column: "wt", .notANumber(String(repeating: "x", count: 41))),
      "\"\(String(repeating: "x", count: 40))…\""
    ),
    (.tooFewRows(rows: 3, columns: 3), "3 rows for 3 columns; at least 4"),
    (.tooFewRows(rows: 1, columns: 0), "at least 2"), (.constantColumn("wt"), "\"wt\" is constant"),
  ]

  @Test(arguments: messages)
  func messagesAreOneLineAndNameThePlace(error: DataTableError, part: String) {
    #expect(error.description.contains(part))
    #expect(!error.description.contains { $0.isNewline })
  }

  @Test func tooFewRowsForACovariance() throws {
    let (none, one) = (try table("a"), try table("a\n1"))
    #expect(throws: DataTableError.tooFewRows(rows: 0, columns: 1)) { try none.covariance(of: ["a"]) }
    #expect(throws: DataTableError.tooFewRows(rows: 1, columns: 1)) { try one.covariance(of: ["a"]) }
    #expect(throws: DataTableError.tooFewRows(rows: 1, columns: 0)) { try one.covariance(of: []) }
    #expect(try table("a\n1\n2").covariance(of: []).rows == 0)
  }

  /// In Double these three numbers are one.
  @Test func noCancellation() throws {
    let table = try DataTable(csv: "x\n1e30\n1000000000000000000000000000000.1\n1000000000000000000000000000000.2\n")
    #expect(try table.covariance(of: ["x"]).values == [[Rational(1, 100)]])
  }

  /// Numbers of 1 to 20 digits, with exponents or without, read as a whole and in the slow way.
  ///
  /// A fraction among the cells, 8/4, is read by exact fractions only, and so are all columns beside it.
  @Test(arguments: 0..<40) func longNumbersAreExact(index: Int) throws {
    var source = testSource(1000 + index)
    let digits = source.integer(in: 1...20)
    let spread = source.integer(in: 0...4)
    func cell() -> String {
      let mantissa = (0..<digits).map { _ in "\(source.integer(in: 0...9))" }.joined()
      let point = source.integer(in: 0...(digits - 1))
      let number = point == 0 ? mantissa : mantissa.prefix(point) + "." + mantissa.dropFirst(point)
      let exponent = source.integer(in: -spread...spread)
      return (source.integer(in: 0...1) == 0 ? "-" : "") + number
        + (exponent == 0 ? "" : "e\(exponent > 0 && source.integer(in: 0...1) == 0 ? "+" : "")\(exponent)")
    }
    let rows = (0..<7).map { _ in "\(cell()),\(cell()),2" } + ["1,0,1"]
    let fast = try table("a,b,c\n" + rows.joined(separator: "\n"))
    let slow = try table("a,b,c\n" + rows.joined(separator: "\n").replacing(",2\n", with: ",8/4\n"))
    #expect(try fast.covariance(of: ["a", "b", "c"]) == slow.covariance(of: ["a", "b", "c"]))
    for column in ["a", "b"] {
      #expect(try fast.doubles(in: column) == fast.numbers(in: column).map(\.asDouble))
    }
  }

  @Test(arguments: 0..<15) func againstTwoPassesOverFractions(index: Int) throws {
    var source = testSource(index)
    let (rows, columns) = (source.integer(in: 5...12), source.integer(in: 1...4))
    let data = (0..<rows).map { _ in (0..<columns).map { _ in Rational(source.integer(in: -999...999), 100) } }
    let names = (0..<columns).map { "c\($0)" }
    func text(_ data: [[Rational]]) -> String {
      ([names.joined(separator: ",")] + data.map { $0.map { "\($0.asDouble)" }.joined(separator: ",") }).joined(
        separator: "\n")
    }
    let covariance = try table(text(data)).covariance(of: names)
    let means = (0..<columns).map { j in data.reduce(Rational(0)) { $0 + $1[j] } / Rational(rows) }
    for i in 0..<columns {
      for j in 0..<columns {
        let sum = data.reduce(Rational(0)) { $0 + ($1[i] - means[i]) * ($1[j] - means[j]) }
        #expect(covariance[i, j] == sum / Rational(rows - 1))
      }
    }
    // The order of the rows and the origin do not matter.
    let moved = source.permutation(rows).map { data[$0].map { $0 + 1000 } }
    #expect(try table(text(moved)).covariance(of: names) == covariance)
  }

  @Test func publicDataSetsAreWhole() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../fixtures/data")
    let cars = try DataTable(bytes: Data(contentsOf: folder.appendingPathComponent("autompg.csv")))
    #expect(cars.rowCount == 392 && cars.columns.count == 9)
    let diabetes = try DataTable(bytes: Data(contentsOf: folder.appendingPathComponent("diabetes.csv")))
    #expect(diabetes.rowCount == 442 && diabetes.columns.count == 11)
    #expect(try cars.covariance(of: ["mpg", "weight"])[0, 1].signum == -1)
    #expect(throws: DataTableError.self) { try cars.numbers(in: "name") }
  }

  @Test(arguments: RealData.all) func realDataAgainstTwoPasses(data: RealData) throws {
    let table = try data.table()
    #expect(table.columns == data.columns)
    #expect(table.rowCount == data.rows)
    let columns = try data.numeric.map { try table.numbers(in: $0) }
    let sigma = try table.covariance(of: data.numeric)
    try sigma.requirePositiveDefinite()
    let n = Rational(data.rows)
    let centred = columns.map { column in
      let mean = column.reduce(0, +) / n
      return column.map { $0 - mean }
    }
    for i in columns.indices {
      for j in columns.indices {
        #expect(sigma[i, j] == zip(centred[i], centred[j]).reduce(0) { $0 + $1.0 * $1.1 } / (n - 1))
      }
    }
  }

  /// Column i becomes aᵢ·x + bᵢ, so entry (i, j) must be multiplied by aᵢ·aⱼ, and nothing else may change.
  @Test(arguments: RealData.all) func shiftsAndScales(data: RealData) throws {
    let table = try data.table()
    let scales = data.numeric.indices.map { Rational($0 % 2 == 0 ? $0 + 1 : -$0, 7) }
    let columns = try data.numeric.enumerated().map { i, name in
      try table.numbers(in: name).map { "\(scales[i] * $0 + Rational(1_000_003 * i, 3))" }
    }
    let rows = (0..<data.rows).map { row in columns.map { $0[row] }.joined(separator: ",") }
    let other = try DataTable(csv: ([data.numeric.joined(separator: ",")] + rows).joined(separator: "\n"))
    let (before, after) = (try table.covariance(of: data.numeric), try other.covariance(of: data.numeric))
    let size = data.numeric.count
    #expect(after == RationalMatrix(rows: size, columns: size) { scales[$0] * scales[$1] * before[$0, $1] })
  }
}

/// The data sets in fixtures/data.
struct RealData: Sendable, CustomTestStringConvertible {
  let name: String
  let rows: Int
  let columns: [String]

  /// The columns of numbers: all but the names of the cars.
  var numeric: [String] { columns.filter { $0 != "name" } }
  var testDescription: String { name }

  static let autompg = RealData(
    name: "autompg", rows: 392,
    columns: "cylinders displacement horsepower weight acceleration model_year origin name mpg".words)
  static let diabetes = RealData(
    name: "diabetes", rows: 442,
    columns: "age sex bmi bp s1 s2 s3 s4 s5 s6 progression".words)
  static let all = [autompg, diabetes]

  func bytes() throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: #filePath + "/../../../fixtures/data/\(name).csv").standardized)
  }

  func table() throws -> DataTable { try DataTable(bytes: bytes()) }
}

extension String {
  fileprivate var words: [String] { split(separator: " ").map(String.init) }
}
