// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// That a teacher of classes which helps must know something.
///
/// It need not: label smoothing, the uniform teacher, says the same whatever it sees and helps where labels are noisy, as it draws the
/// table's rows together. Even less than I(t; s) > 0 is asked for here: that the soft label is not always the same.
struct LabelSmoothingInforms: ClassClaim {
  let id = "label-smoothing-informs"
  let summary = "classes: helps ⇒ I(t;s) > 0"
  let statement = """
    Between classes: if small weights help, the teacher's soft labels tell something, I(t;s) > 0; in particular they are not the same whatever \
    is seen.
    """
  let status = Status.refuted

  func premise(_ model: FiniteModel) -> Bool { model.risk.helpsForSmall }

  func conclusion(_ model: FiniteModel) -> Bool { model.teacherRange.signum > 0 }

  func margin(_ model: FiniteModel) -> Rational { model.teacherRange }

  func quantities(_ model: FiniteModel) -> Quantities {
    Quantities(
      hypothesis: [Quantity("dR/dalpha at 0", model.risk.slope)],
      conclusion: [Quantity("range of the soft labels", model.teacherRange)])
  }
}
