// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// Soft labels never over-react: small weights help for every teacher of classes.
///
/// For an independent copy (t', y') of an outcome, ⟨t − t', y − y'⟩ ≤ 2·1[y ≠ y'], so cov(t, y) ≤ var(y) in every cell, and equality needs that
/// one label only occurs or t = y. With two classes that is cov(y, τ | x2) ≤ π(1 − π), τ the teacher's probability and π the label's. Harm comes
/// from too large a weight only: the risk is a parabola.
struct SoftLabels: ClassClaim {
  let id = "soft-labels"
  let summary = "classes: some cell has 2 labels and t ≠ y ⇔ small α help"
  let statement = """
    Between classes, with soft labels of any teacher and a student that is a table: in every cell cov(t,y) ≤ var(y), and small weights help \
    if and only if in some cell that counts two labels occur and a soft label that is not the label; else no weight helps.
    """
  let status = Status.proved

  func premise(_ model: FiniteModel) -> Bool { true }

  func conclusion(_ model: FiniteModel) -> Bool {
    let (risk, isOpen) = (model.risk, model.cells.contains(where: \.isOpen))
    return SoftLabels.leastGap(model).signum >= 0 && risk.helpsForSmall == isOpen
      // Where small weights do not help, none does: the risk is convex.
      && (isOpen || risk.slope.signum >= 0 && risk.curvature.signum >= 0)
  }

  func margin(_ model: FiniteModel) -> Rational {
    let (slope, gap) = (model.risk.slope, SoftLabels.leastGap(model))
    let own = model.cells.contains(where: \.isOpen) ? -slope : slope
    return gap.signum < 0 && gap < own ? gap : own
  }

  func quantities(_ model: FiniteModel) -> Quantities {
    Quantities(
      hypothesis: [Quantity("open cells", Rational(model.cells.count(where: \.isOpen)))],
      conclusion: [Quantity("dR/dalpha at 0", model.risk.slope)])
  }

  /// The least var(y) − cov(t, y) of a cell.
  private static func leastGap(_ model: FiniteModel) -> Rational {
    model.cells.map { cell in
      let moments = cell.moments
      return moments.label - moments.softCovariance
    }.min() ?? 0
  }
}
