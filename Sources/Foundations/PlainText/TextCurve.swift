// SPDX-License-Identifier: GPL-3.0-or-later

/// The characters that pictures in a text are made of.
public enum PlotCharacters: Sendable {
  /// Braille dots, two by four in a column of the terminal, and lines of boxes.
  case unicode
  /// Characters that every terminal has.
  case ascii
}

/// A curve in a text, with a level line that it is compared with.
public struct TextCurve: Sendable {
  /// Points of the curve, at least two, finite, x ascending.
  public let points: [(x: Double, y: Double)]
  /// The level, and its name at the left.
  public let level: (name: String, y: Double)
  /// The names of both axes.
  public let xName, yName: String

  /// A curve through `points` beside a level.
  public init(_ points: [(x: Double, y: Double)], level: (name: String, y: Double), xName: String, yName: String) {
    (self.points, self.level, self.xName, self.yName) = (points, level, xName, yName)
  }

  /// The lines, each ended by a newline, at most `limit` columns wide; nothing where there is no curve or no room for one.
  ///
  /// - Parameter number: how a number at an end of an axis is written.
  public func text(
    width limit: Int, height: Int = 10, _ characters: PlotCharacters, number: (Double) -> String
  ) -> String {
    guard let first = points.first, let last = points.last, first.x < last.x,
      (points.flatMap { [$0.x, $0.y] } + [level.y]).allSatisfy(\.isFinite)
    else { return "" }
    var (low, high) = (level.y, level.y)
    for point in points { (low, high) = (min(low, point.y), max(high, point.y)) }
    // A level curve stands in the middle.
    if !(low < high) { (low, high) = (low - max(1, abs(low)) / 2, high + max(1, abs(high)) / 2) }
    let (topLabel, bottomLabel) = (number(high), number(low))
    let margin = ([topLabel, bottomLabel, level.name, yName].map { displayWidth($0) }.max() ?? 0) + 1
    let columns = limit - margin - 1
    guard columns >= 10, height >= 3 else { return "" }
    var canvas = DotCanvas(columns: columns, rows: height, characters)
    func down(_ y: Double) -> Double { (high - y) / (high - low) * Double(canvas.dotRows - 1) }
    for place in stride(from: 0, to: canvas.dotColumns, by: characters == .unicode ? 3 : 2) {
      canvas.set(place, Int(down(level.y).rounded()), isLevel: true)
    }
    var before: Int?
    for place in 0..<canvas.dotColumns {
      let x = first.x + (last.x - first.x) * Double(place) / Double(canvas.dotColumns - 1)
      let own = Int(down(curve(at: x)).rounded())
      // Steep parts stay one line.
      let from = before.map { $0 < own ? $0 + 1 : $0 > own ? $0 - 1 : own } ?? own
      for row in min(own, from)...max(own, from) { canvas.set(place, row) }
      before = own
    }
    let levelRow = min(height - 1, Int(down(level.y).rounded()) * height / canvas.dotRows)
    let (side, corner, floor) = characters == .unicode ? ("│", "└", "─") : ("|", "+", "-")
    func padded(_ label: String) -> String { String(repeating: " ", count: margin - 1 - displayWidth(label)) + label }
    var lines = [padded(yName)]
    for (row, text) in canvas.lines.enumerated() {
      let label = row == levelRow ? level.name : row == 0 ? topLabel : row == height - 1 ? bottomLabel : ""
      lines.append(padded(label) + " " + side + text)
    }
    lines.append(padded("") + " " + corner + String(repeating: floor, count: columns))
    let (from, to) = (number(first.x), number(last.x))
    let middle = max(1, columns - displayWidth(from) - displayWidth(xName) - displayWidth(to))
    lines.append(
      padded("") + "  " + from + String(repeating: " ", count: middle / 2) + xName
        + String(repeating: " ", count: middle - middle / 2) + to)
    return lines.map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  /// The curve between its points.
  private func curve(at x: Double) -> Double {
    guard let next = points.firstIndex(where: { $0.x >= x }), next > 0 else { return points.first?.y ?? 0 }
    let (a, b) = (points[next - 1], points[next])
    return a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)
  }
}

/// Dots on a grid of characters.
private struct DotCanvas {
  private let characters: PlotCharacters
  private let columns, rows: Int
  private var dots: [[UInt8]]
  private var levels: [[Bool]]

  init(columns: Int, rows: Int, _ characters: PlotCharacters) {
    (self.characters, self.columns, self.rows) = (characters, columns, rows)
    dots = Array(repeating: Array(repeating: 0, count: columns), count: rows)
    levels = Array(repeating: Array(repeating: false, count: columns), count: rows)
  }

  var dotColumns: Int { characters == .unicode ? 2 * columns : columns }
  var dotRows: Int { characters == .unicode ? 4 * rows : rows }

  /// The bits of Unicode's block of braille patterns: dots 1 2 3 7 at the left, 4 5 6 8 at the right.
  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  mutating func set(_ x: Int, _ y: Int, isLevel: Bool = false) {
    guard (0..<dotColumns).contains(x), (0..<dotRows).contains(y) else { return }
    switch characters {
    case .unicode: dots[y / 4][x / 2] |= DotCanvas.bits[y % 4][x % 2]
    case .ascii: if isLevel { levels[y][x] = true } else { dots[y][x] = 1 }
    }
  }

  var lines: [String] {
    (0..<rows).map { row in
      (0..<columns).map { column -> String in
        let dot = dots[row][column]
        switch characters {
        case .unicode: return dot == 0 ? " " : String(UnicodeScalar(0x2800 + UInt32(dot)).map(Character.init) ?? " ")
        case .ascii: return dot != 0 ? "*" : levels[row][column] ? "-" : " "
        }
      }.joined()
    }
  }
}
