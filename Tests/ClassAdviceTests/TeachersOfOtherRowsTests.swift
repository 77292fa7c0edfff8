// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Testing

@testable import ClassAdvice

/// Teachers that saw neither of two folds.
@Suite struct TeachersOfOtherRowsTests {
  private static let names = ["a", "b", "c"]

  private static func teachers(_ views: [LabelledRows], _ cuts: [ClassFolds], groups: [Int]? = nil) throws
    -> TeachersOfOtherRows
  {
    try TeachersOfOtherRows(
      views.map { ($0, 0.05) }, cuts, classNames: names, groups: groups, mostComponents: nil, threads: 2)
  }

  /// What is said of a row is its own features in a teacher that was fitted without its fold and without the one that is held out.
  @Test func noRowIsJudgedByATeacherThatSawIt() throws {
    let planted = try Planted(rows: 90, columns: 6, seed: 71)
    let views = [planted.student, try LabelledRows(features: planted.teacher.values, labels: planted.student.labels)]
    let cuts = try (0..<2).map {
      try ClassFolds(labels: planted.student.labels, classNames: Self.names, folds: 4, seed: UInt64($0))
    }
    let teachers = try Self.teachers(views, cuts)
    for (view, rows) in views.enumerated() {
      for (repetition, cut) in cuts.enumerated() {
        for fold in 0..<4 {
          let training = cut.training(fold)
          let logits = teachers.logits(view: view, repetition: repetition, fold: fold)
          #expect(logits.rowCount == training.count)
          for other in 0..<4 where other != fold {
            let seen = training.filter { cut.foldOfRow[$0] != other }
            let plain = try SoftmaxObjective(rows.selecting(seen), weightDecay: 0.05).fit(tolerance: 1e-9)
            for (place, row) in training.enumerated() where cut.foldOfRow[row] == other {
              let own = plain.logits(of: WeightDecayChoice.features([row], of: rows)).values
              for k in 0..<3 { #expect(abs(logits.values[place * 3 + k] - own[k]) < 1e-3) }
            }
          }
        }
      }
    }
  }

  /// A class of two groups is in two folds, and where both are held out no teacher knows it.
  @Test func aClassInTwoGroupsIsRefused() throws {
    let planted = try Planted(rows: 90, columns: 6, seed: 72)
    let labels = planted.student.labels
    // Rows of the first class in groups 0 and 1, the others in 2 … 7.
    let groups = labels.enumerated().map { $1 == 0 ? $0 % 2 : 2 + $0 % 6 }
    let cut = try ClassFolds(labels: labels, classNames: Self.names, groups: groups, folds: 3, seed: 1)
    #expect(throws: ClassAdviceError.classInFewGroups("a", groups: 2)) {
      try Self.teachers([planted.student], [cut], groups: groups)
    }
    #expect(throws: Never.self) { try Self.teachers([], [cut], groups: groups) }
  }
}
