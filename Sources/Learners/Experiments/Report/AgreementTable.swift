// SPDX-License-Identifier: GPL-3.0-or-later
import Quantiles
import Statistics

/// Whether what the CCH and other criteria predict came true, condition by condition.
///
/// A condition is all that was set but the seed; its runs over seeds give intervals.
public struct AgreementTable: Sendable {
  /// Which outcomes of the runs the table is made of.
  public struct Columns: Sendable {
    /// ΔI = I(H1; H2) − I(H2; Y) in nats.
    public var delta: String
    /// The gain by distillation, greater being better.
    public var gain: String
    /// The gain of the permutation control; nil where there is none.
    public var control: String?

    /// The outcomes of these names.
    public init(delta: String = "delta", gain: String, control: String? = nil) {
      (self.delta, self.gain, self.control) = (delta, gain, control)
    }
  }

  /// One condition.
  public struct Row: Sendable {
    /// What was set.
    public let condition: [Setting]
    /// ΔI over the seeds that have it; nil where fewer than two do.
    public let delta: PairedDifference?
    /// The gain over seeds.
    public let gain: PairedDifference
    /// The gain of the permutation control over seeds.
    public let control: PairedDifference?
    /// The gain beyond that of the permutation control, seed by seed.
    public let excess: PairedDifference?
    /// Whether the calibrated criterion ΔI > ln a promises a gain; nil where it does not apply.
    public let calibrated: Bool?
    /// Whether the sharp criterion β < 1 promises a gain; nil where it does not apply.
    public let sharp: Bool?

    /// Whether the CCH predicts a gain: ΔI > 0; nil without ΔI.
    public var isGainPredicted: Bool? { delta.map { $0.mean > 0 } }
    /// Whether there was one.
    public var isGain: Bool { gain.mean > 0 }
    /// Whether the CCH's prediction came true; nil without one.
    public var agrees: Bool? { isGainPredicted.map { $0 == isGain } }

    /// Whether neither interval of the coverage contains 0, so that the comparison is no matter of chance.
    public func isDecided(level: Double) -> Bool {
      [delta, gain].allSatisfy { difference in
        guard let difference else { return false }
        return difference.interval(level: level).excludesZero
      }
    }

    /// Whether the gain beyond the control is positive with its whole interval, so that it is no mere regularisation.
    public func isBeyondControl(level: Double) -> Bool { (excess?.interval(level: level).lower ?? -1) > 0 }
  }

  /// How often a prediction came true.
  public struct Share: Sendable, Equatable {
    /// The number of conditions where it did.
    public let agreements: Int
    /// The number of conditions.
    public let conditions: Int
    /// The binomial interval, as if conditions were independent.
    public let interval: ClopperPearsonInterval

    /// The share of `true` among these.
    init(_ agreements: [Bool], level: Double) {
      (self.agreements, conditions) = (agreements.count { $0 }, agreements.count)
      interval = ClopperPearsonInterval(successes: self.agreements, trials: conditions, level: level)
    }
  }

  /// The conditions, in the order of the runs.
  public let rows: [Row]
  /// The coverage of all intervals.
  public let level: Double
  /// The outcomes that it is made of.
  public let columns: Columns

  /// The table of `runs`; conditions with fewer than two seeds are left out.
  ///
  /// - Parameters:
  ///   - runs: with the outcomes of `columns`.
  ///   - columns: which outcomes count.
  ///   - level: the coverage of all intervals.
  ///   - calibrated: what the calibrated criterion promises under a condition, from its runs; nil: it does not apply.
  ///   - sharp: the same for the sharp criterion.
  /// - Precondition: the runs have the outcomes, ΔI perhaps without a value.
  public init(
    _ runs: [Run], _ columns: Columns, level: Double = 0.95, calibrated: ([Run]) -> Bool? = { _ in nil },
    sharp: ([Run]) -> Bool? = { _ in nil }
  ) throws(SampleError) {
    func values(_ runs: [Run], _ name: String) -> [Double] {
      runs.map { run in
        guard let value = run[name] else { preconditionFailure("a run has no outcome \"\(name)\"") }
        return value
      }
    }
    func over(_ runs: [Run], _ name: String) throws(SampleError) -> PairedDifference {
      try PairedDifference(values(runs, name))
    }
    func overKnown(_ runs: [Run], _ name: String) throws(SampleError) -> PairedDifference? {
      let known = runs.compactMap { $0[name] }
      return known.count >= 2 ? try PairedDifference(known) : nil
    }
    var rows: [Row] = []
    for (condition, runs) in runs.byCondition where runs.count >= 2 {
      rows.append(
        Row(
          condition: condition, delta: try overKnown(runs, columns.delta), gain: try over(runs, columns.gain),
          control: try columns.control.map { name throws(SampleError) in try over(runs, name) },
          excess: try columns.control.map { name throws(SampleError) in
            try PairedDifference(values(runs, columns.gain), minus: values(runs, name))
          },
          calibrated: calibrated(runs), sharp: sharp(runs)))
    }
    (self.rows, self.level, self.columns) = (rows, level, columns)
  }

  /// How often the CCH's prediction came true.
  public var agreement: Share { Share(rows.compactMap(\.agrees), level: level) }

  /// The same where neither interval contains 0.
  public var decidedAgreement: Share {
    Share(rows.filter { $0.isDecided(level: level) }.compactMap(\.agrees), level: level)
  }

  /// How often there was a gain beyond the permutation control; of no conditions where there is no control.
  public var beyondControl: Share {
    Share(rows.filter { $0.excess != nil }.map { $0.isBeyondControl(level: level) }, level: level)
  }

  /// How often the calibrated criterion's promise of a gain came true, among conditions where it promises one.
  ///
  /// It promises nothing elsewhere, so there is nothing to agree with.
  public var calibratedAgreement: Share {
    Share(rows.filter { $0.calibrated == true }.map(\.isGain), level: level)
  }

  /// How often the sharp criterion's prediction, gain or none, came true where it applies.
  public var sharpAgreement: Share {
    Share(rows.compactMap { row in row.sharp.map { $0 == row.isGain } }, level: level)
  }
}
