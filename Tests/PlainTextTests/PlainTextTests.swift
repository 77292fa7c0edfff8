import PlainText
import Testing

/// What reaches a terminal and how long it is.
@Suite struct PlainTextTests {
  @Test func steeringCharactersAreEscaped() {
    #expect(printable("a\u{1B}[31mb\n\t\u{7F}") == "a\\u{1B}[31mb\\n\\t\\u{7F}")
    #expect(
      printable("\u{9B}2J \u{202E}x\u{2066} \u{200B} \u{2028}") == "\\u{9B}2J \\u{202E}x\\u{2066} \\u{200B} \\u{2028}")
    #expect(printable("\u{E0041}") == "\\u{E0041}")
    #expect(printable("Größe · λ … 日本") == "Größe · λ … 日本")
    #expect(printable("a\tb\r\nc", keepingLines: true) == "a\tb\\r\nc")
  }

  /// Every scalar by itself: no control, format or line-end character is left.
  @Test func nothingSteeringIsLeft() {
    for value in UInt32(0)...0x10FFFF {
      guard value < 0x3000 || value > 0xE0000 - 0x2000, value < 0xE1000, let scalar = Unicode.Scalar(value) else {
        continue
      }
      let text = printable(String(scalar))
      #expect(!text.unicodeScalars.contains { [.control, .format].contains($0.properties.generalCategory) })
    }
  }

  @Test func longTextsLoseTheirMiddle() {
    #expect(shortened("abcdef", atMost: 6) == "abcdef")
    #expect(shortened("abcdefghij", atMost: 9) == "abcd…ij")
    for limit in 0...40 {
      let text = shortened(String(repeating: "日本é", count: 30), atMost: limit)
      #expect(text.utf8.count <= max(limit, 3), "\(limit)")
    }
    #expect(quoted(String(repeating: "x", count: 1_000_000)).utf8.count <= 82)
    #expect(quoted("a \"b\"") == "\"a \"b\"\"")
    // One character of a million bytes: marks without end on a letter.
    #expect(quoted("a" + String(repeating: "\u{301}", count: 500_000)).utf8.count <= 90)
    #expect(listed(["a", "b", "c"]) == "a, b, c")
    let many = listed((0..<100_000).map { "g\($0)" })
    #expect(many.utf8.count < 300 && many.contains("100000 in all") && many.hasSuffix("g99999"))
  }

  @Test func nearNamesAreFound() {
    #expect(nearestName(to: "sgima", among: ["n", "sigma", "lambda"]) == "sigma")
    #expect(nearestName(to: "Wieght", among: ["weight", "height"]) == "weight")
    #expect(nearestName(to: "zzz", among: ["weight", "height"]) == nil)
    #expect(nearestName(to: "x", among: ["y", "z"]) == "y")
    #expect(nearestName(to: "é1", among: ["é2", "e1"]) == "é2")
  }
}
