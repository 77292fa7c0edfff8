// SPDX-License-Identifier: GPL-3.0-or-later
import Gaussian

/// The fits of every candidate teacher to all rows, and to all but one group of them.
struct FitsOfGroups {
  private let whole: [GaussianFit?]
  private let without: [[GaussianFit?]]
  private let rows: (whole: Int, without: [Int])
  private let sizes: (teachers: [Int], student: Int)

  init(_ groups: GramGroups, teachers: [[Int]], student: [Int]) {
    func fits(_ sample: SampleMoments) -> [GaussianFit?] {
      teachers.map { GaussianFit(sample, teacher: $0, student: student, label: groups.columns - 1) }
    }
    whole = fits(groups.moments())
    let others = groups.leavingOutEach { sample in (fits(sample), Int(sample.rows)) }
    without = teachers.indices.map { teacher in others.map { $0.0[teacher] } }
    rows = (groups.rows, others.map(\.1))
    sizes = (teachers.map(\.count), student.count)
  }

  /// The intervals of one teacher; nil where some group of rows cannot be spared.
  func intervals(teacher index: Int, level: Double, asked: Asked) -> CandidateIntervals? {
    guard let whole = whole[index] else { return nil }
    return CandidateIntervals(
      whole: whole, fits: without[index], rows: rows, teacherColumns: sizes.teachers[index],
      studentColumns: sizes.student, level: level, asked: asked)
  }

  /// The intervals from resamples, or why there are none.
  func intervals(teacher index: Int, _ bootstrap: Bootstrap?, level: Double, asked: Asked)
    -> CandidateIntervals
  {
    guard whole[index] != nil, let bootstrap else {
      return CandidateIntervals(
        notComputable: "columns are so nearly dependent that double precision cannot tell them from dependent ones")
    }
    return CandidateIntervals(
      bootstrap, teacher: index, rows: rows.whole, studentColumns: sizes.student, level: level, asked: asked)
  }
}
