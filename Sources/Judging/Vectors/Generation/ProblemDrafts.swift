// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import Oracle

/// The drafts of the operations on problems: every problem, more λ for the risk, and invalid input.
enum ProblemDrafts {
  static func all(_ operation: OracleOperation, _ problems: [VectorProblem]) -> [Draft] {
    let valid = problems.compactMap { draft($0, operation) }
    let more = operation == .distillationRisk ? lambdas(problems) : []
    return valid + more + InvalidProblems.drafts(operation)
  }

  /// Nil where double precision does not decide the answer, for a problem that is not made for exact programs, and for
  /// informations of several outputs where w1 or w* has not full rank.
  static func draft(_ problem: VectorProblem, _ operation: OracleOperation) -> Draft? {
    var draft = Draft(
      comment: problem.comment, flags: problem.topic.flags(operation), catches: problem.topic.catches(operation),
      isExactOnly: problem.isExactOnly, isSafeTie: problem.isSafeTie && operation != .cchPredicts,
      input: problem.input(of: operation))
    let assessment = Assessment(operation, input: draft.input)
    draft.assessment = assessment
    if case .refused = assessment.expected, problem.instance.q > 1 { return nil }
    return draft.isExactOnly || draft.isSafeTie || assessment.isRobust ? draft : nil
  }

  private static func lambdas(_ problems: [VectorProblem]) -> [Draft] {
    let weights: [(Rational, String, String)] = [
      (0, "λ = 0", "a division by λ, or R0 not reached at λ = 0"),
      (Rational.powerOfTwo(-40), "λ = 2⁻⁴⁰", "a tiny λ rounded away or amplified"),
      (Rational.powerOfTwo(-498), "λ near 1e-150", "a λ² that underflows and is divided by"),
      (Rational(1, 16), "λ = 1/16", "α in the place of λ, or 1+λ not squared"),
      (1, "λ = 1", "λ for λ²: equal at λ = 1, so that only the other terms count"),
      (3, "λ = 3", "1+λ² in the place of (1+λ)², or a missing factor 2 of c"),
      (16, "λ = 16", "λ for λ², which shows where λ is large"),
      (Rational.powerOfTwo(40), "λ = 2⁴⁰", "the limit σε² + B + kση² not reached"),
      (Rational.powerOfTwo(498), "λ near 1e150", "an overflow: α is 1 in double precision"),
    ]
    let chosen = problems.filter { $0.topic == .typical || $0.topic == .severalOutputs }
    return [chosen[0], chosen[chosen.count - 1]].flatMap { problem in
      weights.map { lambda, comment, mistake in
        Draft(
          comment: "\(comment), q = \(problem.instance.q)", flags: [.mixingWeight], catches: mistake,
          input: problem.input(of: .distillationRisk, lambda: lambda))
      }
    }
  }
}

/// Input that breaks one rule of valid problems.
enum InvalidProblems {
  static func drafts(_ operation: OracleOperation) -> [Draft] {
    let instance = ProblemSource.first(900, Shape(p1: 2, p2: 2))
    let good = VectorProblem(topic: .typical, comment: "", instance: instance).forInvalid(operation)
    var drafts = matrices.map { comment, flags, mistake, sigma in
      Draft(comment: comment, flags: flags, catches: mistake, input: good.setting("sigma", .rows(sigma)))
    }
    drafts += sizes.map { comment, key, value in
      Draft(
        comment: comment, flags: [.invalidInput], catches: "sizes that disagree accepted, cut or padded",
        input: good.setting(key, value))
    }
    let infinite = good.setting("sigma", infiniteSigma)
    drafts.append(
      Draft(
        comment: "entries of 1e400, infinite in double precision and too large for any Σ", flags: [.invalidInput],
        catches: "a number that is not finite accepted", input: infinite))
    if operation.asksForRows { drafts += rows.map { row($0, $1, good) } }
    if operation.asksForWeight { drafts += lambdas(good) }
    var exact = good.setting("sigma", nil)
    exact = exact.setting("sigma", .array([["NaN", "0", "0", "0", "0"]] + (1..<5).map { unitRow($0) }))
    drafts.append(
      Draft(
        comment: "a NaN", flags: [.invalidInput], catches: "a NaN accepted", isExactOnly: true, input: exact))
    return drafts
  }

  private static func unitRow(_ i: Int) -> JSONValue { .array((0..<5).map { .string($0 == i ? "1" : "0") }) }

  private static let infiniteSigma: JSONValue = .array(
    (0..<5).map { i in
      .array((0..<5).map { j in i == j ? 1 : i + j == 1 || i + j == 7 ? .number("1e400") : 0 })
    })

