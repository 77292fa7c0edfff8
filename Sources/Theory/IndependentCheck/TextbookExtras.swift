// SPDX-License-Identifier: GPL-3.0-or-later
/// What the claims of part two compare, by the formulas as the textbook writes them.
extension TextbookModel {
  /// cov(t, y).
  var covTY: Fraction { (w1.transposed * sigma13).trace }

  /// The same Σ with another teacher.
  func with(w1: FractionMatrix) throws(CertificateError) -> TextbookModel {
    try TextbookModel(sigma: sigma, p1: p1, p2: p2, q: q, w1: w1)
  }

  /// σ1² = var(y | x1, x2) = det Σ / det of the covariance of (x1, x2) (q = 1).
  func fullResidualVariance() throws(CertificateError) -> Fraction {
    let inputs = 0..<(p1 + p2)
    let determinant = sigma.block(inputs, inputs).determinant
    guard determinant != .zero else { throw CertificateError("the covariance of (x1, x2) is singular") }
    return sigma.determinant / determinant
  }

  /// The least risk over λ ≥ 0 of a student of noise k, or its limit: by the vertex of the parabola in α (q = 1).
  func leastRisk(_ k: Fraction) throws(CertificateError) -> Fraction {
    let difference = v - wStar
    let mismatch = (difference.transposed * sigma22 * difference).trace
    let two = Fraction(2)
    func risk(_ alpha: Fraction) -> Fraction {
      let rest = Fraction.one - alpha
      let spread =
        rest * rest * residualVariance + two * rest * alpha * residualCovariance + alpha * alpha
        * teacherResidualVariance
      return residualVariance + alpha * alpha * mismatch + k * spread
    }
    let curvature = mismatch + k * (residualVariance + teacherResidualVariance - two * residualCovariance)
    let pull = k * (residualVariance - residualCovariance)
    guard pull > .zero else { return risk(.zero) }
    return curvature <= pull ? risk(.one) : risk(pull / curvature)
  }
}

extension CertifiedProblem {
  /// k = p2/(n−p2−1).
  func noise(_ p2: Int) throws(CertificateError) -> Fraction {
    guard let n, n >= p2 + 2 else { throw CertificateError("\"n\" is missing or below p2 + 2 = \(p2 + 2)") }
    return Fraction(.init(p2), .init(n - p2 - 1))
  }
}

/// The least value of a convex quadratic function of (b, d) over b, d ≥ 0, b + d ≤ 1: by six of its values, at a corner, on an
/// edge or inside.
func leastOnTriangle(_ f: (Fraction, Fraction) throws(CertificateError) -> Fraction) throws(CertificateError)
  -> Fraction
{
  let (zero, one, two) = (Fraction.zero, Fraction.one, Fraction(2))
  let (f00, f10, f01) = (try f(zero, zero), try f(one, zero), try f(zero, one))
  let (f20, f02, f11) = (try f(two, zero), try f(zero, two), try f(one, one))
  // f = f00 + gb + hd + ½(Pb² + 2Qbd + Rd²).
  let (p, r) = (f20 - two * f10 + f00, f02 - two * f01 + f00)
  let q = f11 - f10 - f01 + f00
  let (g, h) = (f10 - f00 - p / two, f01 - f00 - r / two)
  var places: [(Fraction, Fraction)] = [(zero, zero), (one, zero), (zero, one)]
  if p != zero { places.append((zero - g / p, zero)) }
  if r != zero { places.append((zero, zero - h / r)) }
  let edge = p - two * q + r
  if edge != zero {
    let d = (g - h + p - q) / edge
    places.append((one - d, d))
  }
  let determinant = p * r - q * q
  if determinant != zero { places.append(((q * h - r * g) / determinant, (q * g - p * h) / determinant)) }
  var least = f00
  for (b, d) in places where zero <= b && zero <= d && b + d <= one {
    let value = try f(b, d)
    if value < least { least = value }
  }
  return least
}
