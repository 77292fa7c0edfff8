// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Oracle
import Testing

@testable import Vectors

/// The vectors that are published, against what makes them.
@Suite struct VectorBookTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../fixtures").standardizedFileURL

  private static let files = VectorBook.files()

  private func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: VectorBookTests.root.appendingPathComponent(path))
  }

  @Test func filesAreMadeAgainByteForByte() throws {
    for file in VectorBookTests.files {
      let published = try bytes("vectors/" + VectorBook.fileName(file.operation))
      #expect(Data(file.text.utf8) == published, "\(file.operation.rawValue): run cch vectors --out fixtures/vectors")
    }
    let names = try FileManager.default.contentsOfDirectory(
      atPath: VectorBookTests.root.appendingPathComponent("vectors").path)
    #expect(Set(names) == Set(OracleOperation.allCases.map(VectorBook.fileName)))
  }

  @Test func filesAreReadAsTheyWereWritten() throws {
    for file in VectorBookTests.files {
      let read = try VectorFile(parsing: file.text.utf8)
      #expect(read == file)
    }
  }

  @Test func unknownOutputFieldsAreNamed() throws {
    let file = try #require(VectorBookTests.files.first { $0.operation == .riskSlope })
    let misspelt = file.text.replacingOccurrences(of: "\"slope\":", with: "\"slop\":")
    #expect(misspelt != file.text)
    let place = try #require(file.tests.firstIndex { if case .output = $0.expected { true } else { false } })
    #expect { _ = try VectorFile(parsing: misspelt.utf8) } throws: { error in
      "\(error)".contains("tests[\(place)].expected.output.slop")
        && "\(error)".contains("no operation answers with a field")
    }
  }

  /// A vector never changes: its line in this file, an id and a digest, is only ever added.
  @Test func vectorsNeverChange() throws {
    let text = String(decoding: try bytes("vector-digests.txt"), as: UTF8.self)
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    var digests: [String: String] = [:]
    for line in lines {
      let parts = line.split(separator: " ").map(String.init)
      try #require(parts.count == 2 && digests[parts[0]] == nil, "\(line)")
      digests[parts[0]] = parts[1]
    }
    let tests = VectorBookTests.files.flatMap(\.tests)
    for test in tests {
      #expect(
        digests[test.id] == test.digest,
        "\(test.id): a published vector never changes; for a new one add the line \"\(test.id) \(test.digest)\"")
    }
    #expect(Set(tests.map(\.id)) == Set(digests.keys), "a published vector never goes away")
  }

  @Test func everyVectorSaysWhatItCatches() {
    let tests = VectorBookTests.files.flatMap(\.tests)
    #expect(tests.count >= 600 && Set(tests.map(\.id)).count == tests.count)
    for test in tests {
      #expect(!test.comment.isEmpty && test.catches.count > 8 && !test.flags.isEmpty, "\(test.id)")
      let flags = Set(test.flags)
      if case .refused = test.expected {
        #expect(!flags.isDisjoint(with: ["INVALID_INPUT", "DEGENERATE"]), "\(test.id)")
      }
    }
    for file in VectorBookTests.files {
      #expect(file.tests.count { if case .refused = $0.expected { true } else { false } } >= 10, "\(file.operation)")
    }
  }

  /// Numbers for programs in double precision are JSON numbers that a Double holds exactly, but for what must be refused.
  @Test func inputsAreDoubles() {
    func check(_ value: JSONValue, _ test: ConformanceVector) {
      switch value {
      case .number(let text):
        let isRefused = if case .refused = test.expected { true } else { false }
        let number = Double(text) ?? .nan
        #expect(number.isFinite || isRefused, "\(test.id): \(text)")
        if number.isFinite {
          #expect(JSONValue.number(text).judgedNumber == (try? .init(exactly: number)), "\(test.id)")
        }
      case .string(let text): #expect(test.exactOnly || text == "none" || text == "digamma", "\(test.id): \(text)")
      case .array(let elements): for element in elements { check(element, test) }
      // A statement is a text.
      case .object(let members): for member in members where member.key != "statement" { check(member.value, test) }
      case .bool, .null: Issue.record("\(test.id)")
      }
    }
    for test in VectorBookTests.files.flatMap(\.tests) { check(test.input, test) }
  }
}
