// SPDX-License-Identifier: GPL-3.0-or-later
import RandomInstances

extension InstanceDemand {
  /// What the assumptions of a claim ask of the instances that are drawn for it.
  package init(_ assumptions: [Assumption]) {
    let all = Set(assumptions)
    func has(_ any: Assumption...) -> Bool { !all.isDisjoint(with: any) }
    self.init()
    if has(.severalLabels) { labels = 2...3 }
    isLeastSquares = has(.leastSquaresTeacher, .calibratedTeacher)
    if has(.candidates) { candidates = .two }
    if has(.equalCandidates) { candidates = .equal }
    isIndependentGivenLabel = has(.independentGivenLabel)
    hasSeveralInputs = has(.severalInputs)
    hasRows = has(.trainingRows, .positiveLambda, .rowsForBoth, .evenDegrees)
    (hasRowsForBoth, hasEvenDegrees) = (has(.rowsForBoth), has(.evenDegrees))
    hasPositiveWeight = has(.positiveLambda)
    (hasUnlabelled, hasRidge, hasTeacherRows) = (has(.unlabelledRows), has(.ridge), has(.teacherRows))
    hasSecondTeacher = has(.secondTeacher)
    (hasDesign, hasRowMoments) = (has(.design, .rowMoments), has(.rowMoments))
    hasOther = has(.otherInstance)
  }
}
