// SPDX-License-Identifier: GPL-3.0-or-later
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

/// One decision of the ``DoubleFilter``, in memory that it owns; the bounds are derived there.
struct FilterWorkspace {
  let problem: IntegerProblem
  /// The order of Σ and the number of student inputs.
  let d, p: Int
  /// The columns of `problem`, and as many rounded up to an even number.
  let columns, paddedColumns: Int
  /// G, then its Cholesky factor, row by row below the diagonal.
  let g, factor: UnsafeMutablePointer<Double>
  /// For each column its p covariances with x2, its regression weights on x2 and the bounds of its residuals, pair by
  /// pair.
  private let covariances, weights, residuals: UnsafeMutablePointer<SIMD2<Double>>
  /// The covariances of the columns, and bounds of the norms of their residuals.
  private let totals, norms: UnsafeMutablePointer<Double>
  /// The exponents of the powers of 2 that the rows of G and the columns are scaled by.
  private let exponents: UnsafeMutablePointer<Int>

  init(
    _ problem: IntegerProblem, columns padded: Int, _ memory: UnsafeMutablePointer<Double>,
    _ exponents: UnsafeMutablePointer<Int>
  ) {
    self.problem = problem
    (d, p, paddedColumns, self.exponents) = (problem.size, problem.p2, padded, exponents)
    columns = problem.q + problem.teacherCount
    (g, factor) = (memory, memory + d * d)
    let size = padded * p / 2
    // An even number of Doubles stands before, so the pairs are aligned as the memory is.
    covariances = UnsafeMutableRawPointer(memory + 2 * d * d).assumingMemoryBound(to: SIMD2<Double>.self)
    (weights, residuals) = (covariances + size, covariances + 2 * size)
    totals = memory + 2 * d * d + 6 * size
    norms = totals + padded * padded
  }

  // MARK: Loading

  /// G below the diagonal; false where a variance is not positive.
  @inline(__always) func load() -> Bool {
    for i in 0..<d {
      let row = problem.source(i)
      for j in 0...i { g[i * d + j] = Double(problem.entry(row, problem.source(j))) }
      let diagonal = g[i * d + i]
      guard diagonal > 0 else { return false }
      exponents[i] = -(Int(diagonal.exponent) >> 1)
      for j in 0...i { g[i * d + j] *= power(exponents[i] + exponents[j]) }
    }
    return true
  }

  /// The covariances of the columns; false where one does not fit 128 bits or an output of a teacher does not vary.
  @inline(__always) func loadColumns() -> Bool {
    let q = problem.q
    for column in 0..<columns {
      let isLabel = column >= q && column < 2 * q
      guard isLabel ? loadLabel(column) : loadTeacher(column, column < q ? column : column - q) else { return false }
    }
    if columns < paddedColumns {
      for i in 0..<p { self[covariances, columns, i] = 0 }
    }
    return true
  }

  @inline(__always) private func loadLabel(_ column: Int) -> Bool {
    let q = problem.q
    let place = d - 2 * q + column
    exponents[d + column] = exponents[place]
    for i in 0..<p { self[covariances, column, i] = g[place * d + i] }
    for label in q...column { setTotal(column, label, g[place * d + d - 2 * q + label]) }
    // Those with the outputs of the teacher stand before.
    for teacher in 0..<q {
      guard let covariance = problem.covariance(teacher, problem.source(place)) else { return false }
      setTotal(column, teacher, rounded(covariance) * power(exponents[d + teacher] + exponents[place]))
    }
    return true
  }

  @inline(__always) private func loadTeacher(_ column: Int, _ teacher: Int) -> Bool {
    guard let variance = problem.covariance(ofTeachers: teacher, teacher), variance > 0 else { return false }
    let value = rounded(variance)
    let exponent = -(Int(value.exponent) >> 1)
    exponents[d + column] = exponent
    setTotal(column, column, value * power(2 * exponent))
    for i in 0..<p {
      guard let covariance = problem.covariance(teacher, problem.source(i)) else { return false }
      self[covariances, column, i] = rounded(covariance) * power(exponent + exponents[i])
    }
    for other in 0..<column {
      let q = problem.q
      let isLabel = other >= q && other < 2 * q
      let covariance =
        isLabel
        ? problem.covariance(teacher, d - 2 * q + other)
        : problem.covariance(ofTeachers: teacher, other < q ? other : other - q)
      guard let covariance else { return false }
      setTotal(column, other, rounded(covariance) * power(exponent + exponents[d + other]))
    }
    return true
  }

