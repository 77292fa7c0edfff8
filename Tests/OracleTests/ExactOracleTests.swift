// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import Estimation
import ExactAlgebra
import ExactJSON
import SeededRuns
import Testing

@testable import Oracle

@Suite struct ExactOracleTests {
  /// Random instances of every family, against the facts that the claims are made of.
  @Test func closedFormsEqualTheFacts() throws {
    let verification = Verification(seed: 90)
    var refusals = 0
    for index in 0..<300 {
      let facts = try verification.facts(ofCase: index)
      let instance = facts.instance
      let input = JSONValue.object(instance.members)
      if let ts = try? facts.teacherInformation(), let sy = try? facts.labelInformation() {
        let answer = try ExactOracle.answer(.cch, input: input)
        #expect(answer[.teacherInformation] == .nats(ShiftedHalfLogarithm(ts)))
        #expect(answer[.labelInformation] == .nats(ShiftedHalfLogarithm(sy)))
        #expect(answer[.difference] == .nats(ShiftedHalfLogarithm(ts - sy)))
        #expect(try ExactOracle.answer(.cchPredicts, input: input)[.predicts] == .bool(ts > sy))
      } else {
        refusals += 1
        expectRefusal([.degenerateTeacher, .degenerateStudent], .cch, input)
      }
      guard let risk = try? facts.risk(), let n = instance.n, let lambda = instance.lambda else { continue }
      #expect(try ExactOracle.answer(.distillationRisk, input: input)[.risk] == .rational(risk(lambda)))
      #expect(try ExactOracle.answer(.baselineRisk, input: input)[.risk] == .rational(risk.baselineRisk))
      #expect(try ExactOracle.answer(.riskSlope, input: input)[.slope] == .rational(risk.slope))
      let helps = facts.moments.residualCovariance < facts.moments.residualVariance
      #expect(try ExactOracle.answer(.helpsForSmallLambda, input: input)[.helps] == .bool(helps))
      let window = try ExactOracle.answer(.window, input: input)
      #expect(window[.empty] == (helps ? nil : .bool(true)))
      if case .rational(let upper)? = window[.upper] { #expect(risk(upper) == risk.baselineRisk, "\(index)") }
      if case .rational(let best)? = try ExactOracle.answer(.bestLambda, input: input)[.lambda] {
        #expect(risk.baselineRisk - risk(best) == risk.bestGain, "\(index)")
      }
      // In numbers as in strings, and R0 is R(0) whatever n is written as.
      #expect(try ExactOracle.answer(.baselineRisk, input: input.replacing("n", .string("\(n)")))[.risk] != nil)
    }
    #expect(refusals > 0, "no degenerate instance was met")
  }

  @Test func informationEqualsTheDeterminants() throws {
    let input: JSONValue = ["sigma": [[2, 1, 0.5], [1, 3, "1/3"], ["5e-1", "1/3", 1]], "u": [2], "w": [0, 1]]
    // ½ ln(det Σw · σ22 / det Σ): 5·1 / (2·(3 − 1/9) − 1·(1 − 1/6) + ½·(1/3 − 3/2)) = 5/(52/9 − 5/6 − 7/12).
    let answer = try ExactOracle.answer(.mutualInformation, input: input)
    #expect(answer.document["half_log_of"] == "180/157")
    #expect(answer.document["nats"] == "0.068355522770951159400634406792058468114669553885438")
    #expect(
      answer == (try ExactOracle.answer(.mutualInformation, input: input.replacing("u", [0, 1]).replacing("w", [2]))))
  }

  @Test func fittedStudentSolvesTheNormalEquations() throws {
    let input: JSONValue = ["x2": [[1, 2], [0, 1], [3, 1]], "y": [1, 0, 2], "t": ["1/2", 1, 1], "lambda": "1/3"]
    guard case .vector(let w)? = try ExactOracle.answer(.fitStudent, input: input)[.student] else { throw Missing() }
    let rows: [[Rational]] = [[1, 2], [0, 1], [3, 1]]
    let (y, t): ([Rational], [Rational]) = ([1, 0, 2], [Rational(1, 2), 1, 1])
    for j in 0..<2 {
      let gradient = (0..<3).reduce(Rational.zero) { sum, i in
        let fit = rows[i][0] * w[0] + rows[i][1] * w[1]
        return sum + rows[i][j] * ((y[i] - fit) + Rational(1, 3) * (t[i] - fit))
      }
      #expect(gradient == 0)
    }
    let two = input.replacing("y", [[1, 1], [0, 0], [2, 2]]).replacing("t", [["1/2", 1], [1, 0], [1, 2]])
    guard case .matrix(let both)? = try ExactOracle.answer(.fitStudent, input: two)[.student] else { throw Missing() }
    #expect((0..<2).map { both[$0, 0] } == w && both.columns == 2)
  }

