// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Foundation
import Gaussian
import Oracle

/// Mistakes about tuned students, further rows and other teachers: wrong ingredients, which spoil every operation that uses them.
///
/// Wrong formulas of one operation are in `StudentFormulaMistakes`.
enum StudentMistakes {
  private static let operations: Set<OracleOperation> = [
    .tunedHelps, .tunedGain, .unlabelledRisk, .pseudoLabelRisk, .jointTeacherRisk, .ridgeRisk, .ensembleWeights,
    .crossover,
  ]

  static let all: [WrongFormula] =
    ingredients.map { summary, change in
      WrongFormula(summary: "the formula with \(summary)", operations: operations) { operation, input in
        var facts = try input.student(operation)
        change(&facts)
        return facts.output(operation)
      }
    }
    + StudentFormulaMistakes.all.map { operation, summary, output in
      WrongFormula(summary: summary, operations: [operation]) { operation, input in output(try input.student(operation))
      }
    } + givenLabel

  private typealias Change = @Sendable (inout StudentCase) -> Void

  private static let ingredients: [(String, Change)] = [
    ("k = p2/n", { ($0.k, $0.kAll) = ($0.p2 / $0.n, $0.p2 / ($0.n + $0.m)) }),
    ("k = p2/(n−p2)", { ($0.k, $0.kAll) = ($0.p2 / ($0.n - $0.p2), $0.p2 / ($0.n + $0.m - $0.p2)) }),
    ("k = p2/(n−p2−2)", { ($0.k, $0.kAll) = ($0.p2 / ($0.n - $0.p2 - 2), $0.p2 / ($0.n + $0.m - $0.p2 - 2)) }),
    ("k = p2/(n−p2+1)", { ($0.k, $0.kAll) = ($0.p2 / ($0.n - $0.p2 + 1), $0.p2 / ($0.n + $0.m - $0.p2 + 1)) }),
    ("k = 1/(n−p2−1)", { ($0.k, $0.kAll) = (1 / ($0.n - $0.p2 - 1), 1 / ($0.n + $0.m - $0.p2 - 1)) }),
    (
      "k = p1/(n−p1−1), p1 in place of p2",
      { ($0.k, $0.kAll) = ($0.p1 / ($0.n - $0.p1 - 1), $0.p1 / ($0.n + $0.m - $0.p1 - 1)) }
    ),
    (
      "k = (p1+p2)/(n−p1−p2−1), p1+p2 in place of p2",
      { f in
        let p = f.p1 + f.p2
        (f.k, f.kAll) = (p / (f.n - p - 1), p / (f.n + f.m - p - 1))
      }
    ),
    ("k = 0, the noise of the training rows forgotten", { ($0.k, $0.kAll) = (0, 0) }),
    ("k of n rows in place of n+m", { $0.kAll = $0.k }),
    ("k of m rows in place of n+m", { $0.kAll = $0.p2 / ($0.m - $0.p2 - 1) }),
    ("p2/(n+m) for k of n+m rows", { $0.kAll = $0.p2 / ($0.n + $0.m) }),
    ("p2/(n+m−p2) for k of n+m rows", { $0.kAll = $0.p2 / ($0.n + $0.m - $0.p2) }),
    ("k = 0 for n+m rows", { $0.kAll = 0 }),
    ("k of n+m rows in place of n", { $0.k = $0.kAll }),
    ("var(t) in place of ση² = var(t|x2)", { $0.teacherResidualVariance = $0.varT }),
    ("var(y) in place of σε² = var(y|x2)", { $0.noise = $0.varY }),
    ("cov(t,y) in place of c = cov(t,y|x2)", { $0.both = $0.covTY }),
    ("−c in place of c", { $0.both = -$0.both }),
    ("c = 0", { $0.both = 0 }),
    ("ση² = 0", { $0.teacherResidualVariance = 0 }),
    ("σε² and ση² exchanged", { ($0.noise, $0.teacherResidualVariance) = ($0.teacherResidualVariance, $0.noise) }),
    ("cov(t,y) in place of cov(t,s)", { $0.covTS = $0.covTY }),
    ("c = cov(t,y|x2) in place of cov(t,s)", { $0.covTS = $0.both }),
    ("|cov(t,s)| in place of cov(t,s)", { $0.covTS = abs($0.covTS) }),
    ("−cov(t,s) in place of cov(t,s)", { $0.covTS = -$0.covTS }),
    ("var(y) in place of var(s)", { $0.varS = $0.varY }),
    ("σε² in place of var(s)", { $0.varS = $0.noise }),
    ("B = 0, the mismatch (v−w*)ᵀΣ22(v−w*) forgotten", { f in f.view = 2 * f.covTS - f.varS }),
    ("σε² in place of σ1² = var(y|x1,x2)", { $0.fullNoise = $0.noise }),
    ("σ1² = 0", { $0.fullNoise = 0 }),
    ("var(y|x1) in place of σ1² = var(y|x1,x2)", { $0.fullNoise = $0.noiseGivenTeacher }),
    ("λ used as the mixing weight α", { ($0.alpha, $0.rest) = ($0.lambda, 1 - $0.lambda) }),
    ("λ for α, the division by 1+λ forgotten", { ($0.alpha, $0.rest) = ($0.lambda, 1) }),
    (
      "λ/(1+λ) in place of λ",
      { f in
        f.lambda = f.alpha
        (f.rest, f.alpha) = (1 / (1 + f.lambda), f.lambda / (1 + f.lambda))
      }
    ),
    ("λ/(1+λ²) in place of α", { $0.alpha = $0.lambda / (1 + $0.lambda * $0.lambda) }),
    ("σε² in place of ση²", { $0.teacherResidualVariance = $0.noise }),
    (
      "1/λ in place of λ",
      { f in
        f.lambda = 1 / f.lambda
        (f.rest, f.alpha) = (f.alpha, f.rest)
      }
    ),
    ("N−p1−p2 in place of N−p1−p2−1", { $0.teacherRows += 1 }),
    ("N−p2−1 in place of N−p1−p2−1", { $0.teacherRows += $0.p1 }),
    ("N in place of N−p1−p2−1", { $0.teacherRows += $0.p1 + $0.p2 + 1 }),
    ("n in place of N", { $0.teacherRows = $0.n }),
    ("a known teacher, its fit to N rows forgotten", { $0.isFitted = false }),
    ("the first output alone (q > 1: sums over the outputs are needed)", { $0.takeFirstOutput() }),
    ("means in place of sums over the outputs (q > 1)", { $0.takeMeans() }),
  ]

