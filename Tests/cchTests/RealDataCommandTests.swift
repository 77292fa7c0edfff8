// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Testing

/// `cch experiment omics` and `regression`, run as users run them.
@Suite struct RealDataCommandTests {
  /// A folder of four small tables of 14 patients; every other one is late, three are of class c.
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let patients = (0..<14).map { "TCGA-OR-A5\($0 < 10 ? "J" : "K")\($0 % 10)" }
    func table(_ shift: Int) -> String {
      patients.enumerated().map { index, patient in
        "\(patient)-01,\((index * 7 + shift) % 11),\((index * index + shift) % 13),\(index % 2 + shift % 3)\n"
      }.joined()
    }
    for (name, shift) in [("mrna", 1), ("cnv", 5), ("rppa", 6)] {
      try Data(("sample,A,B,C\n" + table(shift)).utf8).write(to: folder.appendingPathComponent(name + ".csv"))
    }
    let labels = patients.enumerated().map { index, patient in
      "\(patient),\(index % 2 == 0 ? "early" : "late"),\(index < 3 ? "c" : "d"),same\n"
    }
    try Data(("patient,stage,rare,one\n" + labels.joined()).utf8).write(to: folder.appendingPathComponent("labels.csv"))
    try body(folder)
  }

  private func arguments(_ folder: URL, labels: String = "stage") -> [String] {
    ["experiment", "omics", "--data", folder.path, "--labels", labels, "--quick", "--repeats", "2", "--seed", "1"]
  }

  @Test func omicsIsTheSameOnAnyThreadsAndResumed() throws {
    try withFolder { folder in
      let record = folder.appendingPathComponent("record.jsonl").path
      let text = try Tool.run(arguments(folder) + ["--record", record])
      #expect(text.status == 0 && text.output.contains("No effect is detectable at this size"))
      #expect(text.output.contains("Power of McNemar's exact test"))
      let lines = try String(contentsOfFile: record, encoding: .utf8).split(separator: "\n").count
      #expect(lines == 3)
      let document = try Tool.run(arguments(folder) + ["--json", "--threads", "3"]).json()
      #expect(document["schema"] == "cch.experiment/1" && document["complete"] == true)
      #expect(document["runs"]?.elements.count == 12 && document["conditions"]?.elements.count == 6)
      #expect(try Tool.run(arguments(folder) + ["--json", "--record", record]).json() == document)
      let csv = try Tool.run(arguments(folder) + ["--csv"]).output.split(separator: "\n")
      #expect(csv.count == 13 && csv[0].hasPrefix("seed,label,teacher,student,i_ts,i_sy,delta"))
      let other = arguments(folder).dropLast() + ["2", "--record", record]
      Tool.expectRefusal(
        try Tool.run(Array(other)), naming: ["record.jsonl", "the record has seed 1, but 2 is asked for"])
    }
  }

  @Test func badCohortsAreNamed() throws {
    try withFolder { folder in
      func refused(_ labels: String = "stage", _ parts: String...) throws {
        Tool.expectRefusal(try Tool.run(arguments(folder, labels: labels)), naming: parts)
      }
      try refused("stages", "labels.csv", "no column \"stages\"")
      try refused("one", "all 14 labels are \"same\"")
      try refused("rare", "no row of class \"c\" is in fold", "take fewer folds")
      let rppa = folder.appendingPathComponent("rppa.csv")
      let whole = try Data(contentsOf: rppa)
      try Data("sample,A\nTCGA-OR-A5J0-01,high\n".utf8).write(to: rppa)
      try refused("stage", "rppa.csv: line 2, column 2: \"high\" is no number")
      try Data("sample,A\nTCGA-ZZ-0000-01,1\n".utf8).write(to: rppa)
      try refused("stage", "no key is in all of labels, mrna, cnv, rppa")
      try (whole + Data("TCGA-OR-A5J0-01,1,2,3\n".utf8)).write(to: rppa)
      try refused("stage", "rppa.csv: line 16, column 1: a second sample of patient TCGA-OR-A5J0")
      try FileManager.default.removeItem(at: rppa)
      try refused("stage", "rppa.csv: no such file; name the folder with --data")
    }
  }

  @Test func badOptionsAreNamed() throws {
    for (options, part) in [
      (["--repeats", "1"], "at least 2 seeds"), (["--csv", "--json"], "exclude each other"),
      (["--record", "/nowhere/record"], "/nowhere/record: cannot be opened"), (["--threads", "0"], "--threads 0"),
    ] {
      Tool.expectRefusal(try Tool.run(["experiment", "regression", "--quick"] + options), naming: [part])
    }
  }
}
