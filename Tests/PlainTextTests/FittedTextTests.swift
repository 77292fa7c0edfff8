// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText
import Testing

@Suite struct FittedTextTests {
  private let sentence =
    "The same where neither interval contains 0: 10 of 10 conditions, binomial interval [0.69, 1.00], on 12 rows"

  /// At any width: the same words in order, no line too wide that a break could shorten, no interval in two.
  @Test func sentencesAreBrokenAtBlanksOnly() {
    for width in 40...120 {
      let lines = fitted(sentence + "\n\n  " + sentence, width: width).split(separator: "\n")
      #expect(lines.allSatisfy { displayWidth(String($0)) <= width }, "\(width)")
      #expect(lines.filter { $0.contains("[0.69, 1.00]") }.count == 2, "\(width)")
      let words = lines.flatMap { $0.split(separator: " ") }
      #expect(words == sentence.split(separator: " ") + sentence.split(separator: " "))
    }
    #expect(fitted(sentence, width: 200) == sentence && fitted("a\n\nb\n", width: 1) == "a\n\nb\n")
    #expect(fitted("  " + sentence, width: 80).split(separator: "\n").allSatisfy { $0.hasPrefix("  ") })
  }

  /// What is laid out in columns, and commands that somebody copies, are not broken.
  @Test func whatIsLaidOutStays() {
    let table = "task" + String(repeating: " ", count: 70) + "estimate of it"
    let replay = "Replay: cch replay \(String(repeating: "u1:x", count: 30))"
    let command = "  cch explain \(String(repeating: "a", count: 40)) --teacher \(String(repeating: "b", count: 40))"
    for line in [table, replay, command] { #expect(fitted(line, width: 80) == line) }
  }

  /// Colours take no room.
  @Test func coloursTakeNoRoom() {
    let line = "<32m>Passes<0m>: within tolerance"
    let plain = { (text: String) in text.replacing("<32m>", with: "").replacing("<0m>", with: "") }
    #expect(fitted(line, width: 25, plain: plain) == line && fitted(line, width: 25) != line)
  }
}
