// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// The numbers that a lemma `refute_…` takes, in its order: sizes, rows, weights, Σ, teachers.
struct CoqRefutation {
  let arguments: [String]

  /// What refutes `claim` on `instance`.
  ///
  /// - Throws: ``ExportError/notInCoq(_:)`` where the lemma is about less than the claim.
  init(_ claim: any Claim, _ instance: Instance) throws(ExportError) {
    let facts = Facts(instance)
    let (p1, p2, n) = ("\(instance.p1)", "\(instance.p2)", "\(instance.n ?? 0)")
    switch claim.id {
    case "two-informations-decide":
      guard let (first, second) = instance.candidates, first.p1 == second.p1 else {
        throw .notInCoq("both candidates must have as many coordinates")
      }
      arguments = ["\(first.p1)", p2, "(\(coq(first.sigma)))", "(\(coq(second.sigma)))"]
    case "more-features":
      // The coordinate that is taken away is the last.
      arguments = [p1, "\(instance.p2 - 1)", "1", "sigma", "w1"]
    case "survives-ridge":
      guard instance.sigma.selecting(instance.x2) == .identity(instance.p2) else {
        throw .notInCoq("the lemma is about Σ22 = 1: scale x2")
      }
      arguments = [p1, p2, n, "(\(coq(instance.extras.ridge ?? 0)))", "sigma", "w1"]
    case "drop-harmful-teacher":
      guard let second = instance.extras.secondTeacher,
        let weights = try? DropHarmfulTeacher().betterWeights(facts)
      else { throw .notInCoq("there are no better weights") }
      let (b, d) = ("(\(coq(weights.first)))", "(\(coq(weights.second)))")
      arguments = [p1, p2, n, b, d, "sigma", "w1", "(\(coq(second)))"]
    case "fresh-is-better":
      guard case .finite(let best)? = (try? facts.risk())?.bestLambda else {
        throw .notInCoq("the best λ is infinite")
      }
      arguments = [p1, p2, n, "(\(coq(best)))", "sigma", "w1"]
    case "average-criterion":
      guard let design = instance.extras.design, let rows = instance.extras.rowMoments else {
        throw .notInCoq("it needs a design and its moments")
      }
      let moments = RationalMatrix(rows: rows.count, columns: 3) { [rows[$0].y, rows[$0].ty, rows[$0].t][$1] }
      let inputs = instance.sigma.selecting(instance.x2)
      arguments = ["\(design.rows)", p2, "(\(coq(inputs)))", "(\(coq(design)))", "(\(coq(moments)))"]
    default: arguments = CoqRefutation.general(claim, instance)
    }
  }

  /// The sizes, and n and λ where the claim is about them, then Σ and the teacher, which Coq computes where it is the
  /// least-squares one.
  private static func general(_ claim: any Claim, _ instance: Instance) -> [String] {
    let (assumptions, first) = (Set(claim.assumptions), instance.p1a ?? 0)
    var sizes = assumptions.contains(.candidates) ? [first, instance.p1 - first] : [instance.p1]
    sizes.append(instance.p2)
    if assumptions.contains(.severalLabels) { sizes.append(instance.q) }
    if assumptions.contains(.trainingRows) { sizes.append(instance.n ?? 0) }
    let weight = assumptions.contains(.positiveLambda) ? ["(\(coq(instance.lambda ?? 0)))"] : []
    let teacher = assumptions.isDisjoint(with: [.leastSquaresTeacher, .candidates]) ? ["w1"] : []
    return sizes.map(String.init) + weight + ["sigma"] + teacher
  }
}
