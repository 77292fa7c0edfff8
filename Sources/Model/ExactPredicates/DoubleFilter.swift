// SPDX-License-Identifier: GPL-3.0-or-later
/// The first stage: a Cholesky decomposition in Doubles whose every conclusion is proved.
///
/// Σ, in the order x2, x1, y, and each output z of a teacher are scaled by powers of 2, which is exact, to variances in
/// [1, 4). The entries are off by at most a relative u' = 2u, from rounding large whole numbers. Let γ(n) = nu/(1−nu),
/// and G the scaled Σ.
///
/// *Positive definite* (after Rump, BIT 46, 2006). If the Cholesky decomposition of fl(G − cI) completes, its factor L
/// is exact for a matrix that differs by E with |E_ij| ≤ γ/(1−γ)·√(g_ii g_jj), γ = γ(d+4) (Higham, Accuracy and
/// Stability, thm 10.3, where it is γ(d+1); a product with the rounded reciprocal of a pivot has up to three roundings
/// more than a division by it), so ‖E‖ ≤ γ/(1−γ)·tr G ≤ γ/(1−γ)·4d. The entries of LLᵀ, and so those of G, are below
/// 4.01 in size, as the diagonal is below 4: their errors of 2u make a matrix of norm at most 2u·4.01d. With the
/// rounding of g_ii − c, λmin(G) ≥ c − β, β = γ/(1−γ)·4d + 4u + 8.02du, here with 1 % more. As c = 3β, λmin(G) ≥ λ = 2β
/// > 0. The same holds for the leading block before the first pivot that is not positive.
///
/// *Conditional moments.* Let A = G(x2,x2), b_z the covariances of a column z (an output of a teacher or a label) with
/// x2, and û_z any vector, with the residual r_z = b_z − Aû_z. Then b_zᵀA⁻¹b_w = û_zᵀb_w + r_zᵀû_w + r_zᵀA⁻¹r_w, so the
/// conditional moment g_zw − b_zᵀA⁻¹b_w is within |r_z|ᵀ|û_w| + ‖r_z‖‖r_w‖/λ of g_zw − û_zᵀb_w: for a good û both are
/// tiny, whatever the condition of A. Dot products and residuals are bounded by γ as usual, with 2u more for the
/// entries; sums of bounds are inflated by 2⁻²⁰.
///
/// *Determinants of Σ11 and of its Schur complement* are products of pivots of an elimination with a running bound.
final class DoubleFilter {
  /// The moments of the last problem for which x2 was certainly not degenerate, each within its bound.
  let moments = ProblemMoments<BoundedDouble>()
  private var capacity = 0
  private var memory = UnsafeMutablePointer<Double>.allocate(capacity: 1)
  private var exponents = UnsafeMutablePointer<Int>.allocate(capacity: 1)
  private var pivots = BoundedElimination()

  deinit {
    memory.deallocate()
    exponents.deallocate()
  }

  /// The order of the leading block of Σ in the order x2, x1, y that is certainly positive definite; ``moments`` are
  /// set where that is at least p2.
  ///
  /// - Returns: nil where a number does not fit.
  func callAsFunction(_ problem: IntegerProblem, needsInputs: Bool) -> Int? {
    let (d, p, teachers) = (problem.size, problem.p2, problem.teacherCount)
    // In pairs, so that two regressions run at once.
    let columns = (teachers + problem.q + 1) & ~1
    reserve(2 * d * d + 3 * columns * p + columns * columns + columns, d + columns)
    let work = FilterWorkspace(problem, columns: columns, memory, exponents)
    guard work.load(), work.loadColumns() else { return nil }
    let (order, lambda) = work.decompose()
    guard order >= p else { return order }
    begin(problem)
    work.regress()
    work.conditional(lambda, moments)
    if needsInputs { moments.inputs = pivots.determinants(of: work) }
    return order
  }

  private func begin(_ problem: IntegerProblem) {
    func number(_ value: Int64) -> BoundedDouble { BoundedDouble(whole: Int(value)) }
    moments.begin(problem, number)
  }

  private func reserve(_ numbers: Int, _ places: Int) {
    if numbers <= capacity { return }
    memory.deallocate()
    exponents.deallocate()
    memory = .allocate(capacity: numbers)
    exponents = .allocate(capacity: numbers)
    capacity = numbers
  }
}
