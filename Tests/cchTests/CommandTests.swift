// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

@Suite(.serialized) struct CommandTests {
  private let certificates = [
    "aligned", "converse", "fixed-lambda", "raw-modality", "teacher-ranking", "unbounded", "vector-label",
  ].map { "fixtures/certificates/\($0).json" }

  @Test func claimsAreListed() throws {
    let text = try Tool.run("claims")
    let document = try Tool.run("claims", "--json").json()
    #expect(document["schema"] == "cch.claims/1")
    guard case .array(let claims)? = document["claims"] else { throw Missing() }
    #expect(text.status == 0 && text.errors.isEmpty && text.output.split(separator: "\n").count == claims.count + 1)
    #expect(claims.contains { $0["id"] == "theorem1" && $0["proof"] == "theorem1 in proofs/Theorems.v" })
    for claim in claims {
      let evidence = ["true": "proof", "false": "certificate"]
      for (status, key) in evidence { #expect((claim["status"] == .string(status)) == (claim[key] != .null)) }
    }
  }

  private struct Missing: Error {}

  /// All claims on few cases, the same on any number of threads; some of them on as many as some need.
  @Test func verifyIsAFunctionOfSeedAndCases() throws {
    let all = try ["1", "3"].map { threads in
      try Tool.run("verify", "--cases", "320", "--seed", "7", "--json", "--threads", threads)
    }
    #expect(all[0].output == all[1].output && all[0].status == all[1].status && all[0].errors == all[1].errors)
    let count = try Tool.run("claims", "--json").json()["claims"]?.elements.count
    #expect(try requireVerified(all[0], cases: 320).count == count)
    let some = try Tool.run(
      "verify", "gain", "window", "theorem1", "converse", "vector-label", "--cases", "1200", "--seed", "7", "--json")
    let outcomes = try requireVerified(some, cases: 1200).map { $0["outcome"] }
    #expect(outcomes.count == 5 && outcomes[0] == outcomes[1] && outcomes[0] == "no-violation")
  }

  /// Checks what `verify --json` says of each claim; some of them need more cases.
  private func requireVerified(_ result: Tool.Result, cases: Int) throws -> [JSONValue] {
    let document = try result.json()
    #expect(document["schema"] == "cch.verify/1" && document["seed"] == 7)
    guard case .array(let claims)? = document["claims"] else { throw Missing() }
    for claim in claims {
      #expect(claim["cases"] == JSONValue(cases))
      guard case .number(let applicable)? = claim["applicable"], let count = Int(applicable) else { throw Missing() }
      // Fewer than 1,000 applicable cases are too few; how many are needed is said.
      #expect(claim["ok"] == .bool(count >= 1000))
      #expect(
        (claim["outcome"] == "too-few-cases") == (count < 1000) && (claim["cases_needed"] == .null) == (count >= 1000))
      if claim["status"] == "true" {
        #expect(claim["violations"] == 0 && claim["certificate"] == .null && claim["certificate_ok"] == .null)
      } else {
        #expect(claim["certificate_ok"] == (claim["status"] == "open" ? .null : true))
      }
    }
    #expect(result.status == 2 && document["ok"] == false && result.errors.hasPrefix("error: too few cases for "))
    return claims
  }

