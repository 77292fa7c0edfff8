// SPDX-License-Identifier: GPL-3.0-or-later
import ClassAdvice
import Classification
import Datasets

/// What one trial of a ``ForecastExperiment`` is carried out on: paired views of labelled rows.
struct ForecastData: Sendable {
  /// The views; row i of each is the same sample.
  let views: [(name: String, rows: LabelledRows)]
  /// The names of the classes.
  let classNames: [String]
  /// Which view teaches which.
  let pairs: [(teacher: Int, student: Int)]
  /// The views that a joint teacher sees.
  let joint: [Int]
  /// Rows of one number, as those of a speaker, are never both fitted to and judged; nil: every row is on its own.
  let groups: [Int]?
  /// Further samples that some views are missing of.
  let further: FurtherRows?

  /// Every ordered pair of views, or these; a joint teacher of all views, or of these.
  init(
    views: [(name: String, rows: LabelledRows)], classNames: [String], pairs: [(teacher: Int, student: Int)]? = nil,
    joint: [Int]? = nil, groups: [Int]? = nil, further: FurtherRows? = nil
  ) {
    (self.views, self.classNames, self.groups, self.further) = (views, classNames, groups, further)
    self.joint = joint ?? Array(views.indices)
    self.pairs =
      pairs
      ?? views.indices.flatMap { student in
        views.indices.filter { $0 != student }.map { (teacher: $0, student: student) }
      }
  }

  /// The teachers of a student.
  func teachers(of student: Int) -> [Int] { pairs.filter { $0.student == student }.map(\.teacher) }
}

/// Further samples whose label a student is not told: a teacher can say what it takes them for.
struct FurtherRows: Sendable {
  /// The features of views, by their place; other views are missing.
  let features: [Int: [Double]]
  /// What the labels are, for comparison.
  let labels: [Int]
}
