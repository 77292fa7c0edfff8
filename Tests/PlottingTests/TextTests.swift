// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Plotting

@Suite struct TextTests {
  /// Whatever the text, an XML parser reads it back; what XML cannot hold is replaced.
  @Test func escapedTextsAreReadBack() throws {
    for text in [
      "a < b & c > \"d\" 'e'", "<script>alert(1)</script>", "\"\u{301} onload=\"x", "שלום <b>", "日本語", "]]>",
    ] {
      let element = Element.written("t", [("a", text)], content: escapedMarkup(text))
      let back = try #require(read(element), "\(text)")
      #expect(Array(back.text.unicodeScalars) == Array(text.unicodeScalars))
      #expect(Array((back.attributes["a"] ?? "").unicodeScalars) == Array(text.unicodeScalars))
    }
    #expect(escapedMarkup("\u{202E}\u{2066}") == "\u{FFFD}\u{FFFD}")
    #expect(escapedMarkup("a\u{0}\u{1B}\u{85}\u{FFFF}b") == "a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}b")
  }

  /// A quote with an accent is one character: to escape by characters would leave it.
  @Test func quotesWithAccentsAreEscaped() { #expect(escapedMarkup("\"\u{301}") == "&quot;\u{301}") }

  @Test func longTextsLoseTheirMiddle() {
    #expect(fitted("short", within: 10) == "short")
    for text in [
      String(repeating: "x", count: 500), String(repeating: "日本", count: 50),
      "a" + String(repeating: "\u{301}", count: 5_000),
    ] {
      for limit in [0.0, 1, 3, 10] {
        let result = fitted(text, within: limit)
        let most = max(limit, textWidth("…"))
        #expect(textWidth(result) <= most && result.contains("…") && result.utf8.count < 200, "\(limit)")
      }
    }
    #expect(textWidth("日") == 1 && textWidth("e\u{301}") == textWidth("e"))
    #expect(fitted("beginning of a name and its end", within: 8).hasPrefix("beg"))
  }

  @Test func numbersAreWrittenWithoutNoise() {
    #expect(
      [0, 1, -1.5, 0.004, -0.004, 12.34, 12.305].map(coordinate) == ["0", "1", "-1.5", "0", "0", "12.34", "12.31"])
    #expect(decimal(-0.001, places: 2) == "0.00" && decimal(-1.25, places: 1) == "−1.2" && superscript(-10) == "⁻¹⁰")
  }
}
