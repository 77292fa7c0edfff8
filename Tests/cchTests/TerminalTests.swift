// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// What people see on a terminal, here one of 80 columns that `script` makes.
@Suite struct TerminalTests {
  /// All that the tool writes on the terminal.
  private func typescript(_ arguments: String) throws -> String {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
    process.arguments = ["-qefc", "stty cols 80; exec \(Tool.executable.path) \(arguments)", "/dev/null"]
    process.environment = ProcessInfo.processInfo.environment.merging(["TERM": "xterm", "LC_ALL": "C.UTF-8"]) { $1 }
    (process.standardOutput, process.standardError, process.standardInput) = (pipe, pipe, FileHandle.nullDevice)
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).replacing("\r\n", with: "\n")
  }

  /// While all threads are busy the line is drawn again and again, counts up, fits, and is gone at the end.
  @Test func progressIsDrawnWhileAllThreadsAreBusy() throws {
    let text = try typescript("hunt sharp --seed 1 --time 3s --threads 2")
    let drawn = text.split(separator: "\r").filter { $0.hasSuffix("\u{1B}[K") }.map { $0.dropLast(3) }
    let lines = drawn.compactMap { line in
      line.firstMatch(of: /([0-9,]+) cases, ([0-9]+) s left/).map { match in
        (cases: Int(match.1.replacing(",", with: "")) ?? -1, left: Int(match.2) ?? -1)
      }
    }
    #expect(lines.count >= 10 && lines.map(\.cases) == lines.map(\.cases).sorted(), "\(lines)")
    #expect(Set(lines.map(\.left)).count >= 2 && lines.map(\.left) == lines.map(\.left).sorted(by: >), "\(lines)")
    #expect(drawn.allSatisfy { $0.count <= 80 })
    // Once it is taken away nothing is drawn any more.
    let rest = try #require(text.components(separatedBy: "\r\u{1B}[K").last)
    #expect(rest.hasPrefix("sharp: nothing found in ") && !rest.contains("█") && !rest.contains("░"))
  }

  /// No sentence is wider than the terminal, which would break it anywhere.
  @Test(arguments: [
    "verify sharp --seed 1 --cases 4000", "hunt sharp --seed 1 --cases 2000",
    "validate --estimator gaussian --tasks '1v1-*' --repeats 3 --seed 1",
    "student fixtures/instances/first.json --seed 1 --repeats 50",
  ])
  func linesFitTheTerminal(arguments: String) throws {
    let text = try typescript("\(arguments) --quiet").replacing(/\u{1B}\[[0-9;]*[mK]/, with: "")
    let lines = text.split(separator: "\n")
    #expect(lines.count > 1)
    for line in lines where !line.contains("cch replay") { #expect(line.count <= 80, "\(line)") }
  }
}
