// SPDX-License-Identifier: GPL-3.0-or-later
import Experiments
import Quantiles
import Testing

/// The table of predictions against what came out.
@Suite struct AgreementTests {
  /// Runs of a condition with these values over seeds.
  private func runs(_ condition: String, delta: [Double], gain: [Double]) -> [Run] {
    delta.indices.map { seed in
      Run(
        replicate: seed, factors: [Setting("c", condition)],
        outcomes: [.init("delta", delta[seed]), .init("gain", gain[seed]), .init("control", gain[seed] / 2)])
    }
  }

  @Test func countsWhatCameTrue() throws {
    let all =
      runs("both", delta: [0.4, 0.5, 0.6], gain: [0.1, 0.11, 0.12])
      + runs("wrong", delta: [0.4, 0.5, 0.6], gain: [-0.1, -0.11, -0.12])
      + runs("none", delta: [-0.4, -0.5, -0.6], gain: [-0.1, -0.11, -0.12])
      + runs("unclear", delta: [0.4, 0.5, 0.6], gain: [-0.3, 0.1, 0.5])
      + runs("one seed", delta: [1], gain: [1])
    let table = try AgreementTable(
      all, .init(gain: "gain", control: "control"), calibrated: { $0[0].factors[0].value != "none" },
      sharp: { runs in runs[0].factors[0].value == "unclear" ? nil : runs[0].factors[0].value == "both" })
    #expect(table.rows.map { $0.condition[0].value } == ["both", "wrong", "none", "unclear"])
    #expect(table.rows.map(\.agrees) == [true, false, true, true])
    #expect(table.rows.map { $0.isDecided(level: 0.95) } == [true, true, true, false])
    #expect(table.rows.map { $0.control?.mean == $0.gain.mean / 2 } == [true, true, true, true])
    #expect(table.rows.map { $0.isBeyondControl(level: 0.95) } == [true, false, false, false])
    #expect(abs((table.rows[0].excess?.mean ?? 0) - 0.055) < 1e-12)
    func share(_ share: AgreementTable.Share) -> [Int] { [share.agreements, share.conditions] }
    #expect(share(table.agreement) == [3, 4] && share(table.decidedAgreement) == [2, 3])
    #expect(share(table.beyondControl) == [1, 4])
    // Its promises: both, wrong and unclear, of which wrong did not come true.
    #expect(share(table.calibratedAgreement) == [2, 3])
    // Its predictions: gain, none, none, of which all came true.
    #expect(share(table.sharpAgreement) == [3, 3])
    let interval = table.agreement.interval
    #expect(interval == ClopperPearsonInterval(successes: 3, trials: 4))
  }
}
