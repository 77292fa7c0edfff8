// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// What McNemar's exact test (1947) of two classifiers on the same samples can find.
///
/// Of the samples that exactly one of them gets right, half are each one's if both are as good: the test asks whether the counts are
/// too uneven for Bin(discordant, ½), both tails together at `significance`.
struct McNemarPower {
  /// The share of samples that exactly one classifier gets right.
  let discordance: Double
  /// The significance of the test.
  var significance = 0.05

  /// The probability that the test finds a gain in accuracy, in either direction, among `samples`.
  ///
  /// - Precondition: `gain` is at most the discordance in size, which it cannot exceed.
  func power(gain: Double, samples: Int) -> Double {
    precondition(abs(gain) <= discordance, "a gain is a difference of two shares that add up to the discordance")
    let better = (discordance + gain) / 2 / discordance
    var power = 0.0
    for count in 0...samples {
      let weight = gsl_ran_binomial_pdf(UInt32(count), discordance, UInt32(samples))
      guard weight > 1e-15, let limit = limit(discordant: count) else { continue }
      let (few, n) = (UInt32(limit), UInt32(count))
      power += weight * (gsl_cdf_binomial_P(few, better, n) + gsl_cdf_binomial_P(few, 1 - better, n))
    }
    return power
  }

  /// The least gain, to a thousandth, that the test finds with this power among `samples`; nil where there is none.
  func detectableGain(power wanted: Double, samples: Int) -> Double? {
    let steps = Int(discordance * 1000)
    return (0...steps).lazy.map { Double($0) / 1000 }.first { power(gain: $0, samples: samples) >= wanted }
  }

  /// The fewest samples, to one per cent, with which the test finds `gain` with this power.
  ///
  /// - Precondition: as ``power(gain:samples:)``, and the gain is not 0.
  func samplesNeeded(power wanted: Double, gain: Double) -> Int {
    precondition(gain != 0, "a gain of nothing is never found")
    var (enough, tooFew) = (16, 0)
    while power(gain: gain, samples: enough) < wanted { (enough, tooFew) = (2 * enough, enough) }
    while enough - tooFew > max(1, enough / 100) {
      let middle = (enough + tooFew) / 2
      if power(gain: gain, samples: middle) < wanted { tooFew = middle } else { enough = middle }
    }
    return enough
  }

  /// The greatest count on one side with which the test rejects; nil where it never does.
  private func limit(discordant count: Int) -> Int? {
    var found: Int?
    for few in 0...count {
      guard 2 * gsl_cdf_binomial_P(UInt32(few), 0.5, UInt32(count)) <= significance else { break }
      found = few
    }
    return found
  }
}
