// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
@testable import ExactPredicates
import SeededRuns
import Testing

/// A problem that owns its memory.
struct Problem {
  let p1, p2: Int
  var q = 1
  let n: Int
  var sigma: [Int64]
  var w1: [Int64]
  var lambda: (u: Int64, v: Int64) = (1, 2)
  var candidates: IntegerProblem.Candidates?
  /// The weights of a second teacher, m and μ.
  var second: [Int64]?
  var unlabelled: Int?
  var ridge: (u: Int64, v: Int64)?

  func withProblem<Result>(_ body: (IntegerProblem) -> Result) -> Result {
    let extras = IntegerProblem.Extras(unlabelled: unlabelled, ridge: ridge, hasSecondTeacher: second != nil)
    return sigma.withUnsafeBufferPointer { sigma in
      (w1 + (second ?? [])).withUnsafeBufferPointer {
        body(
          IntegerProblem(
            p1: p1, p2: p2, q: q, sigma: sigma, w1: $0, n: n, lambda: lambda, candidates: candidates, extras: extras))
      }
    }
  }
}

/// Something that predicates ask of a problem; each answer is a sign.
enum Question: CaseIterable {
  case delta, scale, help, alignment, calibration, rate, window, riskChange, inputs
  case rank, vectorDelta, order, candidates
  case tuned, unlabelled, unlabelledTuned, oneObjective, ridge, firstWeight, secondWeight, secondAdds, pair

  /// For several labels, else for one.
  var isAboutSeveral: Bool? {
    switch self {
    case .rank, .vectorDelta, .order: true
    case .help, .window, .riskChange: nil
    default: false
    }
  }

  func ask<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Int {
    let label = m.label
    switch self {
    case .delta: return try label.signOfDelta()
    case .scale: return try label.signOfScale()
    case .help: return try label.signOfHelp()
    case .alignment: return try label.signOfAlignment()
    case .calibration: return try label.signOfCalibration()
    case .rate: return try label.signOfRate()
    case .window: return try m.risk.windowDivisor.sign()
    case .riskChange: return try m.lambda.map { m.risk.riskChange($0.u, $0.v) }?.sign() ?? 9
    case .inputs: return try m.inputs.map { $0.own * label.residualVariance - $0.givenX2 * label.varY }?.sign() ?? 9
    case .rank: return try m.hasFullRank() ? 1 : 0
    case .vectorDelta: return try m.signOfVectorDelta()
    case .order: return try m.teacherVariesNoMore() ? 1 : 0
    case .candidates:
      return try m.candidates.map {
        $0.first.moments.residualCovariance * $0.second.scale - $0.second.moments.residualCovariance * $0.first.scale
      }?
      .sign() ?? 9
    case .tuned: return try m.signOfTunedHelp()
    case .unlabelled: return try m.signOfUnlabelledHelp()
    case .unlabelledTuned: return try m.signOfTunedUnlabelledHelp()
    case .oneObjective: return try m.signOfOneObjectiveHelp() ?? 9
    case .ridge: return try m.signOfRidgeHelp()
    case .firstWeight: return try m.teacherPair?.firstWeight.sign() ?? 9
    case .secondWeight: return try m.teacherPair?.secondWeight.sign() ?? 9
    case .secondAdds: return try m.teacherPair?.signOfSecondAdding() ?? 9
    case .pair: return try m.teacherPair?.determinant.sign() ?? 9
    }
  }
}

extension Problem {
  /// The problem with unlabelled rows, ridge and, but for one in three, a second teacher that is another than the first.
  func withExtras(_ source: inout RandomSource) -> Problem {
    var problem = self
    problem.unlabelled = source.integer(in: 0...9)
    problem.ridge = (Int64(source.integer(in: 0...9)), Int64(source.integer(in: 1...5)))
    if source.chance(2, in: 3) {
      var second = (0..<p1).map { _ in Int64(source.integer(in: -3...3)) }
      if second.allSatisfy({ $0 == 0 }) || second == w1 { second[0] = w1[0] + 1 }
      problem.second = second.allSatisfy { $0 == 0 } ? nil : second
    }
    return problem
  }
}

/// What the stages said of many problems, all compared with FLINT.
struct Census {
  var decider = SignDecider()
  /// How often each stage told the answer to a question, and how often each question's answer was 0.
  private(set) var told: [SignDecider.Stage: Int] = [:]
  private(set) var ties: [Question: Int] = [:]
  private(set) var asked = 0
  private(set) var definite = 0

  mutating func check(_ problem: Problem, sourceLocation: SourceLocation = #_sourceLocation) {
    let isDefinite = problem.withProblem { decider.isPositiveDefinite($0, by: .flint) } == true
    for stage in [SignDecider.Stage.double, .integer, .doubleDouble] {
      if let told = problem.withProblem({ decider.isPositiveDefinite($0, by: stage) }) {
        #expect(told == isDefinite, "\(stage): \(problem)", sourceLocation: sourceLocation)
      }
    }
    definite += isDefinite ? 1 : 0
    guard isDefinite else { return }
    let exact = problem.withProblem { ProblemMoments<Rational>($0) }
    for question in Question.allCases where question.isAboutSeveral ?? (problem.q > 1) == (problem.q > 1) {
      let truth = exact.flatMap { try? question.ask($0) }
      asked += 1
      if truth == 0 { ties[question, default: 0] += 1 }
      for stage in [SignDecider.Stage.double, .integer, .doubleDouble] {
        guard let sign = answer(problem, question, stage) else { continue }
        told[stage, default: 0] += 1
        #expect(sign == truth, "\(stage), \(question): \(problem)", sourceLocation: sourceLocation)
      }
      // All stages in turn, as claims use them.
      let decided = problem.withProblem { problem -> Int? in
        guard decider.take(problem, needsInputs: true) else { return nil }
        return decider.decide(
          problem, { m throws(Undecided) in try question.ask(m) }, { m throws(Undecided) in try question.ask(m) },
          { m throws(Undecided) in try question.ask(m) },
          { m throws(Undecided) in try question.ask(m) })
      }
      #expect(decided == truth, "\(question): \(problem)", sourceLocation: sourceLocation)
    }
  }

  mutating func answer(_ problem: Problem, _ question: Question, _ stage: SignDecider.Stage) -> Int? {
    problem.withProblem {
      decider.answer(
        $0, by: stage, { m throws(Undecided) in try question.ask(m) }, { m throws(Undecided) in try question.ask(m) },
        { m throws(Undecided) in try question.ask(m) },
        { m throws(Undecided) in try question.ask(m) })
    }
  }

  /// The share of questions that a stage answered.
  func share(_ stage: SignDecider.Stage) -> Double { Double(told[stage] ?? 0) / Double(max(1, asked)) }
}
