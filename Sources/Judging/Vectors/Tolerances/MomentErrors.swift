// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// First-order bounds of the errors of cov(t, y) and cov(t, y | x2) in double precision, for every usual way to compute.
///
/// With R = Σ22⁻¹cov(x2, z), z = (t, y), and sizes s of the coordinates, solutions by Cholesky, LU or QR perturb Σ22 by
/// at most a multiple of ssᵀ, so they perturb cov(zₐ, z_b | x2) by at most that multiple of hₐh_b, hₐ = τₐ + sᵀ|Rₐ|; an
/// explicit inverse has |Σ22⁻¹||cov(x2, z)| in the place of one |R|, which gives ĥ. The bound is U·(hₐĥ_b + ĥₐh_b)/2.
struct MomentErrors {
  /// The bounds, for z = (t, y), 2q × 2q.
  let errors: [[Rational]]
  private let q: Int

  init(_ instance: Instance) {
    q = instance.q
    let unit = RoundingUnit.of(dimension: instance.sigma.rows)
    let student = CoordinateScales(squares: instance.x2.map { instance.sigma[$0, $0] })
    let inverse = try? student.scaled(instance.sigma.selecting(instance.x2)).inverse()
    let sizes = (0..<(2 * q)).map { CoordinateBounds(of: $0, in: instance, student: student, inverse: inverse) }
    errors = sizes.map { a in
      sizes.map { b in
        let bound = (a.plain * b.absolute + a.absolute * b.plain) / 2
        return unit * Rational(double: bound) * Rational.powerOfTwo(a.exponent + b.exponent)
      }
    }
  }

  /// The error of tr σε².
  var residualVariance: Rational { (0..<q).reduce(0) { $0 + errors[q + $1][q + $1] } }
  /// The error of tr ση².
  var teacherResidualVariance: Rational { (0..<q).reduce(0) { $0 + errors[$1][$1] } }
  /// The error of tr c.
  var residualCovariance: Rational { (0..<q).reduce(0) { $0 + errors[$1][q + $1] } }
  /// The error of B, as a quadratic form of v − w* or as var(t) − ση² − 2(cov(t, y) − c) + var(s).
  var mismatch: Rational { teacherResidualVariance + 2 * residualCovariance + residualVariance }
}

/// hₐ and ĥₐ of one coordinate of z = (t, y), as numbers times 2 to the exponent.
private struct CoordinateBounds {
  let exponent: Int
  let plain: Double
  let absolute: Double

  init(of a: Int, in instance: Instance, student: CoordinateScales, inverse: RationalMatrix?) {
    let (sigma, x1, x2, w1) = (instance.sigma, instance.x1, instance.x2, instance.w1)
    let isTeacher = a < instance.q
    let label = instance.y.lowerBound + a - instance.q
    let own = CoordinateBounds.own(
      isTeacher ? x1.map { (w1[$0, a], sigma[$0, $0]) } : [(Rational(1), sigma[label, label])])
    exponent = own.exponent
    // The covariance of x2 with z, as it is or with every term made positive.
    func covariances(_ term: (Rational) -> Rational) -> [Rational] {
      x2.map { j in
        let sum =
          isTeacher
          ? x1.reduce(Rational.zero) { $0 + term(w1[$1, a] * sigma[$1, j]) } : term(sigma[j, label])
        return sum * Rational.powerOfTwo(-student.exponents[j - x2.lowerBound] - own.exponent)
      }
    }
    let (terms, bounds) = (covariances { $0 }, covariances(\.magnitude))
    var (plain, absolute) = (own.value, own.value)
    if let inverse {
      for i in terms.indices {
        let row = terms.indices.reduce(Rational.zero) { $0 + inverse[i, $1] * terms[$1] }
        let bound = terms.indices.reduce(Rational.zero) { $0 + inverse[i, $1].magnitude * bounds[$1] }
        plain += student.sizes[i] * row.magnitude.asDouble
        absolute += student.sizes[i] * bound.asDouble
      }
    }
    (self.plain, self.absolute) = (plain, absolute)
  }

  /// Σ|w|√v over the terms (w, v), as a number times 2 to the exponent.
  private static func own(_ terms: [(weight: Rational, variance: Rational)]) -> (exponent: Int, value: Double) {
    let used = terms.filter { $0.weight.signum != 0 }
    let scales = CoordinateScales(squares: used.map(\.variance))
    let exponents = zip(used, scales.exponents).map { $0.weight.binaryExponent + $1 }
    guard let largest = exponents.max() else { return (0, 0) }
    let value = used.indices.reduce(0.0) { sum, i in
      let weight = used[i].weight.magnitude * Rational.powerOfTwo(scales.exponents[i] - largest)
      return sum + weight.asDouble * scales.sizes[i]
    }
    return (largest, value)
  }
}
