// SPDX-License-Identifier: GPL-3.0-or-later

/// Estimates with their intervals, one below the other over one axis, in a text.
public struct TextForest: Sendable {
  /// A row: what is estimated, the estimate, the ends of its interval; an end that is not finite lies beyond the picture.
  public struct Row: Sendable {
    let label: String
    let estimate, lower, upper: Double

    /// A row called `label`.
    public init(_ label: String, estimate: Double, lower: Double, upper: Double) {
      (self.label, self.estimate, self.lower, self.upper) = (label, estimate, lower, upper)
    }
  }

  /// The rows, from the top.
  public let rows: [Row]
  /// The value that rows are compared with.
  public let reference: Double
  /// What is measured.
  public let title: String

  /// A picture of `rows` beside `reference`.
  public init(_ title: String, _ rows: [Row], reference: Double) {
    (self.title, self.rows, self.reference) = (title, rows, reference)
  }

  /// The lines, each ended by a newline, at most `limit` columns wide; nothing where there is nothing to draw or no room.
  ///
  /// - Parameter number: how a number at an end of the axis is written.
  public func text(width limit: Int, _ characters: PlotCharacters, number: (Double) -> String) -> String {
    let drawn = rows.filter(\.estimate.isFinite)
    let values = drawn.flatMap { [$0.estimate, $0.lower, $0.upper] }.filter(\.isFinite) + [reference]
    guard !drawn.isEmpty, var low = values.min(), var high = values.max() else { return "" }
    if !(low < high) { (low, high) = (low - max(1, abs(low)) / 2, high + max(1, abs(high)) / 2) }
    // Room for arrows beyond the last mark.
    (low, high) = (low - (high - low) / 25, high + (high - low) / 25)
    let margin = min(limit / 3, drawn.map { displayWidth($0.label) }.max() ?? 0)
    let columns = limit - margin - 2
    guard columns >= 10, (high - low).isFinite else { return "" }
    func place(_ value: Double) -> Int {
      if value == -.infinity || value < low { return 0 }
      if value == .infinity || value > high { return columns - 1 }
      return Int(((value - low) / (high - low) * Double(columns - 1)).rounded())
    }
    let signs: [Character] =
      characters == .unicode ? ["─", "├", "┤", "●", "┊", "←", "→"] : ["-", "|", "|", "o", ":", "<", ">"]
    func line(_ row: Row) -> String {
      var cells = [Character](repeating: " ", count: columns)
      cells[place(reference)] = signs[4]
      if !row.lower.isNaN, !row.upper.isNaN, row.lower <= row.upper {
        for cell in place(row.lower)...place(row.upper) { cells[cell] = signs[0] }
        cells[place(row.lower)] = row.lower.isFinite ? signs[1] : signs[5]
        cells[place(row.upper)] = row.upper.isFinite ? signs[2] : signs[6]
      }
      cells[place(row.estimate)] = signs[3]
      let label = fittingLabel(row.label, margin)
      return label + String(repeating: " ", count: margin - displayWidth(label) + 2) + String(cells)
    }
    // The ends of the axis and the reference, where its number has room between them.
    let (from, to, middle) = (number(low), number(high), number(reference))
    var axis = Array(from + String(repeating: " ", count: max(1, columns - displayWidth(from) - displayWidth(to))) + to)
    let start = place(reference) - displayWidth(middle) / 2
    if start > displayWidth(from), start + displayWidth(middle) < columns - displayWidth(to) {
      axis.replaceSubrange(start..<(start + middle.count), with: Array(middle))
    }
    let indent = String(repeating: " ", count: margin + 2)
    return ([title] + drawn.map(line) + [indent + String(axis)]).map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  /// As much of a label as has room.
  private func fittingLabel(_ label: String, _ room: Int) -> String {
    if displayWidth(label) <= room { return label }
    var kept = ""
    for character in label {
      if displayWidth(kept) + displayWidth(String(character)) > room - 1 { break }
      kept.append(character)
    }
    return kept + "…"
  }
}
