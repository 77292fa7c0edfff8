// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON

/// The in-process oracle: every operation, answered exactly.
public enum ExactOracle {
  /// The exact answer of `operation` to the `input` of a request.
  ///
  /// Numbers are JSON numbers, read by their decimal text, or exact strings; keys that the operation does not know are
  /// not looked at, and `q` is 1 where it is missing.
  ///
  /// - Throws: ``Refusal`` for an input that an implementation must answer with `errored`.
  public static func answer(_ operation: OracleOperation, input: JSONValue) throws(Refusal) -> OracleAnswer {
    let question = try OracleInput(input)
    switch operation {
    case .mutualInformation: return try mutualInformation(question)
    case .cch: return try complementarity(question)
    case .cchPredicts: return try prediction(question)
    case .distillationRisk: return try distillationRisk(question)
    case .baselineRisk: return try of(question) { [.init(.risk, .rational($0.baselineRisk))] }
    case .riskSlope: return try of(question) { [.init(.slope, .rational($0.slope))] }
    case .window: return try of(question) { window($0.window) }
    case .bestLambda: return try of(question) { [.init(.lambda, value($0.bestLambda))] }
    case .helpsForSmallLambda:
      return try of(question) { [.init(.helps, .bool($0.moments.helpsForSmallLambda))] }
    case .fitStudent: return try fitStudent(question)
    case .ksg: return try neighbourEstimate(question)
    case .gaussianPlugIn: return try plugInEstimate(question)
    case .tunedHelps: return try tunedVerdict(question)
    case .tunedGain: return try tunedGain(question)
    case .unlabelledRisk: return try unlabelledRisk(question)
    case .pseudoLabelRisk: return try pseudoLabelRisk(question)
    case .jointTeacherRisk: return try jointTeacherRisk(question)
    case .ridgeRisk: return try ridgeRisk(question)
    case .ensembleWeights: return try ensembleWeights(question)
    case .crossover: return try crossover(question)
    case .conditionalInformation: return try conditionalInformation(question)
    case .evaluate: return try evaluation(question, input)
    }
  }

  // MARK: What follows from the risk

  private static func of(_ question: OracleInput, _ fields: (Risk) -> [OracleAnswer.Field]) throws(Refusal)
    -> OracleAnswer
  {
    OracleAnswer(fields(try risk(try question.instance(withRows: true))))
  }

  private static func risk(_ instance: Instance) throws(Refusal) -> Risk {
    do throws(InstanceError) {
      return try Risk(Moments(instance), n: instance.n ?? 0, p2: instance.p2)
    } catch { throw Refusal(error) }
  }

  private static func distillationRisk(_ question: OracleInput) throws(Refusal) -> OracleAnswer {
    let lambda = try question.lambda()
    return OracleAnswer([.init(.risk, .rational(try risk(try question.instance(withRows: true))(lambda)))])
  }

  private static func window(_ window: Window) -> [OracleAnswer.Field] {
    switch window {
    case .empty: [.init(.empty, .bool(true))]
    case .open(let upper): [.init(.lower, .rational(0)), .init(.upper, value(upper))]
    }
  }

  static func value(_ number: ExtendedRational) -> ExactValue {
    switch number {
    case .finite(let value): .rational(value)
    case .infinity: .infinite
    }
  }
}
