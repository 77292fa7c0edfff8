// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON
import Oracle

/// What is expected of a right program in double precision on one input.
public struct Assessment: Sendable, Hashable {
  /// The exact answer with tolerances, or the refusal.
  public let expected: Expected
  /// Whether double precision decides every verdict in it: signs are not within a few error bounds of 0, no error bound is
  /// above a thousandth of its number's scale, and no choice among tied neighbours matters.
  public let isRobust: Bool

  /// Assesses `operation` on `input`.
  public init(_ operation: OracleOperation, input: JSONValue) {
    do throws(Refusal) {
      let answer = try ExactOracle.answer(operation, input: input)
      let (tolerances, decides) = try Assessment.tolerances(operation, try OracleInput(input), answer)
      let fields = answer.fields.map { field in
        Expected.Field(field.name, field.value, tolerance: (tolerances[field.name] ?? []).map(\.asTolerance))
      }
      expected = .output(fields)
      isRobust = decides && fields.allSatisfy(\.isTight)
    } catch {
      expected = .refused(error.rule)
      isRobust = true
    }
  }

  private static func tolerances(_ operation: OracleOperation, _ question: OracleInput, _ answer: OracleAnswer)
    throws(Refusal)
    -> (tolerances: [OutputName: [Rational]], decides: Bool)
  {
    switch operation {
    case .mutualInformation:
      let sigma = try question.matrix("sigma")
      let (u, w) = (try question.integers("u"), try question.integers("w"))
      return ([.nats: [InformationTolerances.ofCovariance(sigma, u, w)]], true)
    case .cch, .cchPredicts:
      let instance = try question.instance(withRows: false)
      let moments = Moments(instance)
      let (ts, sy) = InformationTolerances.ofProblem(instance, moments, MomentErrors(instance))
      guard operation == .cchPredicts else {
        return ([.teacherInformation: [ts], .labelInformation: [sy], .difference: [ts + sy]], true)
      }
      let delta = try? moments.teacherInformation() - moments.labelInformation()
      let distance = delta.map { ShiftedHalfLogarithm($0).midpoint.magnitude } ?? 0
      return ([:], distance > RiskTolerances.safety * (ts + sy))
    case .fitStudent:
      let (x2, y) = (try question.matrix("x2", allowingColumn: true), try question.matrix("y", allowingColumn: true))
      let t = try question.matrix("t", allowingColumn: true)
      return ([.student: DataTolerances.ofStudent(x2: x2, y: y, t: t, lambda: try question.lambda())], true)
    case .ksg:
      let tolerance = DataTolerances.ofNeighbours(rows: try ExactOracle.pairedRows(question).x.rows)
      return ([.nats: [tolerance]], try ExactOracle.neighboursAreDecided(question))
    case .gaussianPlugIn:
      let (x, y) = try ExactOracle.pairedRows(question)
      return ([.nats: [DataTolerances.ofPlugIn(x: x, y: y)]], true)
    case .conditionalInformation:
      let instance = try question.instance(withRows: false)
      return ([.nats: [InformationTolerances.givenLabel(Moments(instance), MomentErrors(instance))]], true)
    case .tunedHelps, .tunedGain, .unlabelledRisk, .pseudoLabelRisk, .jointTeacherRisk, .ridgeRisk, .ensembleWeights,
      .crossover:
      return try baselineTolerances(operation, question, answer)
    case .evaluate:
      let tolerances = StatementTolerances(question.reader.value, answer)
      return ([.sides: tolerances.sides], tolerances.decides)
    default: return try riskTolerances(operation, question, answer)
    }
  }

  private static func riskTolerances(_ operation: OracleOperation, _ question: OracleInput, _ answer: OracleAnswer)
    throws(Refusal)
    -> (tolerances: [OutputName: [Rational]], decides: Bool)
  {
    let instance = try question.instance(withRows: true)
    let risk: Risk
    do throws(InstanceError) { risk = try Risk(Moments(instance), n: instance.n ?? 0, p2: instance.p2) } catch {
      throw Refusal(error)
    }
    let bounds = RiskTolerances(risk: risk, errors: MomentErrors(instance))
    switch operation {
    case .distillationRisk: return ([.risk: [bounds.risk(try question.lambda())]], true)
    case .baselineRisk: return ([.risk: [bounds.baselineRisk]], true)
    case .riskSlope: return ([.slope: [bounds.slope]], true)
    case .window:
      guard case .rational? = answer[.upper] else { return ([.lower: [0]], bounds.decidesWindow) }
      return ([.lower: [0], .upper: [bounds.windowEnd]], bounds.decidesWindow)
    case .bestLambda:
      guard case .rational(let best)? = answer[.lambda] else { return ([:], bounds.decidesBest) }
      return ([.lambda: [best == 0 ? 0 : bounds.bestLambda]], bounds.decidesBest)
    default: return ([:], bounds.decidesHelp)
    }
  }
}

extension Expected.Field {
  /// Whether no tolerance is above a thousandth of the largest value; an information may also be known to a millionth.
  fileprivate var isTight: Bool {
    let values: [Rational]
    var floor: Rational = 0
    switch value {
    case .rational(let value): values = [value]
    case .nats(let value): (values, floor) = ([value.midpoint], Rational(1, 1_000_000))
    case .vector(let numbers): values = numbers
    case .matrix(let rows): values = Array(rows.values.joined())
    case .sides(let sides):
      return zip(sides, tolerance).allSatisfy { Expected.Field(.sides, $0.value, tolerance: [$1]).isTight }
    case .bool, .infinite, .truth: values = []
    }
    let largest = values.reduce(Rational.zero) { max($0, $1.magnitude) }
    return tolerance.allSatisfy { $0 <= floor || $0 * 1000 <= largest || largest == 0 }
  }
}
