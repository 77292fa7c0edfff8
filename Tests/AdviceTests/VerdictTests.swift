// SPDX-License-Identifier: GPL-3.0-or-later
import Advice
import DataTables
import ExactAlgebra
import Testing

/// What the advice says in words, by the numbers that it is about.
@Suite struct VerdictTests {
  private static let settings = Advisor.Settings()

  private func advice(_ label: (Int) -> Int) throws -> CandidateAdvice {
    // Columns that are not periodic in one another; t knows y well, or only the student's part of it.
    let rows = (0..<120).map { i in "\(i * i % 17),\(i * 7 % 23),\(label(i))" }
    let table = try DataTable(csv: "a,b,y\n" + rows.joined(separator: "\n") + "\n")
    return try Advisor(table, Roles(teachers: [["a"]], student: ["b"], label: ["y"]), Self.settings).candidates[0]
  }

  /// Verdicts are those of β and of its interval, the finding that of gain and standard error, the evidence the tested side.
  @Test func verdictsFollowTheNumbers() throws {
    for label in [{ $0 * $0 % 17 + $0 * 7 % 23 + $0 * $0 * $0 % 11 }, { $0 * 7 % 23 * 3 + $0 % 5 }, { $0 * 11 % 19 }]
      as [(Int) -> Int]
    {
      let c = try advice(label)
      let ends = try #require(c.beta.ends)
      #expect((c.verdict == .yes) == (ends.upper < 1) && (c.verdict == .no) == (ends.lower > 1))
      if c.verdict == .probablyYes || c.verdict == .probablyNo { #expect((c.verdict == .probablyYes) == c.helps) }
      let check = try #require(c.heldOut)
      #expect((check.finding == .nothingDistilled) == (check.shareDistilled == 0))
      if check.finding == .held { #expect(check.gain > 2 * check.standardError) }
      if check.finding == .notHeld { #expect(check.gain < -2 * check.standardError) }
      if check.finding == .undecided { #expect(abs(check.gain) <= 2 * check.standardError) }
      if let test = c.test {
        #expect(test.evidence.helps == (test.beta < 1))
        #expect(test.evidence.probability == min(test.probabilityIfHelping, test.probabilityIfNotHelping))
      }
    }
  }
}
