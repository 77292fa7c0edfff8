// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON
import Oracle

/// Vectors of version 3, which follow those of version 2: exact ties of ΔI in plain doubles, and sizes that disagree, each in
/// both directions and alone.
enum VersionThreeDrafts {
  /// The further drafts of an operation, in their order.
  static func drafts(_ operation: OracleOperation) -> [Draft] {
    switch operation {
    case .mutualInformation: SizeMismatches.ofInformation
    case .fitStudent: SizeMismatches.ofStudent
    case .gaussianPlugIn: SizeMismatches.ofSample(["correction": "none"])
    case .ksg: SizeMismatches.ofSample(["k": 1, "variant": 1])
    case .cchPredicts: InformationTies.all + SizeMismatches.ofProblem(operation)
    default: SizeMismatches.ofProblem(operation)
    }
  }
}

/// Problems with I(t; s) = I(s; y), exactly, that plain doubles get right.
///
/// x1 and x2 have the same law as y and x2, with var s = cov(t, s) = cov(s, y) = v and var t = var y = 16 v, so that ρ = 1/4, ρ²
/// and all variances are exact. What rounds is √(1−ρ²) and logarithms; the two scales of v are such that every usual way (by ρ,
/// ρ² or 1−ρ², determinants, Cholesky, LU or conditional variances; of covariances as given, in units of powers of two, or as
/// correlations) gives two informations that are equal, or the second one larger, in every natural order of the variables.
/// `InformationTieTests` tries them.
enum InformationTies {
  static var all: [Draft] {
    let (unit, small) = (Rational(4), Rational(1, 16))
    return [
      tie("(x1, x2) has the law of (y, x2)", scalar(unit, across: unit)),
      tie("the same in units of var y", scalar(small, across: small)),
      tie("x1 and y related given x2", scalar(unit, across: 4 * unit)),
      tie("x1 and y unrelated", scalar(unit, across: 0)),
      tie("x2 and the teacher of the other sign", negated(unit), w1: [-1]),
      tie("the sum of two independent teacher inputs", twoTeachers(unit), p1: 2, w1: [1, 1]),
      tie("a second teacher input that is not used", unusedTeacher(small), p1: 2, w1: [1, 0]),
      tie("a second student input that tells nothing", uselessStudent(unit), p2: 2),
      outputs(unit),
      outputs(small),
    ]
  }

  /// Σ of p1 = p2 = q = 1 with cov(x1, y) = `across`.
  private static func scalar(_ v: Rational, across: Rational) -> [[Rational]] {
    [[16 * v, v, across], [v, v, v], [across, v, 16 * v]]
  }

  private static func negated(_ v: Rational) -> [[Rational]] {
    [[16 * v, -v, v], [-v, v, -v], [v, -v, 16 * v]]
  }

  private static func twoTeachers(_ v: Rational) -> [[Rational]] {
    let half = v / 2
    return [[8 * v, 0, half, half], [0, 8 * v, half, half], [half, half, v, v], [half, half, v, 16 * v]]
  }

  private static func unusedTeacher(_ v: Rational) -> [[Rational]] {
    [[16 * v, 0, v, v], [0, 1, 0, 0], [v, 0, v, v], [v, 0, v, 16 * v]]
  }

  private static func uselessStudent(_ v: Rational) -> [[Rational]] {
    [[16 * v, v, 0, v], [v, v, 0, v], [0, 0, 1, 0], [v, v, 0, 16 * v]]
  }

  /// Two independent copies of the scalar tie: x1, x2 and y of two coordinates each.
  private static func outputs(_ v: Rational) -> Draft {
    let one = scalar(v, across: v)
    let sigma = (0..<6).map { i in (0..<6).map { j -> Rational in i % 2 == j % 2 ? one[i / 2][j / 2] : 0 } }
    return tie("two outputs, each a tie", sigma, p1: 2, p2: 2, q: 2, w1: [1, 0, 0, 1])
  }

  @inline(never) private static func tie(
    _ comment: String, _ sigma: [[Rational]], p1: Int = 1, p2: Int = 1, q: Int = 1, w1: [Rational] = [1]
  ) -> Draft {
    do {
      let instance = try Instance(
        sigma: try RationalMatrix(sigma), p1: p1, p2: p2, q: q,
        w1: RationalMatrix(rows: p1, columns: q) { w1[$0 * q + $1] })
      let problem = VectorProblem(topic: .informationTie, comment: "ΔI = 0: \(comment)", instance: instance)
      return Draft(
        comment: problem.comment, flags: problem.topic.flags(.cchPredicts),
        catches: problem.topic.catches(.cchPredicts), isSafeTie: true, input: problem.input(of: .cchPredicts))
    } catch { preconditionFailure("\(comment): \(error)") }
  }
}
