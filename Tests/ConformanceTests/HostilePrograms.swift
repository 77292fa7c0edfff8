// SPDX-License-Identifier: GPL-3.0-or-later
import Conformance
import ExactJSON
import ForeignPrograms
import Oracle
import Vectors

/// A program that answers each request with the number that it holds, and misbehaves in one way.
enum HostilePrograms {
  static func command(_ mode: String, _ more: String...) throws -> ForeignCommand {
    try ForeignCommand(["python3", "-c", source, mode] + more)
  }

  /// Vectors that hold their answers, of some operations.
  static func suite(_ count: Int, of operations: [OracleOperation] = [.mutualInformation]) -> VectorSuite {
    let tests = (1...count).map { number in
      ConformanceVector(
        id: "v\(number)", comment: "the number \(number)", flags: [], catches: "nothing", exactOnly: false,
        input: ["number": JSONValue(number)],
        expected: .output([.init(.nats, .rational(.init(number)), tolerance: [0])]))
    }
    return VectorSuite(
      operations.map { VectorFile(operation: $0, version: "1", source: "a test", notes: [], tests: tests) })
  }

  static let source = """
    import json, os, signal, sys, time
    mode = sys.argv[1]
    def out(text):
        sys.stdout.buffer.write(text if isinstance(text, bytes) else text.encode())
        sys.stdout.buffer.flush()
    def say(message): out(json.dumps(message) + "\\n")
    started = {"kind": "started", "protocol": 1, "name": "hostile", "version": "1", "operations": ["mutual_information"]}
    if mode == "hangs at start": time.sleep(1000)
    if mode == "never reads": say(started); time.sleep(1000)
    if mode == "no newline": out(json.dumps(started)); time.sleep(1000)
    if mode == "exits at start": sys.exit(3)
    if mode == "another protocol": started["protocol"] = 2
    if mode == "unknown operation": started["operations"].append("mutual_informations")
    if mode == "talks and exits": out("Fatal error: no such script\\n"); sys.exit(2)
    if mode.startswith("dies on"): started["operations"] = ["mutual_information", "ksg", "gaussian_plugin"]
    if mode == "a child holds the pipe" and os.fork() == 0:
        os.setsid(); time.sleep(4); os._exit(0)
    if mode == "ignores stop": signal.signal(signal.SIGTERM, signal.SIG_IGN)
    count, held = 0, []
    for line in sys.stdin:
        request = json.loads(line)
        if request["kind"] == "start": say(started); continue
        if request["kind"] == "stop": break
        count += 1
        number = request["input"]["number"]
        answer = {"kind": "result", "seq": request["seq"], "output": {"nats": number}}
        if mode == "dies on all" or (mode == "dies on one" and request["operation"] == "mutual_information"):
            with open(sys.argv[2], "a") as file: file.write(request["operation"] + "\\n")
            raise ValueError("I cannot")
        if mode == "hangs at number 5" and number == 5: time.sleep(1000)
        if mode == "hangs at its 5th" and count == 5: time.sleep(1000)
        if mode == "dies at number 7" and number == 7: print("oh no", file=sys.stderr, flush=True); os.abort()
        if mode in ("dies at its 7th", "a child holds the pipe") and count == 7: os._exit(9)
        if mode == "no order":
            held.append(answer)
            if len(held) == 4:
                for one in reversed(held): say(one)
                held = []
            continue
        if mode == "noise": out(b'hello\\n\\n{"kind":"log","text":"x"}\\n[1]\\n{"kind":\\n' + b"\\xff\\xfe\\x00{\\n")
        if mode == "wrong seq": answer["seq"] += 1000
        if mode == "seq as text": answer["seq"] = str(answer["seq"])
        if mode == "twice": say(answer)
        if mode == "contradicts" and number == 3: say(answer); answer["output"] = {"nats": 7}
        if mode == "contradicts at the end" and number == 3: say(answer); time.sleep(0.2); answer = {"kind": "errored", "seq": request["seq"]}
        if mode == "Python's dictionaries": out(repr(answer) + "\\n"); continue
        if mode == "a dictionary first": out(repr(answer) + "\\n")
        if mode == "no kind": del answer["kind"]
        if mode == "a list of one": answer = [answer]
        if mode == "NaN" and number == 3: answer["output"]["nats"] = float("nan")
        if mode == "words" and number == 3: answer["output"]["nats"] = "three"
        if mode == "words" and number == 4: answer["output"]["nats"] = "8/2"
        if mode == "no output" and number == 3: del answer["output"]
        if mode == "a giant line" and number == 3:
            for i in range(int(os.environ.get("GIANT_MB", "64"))): out(b"x" * (1 << 20))
            out("\\n")
        if mode == "binary": out(bytes(range(256)) * 40 + b"\\n")
        if mode == "closes stdout" and number == 5: os.close(1); time.sleep(1000)
        if mode == "skips" and number == 2: answer = {"kind": "skipped", "seq": request["seq"], "reason": "too hard"}
        if mode == "errs" and number == 2: answer = {"kind": "errored", "seq": request["seq"], "message": "too hard"}
        say(answer)
    if mode == "ignores stop": time.sleep(1000)
    """
}
