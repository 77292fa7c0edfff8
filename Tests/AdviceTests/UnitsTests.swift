// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables
import Foundation
import Gaussian
import Testing

@testable import Advice

/// No answer depends on units or offsets.
@Suite struct UnitsTests {
  /// Whole numbers of thousandths of a, b, c, d, y.
  private static let thousandths: [[Int]] = {
    let normals = NormalSource(seed: 11, index: 0)
    return (0..<60).map { _ in
      let (f, g) = (normals.normal(), normals.normal())
      let values = [f + g, g + normals.normal(), f + normals.normal(), g - f + normals.normal()]
      return (values + [values[0] + f / 2 + normals.normal()]).map { Int(($0 * 1000).rounded()) }
    }
  }()

  private static func advice(_ cell: (Int, Int) -> String) throws -> Advisor {
    let lines = thousandths.map { row in row.indices.map { cell($0, row[$0]) }.joined(separator: ",") }
    let table = try DataTable(csv: (["a,b,c,d,y"] + lines).joined(separator: "\n"))
    var settings = Advisor.Settings()
    settings.replicates = 100
    return try Advisor(
      table, Roles(teachers: [["a", "b"], ["b"]], student: ["c", "d"], label: ["y"]), settings,
      unlabelled: .count(30))
  }

  /// 10^16 and more is added as text, exactly.
  private static func shifted(_ value: Int, by digits: String) -> String {
    let sum = Int128(digits + "000").map { $0 + Int128(value) } ?? 0
    return "\(sum / 1000)." + String(format: "%03d", Int((sum % 1000).magnitude))
  }

  @Test(arguments: 0..<5, ["e300", "e-300", "e308", "10000000000000000", "123456789012345678901"])
  func nothingChanges(column: Int, change: String) throws {
    let plain = try Self.advice { "\($1)e-3" }
    let other = try Self.advice { place, value in
      if place != column { return "\(value)e-3" }
      return change.hasPrefix("e") ? "\(value)\(change)" : Self.shifted(value, by: change)
    }
    for (a, b) in zip(plain.combination?.weights ?? [], other.combination?.weights ?? [0]) {
      #expect(abs(a - b) < 1e-9)
    }
    #expect(other.ranking == plain.ranking && other.shareOfFirst == plain.shareOfFirst)
    #expect(other.warnings == plain.warnings)
    for (a, b) in zip(plain.candidates, other.candidates) {
      #expect(a.helps == b.helps && a.isPredicted == b.isPredicted && a.isCalibrated == b.isCalibrated)
      #expect(a.risk.moments.beta == b.risk.moments.beta)
      #expect(a.teacherInformation == b.teacherInformation && a.labelInformation == b.labelInformation)
      #expect(a.delta == b.delta && a.calibratedMargin == b.calibratedMargin && a.beta == b.beta)
      #expect(a.windowEnd == b.windowEnd && a.bestLambda == b.bestLambda)
      #expect(a.test == b.test && a.heldOut?.shareDistilled == b.heldOut?.shareDistilled)
      #expect(
        a.probabilityOfError == b.probabilityOfError
          || abs((a.probabilityOfError ?? 0) - (b.probabilityOfError ?? 0)) < 1e-12)
      #expect(a.tuned.correlationGivenLabel == b.tuned.correlationGivenLabel && a.tuned.share == b.tuned.share)
      #expect(a.tuned.shrinkageShare == b.tuned.shrinkageShare && a.tuned.test == b.tuned.test)
      #expect(a.crossover == b.crossover && a.conclusion == b.conclusion)
      #expect(
        a.jointTeacher?.effectSize == b.jointTeacher?.effectSize && a.jointTeacher?.share == b.jointTeacher?.share)
      #expect(
        a.pseudoLabels?.bestWeight == b.pseudoLabels?.bestWeight && a.pseudoLabels?.share == b.pseudoLabels?.share)
      #expect(a.rowsForSign == b.rowsForSign && a.rowsForInformation == b.rowsForInformation)
      for value in [b.gain.estimate, b.gain.ends?.lower ?? .nan, b.gain.ends?.upper ?? .nan] {
        #expect(value.isFinite)
      }
    }
  }

  /// A number that hides all others, and one that no Double holds.
  @Test(arguments: ["1e400", "-1e400", "1e30"]) func hidingNumbersAreNamed(number: String) throws {
    #expect {
      try Self.advice { place, value in place == 2 && value == Self.thousandths[6][2] ? number : "\(value)e-3" }
    } throws: { error in
      error as? DataTableError == .hidesOthers(.line(8), column: "c", number)
    }
    let table = try DataTable(csv: "x\n1\n\(number)\n")
    if number != "1e30" {
      #expect(throws: DataTableError.outOfRange(.line(3), column: "x", number)) { try table.doubles(in: "x") }
    }
  }
}
