// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// `cch campaign` as it is used: the merged documents are those of the plain commands, byte for byte but for the seconds.
@Suite(.serialized) struct CampaignCommandTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = try Tool.temporaryFolder().path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

  /// A document as text, with 0 seconds.
  private func timeless(_ text: String) -> String {
    text.replacing(/"(search_)?seconds": [0-9.e-]+/) { "\"\($0.output.1 ?? "")seconds\": 0" }
  }

  static let lines = [
    (line: "hunt theorem1 --seed 7 --cases 20000", shards: 2, status: 0),
    (line: "hunt converse --seed 4 --cases 20000", shards: 2, status: 1),
    (line: "hunt unbounded --exhaustive --height 3 --seed 1", shards: 2, status: 1),
    (line: "hunt calibrated --exhaustive --height 2 --sizes 1x2 --seed 1", shards: 2, status: 0),
    (line: "hunt soft-labels --seed 2 --cases 2000", shards: 3, status: 0),
    (line: "hunt label-smoothing-informs --seed 7 --cases 2000", shards: 2, status: 1),
    (line: "verify theorem1 unbounded soft-labels label-smoothing-informs --cases 400 --seed 1", shards: 3, status: 2),
    (
      line: "experiment synthetic --quick --n 200 --inputs 4 --repeats 20 --trained-repeats 2 --lambdas 0.2,1 --seed 3",
      shards: 3, status: 0
    ),
    (
      line: "validate --estimator gaussian --estimator ksg1 --tasks *1v1-normal-0.75 --rows 60 --repeats 2 --seed 5",
      shards: 2, status: 0
    ),
    (line: "student --generate 2 --lambdas 1/2,2 --repeats 100 --seed 3", shards: 3, status: 0),
    (
      line: "student --student-kind adam --epochs 2 --generate 1 --lambdas 1 --repeats 9 --seed 3", shards: 2, status: 1
    ),
    (line: "student --student-kind tuned --generate 2 --repeats 40 --seed 3", shards: 3, status: 0),
    (
      line: "student --decision --generate 2 --ns 20,100 --distances 0.3,-0.2 --repeats 2000 --seed 3", shards: 3,
      status: 0
    ),
    (line: "validate --estimator gaussian --family gaussian --repeats 3 --seed 5", shards: 4, status: 0),
  ]

  @Test(arguments: lines.indices) func theMergedDocumentIsThatOfThePlainCommand(row: Int) throws {
    let (line, shards, status) = Self.lines[row]
    try withFolder { folder in
      let campaign = folder + "/c"
      let plan = try Tool.run([
        "campaign", "plan", line, "--out", campaign, "--shards", "\(shards)", "--save-every", "1ms",
      ])
      #expect(plan.status == 0, "\(plan.errors)")
      let resumed = try Tool.run("campaign", "resume", campaign, "--json")
      #expect(resumed.status == 0, "\(resumed.errors)")
      let (done, missing) = (try resumed.json()["done"], try resumed.json()["missing"])
      #expect(done != 0 && missing == 0)
      let merged = try Tool.run("campaign", "merge", campaign, "--json")
      let plain = try Tool.run(words(line) + ["--json"])
      #expect(Int(plain.status) == status && merged.status == plain.status, "\(plain.errors)\(merged.errors)")
      let file = try String(contentsOfFile: campaign + "/merged/0.json", encoding: .utf8)
      #expect(timeless(file) == timeless(plain.output))
      #expect(try merged.json()["complete"] == true)
      let finds = try merged.json()["counterexamples"]?.elements ?? []
      #expect(finds.isEmpty == !(line.hasPrefix("hunt") && status == 1))
      for number in finds.indices {
        #expect(try Tool.run("check", "\(campaign)/merged/counterexample-\(number).json").status == 0)
      }
    }
  }

  @Test func severalCommandsFromAFile() throws {
    try withFolder { folder in
      let spec = folder + "/spec.json"
      try """
      {"schema": "cch.campaign-spec/1", "commands": ["cch hunt theorem1 --cases 16384 --seed 7", "verify theorem1 --cases 100 --seed 1"]}
      """.write(toFile: spec, atomically: false, encoding: .utf8)
      #expect(try Tool.run("campaign", "plan", spec, "--out", folder + "/c", "--shards", "1").status == 0)
      // What is done is merged, and what is missing said.
      #expect(try Tool.run(["campaign", "run", folder + "/c"], environment: ["SLURM_ARRAY_TASK_ID": "0"]).status == 0)
      let half = try Tool.run("campaign", "merge", folder + "/c")
      #expect(half.status == 2 && half.output.contains("INCOMPLETE: 1 of 2 shards are missing: 1"))
      #expect(half.output.contains("nothing found in 16,384 cases"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/c/merged"))
      #expect(try Tool.run("campaign", "run", folder + "/c", "--shard", "1").status == 0)
      // 100 cases tell nothing about theorem1, which the plain command says with the same status.
      let whole = try Tool.run("campaign", "merge", folder + "/c")
      #expect(whole.status == 2 && whole.errors.contains("too few cases"))
      // Parts that ran at different times took no time together.
      #expect(whole.output.contains("nothing found in 16,384 cases\n") && whole.output.contains("100 instances."))
    }
  }

  @Test func badInputIsOneLine() throws {
    try withFolder { folder in
      let campaign = folder + "/c"
      func plan(_ line: String, _ further: String...) throws -> Tool.Result {
        try Tool.run(["campaign", "plan", line, "--out", folder + "/none"] + further)
      }
      Tool.expectRefusal(try plan("explain x.json"), naming: ["explain x.json", "'hunt', 'verify'"])
      Tool.expectRefusal(
        try plan("validate --estimator gaussian --junit x.xml --seed 1"), naming: ["--junit", "its own files"])
      Tool.expectRefusal(try plan("student --csv --seed 1"), naming: ["--csv", "its own files"])
      Tool.expectRefusal(try plan("student --repeats 1 --seed 1"), naming: ["--repeats 1", "2 samples"])
      Tool.expectRefusal(try plan("verify --cases 9 --seed 1", "--rounds", "2"), naming: ["--rounds", "only hunts"])
      Tool.expectRefusal(
        try plan("hunt theorem1 --cases 9 --seed 1", "--rounds", "2"), naming: ["--rounds 2", "1 shards"])
      Tool.expectRefusal(try plan("hunt theorem1 --cases 9 --seed 1", "--rounds", "0"), naming: ["--rounds 0"])
      Tool.expectRefusal(
        try plan("experiment synthetic --quick --seed 1 --record x"), naming: ["--record", "its own files"])
      Tool.expectRefusal(
        try plan("experiment own --view a=b --view b=c --labels d --seed 1"), naming: ["d", "no such file"])
      Tool.expectRefusal(try plan("hunt theorem1"), naming: ["--cases"])
      Tool.expectRefusal(try plan("hunt theorem1 --cases 5 --time 3s"), naming: ["--time"])
      Tool.expectRefusal(try plan("hunt theorem1 --cases 5 --out x"), naming: ["--out"])
      Tool.expectRefusal(try plan("hunt theorem1 --cases 5 --saed 3"), naming: ["--saed", "--seed"])
      Tool.expectRefusal(try plan("hunt thorem1 --cases 5"), naming: ["thorem1", "theorem1"])
      Tool.expectRefusal(try plan("hunt soft-labels --cases 5 --n 9"), naming: ["--n", "soft-labels"])
      Tool.expectRefusal(try plan("hunt soft-labels --cases 5 --seed 1", "--rounds", "2"), naming: ["--rounds"])
      Tool.expectRefusal(try plan("hunt 'theorem1 --cases 5"), naming: ["quotation"])
      Tool.expectRefusal(try plan("verify --cases 9", "--shards", "0"), naming: ["--shards 0"])
      #expect(!FileManager.default.fileExists(atPath: folder + "/none"))
      #expect(try Tool.run("campaign", "plan", "hunt theorem1 --cases 9 --seed 1", "--out", campaign).status == 0)
      Tool.expectRefusal(
        try Tool.run("campaign", "plan", "verify --cases 9", "--out", campaign), naming: [campaign, "already"])
      Tool.expectRefusal(try Tool.run("campaign", "run", campaign, "--shard", "1"), naming: ["no shard 1", "0 to 0"])
      Tool.expectRefusal(try Tool.run("campaign", "run", campaign), naming: ["--shard", "SLURM_ARRAY_TASK_ID"])
      Tool.expectRefusal(try Tool.run("campaign", "status", folder + "/x"), naming: [folder + "/x", "manifest.json"])
      Tool.expectRefusal(
        try Tool.run("campaign", "submit", campaign, "--engine", "kubernetes"), naming: ["--image", "--volume-claim"])
      // A manifest that names another build.
      let file = campaign + "/manifest.json"
      let text = try String(contentsOfFile: file, encoding: .utf8)
      try text.replacing("hunt", with: "HUNT").write(toFile: file, atomically: false, encoding: .utf8)
      Tool.expectRefusal(try Tool.run("campaign", "run", campaign, "--shard", "0"), naming: [file, "changed"])
      try text.write(toFile: file, atomically: false, encoding: .utf8)
      // What cannot be written: the error names the folder, and nothing is lost.
      try FileManager.default.removeItem(atPath: campaign + "/parts")
      try "x".write(toFile: campaign + "/parts", atomically: false, encoding: .utf8)
      Tool.expectRefusal(try Tool.run("campaign", "run", campaign, "--shard", "0"), naming: [campaign + "/parts"])
      try FileManager.default.removeItem(atPath: campaign + "/parts")
      #expect(try Tool.run("campaign", "run", campaign, "--shard", "0").status == 0)
    }
  }

  /// A shard of the second round has a status of its own before the first is complete; whoever runs the shards, the bytes are the same.
  @Test func roundsWaitForEachOther() throws {
    try withFolder { folder in
      let plan = [
        "campaign", "plan", "hunt converse --seed 4 --cases 65536", "--shards", "4", "--rounds", "2", "--out",
      ]
      #expect(try Tool.run(plan + [folder + "/a"]).status == 0)
      // Of one plan: another one measures another rate, and what belongs to it carries its digest.
      try FileManager.default.copyItem(atPath: folder + "/a", toPath: folder + "/b")
      let early = try Tool.run("campaign", "run", folder + "/a", "--shard", "2")
      #expect(early.status == 75 && early.output.isEmpty)
      #expect(early.errors.contains("shard 2 begins with what round 1 found, of which 2 shards are missing: 0–1"))
      #expect(try Tool.run("campaign", "status", folder + "/a", "--json").json()["waiting"] == [2, 3])
      #expect(
        try Tool.run("campaign", "status", folder + "/a").output.contains("waiting for an earlier round: 2 (2–3)"))
      for shard in [1, 0, 3, 2] {
        #expect(try Tool.run("campaign", "run", folder + "/a", "--shard", "\(shard)").status == 0)
      }
      let resumed = try Tool.run("campaign", "resume", folder + "/b", "--json")
      #expect(try resumed.status == 0 && resumed.json()["missing"] == 0 && resumed.json()["waiting"] == [])
      for name in ["a", "b"] { #expect(try Tool.run("campaign", "merge", "\(folder)/\(name)").status == 1) }
      for file in ["merged/0.json", "merged/counterexample-0.json", "rounds/0-0.json"] {
        let (one, other) = (try Data(contentsOf: URL(fileURLWithPath: "\(folder)/a/\(file)")), "\(folder)/b/\(file)")
        #expect(try one == Data(contentsOf: URL(fileURLWithPath: other)), "\(file)")
      }
    }
  }

  /// SIGKILL in the middle of a shard: the next run goes on, and the record is that of a run that was left alone.
  @Test func aKilledShardGoesOn() throws {
    try withFolder { folder in
      let line = "hunt theorem1 --seed 7 --cases 131072"
      func plan(_ name: String) throws -> String {
        let path = "\(folder)/\(name)"
        let result = try Tool.run("campaign", "plan", line, "--out", path, "--shards", "1", "--save-every", "1ms")
        #expect(result.status == 0, "\(result.errors)")
        return path
      }
      let campaign = try plan("c")
      let process = Process()
      process.executableURL = Tool.executable
      process.arguments = ["campaign", "run", campaign, "--shard", "0", "--threads", "1", "--quiet"]
      process.currentDirectoryURL = Tool.root
      try process.run()
      let parts = campaign + "/parts/0000"
      func lines() -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parts)) ?? []
        let text = names.first.flatMap { try? String(contentsOfFile: "\(parts)/\($0)", encoding: .utf8) } ?? ""
        return text.count { $0 == "\n" }
      }
      while process.isRunning, lines() < 3 { usleep(2_000) }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let state = try Tool.run("campaign", "status", campaign, "--json").json()
      if state["done"] == 0 {
        #expect(state["lost"] == [0])
        let again = try Tool.run("campaign", "run", campaign, "--shard", "0")
        #expect(again.status == 0 && again.output.contains("lines were there already"), "\(again.output)")
      }
      let merged = try Tool.run("campaign", "merge", campaign, "--json")
      let plain = try Tool.run(words(line) + ["--json"])
      #expect(merged.status == 0 && plain.status == 0)
      let file = try String(contentsOfFile: campaign + "/merged/0.json", encoding: .utf8)
      #expect(timeless(file) == timeless(plain.output))
    }
  }
}