  /// A unit Σ with these entries set on both sides of the diagonal, and these on one side only.
  private static func sigma(_ entries: [(Int, Int, Rational)], oneSided: [(Int, Int, Rational)] = []) -> RationalMatrix
  {
    RationalMatrix(rows: 5, columns: 5) { i, j in
      let both = entries.last { ($0.0, $0.1) == (i, j) || ($0.1, $0.0) == (i, j) }
      let one = oneSided.last { ($0.0, $0.1) == (i, j) }
      return one?.2 ?? both?.2 ?? (i == j ? 1 : 0)
    }
  }

  private static var matrices: [(String, [Flag], String, RationalMatrix)] {
    let half = Rational(1, 2)
    let strong = Rational(7, 8)
    let symmetric = "a Σ that is not symmetric accepted, symmetrised, or read from one triangle"
    let definite = "a Σ that is not positive definite accepted"
    return [
      (
        "x2 and y: 1/2 above the diagonal, 1/4 below", [.invalidInput], symmetric,
        sigma([(2, 4, half)], oneSided: [(4, 2, Rational(1, 4))])
      ),
      (
        "x1: 1/2 below the diagonal, 0 above", [.invalidInput], symmetric,
        sigma([(2, 4, half)], oneSided: [(1, 0, half)])
      ),
      (
        "x1 and x2: opposite signs", [.invalidInput], symmetric,
        sigma([(2, 4, half), (0, 2, half)], oneSided: [(2, 0, -half)])
      ),
      (
        "correlations 7/8, 7/8, −7/8 in x2, y", [.invalidInput, .singular], definite,
        sigma([(2, 3, strong), (2, 4, strong), (3, 4, -strong)])
      ),
      (
        "only the block of x1 indefinite", [.invalidInput, .singular],
        definite + ", as only the blocks in use are checked", sigma([(0, 1, 2), (2, 4, half)])
      ),
      (
        "each block definite, Σ not: x1 and y", [.invalidInput, .singular],
        definite + ", as blocks are checked one by one", sigma([(0, 4, strong), (1, 4, strong), (2, 4, half)])
      ),
      ("a negative variance of y", [.invalidInput], definite, sigma([(4, 4, -1), (2, 3, half)])),
      ("a negative variance in x1", [.invalidInput], definite, sigma([(0, 0, -2), (2, 4, half)])),
      (
        "all variances negative", [.invalidInput], definite + ", as with signs of even minors",
        sigma((0..<5).map { ($0, $0, -1) })
      ),
      (
        "a variance of 0 in x2", [.invalidInput, .singular], "a singular Σ accepted", sigma([(3, 3, 0), (2, 4, half)])
      ),
      (
        "a variance of 0 in x1", [.invalidInput, .singular], "a singular Σ accepted", sigma([(1, 1, 0), (2, 4, half)])
      ),
    ]
  }

  private static var sizes: [(String, String, JSONValue)] {
    let unit = sigma([(2, 4, Rational(1, 2))])
    let cut = unit.selecting(rows: 0..<4, columns: 0..<5)
    return [
      ("p1 one too large", "p1", 3), ("p2 one too large", "p2", 3), ("p1 one too small", "p1", 1),
      ("q one too large", "q", 2),
      ("a row of Σ missing", "sigma", .rows(cut)),
      (
        "a row of Σ too short", "sigma",
        .array([[1, 0, 0, 0]] + (1..<5).map { i in .array((0..<5).map { $0 == i ? 1 : 0 }) })
      ),
      ("w1 too short", "w1", [1]), ("w1 too long", "w1", [1, 2, 1]), ("w1 for two outputs", "w1", [[1, 2], [1, 1]]),
    ]
  }

  private static let rows: [(Int, String)] = [
    (3, "n = p2+1"), (2, "n = p2"), (1, "n < p2"), (0, "n = 0"), (-5, "n negative"),
  ]

  private static func row(_ n: Int, _ comment: String, _ good: JSONValue) -> Draft {
    Draft(
      comment: comment, flags: [.illPosed, .invalidInput],
      catches: "a risk that is not finite reported: k negative or a division by 0",
      input: good.setting("n", JSONValue(n)))
  }

  private static func lambdas(_ good: JSONValue) -> [Draft] {
    let values: [(JSONValue, String)] = [
      (.number("-0.5"), "λ = −1/2"), (-1, "λ = −1, where 1+λ = 0"), (.double(-Rational.powerOfTwo(-40)), "λ = −2⁻⁴⁰"),
      (-3, "λ = −3"), (.number("-1e400"), "λ = −1e400, infinite in double precision"),
    ]
    return values.map { value, comment in
      Draft(
        comment: comment, flags: [.invalidInput], catches: "a negative λ accepted, clamped or made positive",
        input: good.setting("lambda", value))
    }
  }
}
