// SPDX-License-Identifier: GPL-3.0-or-later
import ForeignPrograms
import Testing

/// What is shown of what a program wrote before it ended.
@Suite struct ForeignTextTests {
  private let frames = (1...30).map { "    at Module._load (node:internal/modules/cjs/loader:\($0):27)\n" }.joined()

  @Test func aShortEndIsWhole() {
    #expect("one\n\n  \n  ^^^^ ~~\n  two\tthree\n".endInOneLine(100) == "one ⏎ two three")
    #expect("".endInOneLine(100).isEmpty && "\n \n".endInOneLine(100).isEmpty)
  }

  /// Node and R name the error before the place, which would push it out.
  @Test(arguments: [
    "Error: Cannot find module '/tmp/x.js'", "thread 'main' panicked at x.rs:3:5:", "Fatal error: no file",
  ])
  func theLineThatTellsIsKept(line: String) {
    let text = "a warning\n\(line)\n\(frames)\nNode.js v20.20.2\n"
    let end = text.endInOneLine(300)
    // With the places that are nearest.
    let nearest = " ⏎ at Module._load (node:internal/modules/cjs/loader:1:27)"
    #expect(end.hasPrefix(line + nearest) && end.hasSuffix("…") && end.count == 300, "\(end)")
  }

  /// Of a crash in a library of C, Python's faulthandler lists the modules that are loaded after the places.
  @Test func theModulesOfAFaultAreLeftOut() {
    let modules = (1...60).map { "numpy.part\($0)" }.joined(separator: ", ")
    let text = """
      Fatal Python error: Segmentation fault

      Current thread 0x00007f0000000740 (most recent call first):
        File "/usr/lib/python3.11/ctypes/__init__.py", line 517 in string_at
        File "/home/me/mine.py", line 46 in estimate

      Extension modules: \(modules) (total: 60)

      """
    let end = text.endInOneLine(240)
    #expect(end.hasPrefix("Fatal Python error: Segmentation fault ⏎ ") && end.count <= 240, "\(end)")
    #expect(end.contains("mine.py\", line 46 in estimate"), "\(end)")
  }

  /// Python names it last; lines that are set in are places.
  @Test func theEndThatTellsIsTheEnd() {
    let text = "Traceback (most recent call last):\n" + frames + "ValueError: I cannot\n"
    let end = text.endInOneLine(120)
    #expect(end.hasPrefix("…") && end.hasSuffix("⏎ ValueError: I cannot") && end.count == 120, "\(end)")
    let long = "Error: " + String(repeating: "x", count: 100_000) + "\n" + frames
    #expect(long.endInOneLine(120).count <= 120)
  }
}
