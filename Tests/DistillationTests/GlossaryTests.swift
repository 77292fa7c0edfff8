// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// The glossary against the sources, the documents that the tool prints, and the proofs.
@Suite struct GlossaryTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")

  private struct Entry {
    let symbol: String
    let swift: String
    let json, coq: String?
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  private static func entries() throws -> [Entry] {
    let lines = try text("Sources/Model/Distillation/Distillation.docc/Glossary.md").split(separator: "\n")
    return try lines.filter { $0.hasPrefix("| ") && !$0.hasPrefix("| symbol") }.map { line in
      let cells = line.replacing("\\|", with: "/").split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      try #require(cells.count == 6, "\(line)")
      func name(_ cell: String) -> String? { cell == "–" ? nil : cell.trimmingCharacters(in: ["`", "\""]) }
      return Entry(symbol: cells[0], swift: try #require(name(cells[1])), json: name(cells[2]), coq: name(cells[3]))
    }
  }

  /// The names that the text declares after one of the keywords.
  private static func names(_ text: String, after keywords: String) throws -> Set<String> {
    let pattern = try Regex<(Substring, Substring)>("(?:\(keywords)) ([A-Za-z0-9_]+)")
    return Set(text.matches(of: pattern).map { String($0.output.1) })
  }

  private static func underscored(_ name: String) -> String {
    var letters = ""
    for (place, letter) in name.enumerated() {
      let before = place > 0 ? Array(name)[place - 1] : "_"
      letters += letter.isUppercase && before.isLowercase ? "_" + letter.lowercased() : letter.lowercased()
    }
    return letters
  }

  @Test func swiftHasTheNames() throws {
    let (entries, folder) = (try Self.entries(), "Sources/Model/Distillation")
    #expect(Set(entries.map(\.swift)).count == entries.count, "a name is one quantity's")
    #expect(Set(entries.map(\.symbol)).count == entries.count, "a quantity has one name")
    let files = try ["Moments", "Risk", "Instance", "RiskTerms", "ConditionalMoments", "InstanceExtras"].map {
      try Self.text("\(folder)/\($0).swift")
    }
    let facts = try Self.text("Sources/Theory/Claims/Facts.swift")
    let declared = try Self.names((files + [facts]).joined(), after: "var|let|func")
    for entry in entries { #expect(declared.contains(entry.swift), "\(entry.swift)") }
    // And nothing that the closed forms are about is left out.
    let formulas = try Self.names(files[3] + files[4], after: "public var")
    #expect(formulas.subtracting(entries.map(\.swift)).isEmpty)
    // Of what is given besides Σ, only what is a number or a vector of weights.
    let given = try Self.names(files[5], after: "public var")
    #expect(
      given.subtracting(entries.map(\.swift)) == ["design", "rowMoments", "other", "isEmpty"], "rows and instances")
  }

  @Test func documentsHaveTheNames() throws {
    let entries = try Self.entries()
    let explained = try Self.text("fixtures/explain/diabetes.json")
    let keys = try Regex<(Substring, Substring)>("(?m)^ {2,4}\"([^\"]+)\": ")
    let inputs = try Regex<(Substring, Substring)>("\"([A-Za-z0-9_]+)\": \\{")
    let given = try Self.text("fixtures/schemas/instance.schema.json").matches(of: inputs)
    let found = Set(explained.matches(of: keys).map { String($0.output.1) } + given.map { String($0.output.1) })
    for name in entries.compactMap(\.json) { #expect(found.contains(name), "\(name)") }
    let top = try Regex<(Substring, Substring)>("(?m)^  \"([^\"]+)\": ")
    let quantities = Set(explained.matches(of: top).map { String($0.output.1) })
      .subtracting(["schema", "source", "instance", "mutual_information", "students"])
    #expect(quantities.subtracting(entries.compactMap(\.json)).isEmpty)
    for entry in entries {
      if let json = entry.json, !json.contains(";"), entry.swift != "secondTeacher" {
        #expect(json == Self.underscored(entry.swift))
      }
    }
  }

  @Test func coqHasTheNames() throws {
    let entries = try Self.entries()
    let folder = Self.root.appendingPathComponent("proofs")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".v") }
    let defined = try Self.names(try files.map { try Self.text("proofs/\($0)") }.joined(), after: "Definition")
    for entry in entries {
      guard let coq = entry.coq else { continue }
      #expect(defined.contains(coq), "\(coq)")
    }
    // Where the shortest Coq word is another one, it is listed here.
    let others = [
      "optimalStudent", "leastSquaresTeacher", "teacherInformation", "labelInformation", "k", "bestLambda",
      "bestMixingWeight", "informationGivenLabel",
    ]
    for entry in entries where !others.contains(entry.swift) {
      if let coq = entry.coq { #expect(coq == Self.underscored(entry.swift)) }
    }
  }

  /// Words that once named one of these quantities, or two.
  @Test func oldNamesAreGone() throws {
    let old = try Regex(
      #"\b(residualY|residualT|residualTY|teacherNoise|curvatureTerm|logCurvature|leastCurvature|sigma_eps2|Dcoef"#
        + #"|ResidualMoments|partialCorrelation)\b"#)
    var count = 0
    for folder in ["Sources", "Benchmarks/Benchmarks", "proofs", "python/src", "fixtures/schemas"] {
      let files = FileManager.default.enumerator(
        at: Self.root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
      for case let file as URL in try #require(files)
      where ["swift", "md", "v", "py", "json"].contains(file.pathExtension) {
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.firstMatch(of: old) == nil, "\(file.lastPathComponent)")
        count += 1
      }
    }
    #expect(count > 1_000)
  }
}
