/// The first stage: a Cholesky decomposition in Doubles whose every conclusion is proved.
///
/// The covariance G of (x2, t, y, the rest of x1) is scaled by powers of 2, which is exact, to a diagonal in [1, 4). Its
/// entries are off by at most a relative u' = 2u, from rounding large whole numbers. Let γ(n) = nu/(1−nu).
///
/// *Positive definite* (after Rump, BIT 46, 2006). If the Cholesky decomposition of fl(G − cI) completes, its factor is
/// exact for a matrix that differs by E with |E_ij| ≤ γ(d+1)/(1−γ(d+1))·√(g_ii g_jj) (Higham, Accuracy and Stability,
/// thm 10.3), so ‖E‖ ≤ γ(d+1)/(1−γ(d+1))·tr G. With the rounding of g_ii − c and of the entries,
/// λmin(G) ≥ c − β, β = γ(d+1)/(1−γ(d+1))·tr G + u·max g_ii + 2u‖G‖_F. Here c = 3β, so λmin(G) ≥ λ = 2β > 0.
///
/// *Conditional moments.* Let A = G(x2,x2), b_z its column for z ∈ {t, y}, and û_z any vector, with the residual
/// r_z = b_z − Aû_z. Then b_zᵀA⁻¹b_w = û_zᵀb_w + r_zᵀû_w + r_zᵀA⁻¹r_w, so the conditional moment g_zw − b_zᵀA⁻¹b_w is within
/// |r_z|ᵀ|û_w| + ‖r_z‖‖r_w‖/λ of g_zw − û_zᵀb_w: for a good û both are tiny, whatever the condition of A. Dot products and
/// residuals are bounded by γ as usual, with 2u more for the entries; sums of bounds are inflated by 2⁻²⁰.
struct DoubleFilter {
  private let unit = 0x1p-53
  private var capacity = 0
  private var g: [Double] = []
  private var factor: [Double] = []
  private var vectors: [Double] = []
  private var exponents: [Int] = []

  /// The moments of (t, y), each within its bound; nil where positive definiteness is not certain.
  mutating func moments(_ problem: IntegerProblem) -> ResidualMoments<BoundedDouble>? {
    let d = problem.size
    reserve(d)
    guard load(problem), decompose(d) else { return nil }
    return conditional(problem.p2, d)
  }

  private mutating func reserve(_ d: Int) {
    guard d > capacity else { return }
    capacity = d
    g = [Double](repeating: 0, count: d * d)
    factor = g
    vectors = [Double](repeating: 0, count: 6 * d)
    exponents = [Int](repeating: 0, count: d)
  }

  /// The scaled covariance; false where a variance is not positive or a covariance of t does not fit 128 bits.
  private mutating func load(_ problem: IntegerProblem) -> Bool {
    let (p1, p2, d) = (problem.p1, problem.p2, problem.size)
    guard let replaced = problem.replaced else { return false }
    // The coordinate of Σ at each place of the basis; t stands at place p2.
    func source(_ place: Int) -> Int {
      if place < p2 { return p1 + place }
      if place == p2 + 1 { return d - 1 }
      let rest = place - p2 - 2
      return rest < replaced ? rest : rest + 1
    }
    for i in 0..<d where i != p2 {
      let row = source(i)
      for j in 0...i where j != p2 { g[i * d + j] = Double(problem.entry(row, source(j))) }
    }
    for i in 0..<d where i != replaced {
      guard let covariance = problem.covarianceOfTeacher(i) else { return false }
      let place = i >= p1 && i < p1 + p2 ? i - p1 : i == d - 1 ? p2 + 1 : i < replaced ? p2 + 2 + i : p2 + 1 + i
      g[max(place, p2) * d + min(place, p2)] = Double(covariance)
    }
    guard let variance = problem.varianceOfTeacher(problem.covarianceOfTeacher) else { return false }
    g[p2 * d + p2] = Double(variance)
    return scale(d)
  }

  private mutating func scale(_ d: Int) -> Bool {
    for i in 0..<d {
      let diagonal = g[i * d + i]
      guard diagonal > 0 else { return false }
      exponents[i] = -Int((Double(diagonal.exponent) / 2).rounded(.down))
    }
    for i in 0..<d {
      for j in 0...i { g[i * d + j] *= power(exponents[i] + exponents[j]) }
    }
    return true
  }

  private func power(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }

  private func gamma(_ n: Int) -> Double { Double(n + 2) * 0x1.0000001p-53 }

