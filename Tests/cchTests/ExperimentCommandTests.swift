// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// `cch experiment` on data, as users run it.
@Suite struct ExperimentCommandTests {
  /// mfeat's files, small: plain CSV does as well as gzip.
  private static func withViews<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for (index, name) in ["fac", "fou", "kar", "mor", "pix", "zer"].enumerated() {
      let rows = (0..<60).map { row in "\(row % 2 * 9 + (row * (7 + index)) % 11),\((row * (13 + index)) % 17)" }
      try write((["a,b"] + rows).joined(separator: "\n"), to: folder.appendingPathComponent("\(name).csv.gz"))
    }
    let labels = ["digit"] + (0..<60).map { "\($0 % 2)" }
    try write(labels.joined(separator: "\n"), to: folder.appendingPathComponent("labels.csv.gz"))
    return try body(folder)
  }

  private static func write(_ text: String, to file: URL) throws { try Data(text.utf8).write(to: file) }

  @Test func runsRecordsAndResumes() throws {
    try Self.withViews { folder in
      let record = folder.appendingPathComponent("record.jsonl").path
      func views(_ more: String...) throws -> Tool.Result {
        try Tool.run(["experiment", "views", "--data", folder.path, "--seed", "4", "--quick"] + more)
      }
      let first = try views("--record", record, "--repeats", "2", "--csv", "--threads", "1")
      #expect(first.status == 0 && !first.errors.contains("error"))
      let lines = first.output.split(separator: "\n")
      // 2 teachers × 30 pairs × 2 seeds, and the head.
      #expect(lines.count == 121 && lines[0].hasPrefix("seed,teacher_labels,teacher,student,i_ts,i_sy,delta,"))
      // Resumed from a record whose last line is cut, by more threads: the same, and it says so.
      let whole = try Data(contentsOf: URL(fileURLWithPath: record))
      try whole.dropLast(20).write(to: URL(fileURLWithPath: record))
      let again = try views("--record", record, "--repeats", "2", "--csv", "--threads", "2")
      #expect(again.output == first.output && again.errors.contains("incomplete"))
      #expect(try Data(contentsOf: URL(fileURLWithPath: record)) == whole)
      let json = try views("--record", record, "--repeats", "2", "--json").json()
      #expect(json["schema"] == "cch.experiment/1" && json["experiment"] == "views" && json["complete"] == true)
      guard case .array(let conditions) = json["conditions"], case .array(let runs) = json["runs"] else {
        throw CancellationError()
      }
      #expect(conditions.count == 60 && runs.count == 120)
      let text = try views("--record", record, "--repeats", "2").output
      #expect(
        text.contains("The CCH's prediction came true: ") && text.contains("of 60 conditions, binomial interval ["))
      // A record is of one seed and one data set.
      Tool.expectRefusal(
        try Tool.run("experiment", "views", "--data", folder.path, "--seed", "5", "--record", record),
        naming: [record, "seed 4", "5"])
      Tool.expectRefusal(
        try Tool.run("experiment", "ablations", "--data", folder.path, "--seed", "4", "--record", record),
        naming: [record, "experiment views", "ablations"])
    }
  }

  @Test func refusesDataThatAreNotThere() throws {
    let environment = ["CCH_FIXTURES": "/nonexistent"]
    for name in ["images", "views", "ablations"] {
      let result = try Tool.run(["experiment", name, "--quick"], environment: environment)
      Tool.expectRefusal(
        result, naming: ["/nonexistent/data", "no such file", name == "images" ? "make data" : "--data"])
    }
    Tool.expectRefusal(
      try Tool.run("experiment", "views", "--npz", "none.npz"), naming: ["none.npz", "no such file", "--npz"])
    Tool.expectRefusal(try Tool.run("experiment", "views", "--npz", "a", "--data", "b"), naming: ["exclude"])
    Tool.expectRefusal(try Tool.run("experiment", "views", "--prefix", "train_"), naming: ["--npz"])
    Tool.expectRefusal(try Tool.run("experiment", "images", "--repeats", "1"), naming: ["--repeats 1", "2"])
    Tool.expectRefusal(try Tool.run("experiment", "images", "--csv", "--json"), naming: ["--csv", "--json"])
    // The layout of CMU-MOSEI is read; this archive has too few samples to cut into parts.
    Tool.expectRefusal(
      try Tool.run("experiment", "views", "--npz", "fixtures/formats/mosei.npz", "--zero-not-finite"),
      naming: ["3 rows", "40"])
  }

  @Test func refusesBadData() throws {
    try Self.withViews { folder in
      let run = { try Tool.run("experiment", "views", "--data", folder.path, "--seed", "1") }
      try Self.write("a,b\n1,2\n", to: folder.appendingPathComponent("mor.csv.gz"))
      Tool.expectRefusal(try run(), naming: ["mor", "1 rows"])
      try Self.write("a,b\n1,x\n", to: folder.appendingPathComponent("mor.csv.gz"))
      Tool.expectRefusal(try run(), naming: ["mor.csv.gz", "line 2", "\"b\""])
    }
  }
}

/// `cch experiment own` on a user's files.
@Suite struct OwnCommandTests {
  private static let data = "fixtures/data/nutrimouse"

  private static func own(_ more: String...) throws -> Tool.Result {
    try Tool.run(
      ["experiment", "own", "--view", "gene=\(data)/gene.csv", "--view", "lipid=\(data)/lipid.csv"] + more + [
        "--seed", "1",
      ])
  }

  @Test func runsOnTablesAndRecords() throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let record = folder.appendingPathComponent("record.jsonl").path
    let labels = "\(Self.data)/labels.csv:genotype"
    let first = try Self.own("--labels", labels, "--quick", "--repeats", "2", "--csv", "--record", record)
    let lines = first.output.split(separator: "\n")
    #expect(first.status == 0 && lines.count == 9 && lines[0].hasSuffix(",notes"))
    #expect(lines.dropFirst().allSatisfy { $0.contains("i_ts: ") && $0.contains("i_sy: ") })
    let again = try Self.own("--labels", labels, "--quick", "--repeats", "2", "--json", "--record", record).json()
    #expect(again["experiment"] == "own" && again["complete"] == true && again["runs"]?.elements.count == 8)
    #expect(again["runs"]?.elements[0]["notes"]?["i_sy"] != nil)
  }

  @Test func refusesWhatIsNoData() throws {
    Tool.expectRefusal(
      try Self.own("--labels", "\(Self.data)/labels.csv"), naming: ["labels.csv", "2 columns", "FILE:"])
    Tool.expectRefusal(try Self.own("--labels", "\(Self.data)/labels.csv:diet"), naming: ["40 rows", "100"])
    Tool.expectRefusal(try Self.own("--labels", "none.csv"), naming: ["none.csv", "no such file"])
    Tool.expectRefusal(
      try Self.own("--labels", "fixtures/data/mfeat/labels.csv.gz"),
      naming: ["gene.csv has 40 rows", "labels.csv.gz 2000"])
    Tool.expectRefusal(
      try Self.own("--labels", "\(Self.data)/lipid.csv:C14.0"), naming: ["lipid.csv", "measurement"])
    Tool.expectRefusal(
      try Self.own("--view", "gene=x", "--labels", "y"), naming: ["--view gene", "two views have this name"])
    Tool.expectRefusal(
      try Tool.run("experiment", "own", "--view", "a=b", "--labels", "c"), naming: ["--view", "two views"])
  }
}
