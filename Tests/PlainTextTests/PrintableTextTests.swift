// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import PlainText
import Testing

@Suite struct PrintableTextTests {
  @Test func harmlessTextsStay() {
    for text in ["", "a key", "ΔI ≥ 0 – 日本語 👩‍🔬", "\"quoted\" \\ and so on"] { #expect(printableText(text) == text) }
  }

  @Test func whatATerminalObeysIsEscaped() {
    let text = "a\nb\tc\u{1B}[31m\u{7F}\u{9B}2J\u{202E}\u{2066}\u{2028}\u{E0041}"
    let printed = printableText(text)
    #expect(printed == #"a\nb\tc\u{1B}[31m\u{7F}\u{9B}2J\u{202E}\u{2066}\u{2028}\u{E0041}"#)
    #expect(printableText("a\nb\u{1B}", keeping: ["\n"]) == "a\nb\\u{1B}")
    func isEscaped(_ scalar: Unicode.Scalar) -> Bool { printableText(String(scalar)).allSatisfy { $0.isASCII } }
    let directions = (0...0x10FFFF).compactMap(Unicode.Scalar.init).filter { $0.properties.isBidiControl }
    let controls = (Array(0..<0x20) + Array(0x7F..<0xA0)).compactMap { Unicode.Scalar(UInt32($0)) }
    for scalar in directions + controls { #expect(isEscaped(scalar), "\(scalar.value)") }
    #expect(directions.count >= 12)
  }

  @Test func ofALongTextTheMiddleIsLeftOut() {
    for (unit, count) in [("x", 2_000_000), ("é", 300), ("\u{202E}", 200), ("👩‍🔬", 100)] {
      let text = "file.json: " + String(repeating: unit, count: count) + ": a rule"
      let printed = printableText(text, limit: 480)
      #expect(printed.utf8.count <= 480 && printed.utf8.count > 400, "\(unit)")
      #expect(printed.hasPrefix("file.json: ") && printed.hasSuffix(": a rule") && printed.contains("bytes left out"))
    }
    let fits = String(repeating: "y", count: 480)
    #expect(printableText(fits, limit: 480) == fits)
  }
}
