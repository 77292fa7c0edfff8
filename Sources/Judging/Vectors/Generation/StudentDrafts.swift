// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON

/// The drafts of `fit_student`.
enum StudentDrafts {
  static var all: [Draft] { general + weights + hard + fractions + invalid }

  @inline(never) private static func draft(
    _ comment: String, _ flags: [Flag], _ catches: String, _ x2: RationalMatrix, _ y: RationalMatrix,
    _ t: RationalMatrix,
    _ lambda: Rational, isExactOnly: Bool = false
  ) -> Draft {
    func targets(_ matrix: RationalMatrix) -> JSONValue {
      matrix.columns == 1
        ? .list((0..<matrix.rows).map { matrix[$0, 0] }, exactly: isExactOnly) : .rows(matrix, exactly: isExactOnly)
    }
    return Draft(
      comment: comment, flags: flags, catches: catches, isExactOnly: isExactOnly,
      input: [
        "x2": .rows(x2, exactly: isExactOnly), "y": targets(y), "t": targets(t),
        "lambda": .number(lambda, exactly: isExactOnly),
      ])
  }

  private static let wrongStudent =
    "t ignored or swapped with y, a ridge λ in the normal equations, λ(XᵀX)⁻¹ without 1/(1+λ), or an intercept"

  private static var general: [Draft] {
    let shapes = [(4, 1), (6, 2), (8, 3), (12, 4), (20, 5), (30, 2), (5, 5), (9, 8), (3, 1), (40, 6)]
    return shapes.enumerated().map { index, shape in
      var data = DataSource(100 + index)
      let (x2, y) = data.pair(shape.0, shape.1, 1)
      let t = data.rows(shape.0, 1)
      return draft(
        "\(shape.0) rows, \(shape.1) inputs", [.typical, .intercept], wrongStudent, x2, y, t,
        Rational(1 + index % 5, 2))
    }
  }

  private static var weights: [Draft] {
    let lambdas: [(Rational, String, [Flag], String)] = [
      (0, "λ = 0: plain least squares", [.mixingWeight], "a division by λ, or t used at λ = 0"),
      (Rational.powerOfTwo(-40), "λ = 2⁻⁴⁰", [.mixingWeight], "a tiny λ that is amplified"),
      (Rational(1, 8), "λ = 1/8", [.mixingWeight], "α in the place of λ, or λ²"),
      (1, "λ = 1: the mean of both fits", [.mixingWeight], wrongStudent),
      (4, "λ = 4", [.mixingWeight], "α in the place of λ, or √λ"),
      (Rational.powerOfTwo(40), "λ = 2⁴⁰: the teacher alone", [.mixingWeight], "a ridge that shrinks w to 0"),
      (Rational.powerOfTwo(498), "λ near 1e150", [.mixingWeight, .scale], "an overflow of λ²"),
    ]
    var data = DataSource(150)
    let (x2, y) = data.pair(14, 3, 1)
    let t = data.rows(14, 1)
    let ones = RationalMatrix(rows: 14, columns: 1) { _, _ in 1 }
    let far = (x: x2.shifted(by: 3), y: y.shifted(by: 8), t: t.shifted(by: -5))
    return lambdas.map { draft($1, $2, $3, x2, y, t, $0) } + [
      draft(
        "means that are not 0", [.intercept, .translation], "an intercept, or centred data", far.x, far.y, far.t,
        Rational(1, 2)),
      draft(
        "means that are not 0, λ = 0", [.intercept, .translation], "an intercept, or centred data", far.x, far.y, far.t,
        0),
      draft(
        "a column of ones", [.intercept, .standardised], "a constant column dropped, standardised or refused",
        RationalMatrix.joining(ones, x2), y, t, 2),
      draft("t = y", [.degenerate], "λ changes nothing where t = y: a missing 1/(1+λ)", x2, y, y, 3),
      draft("t = −y, λ = 1", [.sign, .degenerate], "w = 0 here: the sign of t, or t ignored", x2, y, -1 * y, 1),
      draft("t = 0", [.degenerate], "w shrinks by 1/(1+λ): t ignored where it is 0", x2, y, 0 * t, 1),
      draft("y = 0", [.degenerate], "y and t exchanged", x2, 0 * y, t, 3),
      draft(
        "columns of scales 16 and 1/16", [.standardised, .scale], "columns standardised",
        x2.scalingColumns([16, 1, Rational(1, 16)]), y, t, Rational(1, 2)),
      draft("a negated column", [.sign], "the sign of a weight", x2.scalingColumns([-1, 1, 1]), y, t, Rational(1, 2)),
      draft(
        "the same rows twice", [.covarianceBias], "rows that are equal dropped", stacked(x2), stacked(y), stacked(t),
        Rational(1, 2)),
      draft(
        "rows in reverse", [.indexing], "rows sorted, so that targets no longer belong to them", reversed(x2),
        reversed(y), reversed(t), Rational(1, 2)),
    ] + outputs
  }

  private static var outputs: [Draft] {
    [(2, 10), (3, 12)].flatMap { q, n in
      var data = DataSource(170 + q)
      let (x2, y) = data.pair(n, 3, q)
      let t = data.rows(n, q)
      return [Rational(1, 2), 0].map {
        draft(
          "\(q) outputs, λ = \($0)", [.severalOutputs], "only the first output fitted, or w transposed", x2, y, t, $0)
      }
    }
  }

  private static func stacked(_ matrix: RationalMatrix) -> RationalMatrix {
    matrix.selecting(rows: Array(0..<matrix.rows) + Array(0..<matrix.rows), columns: 0..<matrix.columns)
  }

