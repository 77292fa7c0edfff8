import Testing

@testable import PropertyTesting

/// Three bugs behind several conditions each, which chance hardly meets.
///
/// They are looked for only in a program with counters:
/// `swift test --no-parallel --sanitize address -Xswiftc -sanitize-coverage=edge,inline-8bit-counters --filter CoverageTests`.
@Suite(.serialized) struct CoverageTests {
  /// A file that begins with four certain bytes.
  @Sendable static func magic(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > 4 else { return true }
    if bytes[0] == 0x7F {
      if bytes[1] == 0x45 {
        if bytes[2] == 0x4C {
          if bytes[3] == 0x46 { return false }
        }
      }
    }
    return true
  }

  /// A lock with six turns.
  @Sendable static func lock(_ turns: [Int]) -> Bool {
    var place = 0
    for turn in turns {
      switch (place, turn) {
      case (0, 3): place = 1
      case (1, 17): place = 2
      case (2, 8): place = 3
      case (3, 11): place = 4
      case (4, 2): place = 5
      case (5, 19): return false
      default: place = 0
      }
    }
    return true
  }

  /// A reader of nested lists that forgets the sixth level.
  @Sendable static func nesting(_ text: [Int]) -> Bool {
    var depth = 0
    for character in text {
      if character == 0 { continue }
      if character == 7 {
        depth += 1
        if depth == 2 { continue }
        if depth == 3 { continue }
        if depth == 4 { continue }
        if depth == 5 { continue }
        if depth == 6 { return false }
      } else {
        if depth > 0 { depth -= 1 }
      }
    }
    return true
  }

  private func cases<Value>(
    _ name: String, _ generator: Generator<Value>, guided: Bool, holds: @escaping @Sendable (Value) -> Bool
  )
    async -> Int
  {
    var settings = CheckSettings(cases: 60_000, seed: 1)
    settings.usesCoverage = guided
    settings.shrinkBudget = 0
    let report = await Property(name, generator) { value, _ in holds(value) }.check(settings)
    return report.counterexample?.firstCase ?? 60_000
  }

  private func compare<Value>(_ name: String, _ generator: Generator<Value>, holds: @escaping @Sendable (Value) -> Bool)
    async
  {
    let guided = await cases(name, generator, guided: true, holds: holds)
    let blind = await cases(name, generator, guided: false, holds: holds)
    print("COVERAGE \(name): guided after \(guided) cases, blind after \(blind) of at most 60,000")
    #expect(guided < 60_000 && guided < blind / 2)
  }

  @Test(.enabled(if: Coverage.isThere)) func deepBugsAreFoundInFewerCases() async {
    await compare(
      "magic", Generator.uniform(in: 0...255).map { UInt8($0) }.array(count: 0...20), holds: CoverageTests.magic)
    await compare("lock", Generator.uniform(in: 0...19).array(count: 0...30), holds: CoverageTests.lock)
    await compare("nesting", Generator.uniform(in: 0...31).array(count: 0...30), holds: CoverageTests.nesting)
  }

  /// Without counters the setting changes nothing.
  @Test(.disabled(if: Coverage.isThere)) func withoutCountersNothingChanges() async {
    var settings = CheckSettings(cases: 500, seed: 4)
    let property = Property("p", Generator.int()) { value, _ in value < 1_000_000 }
    let plain = await property.check(settings)
    settings.usesCoverage = true
    let asked = await property.check(settings)
    #expect(plain.counterexample?.firstCase == asked.counterexample?.firstCase && plain.counterexample != nil)
  }
}
