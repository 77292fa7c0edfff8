// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import SeededRuns

/// Whether teacher and student err alike within a class: a veto, not a forecast.
///
/// r = Σᵢ⟨t̃ᵢ, s̃ᵢ⟩/√(Σ‖t̃ᵢ‖² Σ‖s̃ᵢ‖²) of logits of held-out rows, centred over the classes of a row and then over the rows of a class. Where the two
/// views are independent given the class, r is 0 up to chance, and no student gains more than by soft labels shuffled within class. A clearly negative r
/// means that the teacher is expected to hurt. A positive one excludes nothing: rows that teacher and student share make it positive by
/// their common errors.
public struct WithinClassAlignment: Sendable, Equatable {
  /// The alignment, between −1 and 1; 0 where one side does not vary within any class.
  public let r: Double
  /// The share of permutations within classes whose |r| is not smaller, the identity among them: an exact p-value of two sides.
  public let probability: Double

  /// The alignment of logits of the same rows.
  ///
  /// Logits of −∞ count as the least of the finite ones of their teacher.
  ///
  /// - Parameters:
  ///   - teacher: logits of rows that the teacher was not trained on.
  ///   - student: logits of the student that was trained alone, on rows that it did not see.
  ///   - strata: the class of every row; where rows were judged by different fits, as those of folds are, a number for each class and fit.
  ///   - permutations: how many; p is no smaller than one in so many and one.
  ///   - seed: the seed of the permutations.
  /// - Precondition: all have as many rows, and as many classes.
  public init(
    teacher: TeacherLogits, student: TeacherLogits, strata: [Int], permutations: Int = 999, seed: UInt64
  ) {
    precondition(
      teacher.rowCount == strata.count && student.values.count == teacher.values.count, "an alignment needs paired rows"
    )
    let k = teacher.classCount
    let classes = rowsByClass(strata, (strata.max() ?? 0) + 1)
    let (t, s) = (centred(teacher, classes), centred(student, classes))
    let scale = (sumOfSquares(t) * sumOfSquares(s)).squareRoot()
    guard scale > 0 else {
      (r, probability) = (0, 1)
      return
    }
    func product(_ partner: [Int]) -> Double {
      var sum = 0.0
      for (row, other) in partner.enumerated() {
        for j in 0..<k { sum += t[row * k + j] * s[other * k + j] }
      }
      return sum / scale
    }
    let own = product(Array(strata.indices))
    var source = RandomSource(seed: seed, index: 0)
    var count = 1
    for _ in 0..<permutations {
      var partner = Array(strata.indices)
      for rows in classes {
        for (row, other) in zip(rows, rows.shuffled(using: &source)) { partner[row] = other }
      }
      // Equal ones count, also where they were added in another order.
      if abs(product(partner)) >= abs(own) * (1 - 1e-12) { count += 1 }
    }
    (r, probability) = (own, Double(count) / Double(permutations + 1))
  }
}

private func sumOfSquares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }

/// Logits minus the mean of their row, then minus the mean of their class.
private func centred(_ logits: TeacherLogits, _ classes: [[Int]]) -> [Double] {
  let k = logits.classCount
  let least = logits.values.filter(\.isFinite).min() ?? 0
  var values = logits.values.map { $0.isFinite ? $0 : least }
  let size = sumOfSquares(values)
  for start in stride(from: 0, to: values.count, by: k) {
    let mean = values[start..<start + k].reduce(0, +) / Double(k)
    for i in start..<start + k { values[i] -= mean }
  }
  for rows in classes where !rows.isEmpty {
    for j in 0..<k {
      let mean = rows.reduce(0) { $0 + values[$1 * k + j] } / Double(rows.count)
      for row in rows { values[row * k + j] -= mean }
    }
  }
  // What rounding leaves of logits that do not vary within any class is no variation.
  return sumOfSquares(values) > 1e-24 * size ? values : values.map { _ in 0 }
}
