// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization
import Testing

@testable import PropertyTesting

/// Generators that draw until something comes: no tape may keep them from their end.
@Suite struct EndlessTests {
  static let third = Generator<Int> { tape in
    var x = 0
    repeat { x = tape.integer(in: 0...100) } while x % 3 != 1
    return x
  }
  static let distinct = Generator<Set<Int>> { tape in
    var set = Set<Int>()
    while set.count < 5 { set.insert(tape.integer(in: 0...9)) }
    return set
  }
  static let walk = Generator<Int> { tape in
    var n = 0
    while tape.integer(in: 0...5) != 5 { n += 1 }
    return n
  }

  @Test func loopsUntilSomethingNewShrink() async {
    for seed in 0..<5 {
      let settings = CheckSettings(seed: UInt64(seed))
      let first = await Property("third", EndlessTests.third) { value, _ in value < 50 }.check(settings)
      #expect(first.counterexample?.value == 52 && first.counterexample?.replay.values == [52])
      let second = await Property("distinct", EndlessTests.distinct) { set, _ in !set.contains(7) }.check(settings)
      #expect(second.counterexample?.value == [0, 1, 2, 3, 7] && second.counterexample?.replay.values.count == 5)
      let last = await Property("walk", EndlessTests.walk) { value, _ in value < 6 }.check(settings)
      #expect(last.counterexample?.value == 6)
      #expect(last.counterexample?.replay.values == [0, 0, 0, 0, 0, 0, 5])
    }
  }

  /// What needs several rare choices, what grows without bound at random, what wants the largest: all end, and are rejected.
  @Test func anyTapeEnds() {
    @Sendable func grow(_ tape: inout ChoiceTape) -> Int {
      tape.integer(in: 0...2) == 0 ? 1 : grow(&tape) + grow(&tape)
    }
    let permutation = Generator<Set<Int>> { tape in
      var set = Set<Int>()
      while set.count < 200 { set.insert(tape.integer(in: 0...199)) }
      return set
    }
    let large = Generator<Int> { tape in
      var value = 0
      repeat { value = tape.integer(in: 0...1_000) } while value < 995
      return value
    }
    for values in [[], [1], [1, 1, 1], Array(repeating: 1, count: 9_000)] {
      #expect(Property("", permutation) { _, _ in true }.run(on: ChoiceTape(values)).status.isRejection)
      #expect(Property("", large) { _, _ in true }.run(on: ChoiceTape(values)).status.isRejection)
      let growing = Property("", Generator<Int> { grow(&$0) }) { _, _ in true }
      #expect(growing.run(on: ChoiceTape(values)).status.isRejection == (values.count > 3))
    }
    for index in 0..<UInt64(20) {
      var tape = ChoiceTape(random: RandomSource(seed: 1, index: index))
      _ = grow(&tape)
    }
  }

  @Test func staleReplayLinesAreNamed() async throws {
    let wide = Property("g", Generator.int(in: 0...1_000)) { value, _ in value < 500 }
    let line = try #require(await wide.check().counterexample?.replay)
    let fixed = Property("g", Generator.int(in: 0...1_000)) { _, _ in true }.replay(line)
    #expect(fixed.isPass && fixed.warnings.isEmpty)
    // A range that became smaller, a generator that draws more, and one that draws less.
    let longer = Generator<Int> { tape in tape.integer(in: 0...1_000) + tape.integer(in: 0...1) }
    for generator in [Generator.int(in: 0...10), longer, .constant(1)] {
      let report = Property("g", generator) { _, _ in true }.replay(line)
      guard case .stale(line, _) = report.outcome else {
        Issue.record("\(report.message)")
        continue
      }
      #expect(!report.isPass && report.warnings.contains { $0.contains("another generator") })
      #expect(!report.message.contains("held in"))
    }
    // What still fails is a failure, whatever the line was.
    #expect(Property("g", Generator.int(in: 0...10)) { _, _ in false }.replay(line).counterexample?.value == 0)
  }

