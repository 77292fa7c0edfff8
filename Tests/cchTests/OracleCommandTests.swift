// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// `cch oracle` and `cch vectors`, as users run them.
@Suite struct OracleCommandTests {
  /// Runs the oracle on these bytes.
  private func oracle(_ input: Data) throws -> (status: Int32, lines: [String], errors: String) {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = Tool.executable
    process.arguments = ["oracle"]
    let files = ["in", "out", "err"].map { folder.appendingPathComponent($0) }
    try input.write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    let text = String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
    let errors = String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
    return (process.terminationStatus, text.split(separator: "\n").map(String.init), errors)
  }

  /// Every vector gets the answer that it expects, through the tool, one answer a request and in order.
  @Test func oracleAnswersTheVectors() throws {
    let folder = Tool.root.appendingPathComponent("fixtures/vectors")
    var requests = ["{\"kind\":\"start\",\"protocol\":1}"]
    var expected: [JSONValue] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let document = try JSONValue(parsing: try Data(contentsOf: folder.appendingPathComponent(name)))
      guard case .array(let tests)? = document["tests"] else { throw Missing() }
      for test in tests {
        let request: JSONValue = [
          "kind": "run", "seq": JSONValue(expected.count), "operation": document["operation"] ?? .null,
          "input": test["input"] ?? .null,
        ]
        requests.append(request.description)
        expected.append(test["expected"] ?? .null)
      }
    }
    requests += ["garbage", "{\"kind\":\"stop\"}"]
    // The last line has no newline.
    let result = try oracle(Data(requests.joined(separator: "\n").utf8))
    #expect(result.status == 0 && result.errors.isEmpty)
    try #require(result.lines.count == expected.count + 2 && expected.count >= 600)
    #expect(try JSONValue(parsing: result.lines[0])["exact"] == true)
    for (seq, right) in expected.enumerated() {
      let answer = try JSONValue(parsing: result.lines[seq + 1])
      try #require(answer["seq"] == JSONValue(seq))
      if let fields = right["output"] {
        #expect(answer["kind"] == "result")
        guard case .object(let members) = fields else { throw Missing() }
        for member in members { #expect(agrees(answer["output"], member), "\(answer) \(member)") }
      } else {
        #expect(answer["kind"] == "errored", "\(answer)")
      }
    }
    #expect(result.lines.last?.contains("\"errored\"") == true)
  }

  private struct Missing: Error {}

  /// Whether the oracle's output has the exact value of an expected field.
  private func agrees(_ output: JSONValue?, _ field: JSONValue.Member) -> Bool {
    let answer = output?[field.key]
    if let verdict = field.value["bool"] { return answer == verdict }
    if field.value["infinite"] != nil { return answer == .null }
    if let list = field.value["values"] ?? field.value["rows"] { return answer == list }
    // An information called `nats` stands beside its exact form.
    let exact = field.key == "nats" ? output : answer
    if let argument = field.value["half_log_of"] {
      return exact?["half_log_of"] == argument && exact?["plus"] == field.value["plus"]
    }
    return answer == field.value["value"] || exact?["value"] == field.value["value"]
  }

  @Test func oracleSurvivesRubbish() throws {
    let question =
      #"{"kind":"run","seq":3,"operation":"baseline_risk","input":{"sigma":[[1,0,0],[0,1,0],[0,0,1]],"p1":1,"p2":1,"w1":[1],"n":4}}"#
    var bytes = Data((0..<200_000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 11) })
    bytes.append(0x0A)
    bytes.append(Data(repeating: 0x7B, count: 2_000_000))
    bytes.append(Data(("\n" + question + "\n").utf8))
    let result = try oracle(bytes)
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(result.lines.last == #"{"kind": "result", "seq": 3, "output": {"risk": "3/2"}}"#)
    for line in result.lines.dropLast() { #expect(line.contains("\"errored\""), "\(line)") }
    #expect(try oracle(Data()).lines.isEmpty)
  }

  @Test func vectorsAreWrittenAndNeverChanged() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let out = folder.appendingPathComponent("new/vectors")
    let published = Tool.root.appendingPathComponent("fixtures/vectors")
    // A published file of this folder, with one vector changed: nothing is written.
    try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
    let file = out.appendingPathComponent("window.json")
    let text = try String(contentsOf: published.appendingPathComponent("window.json"), encoding: .utf8)
    try Data(text.replacingOccurrences(of: "p1 = p2 = q = 1", with: "scalars").utf8)
      .write(to: file)
    #expect(try String(contentsOf: file, encoding: .utf8) != text)
    Tool.expectRefusal(try Tool.run("vectors", "--out", out.path), naming: ["window.json", "window-001", "never"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: out.path) == ["window.json"])
    try Data("{".utf8).write(to: file)
    Tool.expectRefusal(try Tool.run("vectors", "--out", out.path), naming: ["window.json", "line 1"])
    try Data(text.replacingOccurrences(of: "cch.vectors/1", with: "cch.vectors/2").utf8).write(to: file)
    Tool.expectRefusal(try Tool.run("vectors", "--out", out.path), naming: ["window.json", "cch.vectors/2", "newer"])
    Tool.expectRefusal(try Tool.run("vectors", "--out", "/dev/null/x"), naming: ["/dev/null/x"])
    Tool.expectRefusal(try Tool.run("vectors"), naming: ["--out"])
  }
}
