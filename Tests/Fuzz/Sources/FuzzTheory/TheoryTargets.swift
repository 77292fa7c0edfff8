// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Conjectures
import Distillation
import ExactJSON
import Fuzzing
import IndependentCheck
import Oracle
import PropertyTesting

/// Readers of replay lines, instances, certificates, statements and requests, with what is decided of them.
let theoryTargets = [
  Target(name: "replay") { bytes in
    refusing {
      let line = try ReplayLine(parsing: String(decoding: bytes, as: UTF8.self))
      require("a replay line that is written is another case") { try ReplayLine(parsing: line.description) == line }
    }
  },
  Target(name: "instance") { bytes in
    refusing {
      let file = try ProblemFile(bytes)
      require("an instance that is written is another one") {
        try ProblemFile(file.instance.document.description.utf8).instance == file.instance
      }
      guard file.instance.sigma.rows <= 6 else { return }
      let facts = Facts(file.instance)
      for claim in allClaims { _ = claim.evaluate(facts) }
    }
  },
  Target(name: "certificate") { bytes in
    refusing {
      let file = try ProblemFile(bytes)
      guard let claim = file.claim, CertificateCheck.knows(claim.id), file.instance.sigma.rows <= 6 else { return }
      let verdict = claim.evaluate(Facts(file.instance))
      guard let check = try? CertificateCheck(file.document) else { return }
      // The second path also compares the recorded numbers, so that it may say no where the first says yes.
      require("the two paths disagree on \(claim.id)") { !check.holds || verdict.isViolation }
    }
  },
  Target(name: "classes") { bytes in
    refusing {
      let file = try ClassProblemFile(bytes)
      guard file.model.cells.count <= 4, bytes.count <= 2_000 else { return }
      for claim in classClaims { _ = claim.evaluate(file.model) }
      guard let claim = file.claim, let check = try? ClassCertificateCheck(file.document) else { return }
      require("the two paths disagree on \(claim.id)") { !check.holds || claim.evaluate(file.model).isViolation }
    }
  },
  Target(name: "statement") { bytes in
    refusing {
      let conjecture = try Conjecture(String(decoding: bytes, as: UTF8.self))
      let again = try Conjecture(conjecture.ascii)
      require("a statement that is written is another one") { again.ascii == conjecture.ascii }
      require("symbols say something else") { try Conjecture(conjecture.symbols).ascii == conjecture.ascii }
      require("a statement that is written is decided otherwise") {
        again.verdict(witness).holds == conjecture.verdict(witness).holds
      }
    }
  },
  Target(name: "claims-file") { bytes in
    refusing { _ = try ClaimFile(String(decoding: bytes, as: UTF8.self)) }
  },
  Target(name: "oracle") { bytes in
    let session = OracleSession(version: "0")
    var lines = OracleLines(session)
    bytes.withUnsafeBufferPointer { lines.take($0) }
    lines.end()
    for line in session.answers.split(separator: 0x0A) {
      guard let answer = try? JSONValue(parsing: line), answer["kind"] != nil else {
        preconditionFailure("an answer that is no message")
      }
    }
  },
]

/// An instance on which statements are decided.
///
/// Unchecked: libFuzzer runs one input at a time, on one thread.
nonisolated(unsafe) private let witness: Facts = {
  let text = """
    {"schema": "cch.instance/1", "p1": 1, "p2": 1, "q": 1, "n": 5, "lambda": "1/2",
     "sigma": [[2, 1, 2], [1, 1, 1], [2, 1, 4]], "w1": [1]}
    """
  guard let file = try? ProblemFile(text.utf8) else { preconditionFailure("the instance is valid") }
  return Facts(file.instance)
}()
