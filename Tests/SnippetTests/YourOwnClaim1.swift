// swift-format-ignore-file: made by Tests/Snippets/generate.py from Sources/Claims/Claims.docc/YourOwnClaim.md.
import Claims
import Distillation
import ExactAlgebra

struct YourOwnClaim1 {
  struct QuietTeacher: Claim {
    let id = "quiet-teacher"
    let summary = "var t ≤ var s ⇒ helps for small λ"
    let statement = "If the teacher varies no more than the best student, distillation helps for all sufficiently small λ > 0."
    let status = Status.open
    let assumptions: [Assumption] = [.teacher, .student, .oneLabel]

    func premise(_ facts: Facts) -> Bool { facts.moments.varT <= facts.moments.varS }
    func conclusion(_ facts: Facts) -> Bool { facts.moments.c < facts.moments.residualVariance }
    func margin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }
    func premiseMargin(_ facts: Facts) -> Rational { 1 - facts.moments.varT / facts.moments.varS }
  }
}
