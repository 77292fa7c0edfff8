// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import Foundation
import Testing

@testable import Reporting

@Suite struct PageTests {
  @Test(arguments: Sample.allCases) func pagesAreWholeAndTheSameEachTime(sample: Sample) throws {
    let html = try Page([try sample.document]).html
    #expect(try Page([try sample.document]).html == html)
    let page = PageReader(html: html)
    #expect(Set(page.ids).count == page.ids.count, "an id twice")
    #expect(Set(page.targets).subtracting(page.ids).isEmpty, "an anchor that leads nowhere")
    // No way out of the page, no script.
    #expect(page.ways == ["data:,"] && !html.contains("<script") && !html.contains(" src="))
    #expect(!html.replacing("http://www.w3.org/2000/svg", with: "").contains("://"))
    for word in ["nan", "NaN", "inf\"", "Optional(", "nil\"", "{{"] where html.contains(word) {
      Issue.record("\(word) is on the page")
    }
    // Each figure has a name, a text and a table.
    let figures = page.tags.count { $0 == "figure" }
    #expect(page.tags.count { $0 == "svg" } == figures && page.tags.count { $0 == "desc" } == figures)
    #expect(html.matches(of: /<figure(?:(?!<\/figure>).)*<table/).count == figures)
    for tag in Set(page.tags) where !tag.hasPrefix("/") && !["meta", "link", "path", "rect"].contains(tag) {
      #expect(page.tags.count { $0 == tag } == page.tags.count { $0 == "/\(tag)" }, "<\(tag)>")
    }
  }

  /// Every number of a page stands in the document where the page says, and what is shown is that number to four digits.
  @Test(arguments: Sample.allCases) func numbersAreThoseOfTheDocument(sample: Sample) throws {
    let document = try sample.value
    let numbers = PageReader(html: try Page([try sample.document]).html).numbers
    #expect(numbers.count > 0 || [.claims, .check, .proofs, .graph].contains(sample))
    for number in numbers {
      let value = try #require(document.at(number.path), "\(number.path)")
      let text: String? =
        switch value {
        case .number(let text), .string(let text): text;
        default: nil
        }
      #expect(text == number.exact, "\(number.path)")
      try #expect(isRounding(number.shown, of: number.exact), "\(number.path): \(number.shown) for \(number.exact)")
    }
  }

  /// By the decimal text of the number that is shown, in exact arithmetic: off by half a unit of the fourth digit at most.
  private func isRounding(_ shown: String, of exact: String) throws -> Bool {
    if exact == "infinity" { return shown == "∞" }
    if exact == "-infinity" { return shown == "−∞" }
    let value = try Rational(parsing: exact)
    // "2/5 = 0.4" and "1/3 ≈ 0.3333" say it twice.
    return try shown.split(separator: /[=≈]/).allSatisfy { part in
      var text = part.trimmingCharacters(in: .whitespaces).replacing("−", with: "-").replacing(",", with: "")
      for (raised, digit) in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-") {
        text = text.replacing(String(raised), with: String(digit))
      }
      text = text.replacing("·10", with: "e")
      let said = try Rational(parsing: text)
      return (said - value).magnitude <= value.magnitude * Rational(1, 2000)
    }
  }

  /// Names that are markup, quotes with accents, marks of direction: the page has the same elements as with harmless names.
  @Test(arguments: Sample.allCases) func hostileNamesStayText(sample: Sample) throws {
    let value = try sample.value
    // What the page understands as a word must stay.
    let words = [
      "schema", "status", "outcome", "result", "verdict", "rows_needed", "replay", "lower", "upper", "estimate", "id",
    ]
    func page(_ name: String) throws -> String {
      let changed = value.mapped { path, scalar in
        guard case .string(let text) = scalar, (try? Rational(parsing: text)) == nil, !path.contains("factors"),
          !words.contains(where: { path.hasSuffix(".\($0)") }), !path.hasSuffix(".gain")
        else { return scalar }
        return .string(name)
      }
      return try Page([try Document(name: name, value: changed)]).html
    }
    // Wide labels leave room for fewer ticks.
    func frame(_ page: PageReader) -> [String] { page.tags.filter { !["path", "text", "/text"].contains($0) } }
    let benign = PageReader(html: try page("name"))
    let name =
      "<script>alert(1)</script>\"\u{301} onload=alert(1) x=\"'\u{20DD}><img src=x></title></svg><b>&lt;{{title}}שלום\u{202E}abc"
    let hostile = PageReader(html: try page(name))
    if frame(hostile) != frame(benign) { Issue.record("the name changes the elements of the page") }
    // Scalars, for a quote with an accent is no quote to strings.
    var last: Unicode.Scalar = " "
    for scalar in hostile.html.unicodeScalars {
      if last == "\"" && scalar == "\u{301}" || scalar == "\u{202E}" {
        Issue.record("a quote or a mark of direction is on the page")
      }
      last = scalar
    }
    #expect(hostile.html.contains("שלום") && hostile.html.contains("&lt;script&gt;"))
  }

  /// What part of a gain needs no teacher is said, and where that is all of it.
  @Test func shrinkageIsCalledSo() throws {
    let value = try Sample.baseline.value
    let gains = try ["gain_over_itself", "gain_over_untaught"].map { key in
      guard case .string(let text)? = value.at("studies[0].\(key).exact") else { throw CancellationError() }
      return try Rational(parsing: text)
    }
    let share = 100 * (1 - gains[1] / gains[0])
    #expect(try Page([try Sample.baseline.document]).html.contains("\(share.decimal(digits: 3)) % is shrinkage"))
    let none = value.replacing("studies[0].gain_over_untaught.exact", with: .string("0"))
    #expect(try Page([try Document(name: "n.json", value: none)]).html.contains("All of the gain is shrinkage"))
    #expect(try Page([try Sample.minimumNorm.document]).html.contains("Outside of the theorem"))
  }

  @Test func severalDocumentsStandSideBySide() throws {
    let (validate, conform) = (try Sample.validate.document, try Sample.conform.document)
    let html = try Page([validate, conform, validate, conform], title: "Mine").html
    #expect(
      html.contains("<title>Mine</title>") && html.contains("Estimators side by side")
        && html.contains("Programs side by side"))
    let page = PageReader(html: html)
    #expect(Set(page.ids).count == page.ids.count && Set(page.targets).subtracting(page.ids).isEmpty)
  }
}
