// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// Modalities that share nothing but the label: no teacher brings a tuned student anything.
struct ConditionalIndependence: Claim {
  let id = "conditional-independence"
  let summary = "x1 ⊥ x2 given y ⇒ a tuned student gains nothing"
  let statement = """
    If x1 and x2 are uncorrelated given y, Σ12 = Σ13Σ32/var(y), then whatever the teacher's weights, no a and b of either sign \
    beat the best shrunk student a·ŵ that has no teacher.
    """
  let status = Status.proved
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .trainingRows, .independentGivenLabel]

  func premise(_ facts: Facts) -> Bool { true }

  func conclusion(_ facts: Facts) throws(Unmet) -> Bool { try facts.student().signedTunedGain.signum == 0 }

  /// −(the gain over the best student without a teacher)/R0: 0 where there is none.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    try -facts.student().signedTunedGain / facts.risk().baselineRisk
  }
}
