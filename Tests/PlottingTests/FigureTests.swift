// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import SeededRuns
import Testing

@testable import Plotting

@Suite struct FigureTests {
  /// Every mark stands where the axes say, by an XML parser and the labels of the axes.
  @Test(arguments: [false, true]) func marksStandWhereTheAxesSay(isLogarithmic: Bool) throws {
    var dice = RandomSource(seed: 7, index: 0)
    let kind: ScaleKind = isLogarithmic ? .logarithmic : .linear
    for _ in 0..<20 {
      let size = pow(10, dice.unit() * 6 - 3)
      let marks = (0..<30).map { _ in
        Mark(
          isLogarithmic ? pow(10, dice.unit() * 4) * size : (dice.unit() - 0.5) * size, (dice.unit() - 0.2) * size * 40)
      }
      let figure = Figure(
        title: "Marks", summary: "…", x: Axis("x", kind), y: Axis("y"), layers: [.marks(name: "m", series: 0, marks)])
      let svg = try #require(read(try figure.drawn(id: "f").svg))
      let drawn = svg.all("path").filter { $0.attributes["class"]?.hasPrefix("mark") ?? false }.compactMap(\.place)
      // The first one is the sample of the legend.
      #expect(drawn.count == marks.count + 1)
      let (width, height) = (size * 0.02, size * 40 * 0.02)
      for (mark, place) in zip(marks, drawn.dropFirst()) {
        let x = svg.value(along: "x", at: place.x, isLogarithmic: isLogarithmic)
        let y = svg.value(along: "y", at: place.y)
        #expect(isLogarithmic ? abs(log(x / mark.x)) < 0.01 : abs(x - mark.x) < width, "\(mark) at \(x)")
        #expect(abs(y - mark.y) < height, "\(mark) at \(y)")
      }
    }
  }

  @Test func allKindsOfLayersAreWellFormed() throws {
    let figure = Figure(
      title: "All <layers> & \"more\"", summary: "'…'", x: Axis("x"), y: Axis("y"),
      layers: [
        .region(name: "r", series: 1, x: Interval(0, nil), y: Interval(nil, 0.5)),
        .band(name: "b", series: 2, [BandPoint(0, 0, 1), BandPoint(1, 0.5, 2)]), .rule(name: "u", axis: .x, at: 0.5),
        .rule(name: "v", axis: .y, at: 0.5), .bars(name: "h", series: 3, [Bar(from: 0, to: 0.5, height: 2)]),
        .line(name: "l", series: 4, [Point(0, 0), Point(1, 1)]),
        .marks(
          name: "m", series: 5,
          [Mark(0.5, 0.5, xInterval: Interval(0, nil), yInterval: Interval(0.4, 0.6), label: "<b>")]),
      ])
    let drawn = try figure.drawn(id: "f")
    let svg = try #require(read(drawn.svg))
    #expect(
      svg.all("title").map(\.text) == ["All <layers> & \"more\"", "<b>"] && svg.all("desc").map(\.text) == ["'…'"])
    let ids = svg.all.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    #expect(svg.attributes["role"] == "img" && svg.attributes["aria-labelledby"] == "f-t f-d")
    #expect(try figure.drawn(id: "f") == drawn)
    let names = svg.all("text").map(\.text)
    for name in ["r", "b", "u", "v", "h", "l", "m", "x", "y"] { #expect(names.contains(name)) }
  }

