// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Testing

@testable import PropertyTesting

@Suite struct GeneratorTests {
  /// Ranks count all values of a range once, nearest to the simplest first, and come back as the value they were.
  @Test(arguments: [(-3...5, 0), (-3...5, 5), (-3...5, -3), (2...2, 2), (4...9, 6), (-9 ... -4, 0)])
  func ranksCountTheRange(range: ClosedRange<Int>, simplest: Int) {
    let choices = range.map { Choice($0, in: range, simplest: simplest) }
    #expect(choices.map(\.rank).sorted() == (0..<UInt(range.count)).map { $0 })
    for choice in choices { #expect(choice.value(ofRank: choice.rank) == choice.value) }
    // Beyond the range the last value stays.
    let last = choices.max { $0.rank < $1.rank }
    #expect(choices[0].value(ofRank: UInt(range.count) + 3) == last?.value)
    let byRank = choices.sorted { $0.rank < $1.rank }.map(\.distance)
    #expect(byRank == byRank.sorted())
  }

  @Test func ranksAtTheEndsOfInt() {
    for value in [Int.min, Int.min + 1, -1, 0, 1, Int.max] {
      let choice = Choice(value, in: Int.min...Int.max, simplest: 0)
      #expect(choice.value(ofRank: choice.rank) == value)
    }
    #expect(Choice(Int.min, in: Int.min...Int.max, simplest: 0).lowered(by: .max) == 0)
    #expect(Choice(Int.min, in: Int.min...Int.max, simplest: Int.max).rank == UInt.max)
  }

  @Test func sumsWrapIntoTheirRange() {
    #expect(
      [32_768, 65_536, -32_769, 5, -65_537].map { $0.wrapped(into: -32_768...32_767) } == [-32_768, 0, 32_767, 5, -1])
    #expect((-7...7).map { $0.wrapped(into: 1...3) } == [2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1])
  }

  /// What a rejection says is what its cause says, and shrinking, which refuses most of what it tries, never asks for it.
  @Test func rejectionsAreTextOnlyWhereTheyAreRead() async throws {
    let cause = Refused(times: Mutex(0))
    #expect(Rejection(cause).description == "refused" && Rejection(Rejection("a")) == Rejection("a"))
    #expect(Rejection(cause) == Rejection("refused") && Set([Rejection(cause), Rejection("refused")]).count == 1)
    let read = cause.times.withLock { $0 }
    let generator = Generator<Int> { tape in
      let value = try Generator.int(in: 0...1_000, towards: 0)(&tape)
      if value % 2 == 0 { throw Rejection(cause) }
      return value
    }
    let property = Property<Int>("odd", generator) { value, _ in value < 11 }
    let report = property.replay(ReplayLine(name: "odd", values: [771]), CheckSettings(seed: 1))
    #expect(report.counterexample?.value == 11 && report.counterexample?.isLocalMinimum == true)
    #expect(read > 0 && cause.times.withLock { $0 } == read)
  }

  private final class Refused: Error, CustomStringConvertible {
    let times: Mutex<Int>
    init(times: consuming Mutex<Int>) { self.times = times }
    var description: String {
      times.withLock { $0 += 1 }
      return "refused"
    }
  }

  /// A tape that is read again gives the same value; without randomness it goes on with the simplest one.
  @Test func tapesReplay() throws {
    let generator = Generator.int(in: 1...9, towards: 1).flatMap { Generator.int().array(count: $0) }
    for index in 0..<200 {
      var tape = ChoiceTape(random: RandomSource(seed: 1, index: UInt64(index)))
      let value = try generator(&tape)
      var again = ChoiceTape(tape.values)
      #expect(try generator(&again) == value)
      #expect(again.values == tape.values)
      var short = ChoiceTape([4])
      #expect(try generator(&short) == [0, 0, 0, 0])
    }
  }

  @Test func generatorsStayInTheirRanges() throws {
    for index in 0..<2_000 {
      var tape = ChoiceTape(random: RandomSource(seed: 2, index: UInt64(index)), size: 1 + index % 100)
      for range in [0...0, -5...5, Int.min...Int.max, 7...1_000_000, Int.min ... -7, Int.max - 1...Int.max] {
        #expect(range.contains(try Generator.int(in: range)(&tape)))
        #expect(range.contains(try Generator.uniform(in: range)(&tape)))
      }
      let array = try Generator.bool.array(count: 2...4)(&tape)
      #expect((2...4).contains(array.count))
      #expect(try Generator.bool.array(count: 3)(&tape).count == 3)
      let fraction = try Generator.fraction(height: 9)(&tape)
      #expect(abs(fraction.numerator) <= 9 && (1...9).contains(fraction.denominator))
      #expect(["a", "b"].contains(try Generator.element(of: ["a", "b"])(&tape)))
    }
  }

  /// Every magnitude of numbers occurs, and equal numbers side by side.
  @Test func integersAreVaried() throws {
    var (bits, equal) = (Set<Int>(), 0)
    for index in 0..<3_000 {
      var tape = ChoiceTape(random: RandomSource(seed: 3, index: UInt64(index)))
      let (a, b) = try Generator<(Int, Int)>.pair(.int(), .int())(&tape)
      bits.insert(64 - a.magnitude.leadingZeroBitCount)
      equal += a == b && abs(a / 2) > 1_000 ? 1 : 0
    }
    #expect(bits.count > 60)
    #expect(equal > 10)
  }

  @Test func doublesAreFiniteAndShrinkToWholeNumbers() async {
    let report = await Property("large", .double) { value, _ in abs(value) < 12.5 }.check(CheckSettings(seed: 3))
    #expect(report.counterexample?.value == 13)
    let fractions = await Property("fraction", .double) { value, _ in value == value.rounded() }.check()
    #expect(fractions.counterexample?.value == 0.5)
  }

  /// A generator without an end is stopped and its case rejected.
  @Test func endlessGeneratorsAreRejected() async {
    let endless = Generator<Int> { tape in
      for _ in 0..<100_000 { _ = tape.integer(in: 0...1) }
      return 0
    }
    let report = await Property("endless", endless) { _, _ in true }.check(CheckSettings(cases: 20))
    guard case .vacuous(0, 20) = report.outcome else {
      Issue.record("\(report.message)")
      return
    }
  }

  /// What choices make, without a property; those that make nothing, or too much, make none.
  @Test func valuesOfChoices() {
    let even = Generator<Int> { tape in
      let number = tape.integer(in: 0...99)
      if number % 2 == 1 { throw Rejection("odd") }
      return number
    }
    #expect(even.value(of: [42]) == 42 && even.value(of: []) == 0)
    #expect(even.value(of: [41]) == nil)
    let endless = Generator<Int> { tape in
      for _ in 0...ChoiceTape.limit { _ = tape.integer(in: 0...1) }
      return 0
    }
    #expect(endless.value(of: [1]) == nil)
  }

  /// Parts of recursive values take the place of the whole.
  @Test func recursiveValuesShrinkToAPart() async {
    let numbers = Generator<[Int]>.recursive(leaf: Generator.int().map { [$0] }) { part in
      Generator<([Int], [Int])>.pair(part, part).map { $0 + $1 }
    }
    let report = await Property("part", numbers) { list, _ in !list.contains { $0 > 6 } }.check(CheckSettings(seed: 4))
    #expect(report.counterexample?.value == [7])
  }
}
