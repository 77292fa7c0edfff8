// SPDX-License-Identifier: GPL-3.0-or-later
import SeededRuns
import Testing

@Suite struct CaseRunTests {
  private struct Sum: Mergeable, Equatable {
    var cases = 0
    var total = 0
    mutating func merge(_ other: Sum) { (cases, total) = (cases + other.cases, total + other.total) }
  }

  @Test(arguments: [1, 2, 7]) func everyCaseOnceOnAnyNumberOfThreads(threads: Int) async throws {
    for cases in [1, 63, 64, 65, 1_000] {
      let sum: Sum = try await CaseRun(Budget(cases: cases))(threads: threads) { index, sum in
        sum.cases += 1
        sum.total += index
      }
      #expect(sum == Sum(cases: cases, total: cases * (cases - 1) / 2))
    }
  }

  @Test func timeEndsARunThatHasNoOtherEnd() async throws {
    let run = CaseRun(Budget(time: .milliseconds(50)))
    let sum: Sum = try await run(threads: 2) { index, sum in
      sum.cases += 1
      sum.total += index
    }
    // Whatever ran is a prefix 0 ..< cases.
    #expect(sum.cases > 0 && sum.total == sum.cases * (sum.cases - 1) / 2)
    #expect(sum.cases % 64 == 0 && run.progress == 1)
  }

  private struct Broken: Error {}

  @Test func stopsAndThrows() async throws {
    let run = CaseRun(Budget(cases: 1_000_000_000))
    let sum: Sum = try await run(threads: 2) { index, sum in
      if index == 100 { run.stop() }
      sum.cases += 1
    }
    #expect(run.wasStopped && sum.cases < 1_000_000_000)
    await #expect(throws: Broken.self) {
      let _: Sum = try await CaseRun(Budget(cases: 1_000_000_000))(threads: 2) { index, _ in
        if index == 1_000 { throw Broken() }
      }
    }
  }
}
