// SPDX-License-Identifier: GPL-3.0-or-later
/// Names and looks of layers, in as many rows as they need.
struct Legend {
  /// One name and how its layer looks.
  struct Entry { let name: String; let layer: Layer }

  let entries: [Entry]
  let left, width: Double

  static let rowHeight = 20.0
  private static let swatch = 22.0

  init(_ layers: [Layer], left: Double, width: Double) {
    entries = layers.filter { !$0.name.isEmpty }.map { Entry(name: $0.name, layer: $0) }
    (self.left, self.width) = (left, width)
  }

  /// The entries of each row.
  private var rows: [[(entry: Entry, name: String, x: Double)]] {
    var (rows, row, x) = (
      [[(entry: Entry, name: String, x: Double)]](), [(entry: Entry, name: String, x: Double)](), left
    )
    for entry in entries {
      let name = fitted(entry.name, within: (width - Legend.swatch - 10) / Figure.letter)
      let size = Legend.swatch + 6 + textWidth(name) * Figure.letter + 14
      if x + size > left + width, !row.isEmpty { rows.append(row); (row, x) = ([], left) }
      row.append((entry, name, x))
      x += size
    }
    return row.isEmpty ? rows : rows + [row]
  }

  var height: Double { Double(rows.count) * Legend.rowHeight }

  func draw(into element: inout Element, top: Double) {
    for (place, row) in rows.enumerated() {
      let y = top + Double(place) * Legend.rowHeight + Legend.rowHeight / 2
      for (entry, name, x) in row {
        drawSwatch(entry.layer, into: &element, x: x, y: y)
        element.label(name, x: x + Legend.swatch + 5, y: y + 4.5)
      }
    }
  }

  private func drawSwatch(_ layer: Layer, into element: inout Element, x: Double, y: Double) {
    let middle = x + Legend.swatch / 2
    switch layer {
    case .region(_, let series, _, _):
      element.rectangle("region s\(series % seriesCount)", x: x, y: y - 6, width: Legend.swatch, height: 12)
    case .band(_, let series, _):
      element.rectangle("band s\(series % seriesCount)", x: x, y: y - 6, width: Legend.swatch, height: 12)
    case .bars(_, let series, _):
      element.rectangle("bar s\(series % seriesCount)", x: x + 5, y: y - 6, width: 12, height: 12)
    case .rule: element.segment("rule", x, y, x + Legend.swatch, y)
    case .line(_, let series, _): element.segment("line s\(series % seriesCount)", x, y, x + Legend.swatch, y)
    case .marks(_, let series, let marks):
      if marks.contains(where: { $0.xInterval != nil || $0.yInterval != nil }) {
        element.segment("error s\(series % seriesCount)", x + 2, y, x + Legend.swatch - 2, y)
      }
      element.mark(series: series, x: middle, y: y)
    }
  }
}
