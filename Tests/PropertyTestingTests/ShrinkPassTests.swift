// SPDX-License-Identifier: GPL-3.0-or-later
import ForAll
import Foundation
import Testing

@testable import PropertyTesting

/// The passes of shrinking: what they count, and that none is there for nothing.
@Suite struct ShrinkPassTests {
  private static let passes = (Shrinker<Int>.passes + Shrinker<Int>.costlyPasses).map(\.name)

  /// The steps of every pass in eight seeds of a property, whose counts add up.
  private func steps<Value: Sendable>(_ property: Property<Value>) async throws -> [String: Int] {
    var steps: [String: Int] = [:]
    for seed in 0..<UInt64(8) {
      let report = await property.check(CheckSettings(cases: 20_000, seed: seed, threads: 1))
      let found = try #require(report.counterexample)
      #expect(found.passes.reduce(0) { $0 + $1.steps } == found.steps)
      #expect(found.passes.reduce(0) { $0 + $1.evaluations } == found.evaluations)
      // The first step may have deleted something, too.
      let (first, last) = (found.trail.first?.count ?? 0, found.trail.last?.count ?? 0)
      #expect(found.passes.reduce(0) { $0 + $1.deletions } >= first - last)
      for pass in found.passes {
        #expect(pass.calls > 0 && pass.evaluations >= pass.steps && pass.deletions >= 0)
        #expect(Self.passes.contains(pass.name))
        steps[pass.name, default: 0] += pass.steps
      }
    }
    return steps
  }

  private func steps<Value: Sendable>(
    _ generator: Generator<Value>, until holds: @escaping @Sendable (Value) -> Bool
  ) async throws -> [String: Int] {
    try await steps(Property("passes", generator) { value, _ in holds(value) })
  }

  @Test func passesHaveNames() {
    #expect(Set(Self.passes).count == Self.passes.count && Self.passes.count == 22)
    var statistics = ShrinkPassStatistics("delete spans")
    (statistics.calls, statistics.evaluations, statistics.steps, statistics.deletions) = (2, 14, 3, 12)
    #expect("\(statistics)" == "delete spans: 3 steps in 14 tries of 2 turns, 12 choices fewer")
  }

  /// For every pass there is a value on which it makes a step that the others, which had their turns before, did not.
  @Test func everyPassMakesSteps() async throws {
    let whole = Generator.int()
    let large = Generator.int(in: 1...0x7FFF_FFFF, towards: 1)
    let pair = Generator<(Int, Int)>.pair(large, large)
    let tens = Generator<Int> { tape in
      let number = tape.integer(in: 0...10_000)
      if number % 10 != 0 { throw Rejection("not a ten") }
      return number
    }
    let drawnUntil = Generator<Int> { tape in
      var number = 0
      repeat { number = tape.integer(in: 0...100) } while number % 3 != 1
      return number
    }
    typealias Pair = (Challenge.Expression, Challenge.Expression)
    let expressions = Generator<Challenge.Expression>.recursive(leaf: whole.map { .number($0) }) { part in
      .oneOf(
        Generator<Pair>.pair(part, part).map { .sum($0, $1) },
        Generator<Pair>.pair(part, part).map { .quotient($0, $1) })
    }
    let sized = Generator.int(in: 1...100, towards: 1).flatMap { Generator.uniform(in: 0...1_000).array(count: $0) }
    let square = Generator.int(in: 1...6, towards: 1).flatMap { size in
      Generator.int(in: -9...9).array(count: size).array(count: size)
    }
    let lists = Generator.int(in: -32_768...32_767).array(count: 0...10).array(count: 5)
    @Sendable func sum(_ list: [Int]) -> Int16 { list.reduce(0) { $0 &+ Int16(truncatingIfNeeded: $1) } }
    let machine = FilesMachine(reusesHandles: true)

    let found: [(passes: [String], steps: [String: Int])] = [
      (
        ["delete spans", "delete across boundaries", "simplify runs", "minimize choices", "sort siblings"],
        try await steps(whole.array().array()) { Set($0.joined()).count < 5 }
      ),
      (
        ["replace by descendants", "enumerate small trees"],
        try await steps(expressions) { !$0.isFair || $0.value != nil }
      ),
      (["lower lengths"], try await steps(sized) { ($0.max() ?? 0) < 900 }),
      (["minimize duplicates"], try await steps(pair) { $0.0 < 10 || $0.0 != $0.1 }),
      (["lower pairs"], try await steps(pair) { $0.0 < 10 || abs($0.0 - $0.1) != 1 }),
      (["redistribute"], try await steps(Generator.int(in: 0...1_000).array()) { $0.reduce(0, +) < 1_500 }),
      (["lower digits", "lower over gaps"], try await steps(tens) { $0 < 560 }),
      (
        ["delete groups"],
        try await steps(Generator.int(in: 0...1).array(count: 0...60)) { list in
          list.count < 6 || 2 * list.reduce(0, +) != list.count
        }
      ),
      (["delete choices"], try await steps(drawnUntil) { $0 < 50 }),
      (["lower and carry"], try await steps(square) { $0.joined().allSatisfy { $0 < 7 } }),
      (
        ["delete and lower"],
        try await steps(Generator.uniform(in: 0...10).array()) { list in
          !list.allSatisfy { $0 < list.count } || list.indices.allSatisfy { list[$0] == $0 || list[list[$0]] != $0 }
        }
      ),
      (
        ["delete and replace"],
        try await steps(lists) { lists in
          !lists.allSatisfy { sum($0) < 256 } || sum(lists.flatMap { $0 }) < 5 * 256
        }
      ),
      (["drop optionals"], try await steps(Generator<URL>.url) { $0.query == nil }),
      (["delete step and shift"], try await steps(machine.property("files", machine.sequences()))),
      (
        ["lower kinds", "lower scalars"],
        try await steps(.string()) { text in
          !text.unicodeScalars.contains { $0.properties.isAlphabetic && $0.value > 0x300 }
        }
      ),
    ]
    for (passes, steps) in found {
      for pass in passes { #expect(steps[pass, default: 0] > 0, "\(pass)") }
    }
    #expect(Set(found.flatMap(\.passes)) == Set(Self.passes))
  }
}