  @Test func verifyOneClaimAsText() throws {
    let result = try Tool.run("verify", "gain", "converse", "--cases", "1700", "--seed", "7")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result)")
    for part in ["seed 7", "gain", "1,700", "no violation", "certificate holds", "All 2 as expected"] {
      #expect(result.output.contains(part), "\(part)")
    }
    #expect(!result.output.contains("\u{1B}"), "no colour where no terminal reads")
    #expect(try Tool.run("verify", "theorem1", "--cases", "64").output.contains("seed "))
  }

  @Test func verifyFailsWhereItMust() throws {
    // A certificate that is missing, about another claim, or does not hold.
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let place = folder.appendingPathComponent("certificates")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    let file = place.appendingPathComponent("unbounded.json")
    let good = try String(contentsOf: Tool.root.appendingPathComponent(certificates[5]), encoding: .utf8)
    let converse = try String(contentsOf: Tool.root.appendingPathComponent(certificates[1]), encoding: .utf8)
    let bad = [
      nil, converse, good.replacingOccurrences(of: "\"w1\": [\"1\"]", with: "\"w1\": [\"1/2\"]"),
    ]
    for text in bad {
      if let text { try Data(text.utf8).write(to: file) }
      let result = try Tool.run(
        "verify", "unbounded", "--cases", "100", "--seed", "1", environment: ["CCH_FIXTURES": folder.path])
      #expect(result.status == 1 && result.output.contains("CERTIFICATE FAILS"), "\(text ?? "missing"): \(result)")
    }
  }

  @Test func interruptionKeepsWhatWasFound() throws {
    let result = try Tool.run("verify", "--time", "40s", "--seed", "1") { process in
      Tool.waitForWork(of: process)
      process.interrupt()
    }
    #expect(result.status == 130)
    #expect(result.output.contains("Interrupted.") && result.output.contains("theorem1"))
  }

  @Test func checkHoldsAndFails() throws {
    let all = try Tool.run(
      "check", certificates[0], certificates[1], certificates[2], certificates[3], certificates[4], certificates[5],
      certificates[6], "--json")
    let document = try all.json()
    #expect(all.status == 0 && document["schema"] == "cch.check/1" && document["ok"] == true)
    guard case .array(let files)? = document["files"] else { throw Missing() }
    #expect(files.count == 7 && files.allSatisfy { $0["ok"] == true })
    #expect(files[1]["file"] == .string(certificates[1]) && files[1]["claim"] == "converse")
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let forged = folder.appendingPathComponent("forged.json")
    let good = try String(contentsOf: Tool.root.appendingPathComponent(certificates[1]), encoding: .utf8)
    try Data(good.replacingOccurrences(of: "\"claim\": \"converse\"", with: "\"claim\": \"theorem1\"").utf8).write(
      to: forged)
    let result = try Tool.run("check", certificates[1], forged.path)
    #expect(result.status == 1 && result.output.contains("DOES NOT HOLD") && result.output.contains("converse holds"))
  }

  @Test func explainSaysEverything() throws {
    let result = try Tool.run("explain", certificates[2], "--json")
    #expect(result.status == 0)
    let document = try result.json()
    #expect(document["schema"] == "cch.explain/1")
    let expected: [(String, JSONValue)] = [
      ("residual_variance", "3/2"), ("teacher_residual_variance", "1/2"), ("residual_covariance", "1/2"),
      ("scale_squared", "1/2"), ("k", "1/3"), ("baseline_risk", "2"), ("risk", "55/27"), ("slope", "-2/3"),
      ("window", ["lower": "0", "upper": "2/5"]), ("best_lambda", "1/6"),
    ]
    for (key, value) in expected { #expect(document[key] == value, "\(key): \(document[key] ?? .null)") }
    #expect(document["mutual_information"]?["t;s"]?["half_log_of"] == "2")
    #expect(document["delta"]?["nats"] == "0.20273255405408219098900655773217456828599521173125")
    guard case .array(let claims)? = document["claims"] else { throw Missing() }
    let fixed = claims.first { $0["id"] == "fixed-lambda" }
    #expect(fixed?["hypothesis"] == true && fixed?["conclusion"] == false && fixed?["margin"] == "-1/54")
    let text = try Tool.run("explain", certificates[2])
    for part in ["I(t;s)", "½ ln 2", "55/27", "helps for 0 < λ <", "a counterexample", "The CCH:"] {
      #expect(text.output.contains(part), "\(part)")
    }
    // Without n there is no risk; with another λ another one.
    let bare = try Tool.run("explain", certificates[1], "--json").json()
    #expect(bare["risk"] == .null && bare["window"] == .null && bare["k"] == .null)
    #expect(try Tool.run("explain", certificates[2], "--json", "--lambda", "0").json()["risk"] == "2")
    let ranking = try Tool.run("explain", certificates[4])
    #expect(ranking.status == 0)
  }

  /// The exact quantities of the public data sets are pinned, `make pins` writes them; the test of real data compares
  /// them with floating point, and another what the claims say of them with the independent check.
  @Test(arguments: [
    ("autompg", "cylinders,displacement,horsepower,weight", "model_year", "mpg", "autompg-model_year"),
    ("autompg", "cylinders,displacement,horsepower,weight", "acceleration", "mpg", "autompg-acceleration"),
    ("diabetes", "s1,s2,s3,s4,s5,s6", "age,sex,bmi,bp", "progression", "diabetes"),
  ])
  func realDataIsPinned(data: String, teacher: String, student: String, label: String, name: String) throws {
    let result = try Tool.run(
      "explain", "--data", "fixtures/data/\(data).csv", "--teacher", teacher, "--student", student, "--label", label,
      "--n", "30", "--lambda", "1/2", "--json")
    guard result.status == 0, case .object(let members) = try result.json() else { throw Missing() }
    let quantities = JSONValue.object(members.filter { $0.key != "claims" }).pretty + "\n"
    let file = Tool.root.appendingPathComponent("fixtures/explain/\(name).json")
    if ProcessInfo.processInfo.environment["CCH_WRITE_PINS"] != nil { try Data(quantities.utf8).write(to: file) }
    #expect(try String(contentsOf: file, encoding: .utf8) == quantities)
  }

  @Test func huntFindsSavesAndReplays() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("found.json")
    let result = try Tool.run("hunt", "unbounded", "--seed", "7", "--json", "--out", file.path)
    let document = try result.json()
    #expect(result.status == 1 && document["schema"] == "cch.hunt/1" && document["found"] == true)
    for key in ["claim", "cases", "applicable", "seconds", "shrinks", "best_margin", "instance", "replay"] {
      #expect(document[key] != nil, "\(key)")
    }
    #expect(try Tool.run("check", file.path).status == 0)
    guard case .string(let line)? = document["replay"] else { throw Missing() }
    let replay = try Tool.run("replay", line)
    #expect(replay.status == 1 && replay.output.contains("still violates unbounded"))
    #expect(try Tool.run("replay", line, "--json").json()["fails"] == true)
    // The same Σ, said to violate a true claim.
    let converse = try Tool.run("hunt", "converse", "--seed", "7", "--json").json()
    #expect(converse["found"] == true)
  }

  @Test func huntOfATrueClaimReportsHowCloseItCame() throws {
    let result = try Tool.run("hunt", "theorem1", "--seed", "7", "--cases", "1000")
    #expect(result.status == 0)
    for part in ["nothing found in 1,000 cases", "the hypothesis held in", "smallest margin reached"] {
      #expect(result.output.contains(part), "\(result)")
    }
    let document = try Tool.run("hunt", "theorem1", "--seed", "7", "--cases", "1000", "--json").json()
    #expect(document["found"] == false && document["instance"] == .null && document["replay"] == .null)
    let exhaustive = try Tool.run("hunt", "theorem1", "--exhaustive", "--height", "2")
    #expect(exhaustive.status == 0 && exhaustive.output.contains("no counterexample among all"))
    let smallest = try Tool.run("hunt", "unbounded", "--exhaustive", "--height", "3")
    #expect(smallest.status == 1 && smallest.output.contains("largest |entry| 3"))
  }

  @Test func helpAndVersion() throws {
    for arguments in [["--help"], ["help", "verify"], ["verify", "--help"]] {
      let result = arguments.count == 1 ? try Tool.run(arguments[0]) : try Tool.run(arguments[0], arguments[1])
      #expect(result.status == 0 && result.output.contains("USAGE") && result.errors.isEmpty)
    }
    #expect(try Tool.run("--version").output.hasPrefix("cch "))
    #expect(try Tool.run().output.contains("SUBCOMMANDS"))
  }
}