  // MARK: I(t; s | y)

  private static let givenLabel: [WrongFormula] = [
    information("I(t;s), not given y") { $0.teacher },
    information("I(s;y) in place of I(t;s|y)") { $0.label },
    information("ΔI = I(t;s) − I(s;y)") { $0.teacher - $0.label },
    information("I(t;s) + I(s;y)") { $0.teacher + $0.label },
    information("I(t;s) − I(t;y)") { $0.teacher - (try $0.among([0], [2])) },
    information("I(t;y) in place of I(t;s|y)") { try $0.among([0], [2]) },
    information("I(t;y|s): conditional on s in place of y") { try $0.among([0], [2], given: [1]) },
    information("I(s;y|t): conditional on t in place of y") { try $0.among([1], [2], given: [0]) },
    information("I(t;(s,y))") { try $0.among([0], [1, 2]) },
    information("I((t,y);s)") { try $0.among([0, 2], [1]) },
    information("I(x1;x2|y), of the modalities in place of t and s") { facts in
      let instance = facts.instance
      let (y, all) = (Array(instance.y), Array(instance.x1) + Array(instance.x2))
      func determinant(_ part: [Int]) -> Double { facts.logDeterminant(of: instance.sigma, part + y) }
      return 0.5
        * (determinant(Array(instance.x1)) + determinant(Array(instance.x2)) - determinant(all)
          - facts.logDeterminant(of: instance.sigma, y))
    },
    information("I(t;x2|y), of x2 in place of s") { facts in
      guard facts.instance.q == 1 else { return nil }
      let m = facts.moments
      let (given, rest) = (
        (m.varT - m.covTY.squared / m.varY).asDouble,
        m.teacherResidualVariance - m.residualCovariance.squared / m.residualVariance
      )
      return 0.5 * log(given / rest.asDouble)
    },
    information("the sum over the outputs of I(t;s|y) of each (q > 1: they are informative together)") { facts in
      guard facts.instance.q > 1 else { return nil }
      return try (0..<facts.instance.q).reduce(0) {
        try $0 + facts.moments.output($1).conditionalInformation().asDouble
      }
    },
    information("I(t;s|y) of the first output alone (q > 1: the outputs are informative together)") { facts in
      guard facts.instance.q > 1 else { return nil }
      return try facts.moments.output(0).conditionalInformation().asDouble
    },
  ]

  private static func information(
    _ summary: String, _ value: @escaping @Sendable (FormulaInput.Informations) throws -> Double?
  ) -> WrongFormula {
    WrongFormula(summary: summary, operations: [.conditionalInformation]) { _, input in
      try value(try input.informations()).map { .number("nats", $0) }
    }
  }
}
