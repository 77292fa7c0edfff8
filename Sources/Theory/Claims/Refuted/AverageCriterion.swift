// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// Where rows differ, the mean of cᵢ − σᵢ² decides nothing: rows of much leverage count for more.
struct AverageCriterion: Claim {
  let id = "average-criterion"
  let summary = "rows that differ: mean of cᵢ − σᵢ² < 0 ⇒ helps"
  let statement = """
    On a given design whose rows differ in their residual moments, distillation helps for all sufficiently small α > 0 where \
    the mean of cᵢ − σᵢ² over the rows is negative.
    """
  let status = Status.refuted
  let assumptions: [Assumption] = [.oneLabel, .rowMoments]

  func premise(_ facts: Facts) throws(Unmet) -> Bool { try facts.designRows().meanSlack.signum < 0 }

  func premiseMargin(_ facts: Facts) throws(Unmet) -> Rational {
    let rows = try facts.designRows()
    return -rows.meanSlack * Rational(rows.moments.count) / rows.moments.reduce(0) { $0 + $1.y }
  }

  func conclusion(_ facts: Facts) throws(Unmet) -> Bool { try facts.designRows().halfSlope.signum < 0 }

  /// −Σℓᵢ(cᵢ−σᵢ²)/Σℓᵢσᵢ².
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    let rows = try facts.designRows()
    return -rows.halfSlope / rows.excess(0)
  }

  func quantities(_ facts: Facts) throws(Unmet) -> Quantities {
    let rows = try facts.designRows()
    return Quantities(
      hypothesis: [Quantity("mean of c − σε²", rows.meanSlack)],
      conclusion: [Quantity("sum of ℓ(c − σε²)", rows.halfSlope)])
  }
}
