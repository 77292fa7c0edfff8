// SPDX-License-Identifier: GPL-3.0-or-later

/// Rows of cells, printed in aligned columns that fit a width.
///
/// Where the columns are too wide together, cells go on in a second line at a blank, never within a word or a number; where
/// that is not enough, the table goes on below, each part with the first column again.
public struct TextTable {
  /// Which edge of its column a cell stands at.
  public enum Alignment: Sendable { case left, right }

  /// The title of each column, and where its cells stand.
  public let columns: [(title: String, alignment: Alignment)]
  /// The cells, a row after the other.
  public private(set) var rows: [[String]] = []
  /// Gives a line of a cell its colour, after alignment: the row, the column, the padded text.
  public var style: (Int, Int, String) -> String = { _, _, text in text }

  /// A table without rows.
  public init(_ columns: [(String, Alignment)]) { self.columns = columns.map { (title: $0.0, alignment: $0.1) } }

  /// Adds a row.
  public mutating func append(_ cells: String...) { append(cells) }

  /// Adds a row.
  public mutating func append(_ cells: [String]) { rows.append(cells) }

  /// The lines, each ended by a newline, columns two spaces apart, at most `limit` columns of a terminal wide where that can be.
  public func text(width limit: Int) -> String {
    parts(of: limit).map { block(Array($0), limit) }.joined(separator: "\n")
  }

  /// Which columns stand beside each other: as many as fit with their narrowest widths.
  private func parts(of limit: Int) -> [[Int]] {
    var (parts, part, used) = ([[Int]](), [Int](), 0)
    for column in columns.indices {
      let narrowest = narrowestWidth(column)
      // The first column alone is no part.
      if part.count > (parts.isEmpty ? 0 : 1), used + 2 + narrowest > limit {
        parts.append(part)
        (part, used) = ([0], narrowestWidth(0))
      }
      used += narrowest + (part.isEmpty ? 0 : 2)
      part.append(column)
    }
    return parts + [part]
  }

  private func cells(_ column: Int) -> [String] { [columns[column].title] + rows.map { $0[column] } }

  private func narrowestWidth(_ column: Int) -> Int {
    cells(column).flatMap(unbreakable).map(displayWidth).max() ?? 0
  }

  /// The lines of some of the columns.
  private func block(_ shown: [Int], _ limit: Int) -> String {
    var widths = shown.map { cells($0).map(displayWidth).max() ?? 0 }
    let narrowest = shown.map(narrowestWidth)
    var excess = widths.reduce(0, +) + 2 * (shown.count - 1) - limit
    while excess > 0,
      let widest = shown.indices.filter({ widths[$0] > narrowest[$0] }).max(by: { widths[$0] < widths[$1] })
    {
      widths[widest] -= 1
      excess -= 1
    }
    func lines(_ cells: [String], row: Int?) -> String {
      let broken = zip(shown, widths).map { wrapped(cells[$0], width: $1) }
      let count = broken.map(\.count).max() ?? 0
      return (0..<count).map { number in
        let padded = shown.indices.map { place -> String in
          let text = number < broken[place].count ? broken[place][number] : ""
          let space = String(repeating: " ", count: max(0, widths[place] - displayWidth(text)))
          let cell = columns[shown[place]].alignment == .right ? space + text : text + space
          return row.map { style($0, shown[place], cell) } ?? cell
        }
        var joined = padded.joined(separator: "  ")
        while joined.last == " " { joined.removeLast() }
        return joined + "\n"
      }.joined()
    }
    return lines(columns.map(\.title), row: nil) + rows.enumerated().map { lines($1, row: $0) }.joined()
  }
}
