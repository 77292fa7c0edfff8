// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Testing

@testable import Oracle

/// Every invalid input of the protocol is refused, by the rule that it breaks.
@Suite struct RefusalTests {
  private let problem: JSONValue = [
    "sigma": [[2, 1, 1], [1, 2, 1], [1, 1, 2]], "p1": 1, "p2": 1, "q": 1, "w1": [1], "n": 5, "lambda": "1/2",
    "unlabelled": 3, "ridge": 1, "teacher_rows": 4, "w1b": [2],
  ]
  private let information: JSONValue = ["sigma": [[2, 1, 1], [1, 2, 1], [1, 1, 2]], "u": [0], "w": [1, 2]]
  private let data: JSONValue = [
    "x": [[0], [1], [3]], "y": [[0], [2], [1]], "k": 1, "variant": 1, "correction": "none",
  ]
  private let fit: JSONValue = ["x2": [[1], [2]], "y": [1, 2], "t": [0, 1], "lambda": 0]

  private let onProblems = OracleOperation.allCases.filter { $0.problemKeys != nil }

  private func asking(for key: String) -> [OracleOperation] {
    onProblems.filter { $0.problemKeys?.contains(key) == true }
  }

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
      for (key, value, rule) in cases where operation.problemKeys?.contains(key) == true {
        expectRefusal([rule], operation, problem.replacing(key, value), "\(key) = \(value)")
      }
      for key in operation.problemKeys ?? [] where !["q", "teacher_rows"].contains(key) {
        if operation == .tunedHelps, key == "n" { continue }
        expectRefusal([.malformed], operation, problem.removing(key), "no \(key)")
      }
      expectRefusal([.malformed], operation, [problem])
    }
    for operation in asking(for: "n") {
      for n in [2, 0, -4] { expectRefusal([.illPosed], operation, problem.replacing("n", JSONValue(n)), "n = \(n)") }
      expectRefusal([.malformed], operation, problem.replacing("n", 3.5))
    }
    for operation in asking(for: "lambda") {
      for lambda: JSONValue in ["-1/2", -1, "-1e-400"] {
        expectRefusal([.negativeLambda], operation, problem.replacing("lambda", lambda))
      }
      expectRefusal([.notFinite], operation, problem.replacing("lambda", "Infinity"))
    }
  }

  /// Rows without labels, ridge, rows of a teacher, a second teacher.
  @Test func invalidFurtherKeys() throws {
    let cases: [(OracleOperation, String, JSONValue, Refusal.Rule)] = [
      (.unlabelledRisk, "unlabelled", -1, .negativeUnlabelled),
      (.pseudoLabelRisk, "unlabelled", -3, .negativeUnlabelled),
      (.unlabelledRisk, "unlabelled", 1.5, .malformed), (.unlabelledRisk, "unlabelled", .null, .malformed),
      (.pseudoLabelRisk, "n", 3, .illPosed), (.ridgeRisk, "ridge", "-1/9", .negativeRidge),
      (.ridgeRisk, "ridge", "NaN", .notFinite), (.jointTeacherRisk, "teacher_rows", 3, .teacherRows),
      (.jointTeacherRisk, "teacher_rows", 0, .teacherRows), (.jointTeacherRisk, "teacher_rows", -9, .teacherRows),
      (.ensembleWeights, "w1b", [1], .sameTeacher), (.ensembleWeights, "w1b", ["2/2"], .sameTeacher),
      (.ensembleWeights, "w1b", [1, 1], .sizes), (.ensembleWeights, "w1b", ["inf"], .notFinite),
      (.crossover, "lambda", 0, .zeroLambda), (.crossover, "lambda", "0/7", .zeroLambda),
    ]
    for (operation, key, value, rule) in cases {
      expectRefusal([rule], operation, problem.replacing(key, value), "\(key) = \(value)")
    }
    // At the boundary there is an answer; and a teacher that is not asked for is not looked at.
    _ = try ExactOracle.answer(.pseudoLabelRisk, input: problem.replacing("n", 4).removing("w1"))
    let known = try ExactOracle.answer(
      .jointTeacherRisk, input: problem.removing("teacher_rows").replacing("w1", "none"))
    #expect(try ExactOracle.answer(.jointTeacherRisk, input: problem) != known)
    // A size that no memory holds is a size that does not fit.
    expectRefusal([.sizes], .jointTeacherRisk, problem.replacing("p1", 1_000_000_000_000))
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
    for operation in [OracleOperation.cch, .cchPredicts, .conditionalInformation] {
      expectRefusal([.degenerateTeacher], operation, silent)
      expectRefusal([.degenerateStudent], operation, blind)
      expectRefusal([.degenerateStudent], operation, several, "w* of rank 1")
      expectRefusal([.degenerateTeacher], operation, several.replacing("w1", [[1, 2], [1, 2]]), "w1 of rank 1")
    }
    for operation in asking(for: "n") {
      for input in [silent, blind, several.adding("w1b", [[0, 1], [1, 0]])] {
        let whole = ["unlabelled", "ridge", "teacher_rows"].reduce(input) { $0.replacing($1, 9) }
        _ = try ExactOracle.answer(operation, input: whole)
      }
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
