// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON
import Oracle

/// Inputs of which one size disagrees with the others: each too large and too small, so that no rest is ignored and no gap
/// filled in silence.
enum SizeMismatches {
  @inline(never) static func draft(_ comment: String, _ catches: String, _ input: JSONValue) -> Draft {
    Draft(comment: comment, flags: [.invalidInput], catches: catches, input: input)
  }

  static let ignored = "a rest that is ignored in silence"
  static let filled = "a gap that is filled, or read past, in silence"
  private static let ragged = "rows of different lengths accepted: cut, filled with zeros, or read on from the next row"

  // MARK: Problems

  static func ofProblem(_ operation: OracleOperation) -> [Draft] {
    let one = ProblemSource.first(900, Shape(p1: 2, p2: 2))
    let two = ProblemSource.first(901, Shape(p1: 3, p2: 2, q: 2))
    func input(_ instance: Instance) -> JSONValue {
      VectorProblem(topic: .typical, comment: "", instance: instance).forInvalid(operation)
    }
    return ofCovariance(input(one), one.sigma, "p1+p2+q") + ofBlocks(input(one), one.sigma) + ofTeacher(input(one))
      + ofSeveralOutputs(input(two), two) + ofFirstBlock(input(one))
  }

  /// p1 alone is wrong: Σ and w1 agree with each other.
  private static func ofFirstBlock(_ good: JSONValue) -> [Draft] {
    let taken = "p1 not looked at, but taken from w1"
    return [
      draft("p1 one too small for Σ and w1", taken, good.setting("p1", 1)),
      draft("p1 one too large for Σ and w1", taken, good.setting("p1", 3)),
    ]
  }

  /// Σ of another size than `size`, and Σ that is no square.
  private static func ofCovariance(_ good: JSONValue, _ sigma: RationalMatrix, _ size: String) -> [Draft] {
    let n = sigma.rows
    func sized(_ comment: String, _ catches: String, _ sigma: RationalMatrix) -> Draft {
      draft(comment, catches, good.setting("sigma", .rows(sigma)))
    }
    let related = ProblemSource.first(902, Shape(p1: 2, p2: 3)).sigma
    return [
      sized("Σ has one coordinate more than \(size), unrelated to the others", ignored, sigma.withUnrelated(after: 1)),
      sized("Σ has two coordinates more than \(size)", ignored, sigma.withUnrelated(after: 2)),
      sized("Σ has one coordinate more than \(size), the first one", ignored, sigma.withUnrelated(before: 1)),
      sized("Σ has one coordinate more than \(size), related to the others", ignored, related),
      sized("Σ has one coordinate less than \(size)", filled, sigma.selecting(Array(0..<(n - 1)))),
      sized("Σ has two coordinates less than \(size)", filled, sigma.selecting(Array(0..<(n - 2)))),
    ] + ofRows(good, "sigma", sigma, "Σ")
      + [
        sized("every row of Σ too long", ignored, sigma.withZeroColumn),
        sized("every row of Σ too short", filled, sigma.selecting(rows: 0..<n, columns: 0..<(n - 1))),
        sized("Σ has a row too many", ignored, sigma.transposed.withZeroColumn.transposed),
      ]
  }

  /// One row of a matrix too long or too short.
  static func ofRows(_ good: JSONValue, _ key: String, _ matrix: RationalMatrix, _ name: String) -> [Draft] {
    let last = matrix.rows - 1
    let cases = [
      (0, 1, "the first row of \(name) too long"), (last, 1, "the last row of \(name) too long"),
      (last, -1, "the last row of \(name) too short"), (1, 1, "the second row of \(name) too long"),
    ]
    return cases.compactMap { row, change, comment in
      let rows = matrix.values.enumerated().map { index, values -> JSONValue in
        guard index == row else { return .list(values) }
        return .list(change > 0 ? values + [values[0]] : Array(values.dropLast()))
      }
      return draft(comment, ragged, good.setting(key, .array(rows)))
    }
  }

  /// p1, p2 and q that do not add up to Σ, where w1 agrees with p1 and q.
  private static func ofBlocks(_ good: JSONValue, _ sigma: RationalMatrix) -> [Draft] {
    [
      draft("p1 and w1 one too small for Σ", ignored, good.setting("p1", 1).setting("w1", [1])),
      draft("p1 and w1 one too large for Σ", filled, good.setting("p1", 3).setting("w1", [1, 1, 1])),
      draft("p2 one too small for Σ", ignored, good.setting("p2", 1)),
      draft("p1 = 0", "a size of 0 accepted", good.setting("p1", 0)),
      draft("p2 = 0", "a size of 0 accepted", good.setting("p2", 0)),
      draft(
        "p2 = 0, and Σ of x1 and y", "a size of 0 accepted",
        good.setting("p2", 0).setting("sigma", .rows(sigma.selecting([0, 1, 4])))),
      draft("q = 0", "a size of 0 accepted", good.setting("q", 0)),
      draft("p1 negative, and p2 larger for it", "a negative size accepted", good.setting("p1", -1).setting("p2", 5)),
      draft("p2 negative, and p1 larger for it", "a negative size accepted", good.setting("p2", -1).setting("p1", 5)),
    ]
  }

