// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON

/// The drafts of `gaussian_plugin`.
enum PlugInDrafts {
  static var all: [Draft] { general + hard + fractions + invalid }

  private typealias Sample = (x: RationalMatrix, y: RationalMatrix)

  @inline(never) private static func draft(
    _ comment: String, _ flags: [Flag], _ catches: String, _ sample: Sample, _ correction: String,
    isExactOnly: Bool = false
  ) -> Draft {
    Draft(
      comment: "\(comment), correction \(correction)", flags: flags, catches: catches, isExactOnly: isExactOnly,
      input: [
        "x": .rows(sample.x, exactly: isExactOnly), "y": .rows(sample.y, exactly: isExactOnly),
        "correction": .string(correction),
      ])
  }

  @inline(never) private static func both(_ comment: String, _ flags: [Flag], _ catches: String, _ sample: Sample)
    -> [Draft]
  {
    [
      draft(comment, flags, catches, sample, "none"),
      draft(
        comment, flags + [.digamma],
        "a correction added, in bits, or of n in the place of n−1 degrees of freedom; " + catches, sample, "digamma"),
    ]
  }

  private static var general: [Draft] {
    let shapes = [
      (4, 1, 1), (8, 1, 1), (12, 2, 1), (9, 1, 3), (15, 2, 2), (20, 3, 2), (30, 1, 1), (50, 4, 3), (7, 3, 3), (6, 1, 2),
      (11, 2, 5),
    ]
    return shapes.enumerated().flatMap { index, shape -> [Draft] in
      var data = DataSource(300 + index)
      let sample = data.pair(shape.0, shape.1, shape.2, spread: Rational(1, 1 << (index % 2)))
      return both(
        "\(shape.0) rows, \(shape.1) + \(shape.2) columns", [.typical, .bitsForNats, .missingHalf, .covarianceBias],
        "bits for nats, a missing ½, or moments about 0", sample)
    }
  }

  private static var hard: [Draft] {
    var data = DataSource(330)
    let base = data.pair(16, 1, 1)
    let wide = data.pair(24, 2, 2)
    let independent: Sample = (data.rows(30, 2), data.rows(30, 2))
    let whole: Sample = (data.rows(20, 2) { $0.integer(-3...3) }, data.rows(20, 1) { $0.integer(-3...3) })
    let order = (0..<32).map { $0 % 16 }
    let twice: Sample = (base.x.selecting(rows: order, columns: [0]), base.y.selecting(rows: order, columns: [0]))
    let reversed = Array((0..<24).reversed())
    let near: Sample = (base.x, base.x + Rational(1, 512) * base.y)
    let many = data.pair(40, 6, 6)
    let fewest = data.pair(5, 2, 2)
    func powers(_ sample: Sample, _ a: Int, _ b: Int) -> Sample {
      (Rational.powerOfTwo(a) * sample.x, Rational.powerOfTwo(b) * sample.y)
    }
    let groups: [[Draft]] = [
      both(
        "offsets of 1e8", [.translation], "one-pass sums of squares that cancel",
        (base.x.shifted(by: 100_000_000), base.y.shifted(by: -100_000_000))),
      both(
        "means of 3 and −8", [.translation], "data that are not centred",
        (wide.x.shifted(by: 3), wide.y.shifted(by: -8))),
      both("independent data", [.clipping], "a corrected estimate below 0 set to 0", independent),
      both("small whole numbers", [.typical], "division of whole numbers", whole),
      both("every row twice", [.covarianceBias], "equal rows dropped", twice),
      both(
        "rows in reverse, x and y exchanged", [.swappedBlocks], "x and y treated unequally",
        (wide.y.selecting(rows: reversed, columns: 0..<2), wide.x.selecting(rows: reversed, columns: 0..<2))),
      both("x nearly determines y", [.illConditioned], "1−ρ² lost, or a ridge added", near),
      both(
        "x in thousands, y in thousandths", [.scale, .standardised], "a ridge or an absolute threshold",
        powers(wide, 10, -10)),
      both("data near 1e75", [.scale], "squares that overflow", powers(base, 249, 249)),
      both("data near 1e-75", [.scale], "an absolute threshold of singularity, or a ridge", powers(base, -249, -249)),
      both("six columns each", [.largeDimension, .digamma], "a sum over the wrong number of columns", many),
      both(
        "n = p1+p2+1, the fewest rows", [.covarianceBias, .digamma], "a refusal, or digamma functions at 0", fewest),
    ]
    return groups.flatMap { $0 }
  }

  private static var fractions: [Draft] {
    var data = DataSource(390)
    let (x, y) = data.pair(9, 2, 1)
    let sample: Sample = (Rational(1, 3) * x, Rational(1, 7) * y)
    return ["none", "digamma"].map {
      draft(
        "thirds and sevenths", [.exactArithmetic], "a program that claims to be exact and rounds", sample, $0,
        isExactOnly: true)
    }
  }

  private static var invalid: [Draft] {
    let good: JSONValue = ["x": [[0], [1], [3], [7]], "y": [[0], [2], [1], [5]], "correction": "none"]
    let cases: [(String, [Flag], String, String, JSONValue)] = [
      ("x constant", [.singular], "a singular sample covariance accepted: NaN or infinite", "x", [[2], [2], [2], [2]]),
      (
        "y equal to x", [.singular], "a singular sample covariance accepted: infinite, or clamped", "y",
        [[0], [1], [3], [7]]
      ),
      ("y constant", [.singular], "a singular sample covariance accepted", "y", [[0], [0], [0], [0]]),
      (
        "two equal columns of x", [.singular], "a singular sample covariance accepted", "x",
        [[0, 0], [4, 4], [0, 0], [4, 4]]
      ),
      (
        "as many rows as columns", [.singular], "a singular sample covariance accepted: n ≤ p1+p2", "x",
        [[0, 1, 2], [1, 0, 1], [3, 5, 1], [7, 2, 2]]
      ),
      ("fewer rows of y", [], "sizes that disagree accepted or cut", "y", [[0], [2], [1]]),
      ("rows of x of different lengths", [], "sizes that disagree accepted", "x", [[0], [1, 2], [3], [7]]),
    ]
    return ["none", "digamma"].flatMap { correction in
      cases.map { comment, flags, mistake, key, value in
        Draft(
          comment: "\(comment), correction \(correction)", flags: flags + [.invalidInput], catches: mistake,
          input: good.setting("correction", .string(correction)).setting(key, value))
      }
    } + [
      Draft(
        comment: "two rows", flags: [.singular, .invalidInput], catches: "a singular sample covariance accepted",
        input: ["x": [[0], [1]], "y": [[0], [2]], "correction": "none"]),
      Draft(
        comment: "a NaN", flags: [.invalidInput], catches: "a NaN accepted", isExactOnly: true,
        input: ["x": [["0"], ["NaN"], ["2"], ["1"]], "y": [["0"], ["1"], ["5"], ["2"]], "correction": "none"]),
    ]
  }
}
