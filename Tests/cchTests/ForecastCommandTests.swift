// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// `cch experiment spoken`, `av-digits`, `halves` and `omics --forecasts` on small data.
@Suite struct ForecastCommandTests {
  /// Six speakers say two digits 30 times; images of 4 × 4 pixels of the same digits.
  private static func withDigits<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = try Tool.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ name: String, _ lines: [String]) throws {
      try Data(lines.joined(separator: "\n").utf8).write(to: folder.appendingPathComponent(name))
    }
    var tables: [String: [String]] = [
      "labels.csv": ["digit,speaker,take"], "logmel.csv": ["a,b"], "prosody.csv": ["c,d"],
    ]
    for row in 0..<360 {
      let (digit, noise) = (row % 2, row * 37 % 11)
      tables["labels.csv"]?.append("\(digit),\(row / 60),\(row)")
      tables["logmel.csv"]?.append("\(9 * digit + noise),\(noise * noise % 7)")
      tables["prosody.csv"]?.append("\(4 * digit + noise),\(noise * 5 % 13)")
    }
    for (name, lines) in tables { try write(name, lines) }
    var pixels: [UInt8] = []
    for image in 0..<400 {
      for pixel in 0..<16 {
        let level = image % 2 == pixel / 8 ? 200 : 90
        pixels.append(UInt8(level + image * (pixel + 3) * 31 % 56))
      }
    }
    try Data([0, 0, 8, 3, 0, 0, 1, 144, 0, 0, 0, 4, 0, 0, 0, 4] + pixels).write(
      to: folder.appendingPathComponent("mnist-images-idx3-ubyte.gz"))
    try Data([0, 0, 8, 1, 0, 0, 1, 144] + (0..<400).map { UInt8($0 % 2) }).write(
      to: folder.appendingPathComponent("mnist-labels-idx1-ubyte.gz"))
    return try body(folder)
  }

  @Test func experimentsRun() throws {
    try Self.withDigits { folder in
      func run(_ name: String, _ more: String...) throws -> [Substring] {
        let result = try Tool.run(
          ["experiment", name, "--seed", "2", "--repeats", "2", "--csv", "--weight-decay", "0.1"] + more)
        #expect(result.status == 0, "\(result.errors)")
        return result.output.split(separator: "\n")
      }
      // 2 seeds × 3 λ × 2 kinds of rows × students × teachers, of which one sees all views.
      let spoken = try run("spoken", "--data", folder.path)
      #expect(spoken.count == 1 + 2 * 3 * 2 * 4 && spoken[0].hasPrefix("seed,λ,teacher_labels,teacher,student,i_ts,"))
      let pairs = try run("av-digits", "--images", folder.path, "--data", folder.path, "--without-informations")
      // Three couplings; the image has two teachers, and each view of the recording one.
      #expect(pairs.count == 1 + 3 * 2 * 3 * 2 * 7 && pairs[0].contains(",coupling,"))
    }
  }

  @Test func refusesWhatDoesNotFit() throws {
    let environment = ["CCH_FIXTURES": "/nonexistent"]
    for (name, option) in [("spoken", "--data"), ("av-digits", "--images"), ("halves", "--images")] {
      Tool.expectRefusal(
        try Tool.run(["experiment", name], environment: environment), naming: ["/nonexistent/data", option])
    }
    Tool.expectRefusal(try Tool.run("experiment", "spoken", "--weight-decay", "0"), naming: ["--weight-decay 0.0"])
    Tool.expectRefusal(try Tool.run("experiment", "omics", "--weight-decay", "1"), naming: ["--forecasts"])
    Tool.expectRefusal(try Tool.run("experiment", "omics", "--cohort", "kipan"), naming: ["kipan"])
    try Self.withDigits { folder in
      let labels = ["digit,speaker"] + (0..<360).map { "\($0 % 2),\($0 % 3)" }
      try Data(labels.joined(separator: "\n").utf8).write(to: folder.appendingPathComponent("labels.csv"))
      Tool.expectRefusal(try Tool.run("experiment", "spoken", "--data", folder.path), naming: ["3 speakers", "four"])
    }
  }
}
