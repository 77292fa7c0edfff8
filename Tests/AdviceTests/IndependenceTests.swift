// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables
import ExactAlgebra
import Gaussian
import SeededRuns
import Testing

@testable import Advice

/// Dependent columns are told from independent ones by proof, on all rows and on any part of them, in any units.
@Suite struct IndependenceTests {
  /// Random columns of few values on random parts of the rows, against the exact determinant of the Gram matrix of (1, x).
  @Test func isThatOfTheExactDeterminant() throws {
    var source = RandomSource(seed: 1, index: 0)
    var seen = (dependent: 0, independent: 0)
    for _ in 0..<400 {
      let (rows, columns) = (Int(source.integer(in: 6...20)), Int(source.integer(in: 1...4)))
      var whole = (0..<columns).map { _ in (0..<rows).map { _ in Int(source.integer(in: 0...2)) } }
      // Some columns are a combination of the others; some depend on nothing but one row.
      if columns > 2, source.integer(in: 0...2) == 0 {
        whole[columns - 1] = (0..<rows).map { 3 * whole[0][$0] - whole[1][$0] + 7 }
      }
      if source.integer(in: 0...2) == 0 { whole[0] = (0..<rows).map { $0 == 2 ? 1 : 0 } }
      let unit = [1.0, 1e-7, 3e9][Int(source.integer(in: 0...2))]
      let groups = GramGroups(whole.map { $0.map { unit * Double($0) / 3 } }, seed: 1)
      var order = Array(0..<rows)
      // The order in which the groups were dealt.
      var dealt = RandomSource(seed: 1, index: 0x6772)
      for last in stride(from: rows - 1, to: 0, by: -1) { order.swapAt(last, dealt.integer(in: 0...last)) }
      let part = (0..<rows).filter { _ in source.integer(in: 0...3) > 0 }
      guard part.count > 1 else { continue }
      let matrix = RationalMatrix(rows: part.count, columns: columns + 1) { row, column in
        column == 0 ? 1 : Rational(whole[column - 1][order[part[row]]])
      }
      let isIndependent = (matrix.transposed * matrix).determinant.signum != 0
      let sample = groups.moments { part.contains($0) }
      #expect(sample.provesIndependent(Array(0..<columns)) == isIndependent)
      if isIndependent { seen.independent += 1 } else { seen.dependent += 1 }
    }
    #expect(seen.dependent > 50 && seen.independent > 50)
  }

  /// A column of one row, as teacher and as label: there is no test, no check, and resamples without the row are left out, in any
  /// units.
  @Test(arguments: ["", "e200", "e-170"]) func oneRowDecidesNothing(unit: String) throws {
    let normals = NormalSource(seed: 3, index: 0)
    let lines = (0..<70).map { row in
      let s = (normals.normal() * 100).rounded() / 100
      let y = ((s + normals.normal()) * 100).rounded() / 100
      return "\(s)\(unit),\(y),\(row == 4 ? 1 : 0)\(unit)"
    }
    let table = try DataTable(csv: (["s,y,d"] + lines).joined(separator: "\n"))
    for (teacher, label) in [("d", "y"), ("y", "d")] {
      let roles = try Roles(teachers: [[teacher]], student: ["s"], label: [label])
      let advice = try Advisor(table, roles)
      #expect(advice.candidates[0].test == nil && advice.candidates[0].heldOut == nil)
      let warning = try #require(advice.warnings.first { $0.kind == .singularResamples })
      // (1 − 1/70)^70 of 1,000: outside of 280…450 with probability below 1e-7.
      let count = try #require(warning.message.split(separator: " ").compactMap { Int($0) }.first)
      #expect((280...450).contains(count))
    }
  }
}
