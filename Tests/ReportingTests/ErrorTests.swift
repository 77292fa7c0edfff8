// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Testing

@testable import Reporting

@Suite struct ErrorTests {
  private func failure(_ text: String) -> String? {
    do throws(ReportError) { _ = try Page([try Document(name: "f.json", bytes: text.utf8)]) } catch {
      return error.description
    }
    return nil
  }

  @Test func whatIsNoDocumentIsRefused() throws {
    #expect(failure("{\"a\": ]")?.hasPrefix("f.json: line 1, column 7: expected a value") == true)
    #expect(failure("[1]") == "f.json: expected an object, as cch prints it with --json, found an array")
    #expect(
      failure("{\"a\": 1}") == "f.json: there is no key \"schema\"; a page is made of what cch prints with --json")
    #expect(
      failure("{\"schema\": \"cch.hunt/2\"}")?.contains("\"cch.hunt/2\" is newer than what this cch reads, cch.hunt/1")
        == true)
    #expect(failure("{\"schema\": \"cch.hunt/x\"}")?.contains("has no version") == true)
    #expect(failure("{\"schema\": \"cch.hnut/1\"}")?.hasSuffix("did you mean cch.hunt/1?") == true)
    #expect(failure("{\"schema\": \"other/1\"}")?.contains("no page is made of \"other/1\"") == true)
    #expect(failure("{\"schema\": \"cch.hunt/1\"}") == "f.json: the key \"claim\" is missing")
    #expect(throws: ReportError.self) { try Page([]) }
  }

  @Test(arguments: [
    (Sample.claims, "claims"), (.verify, "claims"), (.advise, "candidates"), (.student, "studies"),
    (.decision, "studies"), (.baseline, "studies"),
    (.experiment, "conditions"), (.images, "conditions"), (.synthetic, "points"), (.comparison, "tasks"),
    (.classAdvice, "candidates"), (.check, "files"), (.conform, "operations"), (.validate, "tasks"),
  ]) func emptyRunsAreSaid(sample: Sample, key: String) throws {
    var value = try sample.value.replacing(key, with: [])
    if sample == .validate { value = value.replacing("checks", with: []) }
    if sample == .synthetic { value = value.replacing("curve", with: []) }
    let document = try Document(name: "e.json", value: value)
    do throws(ReportError) {
      _ = try Page([document])
      Issue.record("a page of nothing")
    } catch {
      #expect(error.file == "e.json" && error.place.hasPrefix(key), "\(error)")
      #expect(error.rule.contains("empty") || error.rule.contains("there is no claim"), "\(error)")
    }
  }

  /// Whatever is missing or of another kind: a page without a trace of it, or an error that names the file; a number that is not
  /// drawn is none of the letters of NaN.
  @Test(arguments: Sample.allCases) func brokenDocumentsAreRefusedOrShown(sample: Sample) throws {
    let value = try sample.value
    let paths = value.paths().filter { !$0.isEmpty && $0 != "schema" }
    let replacements: [JSONValue?] = [
      nil, nil, .null, .string("x"), .number("-1"), .number("1e400"), .string("infinity"), [], .bool(true),
    ]
    // Each place with one of the changes in turn; about 25 places a sample.
    for (place, path) in paths.enumerated() where place % (1 + paths.count / 25) == 0 {
      let changed = value.replacing(path, with: replacements[place % replacements.count])
      do throws(ReportError) {
        let html = try Page([try Document(name: "b.json", value: changed)]).html
        #expect(!html.contains("nan") && !html.contains(">inf<"), "\(path)")
      } catch {
        #expect(error.file == "b.json" && !error.rule.isEmpty, "\(path): \(error)")
      }
    }
  }

  @Test func wrongTypesNameTheirPlace() throws {
    let value = try Sample.student.value.replacing("studies[0].rows[1].risk.mean", with: .string("x"))
    do throws(ReportError) {
      _ = try Page([try Document(name: "s.json", value: value)])
      Issue.record("no error")
    } catch {
      #expect(error.description.hasPrefix("s.json: studies[0].rows[1].risk.mean: \"x\" is no number"), "\(error)")
    }
  }
}