  private static func reversed(_ matrix: RationalMatrix) -> RationalMatrix {
    matrix.selecting(rows: (0..<matrix.rows).reversed(), columns: 0..<matrix.columns)
  }

  private static var hard: [Draft] {
    var data = DataSource(180)
    let (x2, y) = data.pair(16, 2, 1)
    let t = data.rows(16, 1)
    let noise = data.rows(16, 1)
    let first = x2.selecting(rows: 0..<16, columns: [0])
    func nearly(_ exponent: Int) -> RationalMatrix {
      RationalMatrix.joining(first, first + Rational.powerOfTwo(exponent) * noise)
    }
    let wide = data.pair(60, 12, 1)
    let whole = data.rows(9, 2) { $0.integer(-3...3) }
    return [
      draft(
        "two nearly equal columns, 2⁻⁶ apart", [.illConditioned], "a pseudo-inverse or a ridge", nearly(-6), y, t,
        Rational(1, 2)),
      draft(
        "two nearly equal columns, 2⁻¹⁰ apart", [.illConditioned], "a pseudo-inverse with a coarse cutoff, or a ridge",
        nearly(-10), y, t, Rational(1, 2)),
      draft(
        "one input far from 0, offset 1e8", [.translation], "an intercept, or centred data",
        first.shifted(by: 100_000_000), y, t, Rational(1, 2)),
      draft(
        "targets far from 0, offset 1e8", [.translation], "an intercept, or centred targets", x2,
        y.shifted(by: 100_000_000), t, 1),
      draft(
        "inputs near 1e75", [.scale], "squares that overflow; absolute thresholds", Rational.powerOfTwo(249) * x2, y, t,
        Rational(1, 2)),
      draft(
        "inputs near 1e-75", [.scale], "an absolute threshold of rank", Rational.powerOfTwo(-249) * x2, y, t,
        Rational(1, 2)),
      draft(
        "targets near 1e150", [.scale], "squares of targets", x2, Rational.powerOfTwo(498) * y,
        Rational.powerOfTwo(498) * t, 2),
      draft("60 rows, 12 inputs", [.largeDimension], "fixed sizes", wide.x, wide.y, data.rows(60, 1), Rational(3, 2)),
      draft(
        "small whole numbers", [.typical], "division of whole numbers", whole, data.rows(9, 1) { $0.integer(-3...3) },
        data.rows(9, 1) { $0.integer(-3...3) }, 2),
    ]
  }

  private static var fractions: [Draft] {
    var data = DataSource(190)
    let third = Rational(1, 3)
    let (x2, y) = data.pair(6, 2, 1)
    return [1, 2].map {
      draft(
        "fractions", [.exactArithmetic], "a program that claims to be exact and rounds", third * x2, Rational(1, 7) * y,
        data.rows(6, 1),
        Rational($0, 3), isExactOnly: true)
    }
  }

  private static var invalid: [Draft] {
    let good: JSONValue = [
      "x2": [[1, 2], [3, 1], [0, 1], [2, 2]], "y": [1, 0, 2, 1], "t": [0, 1, 1, 3], "lambda": .number("0.5"),
    ]
    let cases: [(String, [Flag], String, String, JSONValue)] = [
      (
        "the second column twice the first", [.singular],
        "dependent columns accepted: a least-norm or a random solution", "x2", [[1, 2], [1, 2], [1, 2], [1, 2]]
      ),
      ("a column of zeros", [.singular], "dependent columns accepted", "x2", [[1, 0], [2, 0], [0, 0], [1, 0]]),
      ("all zeros", [.singular], "dependent columns accepted", "x2", [[0, 0], [0, 0], [0, 0], [0, 0]]),
      ("λ = −1/2", [], "a negative λ accepted", "lambda", .number("-0.5")),
      ("λ = −1", [], "a division by 1+λ = 0", "lambda", -1),
      ("λ = −3", [], "a negative λ accepted", "lambda", -3),
      ("y too short", [], "sizes that disagree accepted, cut or broadcast", "y", [1, 0, 2]),
      ("t too long", [], "sizes that disagree accepted, cut or broadcast", "t", [0, 1, 1, 3, 1]),
      ("one t for all rows", [], "a single number broadcast", "t", [1]),
      ("a short row of x2", [], "sizes that disagree accepted", "x2", [[1, 2], [3], [0, 1], [2, 2]]),
      (
        "t for two outputs, y for one", [], "sizes that disagree accepted or broadcast", "t",
        [[0, 1], [1, 1], [1, 0], [3, 2]]
      ),
    ]
    return cases.map { comment, flags, mistake, key, value in
      Draft(comment: comment, flags: flags + [.invalidInput], catches: mistake, input: good.setting(key, value))
    } + [
      Draft(
        comment: "fewer rows than inputs", flags: [.singular, .invalidInput], catches: "a least-norm solution",
        input: ["x2": [[1, 2, 3], [3, 1, 1]], "y": [1, 0], "t": [0, 1], "lambda": 1]),
      Draft(
        comment: "exactly dependent columns in fractions", flags: [.singular, .invalidInput, .exactArithmetic],
        catches: "dependent columns accepted",
        isExactOnly: true,
        input: [
          "x2": [["1/3", "2/7"], ["1/2", "3/7"], ["1/5", "6/35"]], "y": ["1", "0", "1"], "t": ["0", "1", "1"],
          "lambda": "1",
        ]),
      Draft(
        comment: "an infinite target", flags: [.invalidInput], catches: "a number that is not finite accepted",
        isExactOnly: true,
        input: ["x2": [["1"], ["2"]], "y": ["1", "Infinity"], "t": ["0", "1"], "lambda": "1"]),
    ]
  }
}
