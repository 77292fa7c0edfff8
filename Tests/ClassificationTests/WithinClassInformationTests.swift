// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Estimation
import Foundation
import SeededRuns
import Testing

/// I(H1; H2 | Y) and its permutation test.
@Suite struct WithinClassInformationTests {
  /// Two columns a row: the class, and within it a normal pair of correlation ρ, from sums of uniforms.
  private func sample(_ rho: Double, rows: Int, seed: UInt64) -> (teacher: [Float], student: [Float], labels: [Int]) {
    var source = RandomSource(seed: seed, index: 0)
    func noise() -> Double { (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0...1, using: &source) } }
    var (t, s): ([Float], [Float]) = ([], [])
    let labels = (0..<rows).map { $0 % 2 }
    for label in labels {
      let (a, b) = (noise(), noise())
      let pair = (a, rho * a + (1 - rho * rho).squareRoot() * b)
      t += [Float(5 * Double(label) + pair.0), 0]
      s += [0, Float(5 * Double(label) - pair.1)]
    }
    return (t, s, labels)
  }

  /// For a normal pair −½ ln(1 − ρ²) nats, however much both tell of the class; 0.7 gives 0.337.
  ///
  /// The estimate is that of the estimators of
  /// `Estimation`; p is the least where there is much, and 1/100 has probability 1/100 where there is nothing.
  @Test func itIsWhatIsLeftGivenTheClass() throws {
    let much = sample(0.7, rows: 100, seed: 1)
    let own = WithinClassInformation(
      teacher: much.teacher, student: much.student, labels: much.labels, classes: 2, strata: much.labels, seed: 1)
    let nats = try #require(own.estimate.nats)
    #expect(abs(nats + 0.5 * log(1 - 0.49)) < 0.3)
    #expect(own.probability == 0.01)
    #expect(try abs(#require(own.byChance)) < 0.15)
    let none = sample(0, rows: 100, seed: 2)
    let nothing = WithinClassInformation(
      teacher: none.teacher, student: none.student, labels: none.labels, classes: 2, strata: none.labels, seed: 1)
    #expect(try #require(nothing.probability) > 0.01)
  }

  /// What a fit does to all of its rows is no information: two fits that shift teacher and student alike, strata by class and fit.
  ///
  /// Orders within the class
  /// alone would call it one.
  @Test func whatAFitDoesIsNoInformation() throws {
    var none = sample(0, rows: 80, seed: 3)
    let strata = (0..<80).map { row in 2 * (row / 40) + row % 2 }
    for row in 40..<80 {
      none.teacher[2 * row] += 8
      none.student[2 * row + 1] += 8
    }
    func p(_ strata: [Int]) -> Double? {
      WithinClassInformation(
        teacher: none.teacher, student: none.student, labels: none.labels, classes: 2, strata: strata, seed: 1
      ).probability
    }
    #expect(try #require(p(strata)) > 0.01)
    #expect(p(none.labels) == 0.01)
  }

  @Test func withoutAnEstimateThereIsAReason() {
    let none = WithinClassInformation(
      teacher: [0, 1, -.infinity, 1], student: [0, 1, 2, 3], labels: [0, 0], classes: 2, strata: [0, 0], seed: 1)
    #expect(none.estimate.nats == nil && none.probability == nil && none.byChance == nil)
    #expect(none.estimate.note.contains("finite") || none.estimate.note.contains("inf"))
  }
}
