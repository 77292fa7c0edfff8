// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON

/// The drafts of `mutual_information`.
enum InformationDrafts {
  static var all: [Draft] { scalars + lists + hard + fractions + invalid }

  @inline(never) private static func draft(
    _ comment: String, _ flags: [Flag], _ catches: String, _ sigma: RationalMatrix, _ u: [Int], _ w: [Int],
    isExactOnly: Bool = false
  ) -> Draft {
    Draft(
      comment: comment, flags: flags, catches: catches, isExactOnly: isExactOnly,
      input: [
        "sigma": .rows(sigma, exactly: isExactOnly), "u": .array(u.map { JSONValue($0) }),
        "w": .array(w.map { JSONValue($0) }),
      ])
  }

  private static func sigma(_ index: Int, _ shape: Shape) -> RationalMatrix {
    ProblemSource.first(1000 + index, shape).sigma
  }

  /// Two coordinates with this correlation and these standard deviations.
  private static func pair(_ correlation: Rational, _ a: Rational = 1, _ b: Rational = 1) -> RationalMatrix {
    RationalMatrix(rows: 2, columns: 2) { i, j in
      i == j ? (i == 0 ? a * a : b * b) : correlation * a * b
    }
  }

  private static var scalars: [Draft] {
    let correlations = [(1, 2), (-1, 2), (3, 4), (-7, 8), (1, 16), (63, 64), (1, 1024)]
    return correlations.map { p, q in
      draft(
        "ρ = \(p)/\(q)", [.bitsForNats, .missingHalf, .sign],
        "bits for nats, a missing ½, ρ for ρ², or a sign: I = −½ ln(1−ρ²)", pair(Rational(p, q)), [0], [1])
    } + [
      draft(
        "ρ = 1/2, standard deviations 8 and 1/4", [.scale], "covariances taken for correlations",
        pair(Rational(1, 2), 8, Rational(1, 4)), [0], [1]),
      draft("independent", [.degenerate], "a NaN or a negative zero where I = 0", pair(0, 2, 3), [1], [0]),
      draft(
        "two independent blocks", [.degenerate], "correlation within a block counted as information",
        RationalMatrix(rows: 4, columns: 4) { i, j in i == j ? 2 : i / 2 == j / 2 ? 1 : 0 }, [0, 1], [2, 3]),
    ]
  }

  private static var lists: [Draft] {
    let (small, medium, large) = (
      sigma(0, Shape(p1: 2, p2: 2)), sigma(1, Shape(p1: 2, p2: 3, q: 2)), sigma(2, Shape(p1: 3, p2: 4, q: 2))
    )
    let cases: [(RationalMatrix, [Int], [Int], String)] = [
      (small, [0, 1], [2, 3, 4], "all coordinates"), (small, [2, 3, 4], [0, 1], "the same, exchanged"),
      (small, [0], [4], "two coordinates of five"), (small, [1, 3], [0, 4], "not contiguous, coordinate 2 left out"),
      (small, [4, 0], [3, 1, 2], "in no order"), (small, [3], [0, 1, 2], "one against three"),
      (small, [0], [1], "the first two coordinates"), (small, [4], [2], "the last and the middle one"),
      (medium, [6, 2, 4], [0, 5], "in no order, two left out"),
      (medium, [0, 1], [2, 3, 4], "x1 and x2 of three blocks"),
      (medium, [2, 3, 4], [5, 6], "x2 and y of three blocks"),
      (medium, [6], [0, 1, 2, 3, 4, 5], "one against the rest"),
      (medium, [0, 2, 4, 6], [1, 3, 5], "even against odd"), (medium, [5], [6], "within y"),
      (large, [0, 1, 2], [3, 4, 5, 6], "x1 and x2"), (large, [8, 0], [7, 1], "the ends"),
      (large, [0, 1, 2, 3], [4, 5, 6, 7, 8], "all nine coordinates"), (large, [5, 3], [6, 4], "within x2"),
      (large, [7, 8], [0, 4], "y and one of each"), (large, [2], [7], "two of nine"),
    ]
    return cases.map { matrix, u, w, comment in
      draft(
        comment, [.indexing, .marginal],
        "indices from 1, in ascending order or as ranges; coordinates in neither list used; I given the rest",
        matrix, u, w)
    }
  }