  /// The Cholesky factor of G − cI, row by row below the diagonal; false where a pivot is not positive.
  private mutating func decompose(_ d: Int) -> Bool {
    var (trace, largest, squares) = (0.0, 0.0, 0.0)
    for i in 0..<d {
      trace += g[i * d + i]
      largest = max(largest, g[i * d + i])
      for j in 0...i { squares += g[i * d + j] * g[i * d + j] }
    }
    let beta = 1.001 * (gamma(d + 1) * trace + unit * largest + 2 * unit * (2 * squares).squareRoot())
    let shift = 3 * beta
    bound = 2 * beta
    return g.withUnsafeBufferPointer { g in
      factor.withUnsafeMutableBufferPointer { l in
        for i in 0..<d {
          for j in 0..<i {
            let sum = g[i * d + j] - dot(l.baseAddress! + i * d, l.baseAddress! + j * d, j)
            l[i * d + j] = sum / l[j * d + j]
          }
          let pivot = (g[i * d + i] - shift) - dot(l.baseAddress! + i * d, l.baseAddress! + i * d, i)
          guard pivot > 0 else { return false }
          l[i * d + i] = pivot.squareRoot()
        }
        return true
      }
    }
  }

  /// λ, the lower bound of the least eigenvalue of G.
  private var bound = 0.0

  /// The moments after conditioning on x2, in the scale of y.
  private mutating func conditional(_ p: Int, _ d: Int) -> ResidualMoments<BoundedDouble> {
    let (t, y) = (solve(p, p, d), solve(p + 1, p, d))
    let shift = exponents[p + 1] - exponents[p]
    // t was scaled by 2^e_t and y by 2^e_y: in the scale of y, t has the factor 2^(e_y − e_t), which is exact.
    func rescaled(_ x: BoundedDouble, _ exponent: Int) -> BoundedDouble {
      BoundedDouble(x.value * power(exponent), error: x.error * power(exponent))
    }
    func given(_ i: Int, _ j: Int) -> BoundedDouble {
      BoundedDouble(g[i * d + j], error: 2 * unit * abs(g[i * d + j]))
    }
    return ResidualMoments(
      varT: rescaled(given(p, p), 2 * shift), covTY: rescaled(given(p + 1, p), shift), varY: given(p + 1, p + 1),
      residualT: rescaled(conditional(t, t, p, d), 2 * shift), c: rescaled(conditional(t, y, p, d), shift),
      residualY: conditional(y, y, p, d), factor: BoundedDouble(1, error: 0))
  }

  /// Where the regression of one coordinate on x2 is kept: û, and the bound of |r|; and ‖r‖.
  private struct Regression {
    let row: Int
    let weights: Int
    let residual: Int
    let norm: Double
  }

  /// Solves Aû = b for the row `row` of G with the factor, and bounds the residual.
  private mutating func solve(_ row: Int, _ p: Int, _ d: Int) -> Regression {
    let (weights, residual) = (row == p ? 0 : 2 * capacity, row == p ? capacity : 3 * capacity)
    for i in 0..<p {
      var sum = g[row * d + i]
      for j in 0..<i { sum -= factor[i * d + j] * vectors[weights + j] }
      vectors[weights + i] = sum / factor[i * d + i]
    }
    for i in stride(from: p - 1, through: 0, by: -1) {
      let value = vectors[weights + i] / factor[i * d + i]
      vectors[weights + i] = value
      for j in 0..<i { vectors[weights + j] -= factor[i * d + j] * value }
    }
    var norm = 0.0
    for i in 0..<p {
      var (sum, size) = (g[row * d + i], abs(g[row * d + i]))
      for j in 0..<p {
        let term = g[max(i, j) * d + min(i, j)] * vectors[weights + j]
        sum -= term
        size += abs(term)
      }
      let bound = 1.000001 * (abs(sum) + gamma(p + 4) * size) + .leastNormalMagnitude
      vectors[residual + i] = bound
      norm += bound * bound
    }
    return Regression(row: row, weights: weights, residual: residual, norm: norm.squareRoot())
  }

  private func conditional(_ z: Regression, _ w: Regression, _ p: Int, _ d: Int) -> BoundedDouble {
    let entry = g[max(z.row, w.row) * d + min(z.row, w.row)]
    var (sum, size, error) = (entry, abs(entry), 0.0)
    for i in 0..<p {
      let term = vectors[z.weights + i] * g[w.row * d + i]
      sum -= term
      size += abs(term)
      error += vectors[z.residual + i] * abs(vectors[w.weights + i])
    }
    error += z.norm * w.norm / bound + gamma(p + 4) * size
    return BoundedDouble(sum, error: 1.000001 * error + .leastNormalMagnitude)
  }
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
