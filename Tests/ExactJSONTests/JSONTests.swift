// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText
import ExactAlgebra
import ExactJSON
import TestSupport
import Testing

@Suite struct JSONTests {
  @Test func readsEveryKind() throws {
    let document = try JSONValue(
      parsing:
        #" {"a": [1, -0.50, 6e-2, 1E+3], "b": {"c": null, "d": [true, false]}, "e": "x\n\"\\\/\u00e9\ud83d\ude00é"} "#)
    #expect(document["a"] == .array([.number("1"), .number("-0.50"), .number("6e-2"), .number("1E+3")]))
    #expect(document["b"]?["c"] == .null && document["b"]?["d"] == [true, false])
    #expect(document["e"] == "x\n\"\\/é😀é")
    #expect(document["f"] == nil)
    #expect(try JSONValue(parsing: [0xEF, 0xBB, 0xBF] + Array("[]".utf8)) == .array([]))
  }

  @Test(arguments: [
    ("", 1, 1), ("{", 1, 2), ("[1,]", 1, 4), ("{\"a\":1,}", 1, 8), ("[1 2]", 1, 4), ("[1]x", 1, 4), ("01", 1, 1),
    ("-", 1, 2), ("1.", 1, 3), ("1e", 1, 3), (".5", 1, 1), ("+1", 1, 1), ("NaN", 1, 1), ("Infinity", 1, 1),
    ("nul", 1, 1), ("'a'", 1, 1), ("{a:1}", 1, 2), ("\"a", 1, 1), ("\"\\x\"", 1, 2), ("\"\\u12\"", 1, 2),
    ("\"\\ud800\"", 1, 2), ("{\n \"a\": 1,\n \"é\" 2\n}", 3, 6), ("{\"a\":1,\n\"a\":2}", 2, 1), ("[\"a\nb\"]", 1, 4),
    ("// c\n1", 1, 1), ("[1}", 1, 3),
  ])
  func namesLineAndColumn(text: String, line: Int, column: Int) {
    let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
    #expect(error?.line == line)
    #expect(error?.column == column)
  }

  @Test func refusesBadBytesAndDepth() {
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: [UInt8(ascii: "\""), 0xFF, UInt8(ascii: "\"")]) }
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: deep) }
    let allowed = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect((try? JSONValue(parsing: allowed)) != nil)
  }

  @Test(arguments: 0..<50) func writesWhatItReads(index: Int) throws {
    var source = testSource(index)
    func value(_ depth: Int) -> JSONValue {
      switch source.integer(in: depth > 3 ? 2...5 : 0...5) {
      case 0: .array((0..<source.integer(in: 0...3)).map { _ in value(depth + 1) })
      case 1: .object((0..<source.integer(in: 0...3)).map { .init(key: "k\($0)\"\u{1}", value: value(depth + 1)) })
      case 2: .null
      case 3: .bool(source.chance(1, in: 2))
      case 4: .number("\(source.integer(in: -9...9))e\(source.integer(in: -9...9))")
      default: .string(source.element(of: ["", "é\n", "\u{1F}\u{0}", "\\\"/", "😀"]))
      }
    }
    let document = value(0)
    #expect(try JSONValue(parsing: document.description) == document)
    #expect(try JSONValue(parsing: document.pretty) == document)
  }

  @Test func prettyFormIsFixed() {
    let document: JSONValue = ["m": [["1", "2"], ["3", "4"]], "n": 5, "e": [], "o": .object([]), "v": ["1", true]]
    #expect(
      document.pretty == """
        {
          "m": [
            ["1", "2"],
            ["3", "4"]
          ],
          "n": 5,
          "e": [],
          "o": {},
          "v": ["1", true]
        }
        """)
    #expect(JSONValue(approximate: .nan) == .null)
  }
}

@Suite struct ShapeTests {
  private func problem<Value>(_ text: String, _ read: (JSONReader) throws -> Value) throws -> JSONShapeError? {
    let reader = JSONReader(try JSONValue(parsing: text))
    return #expect(throws: JSONShapeError.self) { try read(reader) }
  }

  @Test func namesPlaceAndRule() throws {
    #expect(
      try problem(#"{"sgima": 1}"#) { try $0.requireKeys(among: ["sigma", "n"]) }?.problem
        == "unknown key \"sgima\"; did you mean \"sigma\"?")
    #expect(
      try problem(#"{"zebra": 1}"#) { try $0.requireKeys(among: ["sigma", "n"]) }?.problem
        == "unknown key \"zebra\"; known keys: sigma, n")
    #expect(
      try problem(#"{"sigma": [["1", "2"], ["2", "1/0"]]}"#) { try $0.required("sigma").matrix() }
        == JSONShapeError(
          path: "sigma[1][1]", problem: "\"1/0\" has denominator 0; write a nonzero denominator",
          cause: .number(.zeroDenominator("1/0"))))
    #expect(try problem(#"{"n": 1}"#) { try $0.required("p1") }?.problem == "the key \"p1\" is missing")
    #expect(
      try problem(#"{"n": "1/2"}"#) { try $0.required("n").integer() }?.description
        == "n: expected a whole number, found 1/2")
    #expect(
      try problem(#"{"n": [1]}"#) { try $0.required("n").rational() }?.problem.hasSuffix("found an array") == true)
    #expect(try problem("[1]") { try $0.required("n") }?.problem == "expected an object, found an array")
    #expect(try problem(#"{"s": [[1, 2], [3]]}"#) { try $0.required("s").matrix() }?.path == "s")
    #expect(try problem(#"{"s": [1, 2]}"#) { try $0.required("s").matrix() }?.path == "s[0]")
    #expect(try problem(#"{"s": []}"#) { try $0.required("s").matrix() }?.path == "s")
  }

  @Test func readsNumbersExactly() throws {
    let reader = JSONReader(try JSONValue(parsing: #"{"a": [0.1, "1/3", 6e-2], "c": ["1", 2]}"#))
    #expect(
      try reader.required("a").elements().map { try $0.rational() } == [
        Rational(1, 10), Rational(1, 3), Rational(3, 50),
      ])
    #expect(try reader.required("c").matrix(allowingColumn: true).values == [[1], [2]])
  }

  @Test(arguments: [
    ("theorem", "theorem1"), ("unbouded", "unbounded"), ("converes", "converse"), ("ALIGNED", "aligned"),
    ("xyzzy", nil),
    ("", nil),
  ])
  func nearestNames(name: String, expected: String?) {
    #expect(nearestName(to: name, among: ["sharp", "theorem1", "unbounded", "converse", "aligned"]) == expected)
  }

  @Test func jsonOfSuchTextsReadsBackAndIsHarmless() throws {
    let value = JSONValue.string("\u{7F}\u{9B}\u{202E}\u{E0041}\n é")
    #expect(value.description == #""\u007f\u009b\u202e\udb40\udc41\n é""#)
    #expect(try JSONValue(parsing: value.description) == value)
  }
}
