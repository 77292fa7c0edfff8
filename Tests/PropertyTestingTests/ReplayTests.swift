// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PropertyTesting
import SeededRuns
import Testing

@Suite struct ReplayTests {
  @Test func linesComeBack() throws {
    var source = RandomSource(seed: 1, index: 1)
    for values in [[], [0], [Int.min, Int.max, -1, 1]]
      + (0..<50).map({ _ in (0..<20).map { _ in Int(truncatingIfNeeded: source.next()) } })
    {
      let line = ReplayLine(name: "a-b", values: values)
      #expect(try ReplayLine(parsing: line.description) == line)
    }
    #expect(try ReplayLine(parsing: ReplayLine(name: "a:b c", values: [7]).description).name == "a:b c")
    // Pinned: lines of today must be read by the versions of tomorrow.
    let line = ReplayLine(name: "unbounded", values: [0, 1, -1, 64, -1_000_000])
    #expect(line.description == "u1:unbounded:AAIBgAH_iHo:a4c20c8f")
  }

  @Test func damageIsNamed() throws {
    let line = ReplayLine(name: "x", values: [1, 2, 3]).description
    func error(_ text: String) -> ReplayLineError? {
      do throws(ReplayLineError) { _ = try ReplayLine(parsing: text) } catch { return error }
      return nil
    }
    #expect(error(line) == nil)
    #expect(error("u2" + line.dropFirst(2)) == .version("u2"))
    #expect(error("") == .version(""))
    #expect(error("u1:x:AAEC") == .parts(3))
    #expect(error(line.replacingOccurrences(of: ":x:", with: "::")) == .name)
    #expect(error("u1:x:A*:0") == .choices)
    #expect(error("u1:x:gA:0") == .choices)
    // Any single changed character is noticed.
    let characters = Array(line)
    for place in 3..<characters.count where characters[place] != ":" {
      var damaged = characters
      damaged[place] = damaged[place] == "0" ? "1" : "0"
      #expect(error(String(damaged)) != nil, "place \(place)")
    }
  }

  @Test func storedCasesAreTriedFirst() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = ExampleStore(folder)
    let property = Property("stored", Generator.uniform(in: 0...1_000_000)) { value, _ in value != 77_777 }
    let settings = CheckSettings(cases: 10, store: store)
    #expect(await property.check(settings).isPass)
    let line = ReplayLine(name: "stored", values: [77_777])
    try store.save(line)
    try store.save(line)
    #expect(store.load("stored").cases == [line])
    #expect(await property.check(settings).counterexample?.value == 77_777)
    #expect(await property.check(settings).statistics.phases[.stored]?.valid == 1)
    let unwritable = ExampleStore(URL(fileURLWithPath: "/dev/null/store"))
    let failing = Property("failing", Generator.bool) { _, _ in false }
    let kept = await failing.check(CheckSettings(store: unwritable))
    #expect(kept.counterexample != nil && kept.warnings.contains { $0.contains("cannot be written") })
    // Damage is left out with one warning, and is never fatal.
    let file = folder.appendingPathComponent("stored.examples")
    try Data("nonsense\nu1:other:AA:0\n\(line)\n".utf8).write(to: file)
    let report = await property.check(settings)
    #expect(report.counterexample?.value == 77_777)
    #expect(report.storeWarning?.contains("2 damaged or foreign lines") == true)
    try Data([0xFF, 0xFE, 0x00]).write(to: file)
    let unreadable = await property.check(settings)
    #expect(unreadable.isPass && unreadable.warnings.count == 1)
  }
}
