// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText
import Testing

/// What reaches a terminal and how long it is.
@Suite struct PlainTextTests {
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
    #expect(listed(["t, kg", "s", " y"]) == "\"t, kg\", s, \" y\"")
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