/// Verifications that are too short say so, and nothing false.
@Suite(.serialized) struct ShortVerificationTests {
  @Test(arguments: [["--cases", "200"], ["--time", "1ms"]])
  func tooFewCasesAreNoFailure(budget: [String]) throws {
    let text = try Tool.run(["verify", "--seed", "1"] + budget)
    #expect(text.status == 2 && !text.output.contains("NOT") && !text.output.contains("VACUOUS"), "\(text.output)")
    #expect(text.output.contains("too few cases: needs ") && text.output.contains("Too few cases to tell"))
    #expect(text.errors.hasPrefix("error: too few cases for ") && text.errors.contains("--cases "))
    let document = try Tool.run(["verify", "--seed", "1", "--json"] + budget).json()
    #expect(document["ok"] == false)
    for claim in document["claims"]?.elements ?? [] {
      #expect(claim["outcome"] == "too-few-cases" || claim["ok"] == true, "\(claim)")
    }
  }

  @Test func aCertificateThatFailsIsSaidHoweverFewTheCases() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let result = try Tool.run(
      ["verify", "unbounded", "--cases", "10", "--seed", "1"], environment: ["CCH_FIXTURES": folder.path])
    #expect(result.status == 1 && result.output.contains("CERTIFICATE FAILS") && result.output.contains("CCH_FIXTURES"))
  }
}
