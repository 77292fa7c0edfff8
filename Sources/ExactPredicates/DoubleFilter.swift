/// The first stage: a Cholesky decomposition in Doubles whose every conclusion is proved.
///
/// The covariance G of (x2, t, y, the rest of x1) is scaled by powers of 2, which is exact, to a diagonal in [1, 4). Its
/// entries are off by at most a relative u' = 2u, from rounding large whole numbers. Let γ(n) = nu/(1−nu).
///
/// *Positive definite* (after Rump, BIT 46, 2006). If the Cholesky decomposition of fl(G − cI) completes, its factor L is
/// exact for a matrix that differs by E with |E_ij| ≤ γ/(1−γ)·√(g_ii g_jj), γ = γ(d+4) (Higham, Accuracy and Stability,
/// thm 10.3, where it is γ(d+1); a product with the rounded reciprocal of a pivot has up to three roundings more than a
/// division by it), so ‖E‖ ≤ γ/(1−γ)·tr G ≤ γ/(1−γ)·4d. The entries of LLᵀ, and so those of G, are below 4.01 in size, as the
/// diagonal is below 4: their errors of 2u make a matrix of norm at most 2u·4.01d. With the rounding of g_ii − c,
/// λmin(G) ≥ c − β, β = γ/(1−γ)·4d + 4u + 8.02du, here with 1 % more. As c = 3β, λmin(G) ≥ λ = 2β > 0. The same holds for
/// the leading block before the first pivot that is not positive.
///
/// *Conditional moments.* Let A = G(x2,x2), b_z its column for z ∈ {t, y}, and û_z any vector, with the residual
/// r_z = b_z − Aû_z. Then b_zᵀA⁻¹b_w = û_zᵀb_w + r_zᵀû_w + r_zᵀA⁻¹r_w, so the conditional moment g_zw − b_zᵀA⁻¹b_w is within
/// |r_z|ᵀ|û_w| + ‖r_z‖‖r_w‖/λ of g_zw − û_zᵀb_w: for a good û both are tiny, whatever the condition of A. Dot products and
/// residuals are bounded by γ as usual, with 2u more for the entries; sums of bounds are inflated by 2⁻²⁰.
final class DoubleFilter {
  private var capacity = 0
  /// G, then the factor, row by row; then the vectors of the regressions.
  private var memory = UnsafeMutablePointer<Double>.allocate(capacity: 1)
  private var exponents = UnsafeMutablePointer<Int>.allocate(capacity: 1)

  deinit {
    memory.deallocate()
    exponents.deallocate()
  }

  /// What is certain of a problem.
  struct Finding {
    /// The order of the leading block of the covariance of (x2, t, y, the rest of x1) that is certainly positive definite.
    let order: Int
    /// The moments of (t, y), each within its bound.
    let moments: ResidualMoments<BoundedDouble>
  }

  /// The certain findings; nil where not even the block of (x2, t, y) is certainly positive definite.
  func callAsFunction(_ problem: IntegerProblem) -> Finding? {
    let d = problem.size
    if d > capacity { reserve(d) }
    let work = Work(
      d: d, p: problem.p2, g: memory, factor: memory + d * d, vectors: memory + 2 * d * d, exponents: exponents)
    guard work.load(problem) else { return nil }
    let (order, lambda) = work.decompose()
    return order < problem.p2 + 2 ? nil : Finding(order: order, moments: work.conditional(lambda))
  }

  private func reserve(_ d: Int) {
    memory.deallocate()
    exponents.deallocate()
    memory = .allocate(capacity: 2 * d * d + 4 * d)
    exponents = .allocate(capacity: d)
    capacity = d
  }
}

private let unit = 0x1p-53

/// At least γ(n)/(1−γ(n)), for n below a million.
private func gamma(_ n: Int) -> Double { Double(n + 2) * 0x1.0000001p-53 }

/// 2^exponent, for exponents of scaled 64-bit numbers and their products.
@inline(__always) private func power(_ exponent: Int) -> Double {
  Double(bitPattern: UInt64(truncatingIfNeeded: 1023 + exponent) << 52)
}

