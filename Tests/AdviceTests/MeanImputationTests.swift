// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables
import ExactAlgebra
import SeededRuns
import Testing

@testable import Advice

/// Means for missing numbers, of every set of rows anew, against filling the rows in by hand.
@Suite struct MeanImputationTests {
  /// 60 rows of three columns; the first misses every fifth number, the third every seventh.
  private static let data: [[Double]] = {
    var source = RandomSource(seed: 1, index: 0)
    return (0..<3).map { column in (0..<60).map { _ in Double(source.integer(in: -50...50)) / 7 + 10 * Double(column) }
    }
  }()
  private static let missing = [(0..<60).map { $0 % 5 == 2 }, [], (0..<60).map { $0 % 7 == 3 }]

  /// The covariance of rows in which a column's missing numbers are the mean of the others among `means`.
  private static func covariance(of rows: [Int], means: [Int]) -> [Double] {
    let filled = data.indices.map { column -> [Double] in
      guard !missing[column].isEmpty else { return rows.map { data[column][$0] } }
      let there = means.filter { !missing[column][$0] }.map { data[column][$0] }
      let mean = there.reduce(0, +) / Double(there.count)
      return rows.map { missing[column][$0] ? mean : data[column][$0] }
    }
    func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }
    return filled.flatMap { x in
      filled.map { y in
        zip(x, y).reduce(0) { $0 + ($1.0 - mean(x)) * ($1.1 - mean(y)) } / Double(rows.count - 1)
      }
    }
  }

  /// Every row is a group of its own, so that groups are rows in another order; the two are told apart by a column of row numbers.
  @Test func everySetOfRowsHasItsOwnMeans() throws {
    let numbered = Self.data + [(0..<60).map(Double.init)]
    let groups = GramGroups(numbered, missing: Self.missing + [[]], seed: 3)
    let plain = GramGroups([(0..<60).map(Double.init)], seed: 3)
    // The row of each group: the mean of the numbers is subtracted.
    let row = (0..<60).map { group in Int((plain.sum { $0 == group }[1] + 29.5).rounded()) }
    #expect(row.sorted() == Array(0..<60))
    func close(_ gram: [Double], _ expected: [Double]) -> Bool {
      let covariance = SampleMoments(gram: gram[...], columns: 4).covariance
      return (0..<9).allSatisfy { abs(covariance[$0 / 3 * 4 + $0 % 3] - expected[$0]) < 1e-9 }
    }
    let all = Array(0..<60)
    #expect(close(groups.sum { _ in true }, Self.covariance(of: all, means: all)))
    let (half, rest) = (all.filter { row[$0] % 2 == 0 }, all.filter { row[$0] % 2 == 1 })
    let (halfRows, restRows) = (half.map { row[$0] }, rest.map { row[$0] })
    #expect(close(groups.sum { half.contains($0) }, Self.covariance(of: halfRows, means: halfRows)))
    // Held-out rows are filled with the means of the others.
    #expect(
      close(
        groups.sum({ half.contains($0) }, meansOf: { rest.contains($0) }),
        Self.covariance(of: halfRows, means: restRows)))
    #expect(!close(groups.sum { half.contains($0) }, Self.covariance(of: halfRows, means: restRows)))
    // A resample with repeated rows.
    var source = RandomSource(seed: 2, index: 0)
    var weights = [Double](repeating: 0, count: 60)
    for _ in 0..<60 { weights[source.integer(in: 0...59)] += 1 }
    let drawn = all.flatMap { [Int](repeating: row[$0], count: Int(weights[$0])) }
    #expect(close(groups.weighted([weights, weights]).suffix(15).map { $0 }, Self.covariance(of: drawn, means: drawn)))
  }

  @Test func meansAreExactAndCounted() throws {
    let table = try DataTable(csv: "a,b\n1,2\nNA,3\n4,\n5,7\n")
    let imputed = try table.imputingMeans(in: ["a", "b"])
    #expect(try imputed.numbers(in: "a") == [1, Rational(10, 3), 4, 5] && imputed.numbers(in: "b") == [2, 3, 4, 7])
    #expect(imputed.imputedColumns == ["a", "b"])
    #expect(try imputed.isMissing(in: "a") == [false, true, false, false])
    #expect(try imputed.covariance(of: ["b"]).values == [[Rational(14, 3)]])
    #expect(throws: DataTableError.nothingObserved(column: "a")) {
      try DataTable(csv: "a,b\nNA,1\n,2\n").imputingMeans(in: ["a"])
    }
    #expect(throws: DataTableError.self) { try DataTable(csv: "a\nx\nNA\n").imputingMeans(in: ["a"]) }
  }
}
