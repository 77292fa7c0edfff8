// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization
import Testing

@testable import PropertyTesting

@Suite struct CheckTests {
  private static let short = Property("short", Generator.int().array()) { list, _ in list.count < 5 }

  @Test func findsShrinksAndReplays() async throws {
    let report = await CheckTests.short.check(CheckSettings(seed: 9))
    let found = try #require(report.counterexample)
    #expect(found.value == [0, 0, 0, 0, 0])
    #expect(found.isLocalMinimum && found.failure == .isFalse)
    #expect(report.message.contains("replay: u1:short:"))
    let line = try ReplayLine(parsing: found.replay.description)
    #expect(CheckTests.short.replay(line).counterexample?.value == found.value)
  }

  /// A dimension, and then a matrix of it: the dimension shrinks, which trees of values get wrong.
  @Test func dependentDimensionsShrink() async {
    let matrix = Generator.int(in: 1...6, towards: 1).flatMap { size in
      Generator.int(in: -9...9).array(count: size).array(count: size)
    }
    for seed in 0..<20 {
      let report = await Property("matrix", matrix) { rows, _ in rows.joined().allSatisfy { $0 < 7 } }
        .check(CheckSettings(seed: UInt64(seed)))
      #expect(report.counterexample?.value == [[7]])
    }
  }

