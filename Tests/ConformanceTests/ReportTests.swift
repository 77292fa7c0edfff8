// SPDX-License-Identifier: GPL-3.0-or-later
import Conformance
import ExactJSON
import Foundation
import Testing

/// Reports for machines: JUnit and records.
@Suite struct ReportTests {
  private func report(_ wrong: Set<Int>, _ refusing: Set<Int> = []) -> ConformanceReport {
    HostilePrograms.suite(6).report(
      on: ClosureImplementation("a <\"closure\"> & more", operations: [.mutualInformation]) { _, input in
        let number = try JSONReader(input).required("number").integer()
        if refusing.contains(number) { throw Refused() }
        return ["nats": JSONValue(number + (wrong.contains(number) ? 1 : 0))]
      })
  }

  private struct Refused: Error, CustomStringConvertible {
    var description: String { "not \u{1}\"<this>\"" }
  }

  @Test func junitCountsAndEscapes() throws {
    let text = report([2], [3]).junit
    #expect(text.contains("tests=\"6\" failures=\"1\" errors=\"1\" skipped=\"0\""))
    #expect(text.contains("<failure message=\"nats: expected 2, got 3"))
    #expect(text.contains("name=\"a &lt;&quot;closure&quot;&gt; &amp; more\""))
    let parser = XMLCheck(text)
    #expect(parser.isWellFormed && parser.count("testcase") == 6 && parser.count("error") == 1)
  }

  @Test func aRecordIsReadAsItWasWritten() throws {
    let record = ConformanceRecord(report([2], [3]))
    #expect(try ConformanceRecord(parsing: record.document.pretty.utf8) == record)
    #expect(record.entries["v2"]?.verdict == .failed && record.entries["v3"]?.verdict == .errored)
    #expect(throws: (any Error).self) { try ConformanceRecord(parsing: #"{"schema": "cch.conform-record/2"}"#.utf8) }
  }

  @Test func changesAreTold() {
    let (old, new) = (ConformanceRecord(report([2], [3])), ConformanceRecord(report([4], [3])))
    let difference = RecordDifference(from: old, to: new)
    #expect(difference.newlyFailing == ["v4"] && difference.newlyPassing == ["v2"])
    #expect(difference.changed.isEmpty && difference.added.isEmpty && difference.missing.isEmpty)
    #expect(RecordDifference(from: old, to: old).isEmpty)
  }
}

/// Whether a text is well-formed as far as a stack of its tags can tell, and how often each tag opens.
private struct XMLCheck {
  private(set) var isWellFormed = true
  private var counts: [String: Int] = [:]

  init(_ text: String) {
    var open: [Substring] = []
    for piece in text.split(separator: "<").dropFirst() {
      guard let end = piece.firstIndex(of: ">") else { isWellFormed = false; return }
      let tag = piece[..<end]
      if tag.hasPrefix("/") {
        if open.popLast() != tag.dropFirst() { isWellFormed = false }
        continue
      }
      let name = tag.prefix { $0.isLetter }
      counts[String(name), default: 0] += 1
      if !tag.hasSuffix("/") { open.append(name) }
    }
    isWellFormed = isWellFormed && open.isEmpty
    // No control characters, which XML does not allow.
    isWellFormed = isWellFormed && !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }
  }

  func count(_ name: String) -> Int { counts[name] ?? 0 }
}