/// The number as a Double, within a relative 2u: two halves of one sign, each rounded once, and their sum.
@inline(__always) private func rounded(_ value: Int128) -> Double {
  if let small = Int64(exactly: value) { return Double(small) }
  let size = value.magnitude
  let halves = Double(UInt64(truncatingIfNeeded: size >> 64)) * 0x1p64 + Double(UInt64(truncatingIfNeeded: size))
  return value < 0 ? -halves : halves
}

/// One decision, in memory that the filter owns.
private struct Work {
  let d, p: Int
  let g, factor, vectors: UnsafeMutablePointer<Double>
  let exponents: UnsafeMutablePointer<Int>

  /// The scaled covariance of (x2, t, y, the rest of x1), below the diagonal; false where a variance is not positive or a
  /// covariance of t does not fit 128 bits.
  @inline(__always) func load(_ problem: IntegerProblem) -> Bool {
    let p1 = problem.p1
    guard let replaced = problem.replaced, let sigma = problem.sigma.baseAddress else { return false }
    // The coordinate of Σ at each place of the basis; t stands at place p.
    @inline(__always) func source(_ place: Int) -> Int {
      if place < p { return p1 + place }
      if place == p + 1 { return d - 1 }
      let rest = place - p - 2
      return rest < replaced ? rest : rest + 1
    }
    for i in 0..<d {
      if i == p {
        guard loadTeacher(problem, source) else { return false }
        continue
      }
      let row = sigma + source(i) * d
      for j in 0..<min(i + 1, p) { g[i * d + j] = Double(row[p1 + j]) }
      if i > p {
        for j in (p + 1)..<(i + 1) { g[i * d + j] = Double(row[source(j)]) }
        guard let covariance = problem.covarianceOfTeacher(source(i)) else { return false }
        g[i * d + p] = rounded(covariance)
      }
    }
    return scale()
  }

  /// The row of t: its covariances with x2, and its variance.
  @inline(__always) private func loadTeacher(_ problem: IntegerProblem, _ source: (Int) -> Int) -> Bool {
    for j in 0..<p {
      guard let covariance = problem.covarianceOfTeacher(source(j)) else { return false }
      g[p * d + j] = rounded(covariance)
    }
    guard let variance = problem.varianceOfTeacher else { return false }
    g[p * d + p] = rounded(variance)
    return true
  }

  @inline(__always) private func scale() -> Bool {
    for i in 0..<d {
      let diagonal = g[i * d + i]
      guard diagonal > 0 else { return false }
      exponents[i] = -(Int(diagonal.exponent) >> 1)
      for j in 0...i { g[i * d + j] *= power(exponents[i] + exponents[j]) }
    }
    return true
  }

  /// Computes the Cholesky factor of G − cI, row by row below the diagonal, with the reciprocals of its diagonal on it.
  ///
  /// - Returns: the order of the leading block for which it completes, and λ, the lower bound of the block's least eigenvalue.
  @inline(__always) func decompose() -> (order: Int, lambda: Double) {
    let beta = 1.01 * (gamma(d + 4) * Double(4 * d) + unit * Double(8 * d + 4))
    let shift = 3 * beta
    for i in 0..<d {
      let row = factor + i * d
      for j in 0..<i { row[j] = (g[i * d + j] - dot(row, factor + j * d, j)) * factor[j * d + j] }
      let pivot = (g[i * d + i] - shift) - dot(row, row, i)
      guard pivot > 0 else { return (i, 2 * beta) }
      row[i] = 1 / pivot.squareRoot()
    }
    return (d, 2 * beta)
  }

