// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON
import Oracle

/// Vectors of version 4: the operations on tuned students, further rows and other teachers, which are all new.
enum VersionFourDrafts {
  /// The operations of this version.
  static let operations: [OracleOperation] = [
    .tunedHelps, .tunedGain, .unlabelledRisk, .pseudoLabelRisk, .jointTeacherRisk, .ridgeRisk, .ensembleWeights,
    .crossover,
    .conditionalInformation,
  ]

  /// The drafts of an operation, in their order.
  static func drafts(_ operation: OracleOperation) -> [Draft] {
    guard operations.contains(operation) else { return [] }
    let problems = FurtherProblems.all(operation)
    let valid = problems.compactMap { ProblemDrafts.draft($0, operation) }
    return valid + lambdas(operation, problems) + invalid(operation)
  }

  private static func lambdas(_ operation: OracleOperation, _ problems: [VectorProblem]) -> [Draft] {
    guard operation.problemKeys?.contains("lambda") == true else { return [] }
    let weights: [(Rational, String, String)] = [
      (0, "λ = 0", "a division by λ, or R0 not reached at λ = 0"),
      (Rational.powerOfTwo(-40), "λ = 2⁻⁴⁰", "a tiny λ rounded away or amplified"),
      (Rational(1, 16), "λ = 1/16", "α in the place of λ, or 1+λ not squared"),
      (1, "λ = 1", "λ for λ²: equal at λ = 1, so that only the other terms count"),
      (3, "λ = 3", "1+λ² in the place of (1+λ)², or a missing factor 2 of c"),
      (16, "λ = 16", "λ for λ², which shows where λ is large"),
      (Rational.powerOfTwo(40), "λ = 2⁴⁰", "the limit, where the student imitates the teacher only, not reached"),
    ]
    let chosen = problems.filter { $0.topic == .typical || $0.topic == .severalOutputs }
    return [chosen[0], chosen[chosen.count - 1]].flatMap { problem in
      weights.compactMap { lambda, comment, mistake -> Draft? in
        if operation == .crossover, lambda == 0 { return nil }
        let draft = Draft(
          comment: "\(comment), q = \(problem.instance.q)", flags: [.mixingWeight], catches: mistake,
          input: problem.input(of: operation, lambda: lambda))
        return Assessment(operation, input: draft.input).isRobust ? draft : nil
      }
    }
  }

  // MARK: Invalid input

  private static func invalid(_ operation: OracleOperation) -> [Draft] {
    let keys = Set(operation.problemKeys ?? [])
    let all =
      InvalidProblems.drafts(operation) + VersionTwoDrafts.invalid(operation) + SizeMismatches.ofProblem(operation)
    var seen = Set<String>()
    // Where no teacher is asked for, what is wrong with it alone is not wrong.
    let common = all.compactMap { draft -> Draft? in
      var draft = draft
      if !keys.contains("w1") { draft.input = draft.input.setting("w1", nil) }
      guard seen.insert(draft.input.description).inserted,
        case .refused = Assessment(operation, input: draft.input).expected
      else { return nil }
      return draft
    }
    let shape = operation == .ensembleWeights ? Shape(p1: 2, p2: 2, q: 2) : Shape(p1: 2, p2: 2)
    let good = VectorProblem(topic: .typical, comment: "", instance: ProblemSource.first(910, shape)).withFurtherKeys(0)
      .withRowsForJointTeacher
    return common + further(operation, good, good.input(of: operation))
  }

