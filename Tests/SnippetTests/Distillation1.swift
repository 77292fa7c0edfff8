// swift-format-ignore-file: made by Tests/Snippets/generate.py from Sources/Distillation/Distillation.docc/Distillation.md.
import Distillation
import ExactAlgebra

func snippetDistillation1() async throws {
  let sigma: RationalMatrix = [[2, 1, 1], [1, 2, 1], [1, 1, 2]]
  let instance = try Instance(sigma: sigma, p1: 1, p2: 1, w1: [["1"]], n: 20)
  let risk = try Risk(Moments(instance), n: 20, p2: 1)
  _ = risk.helpsForSmallLambda   // c < σε², decided exactly
  _ = risk.window                // the λ > 0 with R(λ) < R0
  _ = risk(1) - risk.baselineRisk  // what λ = 1 changes, a fraction
}