  /// The moments after conditioning on x2, in the scale of y.
  @inline(__always) func conditional(_ lambda: Double) -> ResidualMoments<BoundedDouble> {
    let (t, y) = (g + p * d, g + (p + 1) * d)
    regress(t, y)
    let (weightsT, weightsY) = (vectors, vectors + p)
    // g_zw − û_zᵀb_w, the sum of the sizes of its terms, and |r_z|ᵀ|û_w|, for zw = tt, ty, yy.
    var (sums, sizes) = (SIMD4(t[p], y[p], y[p + 1], 0), SIMD4(abs(t[p]), abs(y[p]), abs(y[p + 1]), 0))
    var (products, norms) = (SIMD4<Double>.zero, SIMD2<Double>.zero)
    for i in 0..<p {
      let residual = residual(i, t, y)
      norms += residual * residual
      let terms = SIMD4(weightsT[i], weightsT[i], weightsY[i], 0) * SIMD4(t[i], y[i], y[i], 0)
      sums -= terms
      sizes += magnitudes(terms)
      products +=
        SIMD4(residual.x, residual.x, residual.y, 0)
        * magnitudes(SIMD4(weightsT[i], weightsY[i], weightsY[i], 0))
    }
    let (normT, normY) = (norms.x.squareRoot(), norms.y.squareRoot())
    let tails = SIMD4(normT * normT, normT * normY, normY * normY, 0) * (1.000001 / lambda)
    let errors = 1.000002 * (products + tails + gamma(p + 4) * sizes) + .leastNormalMagnitude
    // t was scaled by 2^e_t and y by 2^e_y: in the scale of y, t has the factor 2^(e_y − e_t), which is exact.
    let one = power(exponents[p + 1] - exponents[p])
    let two = one * one
    func given(_ value: Double) -> BoundedDouble { BoundedDouble(value, error: 2 * unit * abs(value)) }
    return ResidualMoments(
      varT: given(t[p] * two), covTY: given(y[p] * one), varY: given(y[p + 1]),
      residualT: BoundedDouble(sums.x * two, error: errors.x * two),
      c: BoundedDouble(sums.y * one, error: errors.y * one), residualY: BoundedDouble(sums.z, error: errors.z),
      factor: BoundedDouble(1, error: 0))
  }

  /// Solves Aû = b for t and y together with the factor: û_t, then û_y in `vectors`.
  @inline(__always) private func regress(_ t: UnsafeMutablePointer<Double>, _ y: UnsafeMutablePointer<Double>) {
    let (weightsT, weightsY) = (vectors, vectors + p)
    for i in 0..<p {
      let row = factor + i * d
      var (sumT, sumY) = (t[i], y[i])
      for j in 0..<i {
        sumT -= row[j] * weightsT[j]
        sumY -= row[j] * weightsY[j]
      }
      (weightsT[i], weightsY[i]) = (sumT * row[i], sumY * row[i])
    }
    for i in stride(from: p - 1, through: 0, by: -1) {
      let row = factor + i * d
      let (valueT, valueY) = (weightsT[i] * row[i], weightsY[i] * row[i])
      (weightsT[i], weightsY[i]) = (valueT, valueY)
      for j in 0..<i {
        weightsT[j] -= row[j] * valueT
        weightsY[j] -= row[j] * valueY
      }
    }
  }

  /// Bounds of entry `i` of |r_t| and |r_y|.
  @inline(__always) private func residual(
    _ i: Int, _ t: UnsafeMutablePointer<Double>, _ y: UnsafeMutablePointer<Double>
  ) -> SIMD2<Double> {
    let (weightsT, weightsY) = (vectors, vectors + p)
    var sum = SIMD2(t[i], y[i])
    var size = SIMD2(abs(t[i]), abs(y[i]))
    @inline(__always) func subtract(_ entry: Double, _ j: Int) {
      let term = entry * SIMD2(weightsT[j], weightsY[j])
      sum -= term
      size += SIMD2(abs(term.x), abs(term.y))
    }
    for j in 0..<(i + 1) { subtract(g[i * d + j], j) }
    for j in (i + 1)..<max(p, i + 1) { subtract(g[j * d + i], j) }
    return 1.000001 * (SIMD2(abs(sum.x), abs(sum.y)) + gamma(p + 4) * size) + .leastNormalMagnitude
  }
}

/// The absolute values of the first three.
@inline(__always) private func magnitudes(_ x: SIMD4<Double>) -> SIMD4<Double> {
  SIMD4(abs(x.x), abs(x.y), abs(x.z), 0)
}

/// The dot product of `count` numbers, in four sums: the bound γ(count) holds in any order of summation.
@inline(__always)
private func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
  var index = 0
  var total = 0.0
  if count >= 8 {
    var sums = SIMD4<Double>.zero
    while index + 4 <= count {
      let x = UnsafeRawPointer(a + index).loadUnaligned(as: SIMD4<Double>.self)
      let y = UnsafeRawPointer(b + index).loadUnaligned(as: SIMD4<Double>.self)
      sums += x * y
      index += 4
    }
    total = sums.sum()
  }
  while index < count {
    total += a[index] * b[index]
    index += 1
  }
  return total
}