  private static func further(_ operation: OracleOperation, _ good: VectorProblem, _ input: JSONValue) -> [Draft] {
    let least = good.instance.p1 + good.instance.p2 + 2
    func drafts(_ key: String, _ flag: Flag, _ catches: String, _ values: [(JSONValue, String)]) -> [Draft] {
      values.map { value, comment in
        Draft(comment: comment, flags: [flag, .invalidInput], catches: catches, input: input.setting(key, value))
      }
    }
    let negativeRows = drafts(
      "unlabelled", .unlabelledRows, "a negative number of rows accepted, clamped or made positive",
      [(-1, "m = −1"), (-4, "m = −4"), (-1_000_000, "m = −10⁶")]
    )
    let partRows = drafts(
      "unlabelled", .unlabelledRows, "a part of a row accepted", [(.number("2.5"), "m = 5/2")])
    switch operation {
    case .unlabelledRisk: return negativeRows + partRows
    case .pseudoLabelRisk:
      return negativeRows + partRows
        + drafts(
          "n", .illPosed, "a risk that is not finite reported: the joint teacher needs n ≥ p1+p2+2",
          [
            (JSONValue(least - 1), "n = p1+p2+1"), (JSONValue(least - 2), "n = p1+p2"),
            (JSONValue(good.instance.p2 + 2), "n = p2+2, enough for the student alone"),
          ].filter { $0.0 != JSONValue(least) })
    case .jointTeacherRisk:
      return drafts(
        "teacher_rows", .fittedTeacher, "a risk that is not finite reported: K negative or a division by 0",
        [
          (JSONValue(least - 1), "N = p1+p2+1"), (JSONValue(least - 2), "N = p1+p2"), (1, "N = 1"), (0, "N = 0"),
          (-5, "N negative"), (.number("9.5"), "N = 19/2"),
        ])
    case .ridgeRisk:
      return drafts(
        "ridge", .ridge, "a negative μ accepted, clamped or made positive",
        [
          (.number("-0.5"), "μ = −1/2"), (-1, "μ = −1"), (.double(-Rational.powerOfTwo(-40)), "μ = −2⁻⁴⁰"),
          (JSONValue(-(good.instance.n ?? 0)), "μ = −n, a division by 0"),
          (.number("-1e400"), "μ = −1e400, infinite in double precision"),
        ])
    case .crossover:
      return drafts(
        "lambda", .mixingWeight, "a division by λ = 0, or every n for λ = 0",
        [(0, "λ = 0"), (.number("0.0"), "λ = 0.0")])
    case .ensembleWeights: return teachers(good, input)
    default: return []
    }
  }

  /// A second teacher that is missing, the first one, or of another shape.
  private static func teachers(_ good: VectorProblem, _ input: JSONValue) -> [Draft] {
    let w1 = good.instance.w1
    func draft(_ comment: String, _ catches: String, _ second: JSONValue?) -> Draft {
      Draft(
        comment: comment, flags: [.severalTeachers, .invalidInput], catches: catches,
        input: input.setting("w1b", second))
    }
    let one = ProblemSource.first(911, Shape(p1: 2, p2: 2))
    let single = VectorProblem(topic: .typical, comment: "", instance: one).withFurtherKeys(1).input(
      of: .ensembleWeights)
    let same = "weights reported though none are determined: the second teacher is the first"
    let flat = Draft(
      comment: "the second teacher is the first, one output", flags: [.severalTeachers, .invalidInput], catches: same,
      input: single.setting("w1b", single["w1"]))
    let zero = Draft(
      comment: "both teachers are 0", flags: [.severalTeachers, .invalidInput], catches: same,
      input: single.setting("w1", [0, 0]).setting("w1b", [0, 0]))
    return [
      draft("the second teacher is the first", same, .rows(w1)), flat, zero,
      draft("no second teacher", "weights for a teacher that is not given", nil),
      draft("a second teacher of no inputs", SizeMismatches.filled, []),
      draft("a second teacher transposed to one row", "a transposed teacher accepted", [[1, 2]]),
      draft(
        "a second teacher of one input too few", SizeMismatches.filled, .rows(w1.selecting(rows: [0], columns: [0, 1]))),
      draft(
        "a second teacher of one input too many", SizeMismatches.ignored,
        .rows(w1.selecting(rows: [0, 1, 0], columns: [0, 1]))),
      draft("a second teacher of one output", "one teacher used for both outputs", [1, 1]),
      draft("a second teacher of texts", "a number that is not finite accepted", [["NaN", "0"], ["0", "1"]]).exactOnly,
    ]
  }
}
