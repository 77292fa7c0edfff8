// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Testing

@testable import ExactAlgebra

@Suite struct EliminationProgressTests {
  private final class Record: Sendable {
    let shares = Mutex<[Double]>([])
  }

  private func shares(_ rows: Int, _ body: (RationalMatrix) throws -> Void) rethrows -> [Double] {
    let record = Record()
    let matrix = RationalMatrix(rows: rows, columns: rows) { $0 == $1 ? 3 : abs($0 - $1) == 1 ? 1 : 0 }
    try EliminationProgress.$report.withValue({ told, share in
      if told == rows { record.shares.withLock { $0.append(share) } }
    }) { try body(matrix) }
    return record.shares.withLock { $0 }
  }

  /// Every step of a large one is told of, the first with nothing done, the last, which has no entries left, with all, and the work before each by its formula.
  @Test func largeEliminationsTell() throws {
    let all = try shares(80) { try $0.requirePositiveDefinite() }
    #expect(all.count == 80 && all[0] == 0 && all[79] == 1)
    #expect(zip(all, all.dropFirst()).allSatisfy { $0 <= $1 })
    // Σ (80 − i)²·i over the first 40 against all: by hand, with sums of powers.
    func work(_ m: Double) -> Double {
      let (first, second, third) = (m * (m + 1) / 2, m * (m + 1) * (2 * m + 1) / 6, m * m * (m + 1) * (m + 1) / 4)
      return 80 * 80 * first - 2 * 80 * second + third
    }
    #expect(abs(all[40] - work(40) / work(80)) < 1e-12)
    #expect(shares(80) { _ = Elimination($0, steps: 30) }.count == 30)
  }

  @Test func smallOnesAndOtherTasksDoNot() async throws {
    #expect(try shares(EliminationProgress.fewestRows - 1) { try $0.requirePositiveDefinite() }.isEmpty)
    let (first, second) = (shares(70) { _ = Elimination($0, steps: 1) }, shares(70) { _ = Elimination($0, steps: 2) })
    #expect(first.count == 1 && second.count == 2)
  }
}
