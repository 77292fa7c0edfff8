// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Testing

@testable import Oracle

/// Every invalid input of the protocol is refused, by the rule that it breaks.
@Suite struct RefusalTests {
  private let problem: JSONValue = [
    "sigma": [[2, 1, 1], [1, 2, 1], [1, 1, 2]], "p1": 1, "p2": 1, "q": 1, "w1": [1], "n": 5, "lambda": "1/2",
  ]
  private let information: JSONValue = ["sigma": [[2, 1, 1], [1, 2, 1], [1, 1, 2]], "u": [0], "w": [1, 2]]
  private let data: JSONValue = [
    "x": [[0], [1], [3]], "y": [[0], [2], [1]], "k": 1, "variant": 1, "correction": "none",
  ]
  private let fit: JSONValue = ["x2": [[1], [2]], "y": [1, 2], "t": [0, 1], "lambda": 0]

  private let onProblems: [OracleOperation] = [
    .cch, .cchPredicts, .distillationRisk, .baselineRisk, .riskSlope, .window, .bestLambda, .helpsForSmallLambda,
  ]
  private let onRows: [OracleOperation] = [
    .distillationRisk, .baselineRisk, .riskSlope, .window, .bestLambda, .helpsForSmallLambda,
  ]

  @Test func validInputsAreAnswered() throws {
    for operation in onProblems { _ = try ExactOracle.answer(operation, input: problem) }
    _ = try ExactOracle.answer(.mutualInformation, input: information)
    for operation in [OracleOperation.ksg, .gaussianPlugIn] { _ = try ExactOracle.answer(operation, input: data) }
    _ = try ExactOracle.answer(.fitStudent, input: fit)
    // q is 1 where it is missing; a key of another operation does not disturb.
    #expect(
      try ExactOracle.answer(.cch, input: problem.removing("q").replacing("n", 1))
        == ExactOracle.answer(.cch, input: problem))
  }

  @Test func invalidProblems() {
    let cases: [(String, JSONValue, Refusal.Rule)] = [
      ("sigma", [[2, 1], [1, 2]], .sizes), ("sigma", [[2, 1, 1], [1, 2], [1, 1, 2]], .sizes),
      ("sigma", [[2, 1, 1], [1, 2, 1]], .sizes), ("p1", 2, .sizes), ("p1", 0, .sizes), ("p2", -1, .sizes),
      ("q", 2, .sizes), ("w1", [1, 1], .sizes), ("w1", [[1, 1]], .sizes),
      ("sigma", [[2, 1, 1], [1, 2, "1/2"], [1, 1, 2]], .notSymmetric),
      ("sigma", [[2, 1, 1], [1, 2, 2], [1, 2, 2]], .notPositiveDefinite),
      ("sigma", [[-2, 1, 1], [1, 2, 1], [1, 1, 2]], .notPositiveDefinite),
      ("sigma", [[2, 1, 1], [1, 2, 1], [1, 1, "NaN"]], .notFinite), ("w1", ["inf"], .notFinite),
      ("w1", ["1/0"], .notFinite), ("w1", "1", .malformed), ("sigma", nil, .malformed), ("p1", "1/2", .malformed),
    ]
    for operation in onProblems {
      for (key, value, rule) in cases {
        expectRefusal([rule], operation, problem.replacing(key, value), "\(key) = \(value)")
      }
      for key in ["sigma", "p1", "p2", "w1"] {
        expectRefusal([.malformed], operation, problem.removing(key), "no \(key)")
      }
      expectRefusal([.malformed], operation, [problem])
    }
    for operation in onRows {
      for n in [2, 0, -4] { expectRefusal([.illPosed], operation, problem.replacing("n", JSONValue(n)), "n = \(n)") }
      expectRefusal([.malformed], operation, problem.removing("n"))
      expectRefusal([.malformed], operation, problem.replacing("n", 3.5))
    }
    for lambda: JSONValue in ["-1/2", -1, "-1e-400"] {
      expectRefusal([.negativeLambda], .distillationRisk, problem.replacing("lambda", lambda))
    }
    expectRefusal([.notFinite], .distillationRisk, problem.replacing("lambda", "Infinity"))
  }

  /// No information is defined without a teacher or a student; the risk is.
  @Test func degenerateProblems() throws {
    let silent = problem.replacing("w1", [0])
    let blind = problem.replacing("sigma", [[2, 1, 1], [1, 2, 0], [1, 0, 2]])
    let several: JSONValue = [
      "sigma": [
        [2, 0, 0, 0, 1, 0], [0, 2, 0, 0, 0, 0], [0, 0, 2, 0, 1, 1], [0, 0, 0, 2, 0, 0], [1, 0, 1, 0, 4, 0],
        [0, 0, 1, 0, 0, 4],
      ],
      "p1": 2, "p2": 2, "q": 2, "w1": [[1, 0], [0, 1]], "n": 9, "lambda": 1,
    ]
    for operation in [OracleOperation.cch, .cchPredicts] {
      expectRefusal([.degenerateTeacher], operation, silent)
      expectRefusal([.degenerateStudent], operation, blind)
      expectRefusal([.degenerateStudent], operation, several, "w* of rank 1")
      expectRefusal([.degenerateTeacher], operation, several.replacing("w1", [[1, 2], [1, 2]]), "w1 of rank 1")
    }
    for operation in onRows {
      for input in [silent, blind, several] { _ = try ExactOracle.answer(operation, input: input) }
    }
  }

  @Test func invalidIndices() {
    let cases: [(String, JSONValue, Refusal.Rule)] = [
      ("u", [3], .index), ("u", [-1], .index), ("u", [0, 0], .index), ("u", [1], .index), ("w", [1, 2, 1], .index),
      ("u", [], .sizes), ("u", [0.5], .malformed), ("u", 0, .malformed),
      ("sigma", [[1, 2], [2, 1]], .notPositiveDefinite),
      ("sigma", [[2, 1, 1], [1, 2, 1]], .sizes), ("sigma", [[2, 1, 0], [1, 2, 1], [1, 1, 2]], .notSymmetric),
    ]
    for (key, value, rule) in cases {
      expectRefusal([rule], .mutualInformation, information.replacing(key, value), "\(key) = \(value)")
    }
  }

  @Test func invalidData() {
    for (k, rule) in [(0, Refusal.Rule.neighbours), (-1, .neighbours), (3, .neighbours), (4, .neighbours)] {
      expectRefusal([rule], .ksg, data.replacing("k", JSONValue(k)), "k = \(k)")
    }
    expectRefusal([.malformed], .ksg, data.replacing("variant", 3))
    expectRefusal([.malformed], .gaussianPlugIn, data.replacing("correction", "some"))
    for operation in [OracleOperation.ksg, .gaussianPlugIn] {
      expectRefusal([.sizes], operation, data.replacing("y", [[0], [1]]))
      expectRefusal([.sizes], operation, data.replacing("x", [[0], [1, 2], [1]]))
      expectRefusal([.notFinite], operation, data.replacing("x", [["nan"], [1], [2]]))
      for key in ["x", "y"] {
        expectRefusal([.sizes], operation, data.replacing(key, [[], [], []]), "rows of no columns")
        expectRefusal([.malformed], operation, data.replacing(key, []), "no rows")
      }
      expectRefusal([.sizes], operation, data.replacing("x", [[], [], []]).replacing("y", [[], [], []]))
    }
    for (key, value) in [
      ("x", [[1], [1], [1]] as JSONValue), ("x", [[0], [4], [2]]), ("x", [[0, 1], [1, 3], [2, 0]]),
    ] {
      expectRefusal([.singularCovariance], .gaussianPlugIn, data.replacing(key, value), "\(value)")
    }
    let students: [(String, JSONValue, Refusal.Rule)] = [
      ("x2", [[1, 1], [2, 2]], .dependentColumns), ("x2", [[0], [0]], .dependentColumns),
      ("x2", [[1, 2, 3], [4, 5, 7]], .dependentColumns), ("y", [1, 2, 3], .sizes), ("t", [1], .sizes),
      ("t", [[1, 2], [1, 2]], .sizes), ("x2", [[], []], .sizes), ("x2", [], .malformed), ("y", [], .malformed),
      ("lambda", -1, .negativeLambda), ("x2", [["inf"], [1]], .notFinite),
    ]
    for (key, value, rule) in students { expectRefusal([rule], .fitStudent, fit.replacing(key, value), "\(value)") }
  }
}
