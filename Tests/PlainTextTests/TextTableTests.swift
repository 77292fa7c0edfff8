// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PlainText
import Testing

@Suite struct TextTableTests {
  private func table(_ rows: [[String]]) -> TextTable {
    var table = TextTable([("claim", .left), ("says", .left), ("gain", .right), ("margin", .right)])
    for row in rows { table.append(row) }
    return table
  }

  @Test func widthsOfTerminals() {
    #expect(displayWidth("abc") == 3)
    #expect(displayWidth("σε²") == 3)
    #expect(displayWidth("教師") == 4)
    #expect(displayWidth("e\u{301}") == 1)
    #expect(displayWidth("\u{200B}") == 0)
    #expect(displayWidth("👍") == 2)
    #expect(displayWidth("⚖\u{FE0F}") == 2)
  }

  @Test func whatFitsStaysAsItIs() {
    #expect(
      table([["a", "x ⇒ y", "1", "-2"]]).text(width: 80) == """
        claim  says   gain  margin
        a      x ⇒ y     1      -2

        """)
  }

  @Test func cellsGoOnBelowAtBlanks() {
    let text = table([["a", "one two three four", "1 %", "3 ± 4"]]).text(width: 28)
    #expect(text.split(separator: "\n").count == 4)
    #expect(text.split(separator: "\n").allSatisfy { displayWidth($0) <= 28 })
    #expect(text.contains("3 ± 4") && text.contains("1 %"))
  }

  @Test func numbersAreNeverBroken() {
    let numbers = ["1,234,567.891", "-0.000123456789", "65.0 %", "0.6633 ± 0.03536"]
    var table = TextTable((0..<8).map { ("column \($0)", .right) })
    for row in 0..<3 { table.append((0..<8).map { numbers[($0 + row) % numbers.count] }) }
    for width in 20...200 {
      let text = table.text(width: width)
      for number in numbers { #expect(text.contains(number)) }
      if width >= 36 { #expect(text.split(separator: "\n").allSatisfy { displayWidth($0) <= width }, "\(width)") }
    }
  }

  /// Both ends of an interval stand on one line at any width, and what only looks like one may break.
  @Test func intervalsAreOnePiece() {
    let intervals = ["[−0.1234, 0.5678]", "[1.234e−05, 2.345e+12]", "[0, ∞)", "−0.104 to −0.01546", "0.1 to 1,234"]
    // The first column stands in every part again.
    var table = TextTable([("row", .left)] + (0..<5).map { ("interval of quantity \($0)", .left) })
    table.append(["a"] + intervals)
    table.append(["b"] + intervals.map { "0.25 \($0), a good one" })
    for width in 20...200 {
      let text = table.text(width: width)
      for interval in intervals {
        #expect(text.components(separatedBy: interval).count == 3, "\(interval) at \(width)")
        for line in wrapped("from \(interval), it seems", width: 10) where line.contains(interval.prefix(6)) {
          #expect(line.contains(interval))
        }
      }
    }
    #expect(wrapped("[one, two] of 3", width: 8) == ["[one,", "two] of", "3"])
    #expect(wrapped("we go to 3 of them", width: 6) == ["we go", "to 3", "of", "them"])
  }

  @Test func wideCharactersKeepTheColumns() {
    let lines = table([["教師", "a", "1", "2"], ["abcd", "b", "1", "2"]]).text(width: 80).split(separator: "\n")
    #expect(Set(lines.map(displayWidth)).count == 1)
  }

  @Test func everyCellIsThere() {
    var table = TextTable((0..<12).map { ("title\($0)", $0 == 0 ? .left : .right) })
    for row in 0..<4 { table.append((0..<12).map { "cell\(row).\($0)" }) }
    let text = table.text(width: 40)
    for row in 0..<4 { for column in 0..<12 { #expect(text.contains("cell\(row).\(column)")) } }
    // Each part begins with the first column.
    #expect(text.split(separator: "\n\n").allSatisfy { $0.hasPrefix("title0") })
  }
}
