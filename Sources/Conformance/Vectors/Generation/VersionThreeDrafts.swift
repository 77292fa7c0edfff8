import Distillation
import ExactAlgebra
import ExactJSON

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
/// x2 and x1, with T = var t, have the same law as x2 and y up to the scale of t: var s = cov(s, y) = v, and ρ² = v/Y is 1/4 or
/// 1/16, so that ρ, ρ² and all variances are exact. What rounds is √(1−ρ²), and logarithms; the scales are chosen such that every
/// usual way (by ρ, ρ² or 1−ρ², determinants, Cholesky, LU or conditional variances, with w* by any solver, of covariances or of
/// correlations) gives two informations that are equal, or the second one larger, in every natural order of the variables.
/// `InformationTieTests` tries them.
enum InformationTies {
  static var all: [Draft] {
    let (small, unit) = (Rational(4), Rational(64))
    return [
      tie("(x1, x2) has the law of (y, x2)", exchangeable(unit, ratio: 4, across: unit)),
      tie("x1 and y related given x2", exchangeable(unit, ratio: 4, across: 2 * unit)),
      tie("a weaker relation", exchangeable(16, ratio: 16, across: 16)),
      tie(
        "a teacher eight times as loud, which changes no information", exchangeable(small, ratio: 16, across: 4),
        w1: [8]),
      tie("the same of the other sign", exchangeable(small, ratio: 16, across: 4), w1: [-8]),
      tie("the sum of two independent teacher inputs", twoTeachers(unit), p1: 2, w1: [1, 1]),
      tie("a second teacher input that is not used", unusedTeacher(64 * unit), p1: 2, w1: [1, 0]),
      tie("a second student input that tells nothing", uselessStudent(unit), p2: 2),
      outputs(unit),
      outputs(64 * unit),
    ]
  }

  /// Σ of p1 = p2 = q = 1 with var x2 = cov(x1, x2) = cov(x2, y) = v and var x1 = var y = `ratio`·v.
  private static func exchangeable(_ v: Rational, ratio: Rational, across: Rational) -> [[Rational]] {
    [[ratio * v, v, across], [v, v, v], [across, v, ratio * v]]
  }

  private static func twoTeachers(_ v: Rational) -> [[Rational]] {
    let half = v / 2
    return [[2 * v, 0, half, half], [0, 2 * v, half, half], [half, half, v, v], [half, half, v, 4 * v]]
  }

  private static func unusedTeacher(_ v: Rational) -> [[Rational]] {
    [[4 * v, 0, v, v], [0, v, 0, 0], [v, 0, v, v], [v, 0, v, 4 * v]]
  }

  private static func uselessStudent(_ v: Rational) -> [[Rational]] {
    [[4 * v, v, 0, v], [v, v, 0, v], [0, 0, 1, 0], [v, v, 0, 4 * v]]
  }

  /// Two independent copies of the scalar tie: x1, x2 and y of two coordinates each.
  private static func outputs(_ v: Rational) -> Draft {
    let scalar = exchangeable(v, ratio: 4, across: v)
    let sigma = (0..<6).map { i in (0..<6).map { j -> Rational in i % 2 == j % 2 ? scalar[i / 2][j / 2] : 0 } }
    return tie("two outputs, each a tie", sigma, p1: 2, p2: 2, q: 2, w1: [1, 0, 0, 1])
  }

  private static func tie(
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
