// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import SeededRuns
import Testing

@testable import Plotting

@Suite struct ThinningTests {
  /// The lowest and highest point of each half pixel survive, and the ends of the curve.
  @Test func thinnedCurvesKeepTheirEnvelope() {
    var dice = RandomSource(seed: 5, index: 0)
    let places = (0..<40_000).map { Point(Double($0) / 100, dice.unit() * 200) }
    let kept = thinnedLine(places)
    #expect(kept.count <= 400 * 2 * 4 && kept.first == places.first && kept.last == places.last)
    func envelope(_ points: [Point]) -> [Int: (Double, Double)] {
      Dictionary(grouping: points) { Int(($0.x * 2).rounded(.down)) }.mapValues { points in
        (points.map(\.y).min() ?? 0, points.map(\.y).max() ?? 0)
      }
    }
    let (full, thin) = (envelope(places), envelope(kept))
    #expect(full.count == thin.count && full.allSatisfy { thin[$0.key]! == $0.value })
    #expect(thinnedLine(Array(places.prefix(2000))).count == 2000)
  }

  /// Every mark that is left out has a kept one near it: within the squares that were tried, which grow by half.
  @Test func thinnedMarksCoverAll() {
    var dice = RandomSource(seed: 6, index: 0)
    let places = (0..<20_000).map { _ in Point(dice.unit() * 60, dice.unit() * 60) }
    let kept = thinnedMarks(places)
    #expect(kept.count <= 2000 && kept.count > 800 && kept == kept.sorted())
    for place in stride(from: 0, to: places.count, by: 97) {
      #expect(kept.contains { abs(places[$0].x - places[place].x) < 1.5 && abs(places[$0].y - places[place].y) < 1.5 })
    }
  }

  @Test func whatIsThinnedIsSaid() throws {
    let points = (0..<100_000).map { Point(Double($0), sin(Double($0) / 1e4)) }
    let figure = Figure(
      title: "F", summary: "", x: Axis("x"), y: Axis("y"),
      layers: [
        .line(name: "sine", series: 0, points), .marks(name: "dots", series: 1, points.map { Mark($0.x, $0.y) }),
      ])
    let drawn = try figure.drawn(id: "f")
    #expect(drawn.svg.utf8.count < 250_000)
    #expect(drawn.notes.count == 2 && drawn.notes[0].hasPrefix("sine: ") && drawn.notes[0].contains("of 100000 points"))
    #expect(drawn.notes[1].contains("of 100000 marks"))
  }
}
