// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import ExactAlgebra
import ExactJSON
import Testing

/// `--csv` wherever a table is printed, and `--plot`: read back by a reader of CSV that is written here.
@Suite struct TableOptionTests {
  /// RFC 4180.
  private func read(_ text: String) -> [[String]] {
    var (rows, row, field, isQuoted) = ([[String]](), [String](), "", false)
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch (scalar, isQuoted) {
      case ("\"", true) where rest.first == "\"": field.unicodeScalars.append(rest.removeFirst())
      case ("\"", _): isQuoted.toggle()
      case (",", false): (row, field) = (row + [field], "")
      case ("\n", false): (rows, row, field) = (rows + [row + [field]], [], "")
      default: field.unicodeScalars.append(scalar)
      }
    }
    return rows
  }

  /// The value at `a.b`.
  private func value(_ object: JSONValue, _ path: String) -> JSONValue? {
    path.split(separator: ".").reduce(object) { $0?[String($1)] }
  }

  private func isSame(_ field: String, _ value: JSONValue?) throws -> Bool {
    switch value {
    case nil, .null: return field.isEmpty
    case .bool(let flag): return field == "\(flag)"
    case .number(let text): return field == text
    case .string(let text):
      if text.contains("/"), let exact = try? Rational(parsing: text) {
        let error = (try Rational(parsing: field) - exact).magnitude
        return error <= exact.magnitude * Rational(1, 1_000_000_000_000_000)
      }
      return field == text
    case .array(let elements):
      let parts = field.components(separatedBy: "; ")
      return try parts.count == max(1, elements.count)
        && zip(parts, elements).allSatisfy { try isSame(String($0), $1) }
    case .object: return false
    }
  }

  @Test(arguments: [
    ("claims", "claims"), ("claims --words", "words"), ("tasks 1v1-*", "tasks"),
    ("verify theorem1 unbounded --cases 400 --seed 1", "claims"),
    ("validate --estimator gaussian --tasks 1v1-* --repeats 3 --seed 1", "tasks"),
    ("conform --only window -- .build/debug/cch oracle", "operations"),
    (
      "advise fixtures/data/autompg.csv --teacher weight --teacher displacement,horsepower --student acceleration --label mpg --seed 1 --repeats 100",
      "candidates"
    ),
    // Of label smoothing there is no alignment: null beside objects.
    (
      "advise --student fixtures/data/mfeat/mor.csv.gz --teacher fixtures/data/mfeat/fou.csv.gz --label fixtures/data/mfeat/labels.csv.gz --most-rows 100 --seed 1",
      "candidates"
    ),
  ])
  func rowsAreThoseOfTheDocument(line: String, list: String) throws {
    var words = line.split(separator: " ").map(String.init)
    if let place = words.firstIndex(of: ".build/debug/cch") { words[place] = Tool.executable.path }
    let end = words.firstIndex(of: "--") ?? words.count
    func run(_ option: String) throws -> Tool.Result { try Tool.run(words[..<end] + [option] + words[end...]) }
    let (csv, json) = (try run("--csv"), try run("--json"))
    #expect(csv.status == json.status)
    let elements = try #require(try json.json()[list]?.elements)
    let rows = read(csv.output)
    #expect(rows.count == elements.count + 1 && rows.allSatisfy { $0.count == rows[0].count })
    for (row, element) in zip(rows.dropFirst(), elements) {
      // Times differ from run to run.
      for (field, column) in zip(row, rows[0]) where column != "seconds" {
        #expect(try isSame(field, value(element, column)), "\(column): \(field)")
      }
      // No scalar is left out.
      guard case .object(let members) = element else { continue }
      for member in members where member.value.isScalar {
        let isObjectElsewhere = member.value == .null && rows[0].contains { $0.hasPrefix("\(member.key).") }
        #expect(rows[0].contains(member.key) != isObjectElsewhere)
      }
    }
  }

  @Test func explanationsAreKeysAndValues() throws {
    let file = "fixtures/certificates/fixed-lambda.json"
    let rows = read(try Tool.run("explain", file, "--csv").output)
    let document = try Tool.run("explain", file, "--json").json()
    #expect(rows[0] == ["key", "value", "exact"])
    let beta = try #require(rows.first { $0[0] == "beta" })
    #expect(try isSame(beta[1], document["beta"]))
    let verdict = try #require(rows.first { $0[0] == "claims.fixed-lambda.conclusion" })
    #expect(verdict[1] == "false" && !rows.contains { $0[0].hasPrefix("instance") })
    let nats = try #require(rows.first { $0[0] == "delta.nats" })
    #expect(nats[1] == document["delta"]?["nats"]?.text)
    // A program that reads CSV is no person: one document, or the other.
    for line in [["claims"], ["explain", file], ["student", file], ["estimate", file, "--x", "a", "--y", "b"]] {
      Tool.expectRefusal(try Tool.run(line + ["--csv", "--json"]), naming: ["--csv and --json exclude each other"])
    }
  }

  /// Pictures only where they are asked for, here where no terminal is; of the locale's characters.
  @Test func picturesAreDrawnWhereTheyAreAskedFor() throws {
    let explain = ["explain", "fixtures/certificates/fixed-lambda.json"]
    func text(_ arguments: [String], _ locale: String) throws -> String {
      try Tool.run(arguments, environment: ["LC_ALL": locale, "COLUMNS": "80"]).output
    }
    let plain = try text(explain, "C.UTF-8")
    #expect(!plain.contains("└") && !plain.contains("⠤"))
    let drawn = try text(explain + ["--plot"], "C.UTF-8")
    #expect(
      drawn.contains("R(λ)") && drawn.contains("└──") && drawn.contains { ("\u{2801}"..."\u{28FF}").contains($0) })
    let ascii = try text(explain + ["--plot"], "C")
    #expect(ascii.contains("+---") && ascii.contains("***") && !ascii.contains("└"))
    let advise = [
      "advise", "fixtures/data/autompg.csv", "--teacher", "weight", "--student", "acceleration", "--label", "mpg",
      "--repeats", "100", "--seed", "1", "--plot",
    ]
    let forest = try text(advise, "C.UTF-8")
    #expect(forest.contains("β: below 1 the teacher helps") && forest.contains("├─") && forest.contains("┊"))
    #expect(forest.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }
}

extension JSONValue {
  fileprivate var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  fileprivate var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    default: nil
    }
  }
}
