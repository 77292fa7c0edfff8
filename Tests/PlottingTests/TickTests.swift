// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import SeededRuns
import Testing

@testable import Plotting

@Suite struct TickTests {
  /// Read back, labels are the values; values are within the range, equally far apart, and multiples of a round step.
  @Test func linearTicksAreRoundAndSayWhatTheyAre() throws {
    var dice = RandomSource(seed: 1, index: 0)
    for _ in 0..<400 {
      let size = pow(10, dice.unit() * 24 - 12)
      let lower = (dice.unit() - 0.5) * size * (dice.unit() < 0.3 ? 100 : 1)
      let upper = lower + dice.unit() * size + size * 1e-3
      let count = 4 + Int(dice.unit() * 8)
      let ticks = Ticks.linear(lower, upper, count: count)
      let place = "\(lower)…\(upper), \(count)"
      #expect((2...count).contains(ticks.values.count), "\(place): \(ticks.values)")
      let slack = (upper - lower) * 1e-6
      #expect(ticks.values.allSatisfy { $0 >= lower - slack && $0 <= upper + slack }, "\(place)")
      let step = ticks.values[1] - ticks.values[0]
      let leading = step / pow(10, floor(log10(step) + 1e-6))
      #expect([1, 2, 2.5, 5].contains { abs($0 - leading) < 1e-3 * $0 }, "\(place): step \(step)")
      for (value, label) in zip(ticks.values, ticks.labels) {
        let said = try #require(Double(label.replacing("−", with: "-")), "\(label)") * pow(10, Double(ticks.exponent))
        #expect(abs(said - value) <= step * 1e-3, "\(place): \(label) for \(value)")
      }
      #expect(Set(ticks.labels).count == ticks.labels.count, "\(place): \(ticks.labels)")
    }
  }

  @Test func knownTicks() {
    #expect(Ticks.linear(0, 1, count: 6).labels == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(Ticks.linear(-0.1, 0.1, count: 5).labels == ["−0.10", "−0.05", "0.00", "0.05", "0.10"])
    #expect(Ticks.linear(0, 3e-6, count: 4).labels == ["0", "1", "2", "3"])
    #expect(Ticks.linear(0, 3e-6, count: 4).exponent == -6)
    #expect(Ticks.linear(36.2524, 36.2543, count: 5).labels == ["36.2525", "36.2530", "36.2535", "36.2540"])
    #expect(Ticks.linear(1, 1, count: 5).values.isEmpty && Ticks.linear(0, .nan, count: 5).values.isEmpty)
    #expect(Ticks.logarithmic(1, 1000, count: 6).labels == ["1", "10", "100", "1000"])
    #expect(Ticks.logarithmic(18, 110, count: 7).labels == ["20", "50", "100"])
    #expect(Ticks.logarithmic(0.5e-6, 2e7, count: 7).labels.first == "10⁻⁶")
    #expect(Ticks.logarithmic(220, 480, count: 5).values.count >= 3)
    #expect(Ticks.logarithmic(0, 10, count: 5).values.isEmpty)
  }

  @Test func scalesMapTheirEndsAndWhatLiesBetween() {
    let scale = Scale(covering: [2, 6], .linear, from: 100, to: 300, margin: 0)
    #expect(scale.position(2) == 100 && scale.position(6) == 300 && scale.position(3) == 150)
    #expect(scale.clamped(-5) == 100 && scale.clamped(9) == 300)
    let logarithmic = Scale(covering: [1, 100], .logarithmic, from: 0, to: 10, margin: 0)
    #expect(abs(logarithmic.position(10) - 5) < 1e-9)
    // A single value stands in the middle, however large or small.
    for value in [0, 1, -3, 1e-300, 1e140] {
      let scale = Scale(covering: [value], .linear, from: 0, to: 10)
      #expect(abs(scale.position(value) - 5) < 1e-6 && scale.upper > scale.lower, "\(value)")
    }
  }
}
