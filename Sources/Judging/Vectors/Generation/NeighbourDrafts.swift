// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import Oracle

/// The drafts of `ksg`.
///
/// All differences of entries are exact in double precision, so every right program counts alike.
enum NeighbourDrafts {
  static var all: [Draft] { general + neighbours + ties + scales + fractions + invalid }

  private typealias Sample = (x: RationalMatrix, y: RationalMatrix)

  @inline(never) private static func draft(
    _ comment: String, _ flags: [Flag], _ catches: String, _ sample: Sample, k: Int, variant: Int,
    isExactOnly: Bool = false
  ) -> Draft {
    Draft(
      comment: "\(comment), k = \(k), variant \(variant)", flags: flags, catches: catches, isExactOnly: isExactOnly,
      input: [
        "x": .rows(sample.x, exactly: isExactOnly), "y": .rows(sample.y, exactly: isExactOnly), "k": JSONValue(k),
        "variant": JSONValue(variant),
      ])
  }

  /// Variant 2 only where every way to break ties among the k nearest gives the same radii.
  @inline(never) private static func both(
    _ comment: String, _ flags: [Flag], _ catches: String, _ sample: Sample, k: Int
  ) -> [Draft] {
    let hasOneAnswer = NeighbourDefinition(x: sample.x.values, y: sample.y.values, k: k, variant: 2).hasOneAnswer
    let variants = hasOneAnswer ? [1, 2] : [1]
    return variants.map { draft(comment, flags + ($0 == 2 ? [.variant] : []), catches, sample, k: k, variant: $0) }
  }

  private static let wrongCount =
    "a row counted as its own neighbour, ≤ for <, ψ(n) for ψ(n+1), a missing 1/k, or bits for nats"

  private static var general: [Draft] {
    let shapes = [
      (10, 1, 1), (20, 1, 1), (40, 1, 1), (16, 2, 1), (16, 1, 3), (25, 2, 2), (30, 3, 2), (24, 1, 2), (60, 2, 3),
    ]
    return shapes.enumerated().flatMap { index, shape -> [Draft] in
      var data = DataSource(200 + index)
      let sample = data.pair(shape.0, shape.1, shape.2, spread: Rational(1, 1 << (index % 3)))
      return both(
        "\(shape.0) rows, \(shape.1) + \(shape.2) columns", [.typical, .neighbourCount, .neighbourNorm],
        index < 3 ? wrongCount : "the Euclidean norm in the place of the maximum norm; " + wrongCount, sample,
        k: 1 + index % 4)
    }
  }

  private static var neighbours: [Draft] {
    var data = DataSource(230)
    let sample = data.pair(18, 1, 2)
    let independent: Sample = (data.rows(22, 1), data.rows(22, 1))
    let few: Sample = (data.rows(2, 1), data.rows(2, 1))
    return [1, 2, 3, 5, 8, 16, 17].flatMap {
      both("k up to n − 1", [.neighbourCount], "k off by one, or k bounded by a fixed number", sample, k: $0)
    }
      + [2, 5, 20].flatMap {
        both(
          "independent data, so that the estimate is near 0 or negative", [.clipping, .sign],
          "negative estimates set to 0", independent, k: $0)
      } + both("two rows", [.neighbourCount], "k = n − 1 = 1 refused", few, k: 1)
  }

  private static var ties: [Draft] {
    var data = DataSource(240)
    let whole: Sample = (data.rows(24, 1) { $0.integer(0...3) }, data.rows(24, 1) { $0.integer(0...3) })
    let lattice: Sample = (data.rows(20, 2) { $0.integer(-2...2) }, data.rows(20, 1) { $0.integer(-2...2) })
    let base = data.pair(8, 1, 1)
    let order = (0..<16).map { $0 % 8 }
    let twice: Sample = (base.x.selecting(rows: order, columns: [0]), base.y.selecting(rows: order, columns: [0]))
    let four = (0..<20).map { $0 % 5 }
    let often: Sample = (base.x.selecting(rows: four, columns: [0]), base.y.selecting(rows: four, columns: [0]))
    let constant: Sample = (RationalMatrix(rows: 12, columns: 1) { _, _ in 3 }, data.rows(12, 1))
    let binary: Sample = (data.rows(20, 1) { $0.integer(0...1) }, data.rows(20, 1))
    let mistake = "ties broken by noise, equal rows dropped, or ≤ for <"
    let groups: [[Draft]] = [
      [2, 3, 4].flatMap { both("whole numbers 0 to 3", [.tie, .neighbourCount], mistake, whole, k: $0) },
      [1, 3].flatMap { both("a lattice", [.tie, .neighbourCount, .neighbourNorm], mistake, lattice, k: $0) },
      [1, 2, 3].flatMap {
        both("every row twice", [.tie, .neighbourCount], "a radius of 0: " + mistake, twice, k: $0)
      },
      [1, 3, 4].flatMap {
        both("every row four times", [.tie, .neighbourCount], "a radius of 0: " + mistake, often, k: $0)
      },
      [1, 4].flatMap {
        both("x constant", [.tie, .degenerate], "a constant column refused or divided by", constant, k: $0)
      },
      [1, 3].flatMap { both("x of two values", [.tie, .neighbourCount], mistake, binary, k: $0) },
    ]
    return groups.flatMap { $0 }
  }

