// SPDX-License-Identifier: GPL-3.0-or-later
/// Rows of cells, printed in aligned columns.
struct TextTable {
  enum Alignment { case left, right }

  let columns: [(title: String, alignment: Alignment)]
  private(set) var rows: [[String]] = []
  /// Gives a finished cell its colour, after alignment: the row, the column, the padded text.
  var style: (Int, Int, String) -> String = { _, _, text in text }

  init(_ columns: [(String, Alignment)]) { self.columns = columns.map { (title: $0.0, alignment: $0.1) } }

  mutating func append(_ cells: String...) { append(cells) }

  mutating func append(_ cells: [String]) { rows.append(cells) }

  /// The lines, each ended by a newline, columns two spaces apart.
  var text: String {
    let titles = columns.map(\.title)
    let widths = columns.indices.map { column in ([titles] + rows).map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String], row: Int?) -> String {
      let padded = cells.enumerated().map { column, cell -> String in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        let text = columns[column].alignment == .right ? space + cell : cell + space
        return row.map { style($0, column, text) } ?? text
      }
      var joined = padded.joined(separator: "  ")
      while joined.last == " " { joined.removeLast() }
      return joined + "\n"
    }
    return line(titles, row: nil) + rows.enumerated().map { line($1, row: $0) }.joined()
  }
}
