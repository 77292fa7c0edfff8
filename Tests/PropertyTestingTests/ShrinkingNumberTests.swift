// SPDX-License-Identifier: GPL-3.0-or-later
import PropertyTesting
import Testing

/// Numbers that steps of one or two do not lower.
@Suite struct ShrinkingNumberTests {
  /// Whole hundreds but not the fourth ones fail: no step of one or two leads from one to the next.
  @Test(arguments: 0..<20) func whatFailsByHundredsShrinksToTheFirst(seed: UInt64) async {
    let years = Generator<(Int, Int)>.pair(.int(in: 1...9_999, towards: 1), .int(in: 1...12))
    let report = await Property("leap years", years) { year, _ in
      year.1 != 2 || year.0 % 100 != 0 || year.0 % 400 == 0
    }.check(CheckSettings(cases: 20_000, seed: seed))
    #expect(report.counterexample.map { "\($0.value)" } == "(100, 2)")
  }
}
