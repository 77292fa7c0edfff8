// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// Given rows whose residual moments may differ: the leverages decide, not the mean.
struct Leverage: UnconditionalClaim {
  let id = "leverage"
  let summary = "rows that differ: helps ⇔ Σ ℓᵢ(cᵢ − σᵢ²) < 0"
  let statement = """
    On a given design X of full column rank with residual moments σᵢ², cᵢ, ηᵢ² in row i, the slope of the risk in α at 0 is \
    2Σℓᵢ(cᵢ−σᵢ²), ℓᵢ = xᵢᵀS⁻¹Σ22S⁻¹xᵢ, S = XᵀX; distillation helps for small α, and for any, if and only if it is negative.
    """
  let status = Status.proved
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel, .design]
  let isIdentity = true

  /// By the parabola through three values of α²B + tr(Σ22·M·cov(α)·Mᵀ), M = S⁻¹Xᵀ.
  func isAsStated(_ facts: Facts) throws(Unmet) -> Bool {
    try facts.require(.oneLabel)
    let rows = try facts.designRows()
    let (start, middle, end) = (rows.excess(0), rows.excess(Rational(1, 2)), rows.excess(1))
    let curvature = 2 * (start - 2 * middle + end)
    let slope = end - start - curvature
    let criterion = rows.halfSlope.signum < 0
    return slope == 2 * rows.halfSlope && curvature.signum >= 0 && (slope.signum < 0) == criterion
      && (slope + curvature < 0 || slope.signum < 0) == criterion
  }

  /// ±|Σℓᵢ(cᵢ−σᵢ²)|/Σℓᵢσᵢ², negative where a form is wrong.
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let rows = try facts.designRows()
    let distance = (rows.halfSlope / rows.excess(0)).magnitude
    return try conclusion(facts) ? distance : -max(distance, 1)
  }
}