  private struct Missing: Error {}

  /// Data of whole numbers, with and without ties, against the estimators in floating point.
  @Test func estimatesEqualTheEstimators() throws {
    for index in 0..<40 {
      var random = RandomSource(seed: 12, index: UInt64(index))
      let (n, p, q) = (random.integer(in: 8...30), random.integer(in: 1...3), random.integer(in: 1...2))
      let range = index % 2 == 0 ? 5 : 100_000
      func rows(_ columns: Int) -> [[Int]] {
        (0..<n).map { _ in (0..<columns).map { _ in random.integer(in: -range...range) } }
      }
      let (x, y) = (rows(p), rows(q))
      let sample = try PairedSample(x: x.map { $0.map(Double.init) }, y: y.map { $0.map(Double.init) })
      let input: JSONValue = ["x": JSONValue(rows: x), "y": JSONValue(rows: y)]
      for variant in KSG.Variant.allCases {
        let k = random.integer(in: 1...6)
        let question = input.adding("k", JSONValue(k)).adding("variant", JSONValue(variant.rawValue))
        let estimate = try KSG(variant, k: k).estimate(sample)
        #expect(try abs(nats(.ksg, question) - estimate.nats) < 1e-13)
      }
      for correction in GaussianPlugIn.Correction.allCases {
        let estimate = try? GaussianPlugIn(correction: correction).estimate(sample)
        let question = input.adding("correction", .string(correction.rawValue))
        guard let estimate else { continue }
        #expect(try abs(nats(.gaussianPlugIn, question) - estimate.nats) < 1e-10)
      }
    }
  }

  private func nats(_ operation: OracleOperation, _ input: JSONValue) throws -> Double {
    guard case .nats(let value)? = try ExactOracle.answer(operation, input: input)[.nats] else { throw Missing() }
    return value.asDouble
  }

  /// Distances are compared exactly, whether all numbers fit in an integer or not.
  @Test func neighboursOfHugeAndFractionalNumbers() throws {
    let x: [JSONValue] = [[0], ["1/3"], ["2/3"], [5], ["16/3"]]
    let input: JSONValue = ["x": .array(x), "y": [[0], [1], [2], [3], [5]], "k": 2, "variant": 1]
    let huge = input.replacing("x", [[0], ["1e40/1"], [1], [2], [3]])
    let plain = try ExactOracle.answer(.ksg, input: input)
    let scaled = input.replacing("x", .array([0, 1, 2, 15, 16].map { [.string("\($0)e60")] }))
      .replacing("y", .array([0, 3, 6, 9, 15].map { [.string("\($0)e60")] }))
    #expect(try ExactOracle.answer(.ksg, input: scaled) == plain)
    expectRefusal([.notFinite], .ksg, huge)
  }
}

/// Expects a refusal by one of these rules.
func expectRefusal(
  _ rules: Set<Refusal.Rule>, _ operation: OracleOperation, _ input: JSONValue, _ comment: String = "",
  at location: SourceLocation = #_sourceLocation
) {
  do {
    let answer = try ExactOracle.answer(operation, input: input)
    Issue.record("\(comment) \(operation) answered \(answer.document)", sourceLocation: location)
  } catch {
    #expect(rules.contains(error.rule), "\(comment) \(error)", sourceLocation: location)
    #expect(!error.message.isEmpty, sourceLocation: location)
  }
}

extension JSONValue {
  /// The object with another value of `key`.
  func replacing(_ key: String, _ value: JSONValue) -> JSONValue { removing(key).adding(key, value) }

  /// The object without `key`.
  func removing(_ key: String) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { $0.key != key })
  }

  /// The object with one more key.
  func adding(_ key: String, _ value: JSONValue) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members + [.init(key: key, value: value)])
  }

  /// Rows of whole numbers.
  init(rows: [[Int]]) { self = .array(rows.map { .array($0.map { JSONValue($0) }) }) }
}

extension JSONValue: ExpressibleByFloatLiteral {
  /// A number, as Swift writes it.
  public init(floatLiteral value: Double) { self = .number("\(value)") }
}
