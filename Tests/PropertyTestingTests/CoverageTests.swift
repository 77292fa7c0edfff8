// SPDX-License-Identifier: GPL-3.0-or-later
import CoverageGuidance
import ForAll
import Synchronization
import Testing

@testable import PropertyTesting

/// Searches that are guided by what cases reach.
///
/// What the compiler counts is tested in `examples/coverage`, which is built for it.
@Suite struct CoverageTests {
  /// Places that the property itself names.
  final class Counter: CoverageProbe {
    private let reached = Mutex(Reached())

    func reach(_ place: Int, times: Int = 1) {
      reached.withLock { $0.places.append(Reached.Place(place, times: times)) }
    }
    func isEqual(_ a: Int, _ b: Int) -> Bool {
      if a != b { reached.withLock { $0.comparisons.append(Reached.Comparison(a, b)) } }
      return a == b
    }
    func reached(by body: () -> Void) -> Reached {
      reached.withLock { $0 = Reached() }
      body()
      return reached.withLock { $0 }
    }
  }

  /// A lock that opens after five numbers in order.
  private func lock(_ counter: Counter, comparing: Bool) -> Property<[Int]> {
    Property("lock", Generator.uniform(in: 0...9_999).array(count: 0...12)) { numbers, _ in
      counter.reach(0)
      for (place, code) in [17, 4_711, 9, 8_888, 815].enumerated() {
        guard place < numbers.count else { return true }
        counter.reach(10 + place)
        let isRight = comparing ? counter.isEqual(numbers[place], code) : numbers[place] / 512 == code / 512
        guard isRight else { return true }
        counter.reach(place + 1)
      }
      return false
    }
  }

  private func firstCase(_ property: Property<[Int]>, _ seed: UInt64, _ probe: (any CoverageProbe)?) async -> Int? {
    var settings = CheckSettings(cases: 20_000, seed: seed)
    settings.coverage = probe
    return await property.check(settings).counterexample?.firstCase
  }

  /// Found step by step, with and without the numbers that were compared; never without guidance.
  @Test(arguments: [true, false]) func deepFailuresAreFoundStepByStep(comparing: Bool) async {
    for seed in 0..<UInt64(3) {
      let counter = Counter()
      let property = lock(counter, comparing: comparing)
      let found = await firstCase(property, seed, counter)
      let again = await firstCase(property, seed, counter)
      #expect(found != nil && found == again)
      #expect(await firstCase(property, seed, nil) == nil)
    }
  }

  @Test func theReportSaysHowFarASearchCame() async throws {
    let counter = Counter()
    var settings = CheckSettings(cases: 400, threads: 4)
    settings.coverage = counter
    let property = Property("steps", Generator.int(in: 0...7)) { value, _ in
      counter.reach(value)
      return true
    }
    let report = await property.check(settings)
    #expect(report.coverage == CoverageSummary(places: 8, kept: 8) && report.warnings.isEmpty)
    #expect((report.statistics.phases[.guided]?.valid ?? 0) > 200)
    #expect(report.statistics.valid == 400 && report.statistics.phases.values.map(\.valid).reduce(0, +) == 400)
    // Where nothing is counted, the search says so.
    let none = await Property("none", Generator.bool) { _, _ in true }.check(settings)
    #expect(none.isPass && none.warnings.contains { $0.contains("not guided") })
    settings.coverage = nil
    #expect(await property.check(settings).coverage == nil)
  }

  /// A case is kept for a new place or a new number of times, and a simpler one takes its place.
  @Test func keptCasesAreNewOrSimpler() {
    let guide = CoverageGuide(Counter())
    func offer(_ values: [Int], _ places: [Reached.Place]) {
      var tape = ChoiceTape(values)
      for _ in values { _ = tape.integer(in: 0...99) }
      guide.offer(tape, Reached(places: places))
    }
    offer([5, 5, 5], [.init(1)])
    offer([6, 6, 6], [.init(1)])
    #expect(guide.summary == CoverageSummary(places: 1, kept: 1))
    offer([7], [.init(1, times: 5)])
    offer([8], [.init(1, times: 7), .init(2)])
    #expect(guide.summary == CoverageSummary(places: 2, kept: 3))
    offer([5, 5], [.init(1)])
    #expect(guide.summary.kept == 3)
    #expect(guide.values(ofKept: 0) == [5, 5])
  }

  /// The example programs are compiled with counters, this one is not.
  @Test func withoutCountersThereIsNoGuide() {
    #expect(CoverageCounters.places == 0 && CoverageCounters() == nil)
  }

  @Test func forAllIsGuided() async {
    let counter = Counter()
    await withCoverage(counter) {
      let report = await forAll(Generator.int(in: 0...7), settings: CheckSettings(cases: 100)) { value in
        counter.reach(value)
      }
      #expect(report.coverage?.places == 8)
    }
    let report = await forAll(Generator.bool, settings: CheckSettings(cases: 10)) { _ in true }
    #expect(report.coverage == nil)
  }
}
