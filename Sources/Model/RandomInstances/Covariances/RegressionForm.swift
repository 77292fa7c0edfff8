// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A joint Gaussian of (x1, x2, y) by the regressions on x2: x1 = Fᵀx2 + η and y = w*ᵀx2 + ε.
///
/// Any positive definite Σ22 and cov(η, ε), with any F and w*, give a positive definite Σ, and every Σ has this form.
/// What the claims turn on can be set here directly: σε², c and the direction of the teacher.
public struct RegressionForm: Sendable {
  /// Sizes.
  public let p1, p2, q: Int
  /// Σ22, p2 × p2.
  public var inputs: RationalMatrix
  /// [F | w*], p2 × (p1 + q).
  public var weights: RationalMatrix
  /// cov(η, ε), (p1+q) × (p1+q).
  public var noise: RationalMatrix

  /// The form of these parts.
  public init(p1: Int, p2: Int, q: Int, inputs: RationalMatrix, weights: RationalMatrix, noise: RationalMatrix) {
    (self.p1, self.p2, self.q) = (p1, p2, q)
    (self.inputs, self.weights, self.noise) = (inputs, weights, noise)
  }

  private var x1: Range<Int> { 0..<p1 }
  private var y: Range<Int> { p1..<(p1 + q) }
  /// w*, p2 × q.
  public var optimalStudent: RationalMatrix { weights.selecting(rows: 0..<p2, columns: y) }

  /// Σ in the order x1, x2, y.
  public var sigma: RationalMatrix {
    let cross = inputs * weights
    let outer = weights.transposed * cross + noise
    let place = (0..<p1).map { ($0, false) } + (0..<p2).map { ($0, true) } + y.map { ($0, false) }
    return RationalMatrix(rows: p1 + p2 + q, columns: p1 + p2 + q) { row, column in
      let ((i, iIsInput), (j, jIsInput)) = (place[row], place[column])
      switch (iIsInput, jIsInput) {
      case (true, true): return inputs[i, j]
      case (true, false): return cross[i, j]
      case (false, true): return cross[j, i]
      case (false, false): return outer[i, j]
      }
    }
  }

  /// Sets σε² (q = 1), and shrinks cov(η, ε) by a power of 2 where that is needed to keep the noise positive definite.
  public mutating func setResidualVariance(_ variance: Rational) {
    let own = noise.selecting(x1)
    let cross = noise.selecting(rows: x1, columns: y)
    let explained = (try? (cross.transposed * own.solve(cross))[0, 0]) ?? 0
    var shrink = Rational(1)
    while shrink.squared * explained >= variance { shrink = shrink * Rational(1, 2) }
    let old = noise
    noise = RationalMatrix(rows: p1 + 1, columns: p1 + 1) { [p1] i, j in
      switch (i == p1, j == p1) {
      case (true, true): variance
      case (false, false): old[i, j]
      default: shrink * old[i, j]
      }
    }
  }

  /// The σε² at which I(t;s) = I(s;y) for this teacher (q = 1); nil where t and s are uncorrelated.
  ///
  /// e^(2I(t;s)) = 1 + cov²/(var t var s − cov²) and e^(2I(s;y)) = 1 + var s/σε².
  public func residualVarianceOfEqualInformation(_ w1: RationalMatrix) -> Rational? {
    let student = optimalStudent
    let v = weights.selecting(rows: 0..<p2, columns: x1) * w1
    let varS = (student.transposed * inputs * student)[0, 0]
    let covTS = (v.transposed * inputs * student)[0, 0]
    let varT = (v.transposed * inputs * v + w1.transposed * noise.selecting(x1) * w1)[0, 0]
    return covTS.signum == 0 ? nil : varS * (varT * varS - covTS.squared) / covTS.squared
  }
}
