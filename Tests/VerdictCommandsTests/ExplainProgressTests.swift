// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Testing

@testable import VerdictCommands

@Suite struct ExplainProgressTests {
  @Test func theLineFitsATerminal() {
    let total = ExplainProgress.stages(claims: allClaims.count)
    for stage in allClaims.map(\.id) + ["reading", "informations"] {
      let line = ExplainProgress.text(
        stage, done: total - 1, of: total, rows: 20_000, share: 0.999, after: .seconds(86_400 * 40 + 3_599))
      #expect(line.count < 80, "\(line)")
    }
    #expect(
      ExplainProgress.text("joint-teacher", done: 12, of: 45, rows: 2_000, share: 0.439, after: .seconds(61))
        == "12 of 45 parts, joint-teacher: 2,000×2,000 43 %, 2 min so far")
  }
}