  @Test func whatCannotBeDrawnIsSaid() {
    func failure(_ layers: [Layer], _ kind: ScaleKind = .linear) -> PlotError? {
      let figure = Figure(title: "F", summary: "", x: Axis("x", kind), y: Axis("y"), layers: layers)
      do { _ = try figure.drawn(id: "f") } catch { return error }
      return nil
    }
    #expect(failure([])?.description == "figure \"F\", layers: there is no point to draw")
    #expect(
      failure([.line(name: "", series: 0, [Point(.nan, 0)])])?.description
        == "figure \"F\", axis x: nan is not a finite number")
    #expect(failure([.marks(name: "", series: 0, [Mark(0, 0, yInterval: Interval(0, .infinity))])])?.place == "axis y")
    #expect(failure([.line(name: "", series: 0, [Point(0, 1)])], .logarithmic)?.rule.contains("above zero") == true)
    #expect(failure([.line(name: "", series: 0, [Point(1e200, 1)])])?.rule.contains("too large") == true)
    #expect(failure([.line(name: "", series: 0, [Point(3, 3)])]) == nil)
  }

  @Test func forestRowsStandOnTheAxis() throws {
    let plot = ForestPlot(
      title: "F", summary: "", axis: Axis("value"),
      rows: [
        ForestRow("a", estimate: 1, interval: Interval(0.5, 2)), ForestRow("b", estimate: nil, note: "none"),
        ForestRow("c", estimate: -1, interval: Interval(nil, 0)),
      ], reference: 0)
    let svg = try #require(read(try plot.drawn(id: "f").svg))
    let places = svg.all("path").filter { $0.attributes["class"]?.hasPrefix("mark") ?? false }.compactMap(\.place)
    #expect(places.count == 2)
    for (value, place) in zip([1.0, -1], places) { #expect(abs(svg.value(along: "x", at: place.x) - value) < 0.01) }
    #expect(svg.all("text").map(\.text).contains("none"))
    #expect(throws: PlotError.self) {
      try ForestPlot(title: "F", summary: "", axis: Axis("x"), rows: []).drawn(id: "f")
    }
    let long = ForestPlot(
      title: "F", summary: "", axis: Axis("x"), rows: (0..<1000).map { ForestRow("\($0)", estimate: Double($0)) })
    #expect(try long.drawn(id: "f").notes == ["200 of 1000 rows are drawn, the first ones; the table has more."])
  }

  @Test func heatMapsShowEveryValueReadably() throws {
    let map = HeatMap(
      title: "H", summary: "", rows: ["a", "b"], columns: ["c", "d"],
      cells: [[HeatCell(1, "1"), HeatCell(-1, "−1")], [HeatCell(nil, "–"), HeatCell(0, "0")]],
      scale: .diverging(limit: 1))
    let svg = try #require(read(try map.drawn(id: "h").svg))
    #expect(svg.all("rect").map { $0.attributes["fill"] ?? "" } == ["#C85500", "#005AAA", "#FFFFFF"])
    for text in ["1", "−1", "–", "0", "a", "b", "c", "d"] { #expect(svg.all("text").map(\.text).contains(text)) }
    let uneven = HeatMap(title: "H", summary: "", rows: ["a"], columns: ["b"], cells: [], scale: .sequential(limit: 1))
    #expect(throws: PlotError.self) { try uneven.drawn(id: "h") }
    let endless = HeatMap(
      title: "H", summary: "", rows: ["a"], columns: ["b"], cells: [[HeatCell(.nan, "")]], scale: .sequential(limit: 1))
    #expect(throws: PlotError.self) { try endless.drawn(id: "h") }
  }

  @Test func arcsLeadDown() throws {
    let diagram = ArcDiagram(
      title: "A", summary: "", rows: [ArcRow("a"), ArcRow("b", note: "n"), ArcRow("c")], arcs: [(0, 1), (0, 2)])
    let svg = try #require(read(try diagram.drawn(id: "a").svg))
    let places = svg.all("path").filter { $0.attributes["class"]?.hasPrefix("mark") ?? false }.compactMap(\.place)
    #expect(places.count == 3 && places[0].y < places[1].y && places[1].y < places[2].y)
    let arcs = svg.all("path").filter { $0.attributes["class"]?.hasPrefix("arc") ?? false }.compactMap {
      $0.attributes["d"]
    }
    for (path, to) in zip(arcs, [1, 2]) {
      #expect(path.hasPrefix("M\(coordinate(places[0].x)) \(coordinate(places[0].y))C"))
      #expect(path.hasSuffix(" \(coordinate(places[to].x)) \(coordinate(places[to].y))"))
    }
    for arc in [(1, 0), (0, 3), (-1, 1), (1, 1)] {
      let wrong = ArcDiagram(title: "A", summary: "", rows: diagram.rows, arcs: [arc])
      #expect(throws: PlotError.self) { try wrong.drawn(id: "a") }
    }
  }

  @Test func histogramsCountEveryValueOnce() throws {
    var dice = RandomSource(seed: 3, index: 0)
    for size in [1, 2, 10, 1000] {
      let values = (0..<size).map { _ in dice.unit() * dice.unit() * 100 - 20 }
      let figure = try Figure.histogram(of: values, "v", title: "H", summary: "")
      guard case .bars(_, _, let bars) = figure.layers[0] else { Issue.record("no bars"); return }
      for bar in bars {
        #expect(Double(values.count { $0 >= bar.from && $0 < bar.to }) == bar.height, "\(size): \(bar)")
      }
      #expect(bars.reduce(0) { $0 + $1.height } == Double(size) && bars.count <= 62)
    }
    #expect(throws: PlotError.self) { try Figure.histogram(of: [1, .infinity], "v", title: "H", summary: "") }
    #expect(throws: PlotError.self) { try Figure.histogram(of: [], "v", title: "H", summary: "") }
    #expect(try Figure.histogram(of: [5, 5, 5], "v", title: "H", summary: "").layers.count == 1)
  }
}
