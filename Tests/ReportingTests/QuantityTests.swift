// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import Foundation
import PlainText
import Testing

@testable import Reporting

@Suite struct QuantityTests {
  @Test func numbersAreShownToFourDigits() throws {
    let known: [(JSONValue, String)] = [
      (.number("0"), "0"), (.number("9000"), "9,000"), (.number("-1234567"), "−1,234,567"), (.string("1/3"), "0.3333"),
      (.string("-2/3"), "−0.6667"), (.number("36.25249"), "36.25"), (.number("0.00012345"), "0.0001235"),
      (.number("0.000012345"), "1.235·10⁻⁵"), (.number("1.5e20"), "1.5·10²⁰"), (.number("123456.7"), "123,500"),
      (.number("9.9999"), "10"), (.string("infinity"), "∞"), (.string("-infinity"), "−∞"),
      (.number("1e400"), "1·10⁴⁰⁰"),
      (["between": ["0.99999999999999999999", "1"]], "1"), (["half_log_of": "16/7", "nats": "0.41333"], "0.4133"),
    ]
    for (value, shown) in known { #expect(try JSONReader(value).quantity().shown == shown, "\(value)") }
    for value: JSONValue in [.null, [], .bool(true), .string("x"), ["a": 1], ["between": []]] {
      #expect(throws: JSONShapeError.self) { try JSONReader(value).quantity() }
    }
  }

  /// Against printf, for many sizes.
  @Test func roundingIsThatOfPrintf() throws {
    for place in 1...300 {
      let value = Double(place) * 1.2345678e-7 * pow(1.11, Double(place))
      let text = computed(value).replacing("−", with: "-").replacing(",", with: "").replacing("·10", with: "e")
      guard !text.contains("e"), let shown = Double(text) else { continue }
      #expect(
        abs(shown - value) <= abs(Double(String(format: "%.3e", value))! - value) * 1.001 + 1e-12, "\(value): \(text)")
    }
  }

  @Test func exactTextsAreShownWhereTheyAreShort() throws {
    func precise(_ text: String) throws -> String { try JSONReader(.string(text)).quantity().precise }
    #expect(try precise("2/5") == "2/5 = 0.4" && precise("1/3") == "1/3 ≈ 0.3333" && precise("-7") == "−7")
    #expect(try precise("123456789/1234567891234567891") == "1·10⁻¹⁰")
    #expect(try precise("3/50") == "3/50 = 0.06" && precise("-1/54") == "−1/54 ≈ −0.01852")
    #expect(
      percentage(1, of: 3) == "33.3 %" && percentage(1, of: 100_000) == "< 0.1 %"
        && percentage(99_999, of: 100_000) == "> 99.9 %")
    #expect(percentage(0, of: 0) == "–" && grouped(-1_234_567) == "−1,234,567")
  }
}