  private static var hard: [Draft] {
    let base = sigma(3, Shape(p1: 1, p2: 1))
    let wide = sigma(4, Shape(p1: 2, p2: 2))
    func scaled(_ matrix: RationalMatrix, _ exponents: [Int]) -> RationalMatrix {
      RationalMatrix(rows: matrix.rows, columns: matrix.rows) {
        matrix[$0, $1] * Rational.powerOfTwo(exponents[$0] + exponents[$1])
      }
    }
    let scales = "I is unchanged by scale: determinants that over- or underflow, absolute thresholds"
    let order: (Int) -> RationalMatrix = { size in
      // Autoregression: entries 2^−|i−j|, positive definite, of known conditioning.
      RationalMatrix(rows: size, columns: size) { Rational.powerOfTwo(-abs($0 - $1)) }
    }
    let near = 1 - Rational.powerOfTwo(-20)
    return [
      draft("variances near 1e150", [.scale], scales, scaled(base.selecting([0, 2]), [249, 249]), [0], [1]),
      draft("variances near 1e-150", [.scale], scales, scaled(base.selecting([0, 2]), [-249, -249]), [0], [1]),
      draft(
        "variances near 1e150 and 1e-150", [.scale], scales, scaled(base.selecting([0, 2]), [249, -249]), [0], [1]),
      draft("variances near 1e60", [.scale], scales, scaled(wide, [100, 100, 100, 100, 100]), [0, 1], [2, 3]),
      draft("variances near 1e-60", [.scale], scales, scaled(wide, [-100, -100, -100, -100, -100]), [0, 1], [2, 3]),
      draft(
        "standard deviations of different sizes", [.scale], scales, scaled(wide, [3, -3, 0, 2, -2]),
        [0, 4], [1, 2, 3]),
      draft("ρ = 1 − 2⁻²⁰", [.illConditioned], "1−ρ² lost, or ρ clamped below 1", pair(near), [0], [1]),
      draft(
        "ρ = 2⁻¹⁰, and both scaled", [.illConditioned], "a small information rounded to 0",
        pair(Rational(1, 1024), 4, 32), [0], [1]),
      draft(
        "u nearly collinear in itself", [.illConditioned], "a ridge or a pseudo-inverse in the place of Σ⁻¹",
        RationalMatrix(rows: 3, columns: 3) {
          $0 == $1 ? 1 : $0 + $1 == 1 ? 1 - Rational.powerOfTwo(-16) : Rational(1, 2)
        },
        [0, 1], [2]),
      draft(
        "40 coordinates, halves", [.largeDimension], "determinants and sizes of many variables", order(40),
        Array(0..<20), Array(20..<40)),
      draft(
        "60 coordinates, even against odd", [.largeDimension, .indexing], "determinants and sizes of many variables",
        order(60), Array(stride(from: 0, to: 60, by: 2)), Array(stride(from: 1, to: 60, by: 2))),
      draft(
        "40 coordinates of variance 4096", [.largeDimension, .scale],
        "a determinant of 4096⁴⁰ that is not taken by logarithms",
        Rational(4096) * order(40), Array(0..<10), Array(10..<40)),
    ]
  }

  private static var fractions: [Draft] {
    let third = Rational(1, 3)
    let wide = sigma(5, Shape(p1: 2, p2: 2, q: 2))
    let matrix = RationalMatrix(rows: 6, columns: 6) {
      (third + Rational(1, $0 + 2)) * (third + Rational(1, $1 + 2)) * wide[$0, $1]
    }
    let rounds = "a program that claims to be exact and rounds"
    return [
      draft("ρ = 1/3", [.exactArithmetic], rounds, pair(third), [0], [1], isExactOnly: true),
      draft("fractions", [.exactArithmetic], rounds, matrix, [5, 0], [1, 3, 4], isExactOnly: true),
      draft(
        "ρ = 1 − 10⁻⁴⁰", [.exactArithmetic], rounds, pair(1 - Rational(parsing40: "1e-40")), [0], [1], isExactOnly: true
      ),
    ]
  }

