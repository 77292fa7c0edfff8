// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import SeededRuns
import Testing

@testable import Oracle

@Suite struct OracleSessionTests {
  /// The answers to these bytes, cut into chunks of `size`.
  private func answers(_ text: String, chunk size: Int = 1 << 20) throws -> [JSONValue] {
    try lines(Array(text.utf8), chunk: size).map { try JSONValue(parsing: $0) }
  }

  private func lines(_ bytes: [UInt8], chunk size: Int = 1 << 20) -> [String] {
    let session = OracleSession(version: "1")
    var lines = OracleLines(session)
    bytes.withUnsafeBufferPointer { all in
      for start in stride(from: 0, to: all.count, by: size) {
        lines.take(UnsafeBufferPointer(rebasing: all[start..<min(all.count, start + size)]))
      }
    }
    lines.end()
    return String(decoding: session.answers, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private let question =
    #"{"kind":"run","seq":7,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,1,2]],"p1":1,"p2":1,"q":1,"w1":[1]}}"#

  @Test func conversation() throws {
    let text =
      #"{"kind":"start","protocol":1}"# + "\n" + question + "\n\n \r\n" + #"{"kind":"stop"}"# + "\n" + question + "\n"
    let answers = try answers(text)
    #expect(answers.count == 2)
    #expect(answers[0]["kind"] == "started" && answers[0]["protocol"] == 1 && answers[0]["exact"] == true)
    #expect(answers[0]["name"] == "cch")
    guard case .array(let operations)? = answers[0]["operations"] else { throw Missing() }
    #expect(operations.count == 22)
    #expect(answers[1]["kind"] == "result" && answers[1]["seq"] == 7)
    // var s = ½, cov(t, s) = ½, so r = 2·½/(2·½ − ¼) = 4/3 on both sides.
    #expect(answers[1]["output"]?["i_ts"]?["half_log_of"] == "4/3" && answers[1]["output"]?["delta"]?["nats"] == "0")
  }

  private struct Missing: Error {}

  /// The same answers however the bytes are cut, and for a last line without a newline.
  @Test func chunksDoNotMatter() {
    let text = Array((question + "\nrubbish\n" + question).utf8)
    let whole = lines(text)
    #expect(whole.count == 3 && whole[0] == whole[2] && whole[1].contains("errored"))
    for size in [1, 2, 7, 100, 151] { #expect(lines(text, chunk: size) == whole) }
  }

  @Test(arguments: [
    ("rubbish", "no JSON"), ("{\"kind\":\"run\"", "no JSON"), ("[1,2]", "an object"), ("\"run\"", "an object"),
    ("17", "an object"),
    ("{}", "unknown kind"), ("{\"kind\":\"walk\",\"seq\":3}", "unknown kind"),
    ("{\"kind\":\"start\",\"protocol\":2}", "protocol 2"),
    ("{\"kind\":\"run\",\"operation\":\"cch\",\"input\":{}}", "seq"),
    ("{\"kind\":\"run\",\"seq\":\"a\",\"operation\":\"cch\",\"input\":{}}", "seq"),
    ("{\"kind\":\"run\",\"seq\":1,\"operation\":\"dance\",\"input\":{}}", "unknown operation"),
    ("{\"kind\":\"run\",\"seq\":1}", "unknown operation"),
    ("{\"kind\":\"run\",\"seq\":1,\"operation\":\"cch\"}", "input"),
    ("{\"kind\":\"run\",\"seq\":1,\"operation\":\"cch\",\"input\":[]}", "malformed"),
    ("{\"kind\":\"run\",\"seq\":1,\"operation\":\"ksg\",\"input\":{}}", "malformed"), ("{\"a\":1,\"a\":2}", "no JSON"),
    ("\u{0}\u{1}", "no JSON"),
  ])
  func malformedLines(line: String, message: String) throws {
    let answers = try answers(line + "\n" + question + "\n")
    try #require(answers.count == 2)
    #expect(answers[0]["kind"] == "errored" && answers[1]["kind"] == "result")
    guard case .string(let text)? = answers[0]["message"] else { throw Missing() }
    #expect(text.contains(message), "\(text)")
    #expect(answers[0]["seq"] == (line.contains("\"seq\":1") ? 1 : line.contains("\"seq\":3") ? 3 : .null))
  }

  /// Random bytes, with and without newlines: one answer a line that is not blank, and the stream goes on.
  @Test func binaryRubbish() throws {
    for index in 0..<50 {
      var random = RandomSource(seed: 31, index: UInt64(index))
      let bytes = (0..<4000).map { _ in UInt8(random.integer(in: 0...255)) }
      let rubbish = bytes.split(separator: 0x0A).filter { !$0.allSatisfy { [0x20, 0x09, 0x0D].contains($0) } }
      let answers = lines(bytes + [0x0A] + Array(question.utf8), chunk: 1 + index * 17)
      #expect(answers.count == rubbish.count + 1)
      #expect(
        answers.dropLast().allSatisfy { $0.contains("\"errored\"") } && answers.last?.contains("\"result\"") == true)
      for answer in answers { _ = try JSONValue(parsing: answer) }
    }
  }

  /// Lines beyond the limit are answered once, not kept, and the next line is read.
  @Test func hugeLines() throws {
    let session = OracleSession(version: "1")
    var lines = OracleLines(session)
    let chunk = [UInt8](repeating: 0x61, count: 1 << 20)
    for _ in 0..<80 { chunk.withUnsafeBufferPointer { lines.take($0) } }
    Array(("\n" + question + "\n").utf8).withUnsafeBufferPointer { lines.take($0) }
    let answers = String(decoding: session.answers, as: UTF8.self).split(separator: "\n")
    #expect(answers.count == 2 && answers[0].contains("longer than 64 MB") && answers[1].contains("\"result\""))
    // A long line that is still read.
    let padded = question.replacingOccurrences(
      of: "{\"kind\"", with: "{" + String(repeating: " ", count: 300_000) + "\"kind\"")
    #expect(try self.answers(padded + "\n")[0]["kind"] == "result")
  }
}

extension String {
  fileprivate func replacingOccurrences(of part: String, with other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    return replacingCharacters(range, other)
  }

  private func firstRange(of part: String) -> Range<String.Index>? { self.ranges(of: part).first }

  private func replacingCharacters(_ range: Range<String.Index>, _ other: String) -> String {
    String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
  }
}
