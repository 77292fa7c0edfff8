// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import SeededRuns
import Synchronization
import Testing

@testable import ClassAdvice

/// Which students are measured along the grid of λ and T.
@Suite struct GridScoresTests {
  private static var settings: ClassAdvisor.Settings {
    var settings = ClassAdvisor.Settings()
    (settings.folds, settings.repeats, settings.threads) = (3, 2, 2)
    // In any order, one of them twice.
    (settings.weights, settings.temperatures) = ([0.5, 0.1, 1, 0.2, 0.5], [1, 2])
    return settings
  }

  private static func folds(_ data: ClassData, _ settings: ClassAdvisor.Settings) throws -> [MeasuredFold] {
    let decays = WeightDecays(student: 0.1, views: data.views.map { _ in 0.1 }, joint: 0.1)
    let teachers = ClassTeacher.all(data)
    let joint = try data.jointView()
    let cuts = try (0..<2).map {
      try ClassFolds(
        labels: data.student.labels, classNames: data.classNames, groups: data.groups, folds: 3, seed: UInt64($0))
    }
    let otherRows = try TeachersOfOtherRows(
      (data.views.map(\.rows) + [joint]).map { ($0, 0.1) }, cuts, classNames: data.classNames, groups: data.groups,
      mostComponents: nil, threads: 1)
    return try (0..<6).map { index in
      let students = try FoldStudents(
        data, joint: joint, cuts, repetition: index / 3, fold: index % 3, decays, otherRows, candidates: teachers,
        mostComponents: nil)
      return MeasuredFold(students, teachers, settings, index: index)
    }
  }

  /// Students whose gain is made to be that of a table: which settings each candidate comes to.
  @Test func candidatesGoNoFurtherThanGains() throws {
    let settings = Self.settings
    #expect(settings.grid.map(\.weight) == [0.1, 0.2, 0.5, 1, 0.1, 0.2, 0.5, 1])
    // Of λ = 0.1, 0.2, 0.5 and 1 in fold 0 and in the others, how sure the student is of the truth, against 1 alone.
    let sure: [(first: [Double], others: [Double])] = [
      ([1.1, 1.2, 1.3, 1.4], [1.1, 1.2, 1.3, 1.4]),  // more and more
      ([0.9, 1.5, 1.6, 1.7], [0.9, 1.5, 1.6, 1.7]),  // harm from the first
      ([1.2, 1.3, 1.25, 2], [1.2, 1.3, 1.25, 2]),  // best at the second
      ([3, 0.5, 4, 5], [1.1, 1.2, 1.3, 1.1]),  // one fold falls, by more than the others rise
      ([1.1, 1.1, 1.2, 1.3], [1.1, 1.1, 1.2, 1.3]),  // no change
    ]
    var given = try Self.folds(AdvisorTests.data(), settings)
    let base = FoldScore.all(given, settings, given.map { Self.logits($0, sure: 1) })
    let heldOut = given.map(\.students.heldOut)
    let asked = Mutex<[Set<Int>]>(Array(repeating: [], count: 8))
    func scores(_ settings: ClassAdvisor.Settings) throws -> GridScores {
      asked.withLock { $0 = Array(repeating: [], count: 8) }
      return try GridScores(&given, settings, count: sure.count, base: base, withMetrics: false) {
        fold, place, chosen in
        asked.withLock { $0[place].formUnion(chosen) }
        let isFirst = fold.students.heldOut == heldOut[0]
        return chosen.map { Self.logits(fold, sure: (isFirst ? sure[$0].first : sure[$0].others)[place % 4]) }
      }
    }
    let found = try scores(settings)
    for t in [0, 4] {
      let places = asked.withLock { Array($0[t..<t + 4]) }
      #expect(places == [[0, 1, 2, 3, 4], [0, 2, 3, 4], [0, 2, 3], [0, 3]])
    }
    for place in 0..<8 {
      let measured = asked.withLock { $0[place] }
      for candidate in sure.indices {
        let own = found.scores[place][candidate]
        #expect((own != nil) == measured.contains(candidate))
        if let own { #expect(own.count == 6 && own[1].held.logLoss != base[1].held.logLoss) }
      }
    }
    var all = settings
    all.isExhaustive = true
    let whole = try scores(all)
    #expect(whole.scores.allSatisfy { $0.allSatisfy { $0 != nil } })
  }

  /// Half the rows are certain of another class, so that no temperature makes up for how sure the student is of the others.
  private static func logits(_ fold: MeasuredFold, sure: Double) -> TeacherLogits {
    let values = fold.students.heldOutLabels.enumerated().flatMap { row, label in
      (0..<3).map { $0 == (row.isMultiple(of: 3) ? (label + 1) % 3 : label) ? (row.isMultiple(of: 3) ? 1 : sure) : 0 }
    }
    return TeacherLogits(checked: values.map { $0 as Double }, classCount: 3)
  }

  /// Against all choices of folds, one by one.
  @Test func anyChoiceOfFoldsThatRisesCounts() {
    var source = RandomSource(seed: 4, index: 0)
    var (yes, no) = (0, 0)
    for _ in 0..<500 {
      let changes = (0..<6).map { _ in Double.random(in: -1...0.6, using: &source) }
      var sums = [changes.reduce(0, +)]
      for left in changes.indices {
        let own = left / 3 * 3..<left / 3 * 3 + 3
        sums.append(own.filter { $0 != left }.reduce(0) { $0 + changes[$1] })
      }
      let rises = GridScores.rises(changes, folds: 3)
      #expect(rises == (sums.max() ?? 0 > 0))
      if rises { yes += 1 } else { no += 1 }
    }
    #expect(yes > 50 && no > 50)
    #expect(!GridScores.rises([0, 0, 0], folds: 3))
  }

  /// What is left out would not have been chosen: settings, where they are not a tie, and gains are those of the whole grid of trained students.
  @Test func theChoiceIsThatOfTheWholeGrid() throws {
    var settings = Self.settings
    (settings.seed, settings.repeats) = (7, 1)
    let steps = try ClassAdvisor(AdvisorTests.data(), settings)
    settings.isExhaustive = true
    let whole = try ClassAdvisor(AdvisorTests.data(), settings)
    var same = 0
    for own in steps.candidates {
      let other = try #require(whole.candidates.first { $0.teacher == own.teacher })
      if own.setting == other.setting { same += 1 }
      #expect(abs(own.logLoss.mean - other.logLoss.mean) < 3e-4, "\(own.name)")
      #expect(abs(own.beyondShuffled.mean - other.beyondShuffled.mean) < 3e-4, "\(own.name)")
    }
    #expect(same >= steps.candidates.count - 1 && Set(steps.candidates.map(\.setting)).count > 2)
  }
}
