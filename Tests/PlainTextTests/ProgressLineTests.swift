// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText
import Testing

/// A clock that goes on only when it is told to.
private struct FakeClock {
  private(set) var elapsed = Duration.zero
  mutating func advance(_ duration: Duration) { elapsed += duration }
}

@Suite struct ProgressLineTests {
  private let trials = ProgressLine(unit: "trials", total: 180)

  /// Trials of 4 s each: nothing is promised before the first one is done, and then the time left is what is left.
  @Test func whatIsDoneIsCountedWithTheTimeLeft() {
    var clock = FakeClock()
    #expect(trials.text(done: 0, after: clock.elapsed).hasSuffix("░ 0 of 180 trials"))
    clock.advance(.seconds(12))
    #expect(trials.text(done: 0, after: clock.elapsed).hasSuffix("░ 0 of 180 trials, 12 s so far"))
    var last = Duration.seconds(1_000_000)
    for done in 1...180 {
      clock.advance(.seconds(4))
      let left = trials.timeLeft(done: done, after: clock.elapsed) ?? .zero
      #expect(left < last)
      // The first trial took 12 s more, which the mean speed forgets slowly.
      let honest = Duration.seconds(4 * (180 - done))
      #expect(left >= honest && left <= honest * (1 + 3 / Double(done)) + .milliseconds(1), "\(done)")
      last = left
    }
    #expect(
      trials.text(done: 180, after: clock.elapsed) == String(repeating: "█", count: 30) + " 180 of 180 trials, 0 s left"
    )
  }

  /// Where trials tell how far they are, the bar and the time left know before the first one has ended.
  @Test func partsOfTrialsCount() {
    let two = ProgressLine(unit: "trials", total: 2)
    #expect(two.text(done: 0, part: 0.5, after: .seconds(10)).hasSuffix("░ 0 of 2 trials, 30 s left"))
    #expect(two.text(done: 0, part: 0.5, after: .seconds(10)).filter { $0 == "█" }.count == 7)
    #expect(two.timeLeft(done: 1, part: 0.5, after: .seconds(30)) == .seconds(10))
    #expect(two.share(done: 1, part: 1, after: .zero) == 1)
  }

  @Test func barsShowTheShareThatIsDone() {
    for done in 0...180 {
      let text = trials.text(done: done, after: .milliseconds(500))
      #expect(text.count { $0 == "█" } == done * 30 / 180 && text.count { "█░".contains($0) } == 30)
      #expect(!text.contains("left"), "the first second tells nothing")
    }
  }

  /// A limit of time, alone and beside a number of cases: whichever ends first.
  @Test func timeAloneTellsToo() {
    let line = ProgressLine(unit: "cases", limit: .seconds(60))
    #expect(line.text(done: 1_234_567, after: .seconds(21)).hasSuffix(" 1,234,567 cases, 39 s left"))
    #expect(line.share(done: 0, after: .seconds(90)) == 1 && line.timeLeft(done: 0, after: .seconds(90)) == .zero)
    let both = ProgressLine(unit: "cases", total: 100, limit: .seconds(60))
    #expect(both.timeLeft(done: 50, after: .seconds(10)) == .seconds(10))
    #expect(both.timeLeft(done: 1, after: .seconds(10)) == .seconds(50))
    #expect(ProgressLine(unit: "cases").text(done: 12, after: .seconds(9)) == "12 cases, 9 s so far")
  }

  @Test(arguments: [(0.2, "1 s"), (59, "59 s"), (60, "1 min"), (61, "2 min"), (3_600, "1 h"), (7_805, "2 h 11 min")])
  func timesAreSaidAsPeopleSayThem(seconds: Double, words: String) {
    let line = ProgressLine(unit: "x", limit: .seconds(seconds))
    #expect(line.text(done: 0, after: .zero).hasSuffix(" 0 x, \(words) left"))
  }
}
