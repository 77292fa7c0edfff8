// SPDX-License-Identifier: GPL-3.0-or-later
import ExactPredicates

/// One claim over whole-number problems: its assumptions, then its premise and conclusion by the first arithmetic that
/// can tell.
package struct ClaimScreen: Sendable {
  /// What a problem says about a claim.
  package enum Finding: Sendable {
    /// An assumption or the premise does not hold.
    case outside
    /// The conclusion holds.
    case holds
    /// It does not.
    case violated
  }

  package let claim: any SignClaim
  private let assumptions: [Assumption]

  /// The screen of a claim.
  package init(_ claim: any SignClaim) { (self.claim, assumptions) = (claim, claim.assumptions) }

  /// What `problem`, which `decider` has taken up, says about the claim.
  @inline(__always)
  package func callAsFunction(_ problem: IntegerProblem, _ decider: inout SignDecider) -> Finding {
    for assumption in assumptions where !holds(assumption, problem, &decider) { return .outside }
    let (claim, hypothesis) = (claim, premise(problem, &decider))
    guard hypothesis else { return .outside }
    let conclusion = decider.decide(
      problem, { m throws(Undecided) in try claim.conclusion(m) }, { m throws(Undecided) in try claim.conclusion(m) },
      { m throws(Undecided) in try claim.conclusion(m) },
      { m throws(Undecided) in try claim.conclusion(m) })
    return conclusion ? .holds : .violated
  }

  private func premise(_ problem: IntegerProblem, _ decider: inout SignDecider) -> Bool {
    let claim = claim
    return decider.decide(
      problem, { m throws(Undecided) in try claim.premise(m) }, { m throws(Undecided) in try claim.premise(m) },
      { m throws(Undecided) in try claim.premise(m) },
      { m throws(Undecided) in try claim.premise(m) })
  }

  private func holds(_ assumption: Assumption, _ problem: IntegerProblem, _ decider: inout SignDecider) -> Bool {
    switch assumption {
    case .teacher: !(0..<problem.q).allSatisfy { problem.isIdle(teacher: $0) }
    case .student: !(0..<problem.q).allSatisfy { problem.isIdle(label: $0) }
    case .oneLabel: problem.q == 1
    case .severalLabels: problem.q > 1
    case .everyOutput: !(0..<problem.q).contains { problem.isIdle(teacher: $0) || problem.isIdle(label: $0) }
    case .fullRank:
      decider.decide(
        problem, { m throws(Undecided) in try m.hasFullRank() }, { m throws(Undecided) in try m.hasFullRank() },
        { m throws(Undecided) in try m.hasFullRank() },
        { m throws(Undecided) in try m.hasFullRank() })
    case .leastSquaresTeacher: problem.isLeastSquares
    case .trainingRows, .defined: true
    case .positiveLambda: problem.lambda.map { $0.u > 0 } ?? false
    case .candidates:
      problem.candidates != nil && !(problem.q..<(problem.q + 2)).contains { problem.isIdle(teacher: $0) }
    case .equalCandidates:
      problem.candidates != nil
        && decider.decide(
          problem, { m throws(Undecided) in try m.candidatesTellEqually() },
          { m throws(Undecided) in try m.candidatesTellEqually() },
          { m throws(Undecided) in try m.candidatesTellEqually() },
          { m throws(Undecided) in try m.candidatesTellEqually() })
    case .calibratedTeacher:
      decider.decide(
        problem, { m throws(Undecided) in try m.isCalibrated() }, { m throws(Undecided) in try m.isCalibrated() },
        { m throws(Undecided) in try m.isCalibrated() },
        { m throws(Undecided) in try m.isCalibrated() })
    case .severalInputs: problem.p2 > 1
    case .rowsForBoth: problem.n >= problem.p1 + problem.p2 + 2
    case .evenDegrees: problem.n - problem.p2 >= 4 && (problem.n - problem.p2) % 2 == 0
    case .secondTeacher:
      problem.extras.hasSecondTeacher && !problem.isIdle(teacher: problem.teacherCount - 1)
    case .unlabelledRows: problem.extras.unlabelled != nil
    case .ridge: problem.extras.ridge != nil
    // Whole-number problems do not have these.
    case .independentGivenLabel, .teacherRows, .design, .rowMoments, .otherInstance: false
    }
  }
}
