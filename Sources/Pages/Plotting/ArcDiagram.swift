// SPDX-License-Identifier: GPL-3.0-or-later
/// A row of an ``ArcDiagram``.
public struct ArcRow: Sendable, Equatable {
  /// Its name.
  public let label: String
  /// What stands at the right.
  public let note: String
  /// Its look.
  public let series: Int

  /// A row named `label`.
  public init(_ label: String, note: String = "", series: Int = 0) {
    (self.label, self.note, self.series) = (label, note, series)
  }
}

/// Which of several things rests on which: things one below the other, and an arc from each to those below it that it rests on.
public struct ArcDiagram: Drawing {
  /// What it shows, in a few words.
  public let title: String
  /// The text for those who do not see it.
  public let summary: String
  /// The things, from the top.
  public let rows: [ArcRow]
  /// From a row to one below it, by their places.
  public let arcs: [(from: Int, to: Int)]

  /// A diagram of `rows` with `arcs`.
  public init(title: String, summary: String, rows: [ArcRow], arcs: [(from: Int, to: Int)]) {
    (self.title, self.summary, self.rows, self.arcs) = (title, summary, rows, arcs)
  }

  private static let rowHeight = 19.0

  /// The SVG element; see ``Drawing``.
  public func drawn(id: String) throws(PlotError) -> Drawn {
    guard !rows.isEmpty else { throw PlotError(figure: title, place: "rows", rule: "there is nothing to draw") }
    for (place, arc) in arcs.enumerated() where !(0 <= arc.from && arc.from < arc.to && arc.to < rows.count) {
      throw PlotError(
        figure: title, place: "arc \(place + 1)",
        rule: "it must lead from a row to one below it, not \(arc.from) to \(arc.to)")
    }
    let (axis, top) = (150.0, 6.0)
    func y(_ place: Int) -> Double { top + (Double(place) + 0.5) * ArcDiagram.rowHeight }
    // The longest arc reaches the left edge.
    let longest = Double(arcs.map { $0.to - $0.from }.max() ?? 1)
    var element = Element()
    for arc in arcs {
      let (from, to) = (y(arc.from), y(arc.to))
      let reach = 14 + (axis - 24) * (Double(arc.to - arc.from) / longest).squareRoot()
      // The middle of the curve lies three quarters of the way to its controls.
      let control = axis - reach * 4 / 3
      element.add(
        "path",
        [
          ("class", "arc s\(rows[arc.from].series % seriesCount)"),
          (
            "d",
            "M\(coordinate(axis)) \(coordinate(from))C\(coordinate(control)) \(coordinate(from)) \(coordinate(control)) \(coordinate(to)) \(coordinate(axis)) \(coordinate(to))"
          ),
        ])
    }
    let noteWidth = min(150, 6 + Figure.letter * (rows.map { textWidth($0.note) }.max() ?? 0))
    for (place, row) in rows.enumerated() {
      element.mark(series: row.series, x: axis, y: y(place), label: "\(row.label) \(row.note)")
      element.label(
        fitted(row.label, within: (Figure.width - axis - 14 - noteWidth) / Figure.letter), x: axis + 10,
        y: y(place) + 4.5)
      element.label(
        fitted(row.note, within: (noteWidth - 4) / Figure.letter), x: Figure.width - 2, y: y(place) + 4.5,
        anchor: "end",
        style: "faint")
    }
    let svg = Element.figure(
      id: id, width: Figure.width, height: y(rows.count) - ArcDiagram.rowHeight / 2 + 6, title: title, summary: summary,
      element.text)
    return Drawn(svg: svg, notes: [])
  }
}