  @inline(__always) private func setTotal(_ i: Int, _ j: Int, _ value: Double) { totals[i * columns + j] = value }

  /// A number of one column among pairs of columns.
  @inline(__always) private subscript(_ memory: UnsafeMutablePointer<SIMD2<Double>>, _ column: Int, _ i: Int) -> Double
  {
    get { memory[(column >> 1) * p + i][column & 1] }
    nonmutating set { memory[(column >> 1) * p + i][column & 1] = newValue }
  }

  // MARK: Factor and regressions

  /// Computes the Cholesky factor of G − cI, row by row below the diagonal, with the reciprocals of its diagonal on it.
  ///
  /// - Returns: the order of the leading block for which it completes, and λ, the lower bound of the block's least
  /// eigenvalue.
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

  /// Solves Aû = b with the factor for every pair of columns, and bounds the residuals.
  @inline(__always) func regress() {
    for pair in 0..<(paddedColumns >> 1) {
      let (b, û) = (covariances + pair * p, weights + pair * p)
      for i in 0..<p {
        let row = factor + i * d
        var sum = b[i]
        for j in 0..<i { sum -= row[j] * û[j] }
        û[i] = sum * row[i]
      }
      for i in stride(from: p - 1, through: 0, by: -1) {
        let row = factor + i * d
        let value = û[i] * row[i]
        û[i] = value
        for j in 0..<i { û[j] -= row[j] * value }
      }
      var norm = SIMD2<Double>.zero
      for i in 0..<p {
        let bound = residual(i, b, û)
        residuals[pair * p + i] = bound
        norm += bound * bound
      }
      (norms[2 * pair], norms[2 * pair + 1]) = (norm.x.squareRoot(), norm.y.squareRoot())
    }
  }

  /// Bounds of entry `i` of |r| for a pair of columns.
  @inline(__always) private func residual(
    _ i: Int, _ b: UnsafeMutablePointer<SIMD2<Double>>, _ û: UnsafeMutablePointer<SIMD2<Double>>
  ) -> SIMD2<Double> {
    var sum = b[i]
    var size = magnitudes(b[i])
    @inline(__always) func subtract(_ entry: Double, _ j: Int) {
      let term = entry * û[j]
      sum -= term
      size += magnitudes(term)
    }
    for j in 0..<(i + 1) { subtract(g[i * d + j], j) }
    for j in (i + 1)..<max(p, i + 1) { subtract(g[j * d + i], j) }
    return 1.000001 * (magnitudes(sum) + gamma(p + 4) * size) + .leastNormalMagnitude
  }

  /// The moments of the columns, in the scale of the last label.
  @inline(__always) func conditional(_ lambda: Double, _ moments: ProblemMoments<BoundedDouble>) {
    moments.setFactor(BoundedDouble(1, error: 0))
    let reference = exponents[d + 2 * problem.q - 1]
    for i in 0..<columns {
      for j in 0...i {
        // g_zw − û_zᵀb_w, the sum of the sizes of its terms, and |r_z|ᵀ|û_w|.
        let total = totals[i * columns + j]
        var (sum, size, product) = (total, abs(total), 0.0)
        for k in 0..<p {
          let term = self[weights, i, k] * self[covariances, j, k]
          sum -= term
          size += abs(term)
          product += self[residuals, i, k] * abs(self[weights, j, k])
        }
        let tail = norms[i] * norms[j] * (1.000001 / lambda)
        let error = 1.000002 * (product + tail + gamma(p + 4) * size) + .leastNormalMagnitude
        // Columns were scaled by powers of 2: so is this, exactly.
        let scale = power(reference - exponents[d + i]) * power(reference - exponents[d + j])
        moments.set(
          i, j, total: BoundedDouble(total * scale, error: 2 * unit * abs(total * scale)),
          residual: BoundedDouble(sum * scale, error: error * scale))
      }
    }
  }
}

/// The absolute values.
@inline(__always) private func magnitudes(_ x: SIMD2<Double>) -> SIMD2<Double> { SIMD2(abs(x.x), abs(x.y)) }

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
