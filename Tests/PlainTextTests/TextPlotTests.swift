// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PlainText
import Testing

/// Pictures in a text, read back: what is drawn stands where the numbers are.
@Suite struct TextPlotTests {
  private static func number(_ value: Double) -> String { String(format: "%.3g", value) }

  /// R(λ) falls, then rises above the level.
  private static let points = (0...200).map { place -> (x: Double, y: Double) in
    let x = Double(place) / 40
    return (x, 2 + (0.6 * x * x - x) / ((1 + x) * (1 + x)))
  }

  /// The dots of a picture, as fractions of its width and height from the upper left, by the code points of Unicode's braille block.
  private func dots(_ text: String) -> [(x: Double, y: Double)] {
    let rows = text.split(separator: "\n").compactMap { line -> Substring? in
      line.firstIndex(of: "│").map { line[line.index(after: $0)...] }
    }
    let floor = text.split(separator: "\n").first { $0.contains("└") } ?? ""
    let columns = floor.count { $0 == "─" }
    let bits: [(bit: UInt32, x: Int, y: Int)] = [
      (1, 0, 0), (2, 0, 1), (4, 0, 2), (8, 1, 0), (16, 1, 1), (32, 1, 2), (64, 0, 3), (128, 1, 3),
    ]
    var found: [(Double, Double)] = []
    for (row, line) in rows.enumerated() {
      for (column, scalar) in line.unicodeScalars.enumerated() where scalar.value > 0x2800 && scalar.value <= 0x28FF {
        for dot in bits where (scalar.value - 0x2800) & dot.bit != 0 {
          found.append(
            (Double(2 * column + dot.x) / Double(2 * columns - 1), Double(4 * row + dot.y) / Double(4 * rows.count - 1))
          )
        }
      }
    }
    return found
  }

  @Test(arguments: [40, 80, 100]) func curvesStandWhereTheFunctionIs(width: Int) {
    let points = Self.points
    let text = TextCurve(points, level: ("R0", 2), xName: "λ", yName: "R")
      .text(width: width, height: 12, .unicode, number: Self.number)
    #expect(text.split(separator: "\n").allSatisfy { displayWidth($0) <= width })
    let (low, high) = (points.map(\.y).min() ?? 0, points.map(\.y).max() ?? 0)
    let drawn = dots(text)
    #expect(drawn.count >= 2 * (width - 12))
    func height(_ x: Double) -> Double { (high - (2 + (0.6 * x * x - x) / ((1 + x) * (1 + x)))) / (high - low) }
    let (dotHeight, dotWidth) = (1 / 47.0, 5 / Double(2 * (width - 8)))
    var onCurve = 0
    for dot in drawn {
      // Within a dot of the curve in a column, or on the level.
      let near = [dot.x * 5 - dotWidth, dot.x * 5, dot.x * 5 + dotWidth].map { height(max(0, $0)) }
      let isOnCurve = dot.y >= (near.min() ?? 0) - dotHeight && dot.y <= (near.max() ?? 0) + dotHeight
      let isOnLevel = abs(dot.y - (high - 2) / (high - low)) <= dotHeight / 2 + 1e-9
      #expect(isOnCurve || isOnLevel, "\(dot)")
      onCurve += isOnCurve ? 1 : 0
    }
    #expect(onCurve >= 2 * (width - 12))
    // The lowest dot is that of the least value: the best λ, 1/(1 + 0.2)·… by calculus x = 5/11.
    let lowest = drawn.max { $0.y < $1.y }
    #expect(abs((lowest?.x ?? 0) * 5 - 5.0 / 11) < 0.35)
  }

  @Test func asciiNeedsNothingElse() {
    let text = TextCurve(Self.points, level: ("R0", 2), xName: "x", yName: "R").text(
      width: 60, .ascii, number: Self.number)
    #expect(text.allSatisfy(\.isASCII) && text.count { $0 == "*" } >= 50 && text.contains("R0 |"))
    let forest = TextForest("x", [.init("a", estimate: 1, lower: 0, upper: .infinity)], reference: 0.5)
      .text(width: 60, .ascii, number: Self.number)
    #expect(forest.allSatisfy(\.isASCII) && forest.contains(">") && forest.contains("o"))
  }

  @Test func whatCannotBeDrawnIsNot() {
    func text(_ points: [(x: Double, y: Double)], width: Int = 80) -> String {
      TextCurve(points, level: ("R0", 1), xName: "x", yName: "y").text(width: width, .unicode, number: Self.number)
    }
    #expect(text([]).isEmpty && text([(0, 1)]).isEmpty && text([(0, 1), (1, .infinity)]).isEmpty)
    #expect(text([(0, 1), (1, 2)], width: 12).isEmpty && !text([(0, 1), (1, 1)]).isEmpty)
    #expect(TextForest("x", [], reference: 0).text(width: 80, .unicode, number: Self.number).isEmpty)
  }

  /// Each mark stands at its share of the axis, whose ends are written below it.
  @Test func forestsStandWhereTheNumbersAre() throws {
    let rows: [TextForest.Row] = [
      .init("weight", estimate: 0.3, lower: 0.1, upper: 0.6), .init("教師", estimate: 1.2, lower: 0.9, upper: 2),
      .init("none", estimate: 0.7, lower: .nan, upper: .nan), .init("open", estimate: 1.5, lower: 1, upper: .infinity),
    ]
    let lines = TextForest("β", rows, reference: 1).text(width: 80, .unicode, number: Self.number)
      .split(separator: "\n").map(String.init)
    #expect(lines.count == 6 && lines.allSatisfy { displayWidth($0) <= 80 })
    func column(_ line: String, _ sign: Character) -> Double? {
      line.firstIndex(of: sign).map { Double(displayWidth(line[..<$0])) }
    }
    // The axis covers 0.1 … 2 with 1/25 of that free at both ends.
    let (low, high) = (0.1 - 1.9 / 25, 2 + 1.9 / 25)
    func expected(_ value: Double) -> Double { 8 + (value - low) / (high - low) * 71 }
    for (line, values) in zip(lines.dropFirst(), [[0.3, 0.1, 0.6], [1.2, 0.9, 2], [0.7], [1.5, 1]]) {
      for (sign, value) in zip("●├┤" as String, values) {
        #expect(abs(try #require(column(line, sign)) - expected(value)) <= 0.5, "\(sign) in \(line)")
      }
    }
    #expect(column(lines[4], "→") == 79 && !lines[3].contains("─"))
    #expect(abs(try #require(column(lines[1], "┊")) - expected(1)) <= 0.5)
    #expect(lines[5].contains("1") && lines[5].hasSuffix(Self.number(high)))
  }
}