  @Test func threadsDoNotChangeTheReport() async {
    func check(_ threads: Int) async -> CheckReport<Int> {
      await Property("rare", Generator.uniform(in: 0...3_000)) { value, trial in
        trial.label("even", if: value % 2 == 0)
        trial.minimize("distance", Double(abs(value - 2_000)))
        return value != 2_000
      }.check(CheckSettings(cases: 20_000, seed: 5, threads: threads))
    }
    let (one, three) = (await check(1), await check(3))
    #expect(one.counterexample?.firstCase == three.counterexample?.firstCase)
    #expect(one.counterexample?.replay == three.counterexample?.replay)
    #expect(one.counterexample != nil)
    #expect(one.statistics.cases == three.statistics.cases && one.statistics.labels == three.statistics.labels)
    func passing(_ threads: Int) async -> CheckStatistics {
      await Property("passing", Generator.int()) { value, trial in
        trial.label("even", if: value % 2 == 0)
        trial.minimize("distance", abs(Double(value) - 1e6))
        return true
      }.check(CheckSettings(cases: 5_000, seed: 5, threads: threads)).statistics
    }
    let (a, b) = (await passing(1), await passing(4))
    #expect(
      a.labels == b.labels && a.bestScores == b.bestScores && a.valid == b.valid
        && a.phases[.targeted]?.valid == b.phases[.targeted]?.valid)
    #expect(a.valid == 5_000 && (a.phases[.targeted]?.valid ?? 0) > 1_000)
  }

  /// A needle that random search finds once in 10^12 cases.
  @Test func targetedSearchClimbs() async {
    let point = Generator<(Int, Int)>.pair(.uniform(in: 0...1_000_000), .uniform(in: 0...1_000_000))
    func found(scored: Bool) async -> Bool {
      await Property("needle", point) { value, trial in
        let distance = abs(value.0 - 123_456) + abs(value.1 - 654_321)
        if scored { trial.minimize("distance", Double(distance)) }
        return distance > 20_000
      }.check(CheckSettings(cases: 100_000, seed: 6)).counterexample != nil
    }
    #expect(await found(scored: true))
    let flat = await Property("flat", point) { _, trial in
      trial.minimize("flat", 1)
      return true
    }.check(CheckSettings(cases: 2_000))
    #expect(flat.statistics.phases[.targeted] == nil)
  }

  /// Two aims that oppose each other: what is best in one is kept though it is bad in the other.
  @Test func paretoPoolKeepsWhatNoneBeats() {
    var pool = ParetoPool()
    let tape = ChoiceTape([])
    let offers: [[String: Double]] = [["a": 1, "b": 5], ["a": 5, "b": 1], ["a": 5, "b": 2], [:], ["a": 1, "b": 4]]
    #expect(pool.isFlat)
    let kept = offers.map { pool.offer(tape, $0) }
    #expect(kept == [true, true, false, false, true] && !pool.isFlat)
    #expect(pool.members.map(\.scores) == [["a": 5, "b": 1], ["a": 1, "b": 4]])
  }

  struct Odd: Error {}

  @Test func thrownErrorsAreFailuresOfTheirOwnKind() async {
    struct Other: Error {}
    let property = Property("throws", Generator.int(in: 0...1_000)) { value, _ in
      if value > 500 { throw Odd() }
      if value > 10 { throw Other() }
      return true
    }
    // Shrinking one kind of failure does not slip into the other, which smaller values have.
    let odd = property.replay(ReplayLine(name: "throws", values: [900])).counterexample
    #expect(odd?.value == 501)
    let other = property.replay(ReplayLine(name: "throws", values: [300])).counterexample
    #expect(other?.value == 11)
    for (found, type) in [(odd, "Odd"), (other, "Other")] {
      guard case .threw(let name, _)? = found?.failure, name.contains(type) else {
        Issue.record("\(String(describing: found))")
        continue
      }
    }
    let generator = await Property("generator", Generator<Int> { _ in throw Odd() }) { _, _ in true }.check()
    guard case .generatorFails = generator.outcome else {
      Issue.record("\(generator.message)")
      return
    }
  }

  @Test func rejectionIsNeitherPassNorFailure() async {
    let never = await Property("never", Generator.int().filter { _ in false }) { _, _ in false }.check()
    guard case .vacuous(0, 1_000) = never.outcome else {
      Issue.record("\(never.message)")
      return
    }
    let seldom = await Property("seldom", Generator.uniform(in: 0...99)) { value, trial in
      try trial.assume(value < 3)
      return true
    }.check()
    #expect(!seldom.isPass)
    let half = await Property("half", Generator.bool) { value, trial in
      try trial.assume(value)
      return true
    }.check()
    #expect(half.isPass && half.warnings.count == 1 && half.statistics.rejected > 400)
  }

  @Test func flakyPropertiesAreReportedWithBothOutcomes() async {
    let calls = Atomic<Int>(0)
    let report = await Property("flaky", Generator.bool) { _, _ in
      calls.wrappingAdd(1, ordering: .relaxed).newValue != 40
    }.check()
    guard case .flaky(.isFalse, .passed, _) = report.outcome else {
      Issue.record("\(report.message)")
      return
    }
    #expect(report.message.contains("first is false, then holds"))
  }

  @Test func requiredLabelsMustBeFrequent() async {
    func check(_ share: Double, label: String = "tenth") async -> CheckReport<Int> {
      await Property("coverage", Generator.uniform(in: 0...9)) { value, trial in
        trial.label("tenth", if: value == 0)
        return true
      }.check(CheckSettings(cases: 10_000, required: [label: share]))
    }
    #expect(await check(0.09).isPass)
    #expect(await !check(0.2).isPass)
    #expect(await !check(0, label: "never given").isPass)
    #expect(await check(0.2).message.contains("is required"))
  }

  @Test func observationsAreJSONLines() async throws {
    let lines = Mutex<[String]>([])
    let settings = CheckSettings(
      cases: 50, observer: { observation in lines.withLock { $0.append(observation.jsonLine) } })
    _ = await Property("observed", Generator.int()) { value, trial in
      trial.label("positive", if: value > 0)
      trial.minimize("value", Double(value))
      try trial.assume(value % 3 != 0)
      return true
    }.check(settings)
    let records = try lines.withLock { $0 }.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(records.count == 50)
    #expect(Set(records.compactMap { $0["index"] as? Int }) == Set(0..<50))
    #expect(records.contains { $0["status"] as? String == "rejected" && $0["reason"] is String })
    #expect(records.allSatisfy { $0["seconds"] is Double && $0["labels"] is [String] && $0["scores"] is [String: Any] })
  }

  /// The names of a test case's parts are those of Tyche's format; labels and scores keep theirs.
  @Test func observationsForTyche() async throws {
    let lines = Mutex<[String]>([])
    let settings = CheckSettings(
      cases: 30, observer: { observation in lines.withLock { $0.append(observation.testCaseLine) } })
    _ = await Property("observed", Generator.int(in: 0...9)) { value, trial in
      trial.label("isLarge", if: value > 4)
      trial.minimize("theValue", Double(value))
      try trial.assume(value != 3)
      return true
    }.check(settings)
    let records = try lines.withLock { $0 }.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(records.count == 30)
    for record in records {
      #expect(record["type"] as? String == "test_case" && record["property"] as? String == "observed")
      let value = try #require((record["representation"] as? String).flatMap(Int.init))
      #expect(record["status"] as? String == (value == 3 ? "gave_up" : "passed"))
      #expect(record["run_start"] is Double && record["status_reason"] is String && record["how_generated"] is String)
      let features = try #require(record["features"] as? [String: Any])
      #expect(features["theValue"] as? Double == Double(value) && (features["isLarge"] != nil) == (value > 4))
    }
  }

  @Test func shrinkingStopsAtItsBudgetAndSaysSo() async {
    var settings = CheckSettings(cases: 2_000, seed: 3)
    settings.shrinkBudget = 5
    let report = await Property("budget", Generator.int().array()) { list, _ in list.reduce(0, &+) < 1_000 }.check(
      settings)
    #expect(report.counterexample?.isLocalMinimum == false)
    #expect((report.counterexample?.evaluations ?? 9) <= 5)
    #expect(report.message.contains("not fully simplified"))
  }

  @Test func exhaustiveSearchFindsTheSmallestOrNone() {
    let sides = Generator<(Int, Int)>.pair(.int(in: -20...20), .int(in: -20...20))
    let circle = Property("circle", sides) { p, _ in p.0 * p.0 + p.1 * p.1 < 25 }
    guard case .fails(let found, height: 4, valid: let valid) = circle.checkExhaustively(height: 9) else {
      Issue.record("\(circle.checkExhaustively(height: 9))")
      return
    }
    // Heights 0 … 4 have 9² points.
    #expect(found.value == (3, 4) && valid == 81)
    guard case .fails(let other, 4, _) = circle.checkExhaustively(height: 9, preferring: { $0.0 > $1.0 }) else {
      return
    }
    #expect(other.value.0 == 4)
    guard case .holds(upTo: 3, valid: 49, rejected: 0) = circle.checkExhaustively(height: 3) else {
      Issue.record("3² + 3² < 25: \(circle.checkExhaustively(height: 3))")
      return
    }
    guard case .unfinished(height: 2) = circle.checkExhaustively(height: 3, cases: 20) else {
      Issue.record("the heights 0 and 1 have 9 points, 2 has 16: \(circle.checkExhaustively(height: 3, cases: 20))")
      return
    }
  }
}