  /// Names that differ in what a file name cannot hold, in case, in length or in their last characters.
  @Test func noTwoNamesShareAStoreFile() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = ExampleStore(folder)
    let long = String(repeating: "x", count: 300)
    let names = [
      "a b", "a-b", "a/b", "a\tb", "A-b", "a-B", "ä-b", "a.b", "..", "~", "a~b", "a:b", long, long + "y", "日本", "日木",
    ]
    for (place, name) in names.enumerated() { try store.save(ReplayLine(name: name, values: [place])) }
    for (place, name) in names.enumerated() {
      #expect(store.load(name).cases == [ReplayLine(name: name, values: [place])], "\(name)")
      #expect(store.load(name).warning == nil)
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(files.map { $0.lowercased() }).count == names.count)
    // The same name in another Unicode form is the same name.
    #expect(store.load("a\u{308}-b").cases.count == 1)
    for (place, name) in names.enumerated() { try store.remove([ReplayLine(name: name, values: [place])], of: name) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  /// The files of earlier versions are read, and what they hold of other properties stays.
  @Test func earlierStoresAreRead() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let (own, other) = (ReplayLine(name: "Test A", values: [1]), ReplayLine(name: "Test-A", values: [2]))
    try Data("\(own)\n\(other)\n".utf8).write(to: folder.appendingPathComponent("Test-A.examples"))
    let store = ExampleStore(folder)
    #expect(store.load("Test A").cases == [own] && store.load("Test-A").cases == [other])
    let new = ReplayLine(name: "Test A", values: [3])
    try store.save(new)
    #expect(store.load("Test A").cases == [own, new] && store.load("Test-A").cases == [other])
    try store.remove([own, new], of: "Test A")
    #expect(store.load("Test A").cases.isEmpty && store.load("Test-A").cases == [other])
  }

  /// Stored cases that pass, and lines that cannot be read, are forgotten; many tests may share the store.
  @Test func storesArePrunedAndShared() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = ExampleStore(folder)
    let settings = CheckSettings(cases: 10, store: store)
    let failing = Property("p", Generator.uniform(in: 0...9)) { value, _ in value != 7 }
    try store.save(ReplayLine(name: "p", values: [7]))
    try store.save(ReplayLine(name: "p", values: [3]))
    #expect(await failing.check(settings).counterexample?.value == 7)
    #expect(store.load("p").cases == [ReplayLine(name: "p", values: [7])])
    let fixed = Property("p", Generator.uniform(in: 0...9)) { _, _ in true }
    #expect(await fixed.check(settings).isPass)
    #expect(store.load("p").cases.isEmpty)
    await withTaskGroup { group in
      for place in 0..<32 {
        group.addTask { try? store.save(ReplayLine(name: "shared", values: [place])) }
      }
    }
    #expect(store.load("shared").cases.count == 32)
  }
}

/// Generators and properties that do not do what they should: each is named.
@Suite struct MisbehaviourTests {
  @Test func generatorsThatDependOnMoreThanTheirChoicesAreNamed() async {
    let own = Generator<Int> { _ in Int.random(in: 0...1_000_000) }
    let first = await Property("own", own) { _, _ in true }.check()
    #expect(first.isPass && first.warnings.contains { $0.contains("not deterministic") })
    let calls = Atomic<Int>(0)
    let counted = Generator<Int> { tape in
      calls.wrappingAdd(1, ordering: .relaxed).newValue % 2 == 0 ? 0 : tape.integer(in: 0...9)
    }
    let second = await Property("counted", counted) { _, _ in true }.check()
    #expect(second.warnings.contains { $0.contains("not deterministic") })
    let failing = await Property("failing", own) { value, _ in value < 500_000 }.check()
    #expect(!failing.isPass && failing.warnings.contains { $0.contains("not deterministic") })
    // Closures, objects and floats that are no numbers are compared as well as can be, and accuse nobody.
    final class Object: Sendable {}
    let fair = Generator<(Object, @Sendable () -> Int, Double)> { tape in
      let value = tape.integer(in: 0...9)
      return (Object(), { value }, .nan)
    }
    #expect(await Property("fair", fair) { _, _ in true }.check().warnings.isEmpty)
  }

  @Test func propertiesThatChangeTheirArgumentAreNamed() async {
    final class List: CustomStringConvertible {
      var values: [Int]
      init(_ values: [Int]) { self.values = values }
      var description: String { "\(values)" }
    }
    let lists = Generator.int(in: 0...9).array().map { List($0) }
    let report = await Property("sorted", lists) { list, _ in
      defer { list.values = [] }
      return list.values.count < 2
    }.check()
    #expect(report.counterexample?.value.values == [0, 0])
    #expect(report.message.contains("[0, 0]") && report.warnings.contains { $0.contains("changes its argument") })
  }
}
