// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import SeededRuns
import Testing

@testable import Oracle

/// The shortcut writes the bytes that the general path writes, or gives up.
@Suite struct ComplementarityShortcutTests {
  private func general(_ request: JSONValue) -> String {
    guard let input = request["input"], let answer = try? ExactOracle.answer(.cch, input: input) else { return "" }
    let result: JSONValue = ["kind": "result", "seq": request["seq"] ?? .null, "output": answer.document]
    return result.description + "\n"
  }

  private func shortcut(_ line: String, _ shortcut: ComplementarityShortcut) -> String? {
    var out: [UInt8] = []
    return Array(line.utf8).withUnsafeBufferPointer { shortcut.answer($0, into: &out) }
      ? String(decoding: out, as: UTF8.self) : nil
  }

  @Test func equalsTheGeneralPath() throws {
    let fast = ComplementarityShortcut()
    var taken = 0
    for index in 0..<1500 {
      var random = RandomSource(seed: 64, index: UInt64(index))
      let request = CCHRequest.random(&random, seq: index)
      let line = index % 3 == 0 ? request.description : request.description.filter { $0 != " " }
      guard let answer = shortcut(line, fast) else { continue }
      taken += 1
      try #require(answer == general(request), "\(line)")
    }
    // The rest are degenerate, not definite, or too near to 0 for a single logarithm.
    #expect(taken > 1000, "\(taken)")
  }

  /// Whatever is not plain, valid and of one output is left to the general path.
  @Test(arguments: [
    #"{"kind":"run","seq":1,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,1,2]],"p1":1,"p2":1,"w1":[0]}}"#,
    #"{"kind":"run","seq":1,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,0],[1,0,2]],"p1":1,"p2":1,"w1":[1]}}"#,
    #"{"kind":"run","seq":1,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,0,2]],"p1":1,"p2":1,"w1":[1]}}"#,
    #"{"kind":"run","seq":1,"operation":"cch","input":{"sigma":[[2,3,1],[3,2,1],[1,1,2]],"p1":1,"p2":1,"w1":[1]}}"#,
    #"{"kind":"run","seq":1,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,1,2]],"p1":1,"p2":1,"w1":[1,1]}}"#,
    #"{"kind":"run","seq":1,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,1,2]],"p1":2,"p2":1,"w1":[1]}}"#,
    #"{"kind":"run","seq":1,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,1,2]],"p1":1,"p2":1,"q":2,"w1":[1]}}"#,
    #"{"kind":"run","seq":1,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,1]],"p1":1,"p2":1,"w1":[1]}}"#,
    #"{"kind":"run","seq":1,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,1,2]],"p1":1,"p2":1,"w1":[1]},}"#,
    #"{"kind":"run","seq":1,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,1,2]],"p1":1,"p2":1,"w1":[01]}}"#,
    #"{"kind":"run","seq":1,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,1,2]],"p1":1,"p2":1,"w1":["1/0"]}}"#,
    #"{"kind":"run","seq":1,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,1,2]],"p1":1,"p2":1,"w1":[1],"w1":[1]}}"#,
    #"{"kind":"run","seq":1,"operation":"cch","operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,1,2]],"p1":1,"p2":1,"w1":[1]}}"#,
    #"{"kind":"run","seq":-1,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,1,2]],"p1":1,"p2":1,"w1":[1]}}"#,
    #"{"kind":"run","seq":1,"operation":"kd_risk","input":{"sigma":[[2,1,1],[1,2,1],[1,1,2]],"p1":1,"p2":1,"w1":[1]}}"#,
    #"{"kind":"run","seq":1,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,1,2]],"p1":1,"p2":1,"w1":[1.]}}"#,
    #"{"kind":"run","seq":1,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,1,2]],"p1":1,"p2":1,"w1":[1e]}}"#,
    #"{"kind":"run","seq":1,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,1,2]],"p1":1,"p2":1,"w1":[1]}} x"#,
  ])
  func givesUp(line: String) { #expect(shortcut(line, ComplementarityShortcut()) == nil) }

  @Test func takesTheUsualForms() {
    let fast = ComplementarityShortcut()
    let plain =
      #"{"kind":"run","seq":5,"operation":"cch","input":{"sigma":[[2,1,1],[1,2,1],[1,1,3]],"p1":1,"p2":1,"w1":[1]}}"#
    let answer = shortcut(plain, fast)
    #expect(answer != nil)
    for other in [
      #" { "input" : {"w1":["1"], "q":1, "p2":1,"p1":1,"sigma":[["2","1.0",1e0],[10e-1,"4/2",1],[1,"0.5e1/5",3]]},"operation":"cch", "seq":5,"kind":"run" } "#
        .replacing("\"0.5e1/5\"", with: "\"5/5\""),
      #"{"kind":"run","seq":5,"operation":"cch","input":{"sigma":[[0.2,0.1,0.1],[0.1,0.2,0.1],[0.1,0.1,0.3]],"p1":1,"p2":1,"w1":[7e3]}}"#,
    ] { #expect(shortcut(other, fast) == answer, "\(other)") }
  }
}

/// Random requests for the oracle.
enum CCHRequest {
  /// A request of one output: whole numbers, decimals, fractions or numbers of very different sizes.
  static func random(_ random: inout RandomSource, seq: Int) -> JSONValue {
    let (p1, p2) = (random.integer(in: 1...3), random.integer(in: 1...4))
    return CCHRequest.random(&random, seq: seq, p1: p1, p2: p2, kind: random.integer(in: 0...4))
  }

  /// A request of these sizes.
  static func random(_ random: inout RandomSource, seq: Int, p1: Int, p2: Int, kind: Int) -> JSONValue {
    let size = p1 + p2 + 1
    let range = kind == 1 ? 1_000_000 : 5
    let factor = (0..<size).map { _ in (0..<size).map { _ in random.integer(in: -range...range) } }
    var entries = [[JSONValue]](repeating: [], count: size)
    for i in 0..<size {
      for j in 0..<size {
        let sum = (0..<size).reduce(i == j ? 1 : 0) { $0 + factor[i][$1] * factor[j][$1] }
        switch kind {
        case 2: entries[i].append(.number("\(sum / 1000).\(1000 + abs(sum) % 1000)".replacing(".1", with: ".")))
        case 3: entries[i].append(.string("\(sum)/\((i + 2) * (j + 2))"))
        case 4: entries[i].append(.number("\(sum)e\(7 * (i + j) - 20)"))
        default: entries[i].append(JSONValue(sum))
        }
      }
    }
    let weights = (0..<p1).map { _ in JSONValue(random.integer(in: -9...9)) }
    return [
      "kind": "run", "seq": JSONValue(seq), "operation": "cch",
      "input": [
        "sigma": .array(entries.map { .array($0) }), "p1": JSONValue(p1), "p2": JSONValue(p2), "q": 1,
        "w1": .array(weights),
      ],
    ]
  }
}
