/// A distillation problem with one label and whole numbers, in flat memory that others own.
///
/// A rational Σ has this form after scaling by its common denominator, which changes no sign.
public struct IntegerProblem {
  /// The sizes of x1 and x2.
  public let p1, p2: Int
  /// Σ in the order x1, x2, y: (p1+p2+1)² entries, row by row, symmetric.
  public let sigma: UnsafeBufferPointer<Int64>
  /// The teacher's p1 weights.
  public let w1: UnsafeBufferPointer<Int64>
  /// The number of training rows, at least p2+2.
  public let n: Int

  /// A problem.
  ///
  /// - Precondition: the sizes fit, Σ is symmetric, n ≥ p2+2, and w1 is not zero.
  public init(p1: Int, p2: Int, sigma: UnsafeBufferPointer<Int64>, w1: UnsafeBufferPointer<Int64>, n: Int) {
    precondition(sigma.count == (p1 + p2 + 1) * (p1 + p2 + 1) && w1.count == p1 && n >= p2 + 2, "sizes that fit")
    (self.p1, self.p2, self.sigma, self.w1, self.n) = (p1, p2, sigma, w1, n)
  }

  /// The number of coordinates.
  public var size: Int { p1 + p2 + 1 }

  /// Whether Σ23 = cov(x2, y) is zero, so that w* = 0.
  public var optimalStudentIsZero: Bool { (p1..<(p1 + p2)).allSatisfy { entry($0, size - 1) == 0 } }

  func entry(_ i: Int, _ j: Int) -> Int64 { sigma[i * size + j] }

  /// The coordinate of x1 that t replaces in the basis (x2, t, y, the rest of x1): the first of nonzero weight; nil for w1 = 0.
  var replaced: Int? { w1.firstIndex { $0 != 0 } }

  /// cov(t, coordinate `i`) of Σ; nil where it does not fit 128 bits.
  @inline(__always) func covarianceOfTeacher(_ i: Int) -> Int128? {
    narrowCovarianceOfTeacher(i).map { Int128($0) } ?? wideCovarianceOfTeacher(i)
  }

  /// var(t); nil where it does not fit 128 bits.
  @inline(__always) var varianceOfTeacher: Int128? {
    var (sum, overflow) = (Int64(0), false)
    for i in 0..<p1 {
      guard let factor = narrowCovarianceOfTeacher(i) else { return wideVarianceOfTeacher }
      let (product, first) = factor.multipliedReportingOverflow(by: w1[i])
      let (total, second) = sum.addingReportingOverflow(product)
      overflow = overflow || first || second
      sum = total
    }
    return overflow ? wideVarianceOfTeacher : Int128(sum)
  }

  /// The covariance in 64 bits, which is enough for most problems; nil where it is not.
  @inline(__always) private func narrowCovarianceOfTeacher(_ i: Int) -> Int64? {
    var (sum, overflow) = (Int64(0), false)
    for j in 0..<p1 {
      let (product, first) = w1[j].multipliedReportingOverflow(by: entry(j, i))
      let (total, second) = sum.addingReportingOverflow(product)
      overflow = overflow || first || second
      sum = total
    }
    return overflow ? nil : sum
  }

  @inline(never) private func wideCovarianceOfTeacher(_ i: Int) -> Int128? {
    var sum = Int128(0)
    for j in 0..<p1 {
      let (total, overflow) = sum.addingReportingOverflow(Int128(w1[j]) * Int128(entry(j, i)))
      if overflow { return nil }
      sum = total
    }
    return sum
  }

  @inline(never) private var wideVarianceOfTeacher: Int128? {
    var sum = Int128(0)
    for i in 0..<p1 {
      guard let factor = wideCovarianceOfTeacher(i) else { return nil }
      let (product, first) = factor.multipliedReportingOverflow(by: Int128(w1[i]))
      let (total, second) = sum.addingReportingOverflow(product)
      if first || second { return nil }
      sum = total
    }
    return sum
  }
}
