// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText
import ExactJSON

/// Every claim about joint Gaussians that the project decides, the true ones first; ``listedClaims`` has those about classes too.
public let allClaims: [any Claim] = [
  Sharp(), Theorem1(), Calibrated(), Tight(), LeastSquaresTeacher(), WindowOfLambda(), BestGain(), Coordinatewise(),
  TunedSharp(), SignedCCH(), ConditionalIndependence(), JointTeacherHelps(), SampledJointTeacher(), SameRowsTeacher(),
  PseudoLabels(), UnlabelledRows(), CalibratedSharp(), WeakModalities(), CalibrateFirst(), Crossover(), WrongDecision(),
  Ensemble(), RidgeOrthogonal(), Leverage(), Unbounded(), Aligned(), Converse(), FixedLambda(), VectorLabel(),
  RawModality(), TeacherRanking(), BeatsShrinkage(), LeastSquaresTeacherHelps(), DropHarmfulTeacher(), SurvivesRidge(),
  TwoInformationsDecide(), MoreFeatures(), FreshIsBetter(), AverageCriterion(),
]

/// No claim has this name.
public struct UnknownClaim: Error, Equatable, CustomStringConvertible {
  /// The name that was asked for.
  public let id: String

  /// The name, with the nearest known one or where all of them are listed.
  public var description: String {
    let known = listedClaims.map(\.id)
    let hint = nearestName(to: id, among: known).map { "did you mean \"\($0)\"?" }
    let all = "the claims are \(known.prefix(4).joined(separator: ", ")), … ('cch claims' lists all \(known.count))"
    return "unknown claim \"\(id)\"; \(hint ?? all)"
  }
}

/// The claim called `id`.
///
/// - Throws: ``UnknownClaim``.
public func claim(_ id: String) throws(UnknownClaim) -> any Claim {
  guard let claim = allClaims.first(where: { $0.id == id }) else { throw UnknownClaim(id: id) }
  return claim
}
