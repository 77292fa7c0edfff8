// SPDX-License-Identifier: GPL-3.0-or-later
/// How the values of a ``HeatMap`` become colours.
public enum HeatScale: Sendable, Equatable {
  /// From white at 0 to full colour at `limit` and beyond.
  case sequential(limit: Double)
  /// Blue below zero, white at zero, orange above; full colour at `limit` and beyond on both sides.
  case diverging(limit: Double)
}

/// A cell of a ``HeatMap``.
public struct HeatCell: Sendable, Equatable {
  /// What its colour shows; nil for a cell without a value.
  public let value: Double?
  /// What stands in it.
  public let text: String
  /// A cell that shows `value` and says `text`.
  public init(_ value: Double?, _ text: String) { (self.value, self.text) = (value, text) }
}

/// A table of colours with the values in them.
public struct HeatMap: Drawing {
  /// What it shows, in a few words.
  public let title: String
  /// The text for those who do not see it.
  public let summary: String
  /// The names of rows and columns.
  public let rows, columns: [String]
  /// The cells, row by row.
  public let cells: [[HeatCell]]
  /// From values to colours.
  public let scale: HeatScale

  /// A map of `cells`, as many as there are `rows` and `columns`.
  public init(title: String, summary: String, rows: [String], columns: [String], cells: [[HeatCell]], scale: HeatScale)
  {
    (self.title, self.summary, self.rows, self.columns) = (title, summary, rows, columns)
    (self.cells, self.scale) = (cells, scale)
  }

  private static let rowHeight = 22.0
  /// The most rows of a picture.
  public static let rowLimit = 200
  /// The most columns of a picture.
  public static let columnLimit = 40

  /// The SVG element; see ``Drawing``.
  public func drawn(id: String) throws(PlotError) -> Drawn {
    try check()
    let shown = rows.prefix(HeatMap.rowLimit)
    let names = columns.prefix(HeatMap.columnLimit)
    // Few columns leave room for long names.
    let room = max(220, Figure.width - 8 - 90 * Double(names.count))
    let labelWidth = min(room, 10 + Figure.letter * (shown.map { textWidth($0) }.max() ?? 0))
    let left = labelWidth + 4
    let cellWidth = min(90, (Figure.width - left - 4) / Double(names.count))
    // Names that are wider than their columns stand upright.
    let widest = names.map { textWidth($0) * Figure.letter }.max() ?? 0
    let isTurned = widest > cellWidth - 4
    let top = isTurned ? min(130, widest + 12) : 24
    var element = Element()
    for (place, name) in names.enumerated() {
      let x = left + (Double(place) + 0.5) * cellWidth
      if isTurned {
        element.label(
          fitted(name, within: (top - 10) / Figure.letter), x: x + 4.5, y: top - 6,
          others: [("transform", "rotate(-90 \(coordinate(x + 4.5)) \(coordinate(top - 6)))")])
      } else {
        element.label(name, x: x, y: top - 7, anchor: "middle")
      }
    }
    for (place, name) in shown.enumerated() {
      let y = top + Double(place) * HeatMap.rowHeight
      element.label(
        fitted(name, within: (labelWidth - 6) / Figure.letter), x: left - 6, y: y + 15.5, anchor: "end")
      for (column, cell) in cells[place].prefix(names.count).enumerated() {
        draw(
          cell, x: left + Double(column) * cellWidth, y: y, width: cellWidth, named: "\(name), \(names[column])",
          into: &element)
      }
    }
    let svg = Element.figure(
      id: id, width: Figure.width, height: top + Double(shown.count) * HeatMap.rowHeight + 6, title: title,
      summary: summary, element.text)
    return Drawn(svg: svg, notes: notes(shown.count, names.count))
  }

  private func notes(_ drawnRows: Int, _ drawnColumns: Int) -> [String] {
    var notes: [String] = []
    if drawnRows < rows.count { notes.append("\(drawnRows) of \(rows.count) rows are drawn, the first ones.") }
    if drawnColumns < columns.count {
      notes.append("\(drawnColumns) of \(columns.count) columns are drawn, the first ones.")
    }
    return notes
  }

  private func check() throws(PlotError) {
    guard !rows.isEmpty, !columns.isEmpty else {
      throw PlotError(figure: title, place: "cells", rule: "there is no cell to draw")
    }
    guard cells.count == rows.count, cells.allSatisfy({ $0.count == columns.count }) else {
      throw PlotError(figure: title, place: "cells", rule: "there must be \(rows.count) rows of \(columns.count) cells")
    }
    switch scale {
    case .sequential(let limit), .diverging(let limit):
      guard limit > 0, limit.isFinite else {
        throw PlotError(
          figure: title, place: "scale", rule: "its limit must be a finite number above zero, not \(limit)")
      }
    }
    for (place, row) in cells.enumerated() {
      for (column, cell) in row.enumerated() where cell.value.map({ !$0.isFinite }) ?? false {
        throw PlotError(
          figure: title, place: "row \(place + 1), column \(column + 1)",
          rule: "\(cell.value ?? 0) is not a finite number")
      }
    }
  }

  private func draw(
    _ cell: HeatCell, x: Double, y: Double, width: Double, named name: String, into element: inout Element
  ) {
    guard let value = cell.value else {
      if !cell.text.isEmpty {
        element.label(
          fitted(cell.text, within: (width - 2) / Figure.letter), x: x + width / 2, y: y + 15.5, anchor: "middle",
          style: "faint")
      }
      return
    }
    let colour = HeatColour(value, scale)
    element.add(
      "rect",
      [
        ("x", coordinate(x + 0.5)), ("y", coordinate(y + 0.5)), ("width", coordinate(max(1, width - 1))),
        ("height", coordinate(HeatMap.rowHeight - 1)), ("fill", colour.fill),
      ], content: Element.written("title", [], content: escapedMarkup("\(name): \(cell.text)")))
    // What does not fit is in the table.
    guard textWidth(cell.text) * Figure.letter <= width else { return }
    element.label(
      cell.text, x: x + width / 2, y: y + 15.5, anchor: "middle", others: [("style", "fill:\(colour.ink)")])
  }
}

/// The colour of a cell and that of the letters in it, which have a contrast of at least 4.5 to it.
public struct HeatColour: Equatable, Sendable {
  /// Both as `#RRGGBB`.
  public let fill, ink: String

  private static let (white, blue, orange) = ((255.0, 255.0, 255.0), (0.0, 90.0, 170.0), (200.0, 85.0, 0.0))

  /// The colour of `value`, a finite number.
  public init(_ value: Double, _ scale: HeatScale) {
    let (share, end) =
      switch scale {
      case .sequential(let limit): (value / limit, HeatColour.blue)
      case .diverging(let limit): (abs(value) / limit, value < 0 ? HeatColour.blue : HeatColour.orange)
      }
    let t = min(max(share, 0), 1)
    func mix(_ a: Double, _ b: Double) -> Int { Int((a + (b - a) * t).rounded()) }
    let parts = [
      mix(HeatColour.white.0, end.0), mix(HeatColour.white.1, end.1), mix(HeatColour.white.2, end.2),
    ]
    fill = "#" + parts.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    ink = luminance(parts) > 0.18 ? "#000000" : "#FFFFFF"
  }
}