  private static func ofTeacher(_ good: JSONValue) -> [Draft] {
    [
      draft("w1 too short, as rows of one", filled, good.setting("w1", [[1]])),
      draft("w1 too long, as rows of one", ignored, good.setting("w1", [[1], [2], [3]])),
      draft("w1 as one row", "a w1 that is transposed, accepted", good.setting("w1", [[1, 2]])),
      draft("w1 twice as long", ignored, good.setting("w1", [1, 2, 1, 2])),
    ]
  }

  /// w1 of 3 rows and 2 columns.
  private static func ofSeveralOutputs(_ good: JSONValue, _ instance: Instance) -> [Draft] {
    let w1 = instance.w1
    func teacher(_ comment: String, _ catches: String, _ rows: RationalMatrix) -> Draft {
      draft(comment, catches, good.setting("w1", .rows(rows)))
    }
    let first = RationalMatrix.column((0..<3).map { w1[$0, 0] })
    return [
      teacher("two outputs: w1 transposed", "a w1 that is transposed, accepted", w1.transposed),
      teacher("two outputs: w1 has a row too few", filled, w1.selecting(rows: 0..<2, columns: 0..<2)),
      teacher(
        "two outputs: w1 has a row too many", ignored, w1.selecting(rows: [0, 1, 2, 0], columns: [0, 1])),
      teacher("two outputs: w1 has one column", "one teacher used for both outputs", first),
      draft(
        "two outputs: w1 is a flat list", "one teacher used for both outputs, or the list cut into rows",
        good.setting("w1", .list((0..<3).map { w1[$0, 0] }))),
      draft(
        "two outputs: w1 is the flat list of all six weights", "a flat list cut into rows",
        good.setting("w1", .list(w1.values.flatMap { $0 }))),
      teacher("two outputs: w1 has three columns", ignored, w1.selecting(rows: [0, 1, 2], columns: [0, 1, 0])),
      draft(
        "Σ and w1 of two outputs, q = 1", "q ignored, or the last label left out", good.setting("q", 1)),
      draft(
        "Σ of two outputs, q = 1 and w1 of one", ignored,
        good.setting("q", 1).setting("w1", .list((0..<3).map { w1[$0, 0] }))),
      draft(
        "Σ of two outputs, q = 3 and w1 of three", filled,
        good.setting("q", 3).setting("w1", .rows(w1.selecting(rows: [0, 1, 2], columns: [0, 1, 0])))),
      draft(
        "two outputs: Σ has one coordinate more", ignored,
        good.setting("sigma", .rows(instance.sigma.withUnrelated(after: 1)))),
      draft(
        "two outputs: Σ has one coordinate less", filled,
        good.setting("sigma", .rows(instance.sigma.selecting(Array(0..<6))))),
    ] + ofRows(good, "w1", w1, "w1 of two outputs")
  }

  // MARK: Lists of indices

  static var ofInformation: [Draft] {
    let sigma = ProblemSource.first(903, Shape(p1: 2, p2: 2)).sigma
    let good: JSONValue = ["sigma": .rows(sigma), "u": [0, 3], "w": [1]]
    let n = sigma.rows
    func sized(_ comment: String, _ catches: String, _ sigma: RationalMatrix) -> Draft {
      draft(comment, catches, good.setting("sigma", .rows(sigma)))
    }
    let empty = "an empty list taken for all coordinates, or for an information of 0"
    return [
      draft("u empty", empty, good.setting("u", [])), draft("w empty", empty, good.setting("w", [])),
      draft("both lists empty", empty, good.setting("u", []).setting("w", [])),
    ] + ofRows(good, "sigma", sigma, "Σ")
      + [
        sized("every row of Σ too long", ignored, sigma.withZeroColumn),
        sized("every row of Σ too short", filled, sigma.selecting(rows: 0..<n, columns: 0..<(n - 1))),
        sized("Σ has a row too many", ignored, sigma.transposed.withZeroColumn.transposed),
        sized("Σ has a row too few", filled, sigma.selecting(rows: 0..<(n - 1), columns: 0..<n)),
      ]
  }
}

extension RationalMatrix {
  /// A covariance with more coordinates of variance 1 that are unrelated to the others.
  fileprivate func withUnrelated(before: Int = 0, after: Int = 0) -> RationalMatrix {
    let inside = before..<(before + rows)
    return RationalMatrix(rows: rows + before + after, columns: rows + before + after) { i, j in
      inside.contains(i) && inside.contains(j) ? self[i - before, j - before] : i == j ? 1 : 0
    }
  }

  /// The matrix with one more column, of zeros.
  fileprivate var withZeroColumn: RationalMatrix {
    RationalMatrix(rows: rows, columns: columns + 1) { $1 < columns ? self[$0, $1] : 0 }
  }
}