  private static var invalid: [Draft] {
    let matrix = sigma(6, Shape(p1: 2, p2: 2))
    func bad(_ comment: String, _ u: [Int], _ w: [Int]) -> Draft {
      draft(
        comment, [.invalidInput, .indexing], "an index outside of Σ, from the end, twice or in both lists accepted",
        matrix, u, w)
    }
    func bad(_ comment: String, _ entries: [[Rational]], _ mistake: String, u: [Int] = [0], w: [Int] = [1]) -> Draft {
      let input: JSONValue = [
        "sigma": .array(entries.map { .list($0) }), "u": .array(u.map { JSONValue($0) }),
        "w": .array(w.map { JSONValue($0) }),
      ]
      return Draft(comment: comment, flags: [.invalidInput, .singular], catches: mistake, input: input)
    }
    let definite = "a Σ that is not positive definite accepted"
    let half = Rational(1, 2)
    return [
      bad("index 5 of 5 coordinates", [0], [5]), bad("an index far outside", [1_000_000], [1]),
      bad("index −1", [-1], [0]),
      bad("an index twice in u", [0, 0], [1]), bad("an index twice in w", [0], [2, 3, 2]),
      bad("an index in both", [0, 1], [1, 2]),
      bad("the same list twice", [0, 1], [0, 1]),
      bad("not symmetric", [[1, half, 0], [Rational(1, 4), 1, 0], [0, 0, 1]], "a Σ that is not symmetric accepted"),
      bad(
        "not symmetric outside of u and w", [[1, half, 0], [half, 1, half], [0, 0, 1]], "only the blocks in use checked"
      ),
      bad("correlation 2", [[1, 2], [2, 1]], definite), bad("a negative variance", [[-1, 0], [0, 1]], definite),
      bad("both variances negative", [[-1, 0], [0, -1]], definite),
      bad("a variance of 0", [[0, 0], [0, 1]], definite),
      bad(
        "indefinite outside of u and w", [[1, half, 0, 0], [half, 1, 0, 0], [0, 0, 1, 2], [0, 0, 2, 1]],
        "only the blocks in use checked"),
      bad(
        "three correlations that cannot be",
        [
          [1, Rational(7, 8), Rational(7, 8)], [Rational(7, 8), 1, -Rational(7, 8)],
          [Rational(7, 8), -Rational(7, 8), 1],
        ], definite, w: [1, 2]),
      bad("not square", [[1, 0, 0], [0, 1, 0]], "sizes that disagree accepted"),
      bad("a short row", [[1, 0, 0], [0, 1], [0, 0, 1]], "sizes that disagree accepted"),
      Draft(
        comment: "a correlation of 1e400, infinite in double precision", flags: [.invalidInput],
        catches: "a number that is not finite accepted",
        input: ["sigma": [[1, .number("1e400")], [.number("1e400"), 1]], "u": [0], "w": [1]]),
      Draft(
        comment: "a NaN", flags: [.invalidInput], catches: "a NaN accepted", isExactOnly: true,
        input: ["sigma": [["1", "NaN"], ["NaN", "1"]], "u": [0], "w": [1]]),
      bad("exactly singular", [[4, 2], [2, 1]], "a singular Σ accepted").exactOnly,
    ]
  }
}

extension Rational {
  fileprivate init(parsing40 text: String) { self = Rational(text) ?? 0 }
}

extension Draft {
  /// The same for exact programs only, its numbers as strings.
  var exactOnly: Draft {
    var copy = self
    copy.isExactOnly = true
    return copy
  }
}