  private static var scales: [Draft] {
    var data = DataSource(260)
    let base = data.pair(20, 1, 1)
    let wide = data.pair(20, 2, 2)
    let far: Sample = (base.x.shifted(by: 100_000_000), base.y.shifted(by: -100_000_000))
    let loud: Sample = (1024 * base.x, base.y)
    let unequal: Sample = (wide.x.scalingColumns([1, 64]), wide.y.scalingColumns([Rational(1, 32), 4]))
    let order = Array((0..<20).reversed())
    let reversed: Sample = (base.x.selecting(rows: order, columns: [0]), base.y.selecting(rows: order, columns: [0]))
    let swapped: Sample = (base.y, base.x)
    let negated: Sample = (-1 * base.x, base.y)
    func powers(_ exponent: Int) -> Sample {
      (Rational.powerOfTwo(exponent) * base.x, Rational.powerOfTwo(exponent) * base.y)
    }
    let mistakes = "columns standardised or ranked: the scale of x against y changes which rows are near"
    let groups: [[Draft]] = [
      both("offsets of 1e8", [.translation], "distances by |a|² − 2ab + |b|², which cancel", far, k: 3),
      both("x 1024 times as wide as y", [.standardised], mistakes, loud, k: 3),
      both("columns of scales 1, 64, 1/32 and 4", [.standardised], mistakes, unequal, k: 2),
      both("rows in reverse", [.indexing], "an estimate that depends on the order of rows", reversed, k: 3),
      both("x and y exchanged", [.swappedBlocks], "x and y treated unequally", swapped, k: 3),
      both("x negated", [.sign], "differences without absolute value", negated, k: 3),
      both(
        "all data near 1e-15", [.scale], "an epsilon such as 1e-10 or 1e-15 added to radii, or noise added to data",
        powers(-50), k: 3),
      both(
        "all data near 1e150", [.scale], "squares of distances that overflow, or r − 1e-15 for <", powers(497), k: 3),
      both("all data near 1e-150", [.scale], "an absolute epsilon, or squares that underflow", powers(-490), k: 3),
    ]
    return groups.flatMap { $0 }
  }

  private static var fractions: [Draft] {
    var data = DataSource(290)
    let (x, y) = data.pair(12, 1, 1)
    let sample: Sample = (Rational(1, 3) * x, Rational(1, 7) * y)
    return [1, 2].map {
      draft(
        "thirds and sevenths", [.exactArithmetic], "a program that claims to be exact and rounds", sample, k: 2,
        variant: $0, isExactOnly: true)
    }
  }

  private static var invalid: [Draft] {
    let good: JSONValue = ["x": [[0], [1], [3], [7]], "y": [[0], [2], [1], [5]], "k": 2, "variant": 1]
    let cases: [(String, String, String, JSONValue)] = [
      ("k = 0", "k < 1 accepted", "k", 0), ("k = −1", "k < 1 accepted", "k", -1),
      ("k = n", "k ≥ n accepted: a row has only n − 1 neighbours", "k", 4),
      ("k > n", "k ≥ n accepted or cut", "k", 100),
      ("fewer rows of y", "sizes that disagree accepted or cut", "y", [[0], [2], [1]]),
      ("more rows of y", "sizes that disagree accepted or cut", "y", [[0], [2], [1], [5], [6]]),
      ("rows of x of different lengths", "sizes that disagree accepted", "x", [[0], [1, 2], [3], [7]]),
    ]
    return [1, 2].flatMap { variant in
      cases.map { comment, mistake, key, value in
        Draft(
          comment: "\(comment), variant \(variant)", flags: [.invalidInput], catches: mistake,
          input: good.setting("variant", JSONValue(variant)).setting(key, value))
      }
    } + [
      Draft(
        comment: "a NaN", flags: [.invalidInput], catches: "a NaN accepted", isExactOnly: true,
        input: ["x": [["0"], ["NaN"], ["2"]], "y": [["0"], ["1"], ["5"]], "k": 1, "variant": 1])
    ]
  }
}
