import ExactAlgebra
import Foundation
import Gaussian
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
    ("", DataTableError.empty), ("a,\n1,2\n", .unnamedColumn(position: 2)), ("a,b,a\n", .duplicateColumn("a")),
    ("a,b\n1,2\n3\n", .raggedRow(line: 3, found: 1, expected: 2)),
    ("a,b\n1,2,3\n", .raggedRow(line: 2, found: 3, expected: 2)),
    ("a,b\n1,2\n\n3,4\n", .raggedRow(line: 3, found: 1, expected: 2)), ("a\n\"1\n2\n", .unterminatedQuote(line: 2)),
    ("a\n1\"2\n", .strayQuote(line: 2)), ("a\n\"1\"2\n", .strayQuote(line: 2)),
  ])
  func refusesMalformedTables(text: String, error: DataTableError) {
    #expect(throws: error) { try table(text) }
  }

  @Test func refusesBytesThatAreNoText() {
    #expect(throws: DataTableError.notText(line: 2)) { try DataTable(bytes: Array("a\n".utf8) + [0xFF, 10]) }
  }

  @Test func refusesColumnsThatAreNoVariables() throws {
    let t = try table("\"h\n\",a,b,c,d\n1,1,5,,x\n2,2,5,4,5\n3,4,5,6,NA\n")
    func expectError(_ names: [String], _ error: DataTableError) {
      #expect(throws: error) { try t.covariance(of: names) }
    }
    expectError(["a", "e"], .missingColumn("e", available: ["h\n", "a", "b", "c", "d"]))
    expectError(["a", "a"], .columnNamedTwice("a"))
    expectError(["a", "c"], .emptyCell(line: 3, column: "c"))
    expectError(["a", "d"], .notANumber(line: 3, column: "d", .notANumber("x")))
    expectError(["a", "b"], .constantColumn("b"))
    #expect(throws: DataTableError.tooFewRows(rows: 2, columns: 2)) {
      try table("a,b\n1,2\n2,1\n").covariance(of: ["a", "b"])
    }
    #expect(throws: DataTableError.notANumber(line: 2, column: "a", .notANumber("1;2"))) {
      try table("a\n1;2\n").numbers(in: "a")
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
}
