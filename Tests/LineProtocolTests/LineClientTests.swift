// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import ForeignPrograms
import Foundation
import LineProtocol
import Testing

/// The client against programs of a few lines of shell, one request at a time as `cch validate` asks.
@Suite struct LineClientTests {
  private static let greeting =
    #"read x; echo '{"kind":"started","protocol":1,"name":"t","operations":["estimate"]}'"#

  /// A program that answers every request by `body`, in which $seq is the number of the request.
  private func client(_ body: String, atEnd: String = "", change: (inout ProgramLimits) -> Void = { _ in }) throws
    -> LineClient
  {
    var limits = ProgramLimits()
    limits.mostInFlight = 1
    change(&limits)
    let script = """
      \(Self.greeting)
      while read line; do case $line in *stop*) break;; esac
      seq=${line#*\\"seq\\":}; seq=${seq%%,*}; seq=${seq# }
      \(body)
      done
      \(atEnd)
      """
    return LineClient(try ForeignCommand(["/bin/sh", "-c", script]), limits: limits)
  }

  private let request = Request(operation: "estimate", input: ["x": 1])

  private func answer(_ seq: String = "$seq") -> String {
    #"echo "{\"kind\":\"result\",\"seq\":\#(seq),\"output\":{\"nats\":0.25}}""#
  }

  private let right = Reply.result(["nats": .number("0.25")])

  @Test func anyNumberThatIsTheSameIsTheSame() throws {
    let client = try client(answer("$seq.0"))
    for _ in 0..<3 { #expect(client.ask(request) == right) }
    client.stop()
    #expect(client.breaches.isEmpty && client.remarks.isEmpty && client.noise == Noise())
  }

  /// A wrong line is told at once, and after a few the rest is not asked.
  @Test(arguments: [("[$seq]", "an array"), (#"\"$seq\""#, "a string"), ("900", "900"), ("null", "null is null")])
  func strangersAreToldAtOnce(seq: String, says: String) throws {
    let client = try client(answer(seq))
    let start = ContinuousClock.now
    for _ in 0..<3 {
      guard case .broken(let reason) = client.ask(request) else { throw StartError.silent(command: "", reason: "") }
      #expect(reason.contains("answered with a seq that no request has") && reason.contains(says), "\(reason)")
    }
    guard case .notAsked(let reason) = client.ask(request) else { throw StartError.silent(command: "", reason: "") }
    #expect(reason.contains("was no answer 3 times in a row"), "\(reason)")
    #expect(ContinuousClock.now - start < .seconds(8))
  }

  @Test func aRightAnswerIsPatientlyAwaited() throws {
    // Talk that looks like an answer, then the answer: within the time for corrections, and for one request out of time.
    let talk = #"echo "{'kind': 'result', 'seq': $seq, 'output': 1}""#
    let quick = try client("\(talk); sleep 0.1; \(answer())") { $0.correction = .seconds(5) }
    for _ in 0..<4 { #expect(quick.ask(request) == right) }
    let late = try client("\(talk); sleep 1; \(answer())") { $0.correction = .milliseconds(200) }
    guard case .broken(let reason) = late.ask(request) else { throw StartError.silent(command: "", reason: "") }
    #expect(reason.contains("what it answered is no answer") && reason.contains("is no JSON"), "\(reason)")
  }

  @Test func whoNeverAnswersIsGivenUpSoon() throws {
    let client = try client("sleep 1000") { $0.answer = .milliseconds(100) }
    for _ in 0..<3 { #expect(client.ask(request) == .broken("no answer within 0.1 seconds")) }
    #expect(client.ask(request) == .notAsked("it had hung 3 times"))
    #expect(client.remarks == ["not all was asked: it had hung 3 times"])
  }

  @Test func whoEndsIsStartedAgain() throws {
    let client = try client("\(answer()); [ $seq = 2 ] && { echo 'out of memory' >&2; exit 9; }")
    #expect(client.ask(request) == right && client.ask(request) == right)
    let third = client.ask(request)
    #expect(third == .broken("it ended with exit status 9; its standard error ends: out of memory") || third == right)
    #expect(client.ask(request) == right)
  }

  @Test func theEndIsJudged() throws {
    let deaf = try client(answer(), atEnd: "trap '' TERM; sleep 1000") { $0.stop = .milliseconds(200) }
    _ = deaf.ask(request)
    deaf.stop()
    #expect(deaf.breaches.count == 1 && deaf.breaches[0].contains("had not exited 0.2 seconds after stop"))
    let failing = try client(answer(), atEnd: "exit 3")
    _ = failing.ask(request)
    failing.stop()
    #expect(failing.breaches.isEmpty && failing.remarks == ["it ended with exit status 3 after stop"])
    let twice = try client("\(answer()); [ $seq = 2 ] && echo '{\"kind\":\"errored\",\"seq\":1}'")
    #expect(twice.ask(request) == right && twice.ask(request) == right)
    twice.stop()
    #expect(twice.breaches == ["1 request got a second answer, which is not the first one"])
  }

  @Test func whatDoesNotIntroduceItselfIsNamed() throws {
    func error(_ script: String) throws -> String {
      let client = LineClient(try ForeignCommand(["/bin/sh", "-c", script]))
      return "\(try #require(throws: StartError.self) { try client.start() })"
    }
    let start = ContinuousClock.now
    #expect(
      try error("exit 2").hasSuffix(
        "before it answered start, it ended with exit status 2; nothing is on its standard error"))
    let long = try error(
      "i=0; while [ $i -lt 500 ]; do echo line $i >&2; i=$((i+1)); done; printf '\\033[1m\\a' >&2; exit 1")
    #expect(long.count <= 500 && long.contains("line 499 ⏎ \\u{1b}[1m\\u{7}") && !long.contains("line 400"), "\(long)")
    #expect(try error("kill -SEGV $$").contains("signal 11 (segmentation fault)"))
    #expect(try error("echo '{\"kind\":\"started\",\"protocol\":1}'; sleep 9").contains("\"operations\" is missing"))
    let dictionary = "{'kind': 'started', 'protocol': 1, 'operations': []}"
    #expect(try error("echo \"\(dictionary)\"; sleep 99").contains("its answer to start: \"{'kind'"))
    #expect(ContinuousClock.now - start < .seconds(12))
    #expect(throws: StartError.program(.missing("/no/such"))) { try LineClient(ForeignCommand(["/no/such"])).start() }
  }
}
