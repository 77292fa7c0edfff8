// SPDX-License-Identifier: GPL-3.0-or-later
/// One row of a ``ForestPlot``.
public struct ForestRow: Sendable, Equatable {
  /// What is estimated.
  public let label: String
  /// The estimate; nil where there is none, and ``note`` says why.
  public let estimate: Double?
  /// Its interval; a missing end is an arrow out of the figure.
  public let interval: Interval?
  /// What stands at the right: the numbers, or why there are none.
  public let note: String
  /// Its look.
  public let series: Int

  /// A row named `label`.
  public init(_ label: String, estimate: Double?, interval: Interval? = nil, note: String = "", series: Int = 0) {
    (self.label, self.estimate, self.interval, self.note, self.series) = (label, estimate, interval, note, series)
  }
}

/// Estimates with their intervals, one below the other, over one axis.
public struct ForestPlot: Drawing {
  /// What it shows, in a few words.
  public let title: String
  /// The text for those who do not see it.
  public let summary: String
  /// The common axis.
  public let axis: Axis
  /// The rows, from the top.
  public let rows: [ForestRow]
  /// The value that rows are compared with, if there is one.
  public let reference: Double?

  /// A plot of `rows` over `axis`.
  public init(title: String, summary: String, axis: Axis, rows: [ForestRow], reference: Double? = nil) {
    (self.title, self.summary, self.axis, self.rows, self.reference) = (title, summary, axis, rows, reference)
  }

  private static let rowHeight = 22.0

  /// The most rows that a picture has; the table below it has all.
  public static let rowLimit = 200

  /// The SVG element; see ``Drawing``.
  public func drawn(id: String) throws(PlotError) -> Drawn {
    let values = try checkedValues()
    let shown = rows.prefix(ForestPlot.rowLimit)
    let top = 12.0
    let bottom = top + Double(shown.count) * ForestPlot.rowHeight + 4
    let noteWidth = min(150, 8 + Figure.letter * (shown.map { textWidth($0.note) }.max() ?? 0))
    // At least 170 units are left for the picture.
    let labelWidth = min(
      Figure.width - noteWidth - 28 - 170, 8 + Figure.letter * (shown.map { textWidth($0.label) }.max() ?? 0))
    let frame = Frame(left: labelWidth + 14, right: Figure.width - noteWidth - 14, top: top, bottom: bottom)
    let scale = Scale(covering: values, axis.kind, from: frame.left, to: frame.right)
    var element = Element()
    drawAxis(scale, frame, into: &element)
    for (place, row) in shown.enumerated() {
      let y = top + (Double(place) + 0.5) * ForestPlot.rowHeight
      element.label(
        fitted(row.label, within: (labelWidth - 4) / Figure.letter), x: frame.left - 8, y: y + 4.5, anchor: "end")
      element.label(
        fitted(row.note, within: (noteWidth - 4) / Figure.letter), x: frame.right + 10, y: y + 4.5, style: "faint")
      draw(row, y, scale, frame, into: &element)
    }
    let svg = Element.figure(
      id: id, width: Figure.width, height: bottom + 44, title: title, summary: summary, element.text)
    let notes =
      shown.count < rows.count
      ? ["\(shown.count) of \(rows.count) rows are drawn, the first ones; the table has more."] : []
    return Drawn(svg: svg, notes: notes)
  }

  private func checkedValues() throws(PlotError) -> [Double] {
    guard !rows.isEmpty else { throw PlotError(figure: title, place: "rows", rule: "there is no row to draw") }
    var values = axis.including + [reference].compactMap(\.self)
    for (place, row) in rows.enumerated() {
      for value in [row.estimate, row.interval?.lower, row.interval?.upper].compactMap(\.self) {
        guard value.isFinite, abs(value) < 1e150 else {
          throw PlotError(figure: title, place: "row \(place + 1)", rule: "\(value) is no number that can be drawn")
        }
        guard axis.kind == .linear || value > 0 else {
          throw PlotError(
            figure: title, place: "row \(place + 1)", rule: "\(value) is not above zero, as a logarithmic axis needs")
        }
        if place < ForestPlot.rowLimit { values.append(value) }
      }
    }
    // Rows without an estimate alone still have an axis.
    return values.isEmpty ? (axis.kind == .linear ? [0, 1] : [1, 10]) : values
  }

  private func drawAxis(_ scale: Scale, _ frame: Frame, into element: inout Element) {
    let ticks = element.levelTicks(scale, frame, count: 6)
    element.segment("axis", frame.left, frame.bottom, frame.right, frame.bottom)
    if let reference {
      element.segment("rule", scale.position(reference), frame.top, scale.position(reference), frame.bottom)
    }
    let multiple = ticks.exponent == 0 ? "" : ", multiples of \(powerOfTen(ticks.exponent))"
    let text = fitted(axis.title + multiple, within: (Figure.width - 20) / 16)
    // Below the middle of the axis, or as near to it as the paper allows.
    let (middle, half) = ((frame.left + frame.right) / 2, textWidth(text) * 16 / 2)
    element.label(
      text, x: max(10 + half, min(middle, Figure.width - 10 - half)), y: frame.bottom + 36, anchor: "middle",
      style: "strong")
  }

  private func draw(_ row: ForestRow, _ y: Double, _ scale: Scale, _ frame: Frame, into element: inout Element) {
    let style = "error s\(row.series % seriesCount)"
    if let interval = row.interval {
      let left = interval.lower.map(scale.position) ?? frame.left
      let right = interval.upper.map(scale.position) ?? frame.right
      element.segment(style, left, y, right, y)
      for (end, x, inwards) in [(interval.lower, left, 6.0), (interval.upper, right, -6.0)] {
        if end != nil { element.segment(style, x, y - 4, x, y + 4); continue }
        element.add(
          "path",
          [
            ("class", style),
            (
              "d",
              "M\(coordinate(x + inwards)) \(coordinate(y - 4))L\(coordinate(x)) \(coordinate(y))L\(coordinate(x + inwards)) \(coordinate(y + 4))"
            ),
          ])
      }
    }
    if let estimate = row.estimate {
      element.mark(series: row.series, x: scale.position(estimate), y: y, label: "\(row.label): \(row.note)")
    }
  }
}
