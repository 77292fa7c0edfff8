// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Testing

@testable import LineProtocol

/// What a line of a program is taken for.
@Suite struct IncomingMessageTests {
  private func message(_ text: String) -> IncomingMessage { IncomingMessage(Array(text.utf8)) }

  private func result(_ sequence: Int, _ nats: JSONValue) -> IncomingMessage {
    .answer(sequence: sequence, .result(["nats": nats]))
  }

  @Test func answers() {
    for seq in ["3", "3.0", "3e0", "30e-1"] {
      #expect(message(#"{"kind":"result","seq":\#(seq),"output":{"nats":0.5}}"#) == result(3, .number("0.5")))
    }
    #expect(
      message(#"{"kind":"skipped","seq":1,"reason":"too hard"}"#) == .answer(sequence: 1, .skipped("too hard")))
    #expect(
      message(#"{"kind":"errored","seq":1,"message":"a\u001bb"}"#) == .answer(sequence: 1, .errored("a\\u{1b}b")))
    #expect(message(#"{"kind":"errored","seq":1}"#) == .answer(sequence: 1, .errored("no reason given")))
    #expect(message(#"{"kind":"result","seq":1,"output":null}"#) == .answer(sequence: 1, .result(.null)))
    #expect(message(#"{"kind":"result","seq":1}"#) == .answer(sequence: 1, .broken("a result without \"output\"")))
  }

  @Test(arguments: ["NaN", "nan", "-NaN", "Infinity", "-Infinity", "inf", "-inf", "+inf", "INF", "-nan"])
  func whatIsNotFiniteIsTold(word: String) {
    for (before, after) in [
      (" ", ""), ("", ""), ("", " "), ("\t", "\t"), ("[1, ", ", 2]"), ("[", "]"), ("{\"a\":", "}"),
    ] {
      let line = #"{"kind":"result","seq":4,"output":{"nats":\#(before)\#(word)\#(after)}}"#
      #expect(message(line) == .answer(sequence: 4, .notFinite(word)), "\(line)")
    }
    // In a text it is a text.
    #expect(
      message(#"{"kind":"result","seq":4,"output":{"nats":": \#(word)}"}}"#) == result(4, .string(": \(word)}")))
    // A number that only a Double cannot hold is a number of JSON.
    #expect(message(#"{"kind":"result","seq":4,"output":{"nats":1e400}}"#) == result(4, .number("1e400")))
    if case .malformed = message(#"{"kind":"result","seq":4,"output":{"nats":\#(word)x}}"#) {
    } else {
      Issue.record("a word that only begins like one")
    }
  }

  @Test func aSeqThatIsNoNumberIsToldAndUnderstood() {
    let seqs: [(String, String, Int?)] = [
      ("[3]", "[3] is an array", 3), ("\"3\"", "\"3\" is a string", 3), ("null", "null is null", nil),
      ("true", "true is a boolean", nil), ("3.5", "3.5 is a number", 3), ("{\"n\":7}", "is an object", nil),
    ]
    for (seq, says, number) in seqs {
      guard case .stray(let problem, let meant) = message(#"{"kind":"result","seq":\#(seq),"output":{"nats":1}}"#)
      else {
        Issue.record("\(seq)")
        continue
      }
      #expect(problem.contains(says) && meant == number, "\(seq): \(problem) \(String(describing: meant))")
    }
    #expect(
      message(#"{"kind":"result","output":{"nats":1}}"#)
        == .stray("the answer has none; repeat that of the request", meant: nil))
  }

  @Test func attemptsAtAnswersAreTold() {
    let lines: [(String, String, Int?)] = [
      ("{'kind': 'result', 'seq': 1234567, 'output': {'nats': 0.5}}", "is no JSON", 1_234_567),
      (#"[1] "{\"kind\":\"result\",\"seq\":12,\"output\":{\"nats\":0.5}}""#, "is no JSON", 12),
      (#"{"kind":"result","seq":3,"output":{"nats":0.5},}"#, "is no JSON", 3),
      (#"{"kind":"result","seq":3,"seq":3,"output":{"nats":0.5}}"#, "there twice", 3),
      (#"[{"kind":"result","seq":3,"output":{"nats":0.5}}]"#, "must be an object", 3),
      (#"{"kind":["result"],"seq":[3],"output":{"nats":[0.5]}}"#, "its kind is [\"result\"]", 3),
      (#"{"seq":3,"output":{"nats":0.5}}"#, "it has no kind", 3),
      (#"{"kind":"Result","seq":3,"output":{"nats":0.5}}"#, "its kind is \"Result\" and must be \"result\"", 3),
      ("kind=result seq= output=1", "is no JSON", nil),
    ]
    for (line, says, number) in lines {
      guard case .malformed(let problem, let meant) = message(line) else {
        Issue.record("\(line): \(message(line))")
        continue
      }
      #expect(problem.contains(says) && meant == number, "\(line): \(problem) \(String(describing: meant))")
      #expect(problem.count < 250 && !problem.contains("\n"))
    }
  }

  @Test func talkIsTalk() {
    for line in [
      "", "hello", "{'a': 1}", "[1, 2]", "42", "\"text\"", "{\"kind\":", "Loading seq2seq model of this kind",
    ] {
      #expect(message(line) == .notJSON, "\(line)")
    }
    for line in ["{}", #"{"kind":"progress","seq":3,"message":"50 %"}"#, #"{"level":"info","seq":9}"#] {
      #expect(message(line) == .unknownKind, "\(line)")
    }
    #expect(IncomingMessage([0xFF, 0xFE, 0, 0x7B]) == .notJSON)
  }

  @Test func excerptsAreBoundedWhateverTheSize() {
    let many = JSONValue.array(Array(repeating: 1, count: 1_000_000))
    let wide = JSONValue.object((0..<100_000).map { .init(key: "key \($0)", value: many) })
    let long = JSONValue.string(String(repeating: "é", count: 3_000_000))
    let clock = ContinuousClock()
    let time = clock.measure {
      for value in [many, wide, long, .number(String(repeating: "1", count: 2_000_000))] {
        #expect(value.excerpt(80).count == 81 && value.excerpt(80).hasSuffix("…"))
        #expect(value.isLarger(than: 1 << 14))
      }
    }
    #expect(time < .seconds(2), "it must not grow with the value")
    let small: JSONValue = ["a": [1, "x\ty", nil, true], "b": ["c": .number("-2.5e3")]]
    #expect(small.excerpt(80) == small.description && !small.isLarger(than: 80))
  }
}
