// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation

extension LinearStudent {
  /// The least-squares student of a sample's moments, freed of the noise of the fits that the moments came from.
  ///
  /// A sample's own A, G and var(vᵀx2) exceed the population's by kσε², kc and kση² on average, k that of the sample, and the square of
  /// v − κw*, κ the best multiple, by k(p2−1)/p2·var(t−κy | x2). All are taken away, the last down to 0. Its predictions may be about another number
  /// of rows, of which k is `k`.
  ///
  /// - Precondition: the covariance of y and of x2 is positive, `inputs` ≥ 1, `sampleK` and `k` > 0.
  init(sample m: ConditionalMoments<Number>, sampleK: Number, k: Number, inputs p2: Int) {
    let (label, both, teacher) = (m.residualVariance, m.residualCovariance, m.teacherResidualVariance)
    let (zero, two) = (Number.whole(0), Number.whole(2))
    let varS = max(zero, m.varS - sampleK * label)
    let covTS = varS > zero ? m.covTS - sampleK * both : zero
    func factor(_ k: Number) -> Number { (covTS + k * both) / (varS + k * label) }
    func noise(_ factor: Number) -> Number { teacher - two * factor * both + factor * factor * label }
    let (own, new) = (factor(sampleK), factor(k))
    let surplus = sampleK * .whole(p2 - 1) / .whole(p2) * noise(own)
    let seen = m.explainedTeacherVariance - m.covTS * m.covTS / m.varS - surplus
    // The square at the factor of the predictions, from that at the factor of the sample.
    let square = max(zero, max(zero, seen) + (new - own) * (varS * (own + new) - two * covTS))
    let labelSquare = varS + k * label
    let product = covTS + k * both
    self.init(
      atZero: varS, labelPull: varS, teacherPull: covTS, labelSquare: labelSquare, product: product,
      teacherSquare: square + k * noise(new) + product * product / labelSquare)
  }
}
