// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// First-order bounds of the errors of cov(t, y) and cov(t, y | x2) in double precision, for every usual way to compute.
///
/// With R = Σ22⁻¹cov(x2, z), z = (t, y), and sizes s of the coordinates, solutions by Cholesky, LU or QR perturb Σ22 by
/// at most a multiple of ssᵀ, so they perturb cov(zₐ, z_b | x2) by at most that multiple of hₐh_b, hₐ = τₐ + sᵀ|Rₐ|; an
/// explicit inverse has |Σ22⁻¹||cov(x2, z)| in the place of one |R|, which gives ĥ. The bound is U·(hₐĥ_b + ĥₐh_b)/2.
struct MomentErrors {
  /// The bounds, for z = (t, y): first the teachers, q of each, then the labels.
  let errors: [[Rational]]
  private let q: Int
  /// Where the labels start.
  private let label: Int

  init(_ instance: Instance) { self.init(instance, teachers: [instance.w1]) }

  /// The same for several teachers, each p1 × q.
  init(_ instance: Instance, teachers: [RationalMatrix]) {
    (q, label) = (instance.q, teachers.count * instance.q)
    let (unit, conditioned) = (RoundingUnit.of(dimension: instance.sigma.rows), Conditioning(instance, instance.x2))
    let variables =
      teachers.flatMap { w in (0..<instance.q).map { Variable.teacher(w, $0) } }
      + instance.y.map { Variable.coordinate($0) }
    errors = MomentErrors.bounds(variables, in: instance, conditioned, unit: unit)
  }

  /// The error of tr σ1² = tr var(y | x1, x2).
  static func ofFullResidualVariance(_ instance: Instance) -> Rational {
    let inputs = 0..<(instance.p1 + instance.p2)
    let all = bounds(
      instance.y.map { Variable.coordinate($0) }, in: instance, Conditioning(instance, inputs),
      unit: RoundingUnit.of(dimension: instance.sigma.rows))
    return all.indices.reduce(0) { $0 + all[$1][$1] }
  }

  private static func bounds(
    _ variables: [Variable], in instance: Instance, _ conditioned: Conditioning, unit: Rational
  ) -> [[Rational]] {
    let sizes = variables.map { CoordinateBounds(of: $0, in: instance, conditioned) }
    return sizes.map { a in
      sizes.map { b in
        let bound = (a.plain * b.absolute + a.absolute * b.plain) / 2
        return unit * Rational(double: bound) * Rational.powerOfTwo(a.exponent + b.exponent)
      }
    }
  }

  /// The error of the trace of the covariance of two of the variables 0, 1, … of the teachers; nil stands for the label.
  func trace(_ i: Int?, _ j: Int?) -> Rational {
    let (a, b) = (i.map { $0 * q } ?? label, j.map { $0 * q } ?? label)
    return (0..<q).reduce(0) { $0 + errors[a + $1][b + $1] }
  }

  /// The error of tr σε².
  var residualVariance: Rational { trace(nil, nil) }
  /// The error of tr ση².
  var teacherResidualVariance: Rational { trace(0, 0) }
  /// The error of tr c.
  var residualCovariance: Rational { trace(0, nil) }
  /// The error of B, as a quadratic form of v − w* or as var(t) − ση² − 2(cov(t, y) − c) + var(s).
  var mismatch: Rational { teacherResidualVariance + 2 * residualCovariance + residualVariance }
}

/// A variable whose covariances are computed: a teacher's output, or a coordinate.
private enum Variable {
  case teacher(RationalMatrix, Int)
  case coordinate(Int)
}

/// The coordinates that are conditioned on, their scales, and the inverse of their covariance.
private struct Conditioning {
  let inputs: Range<Int>
  let scales: CoordinateScales
  let inverse: RationalMatrix?

  init(_ instance: Instance, _ inputs: Range<Int>) {
    self.inputs = inputs
    scales = CoordinateScales(squares: inputs.map { instance.sigma[$0, $0] })
    inverse = try? scales.scaled(instance.sigma.selecting(inputs)).inverse()
  }
}

/// hₐ and ĥₐ of one variable, as numbers times 2 to the exponent.
private struct CoordinateBounds {
  let exponent: Int
  let plain: Double
  let absolute: Double

  init(of variable: Variable, in instance: Instance, _ given: Conditioning) {
    let (sigma, x1) = (instance.sigma, instance.x1)
    let weights: [(weight: Rational, coordinate: Int)] =
      switch variable {
      case .teacher(let w, let output): x1.map { (w[$0, output], $0) }
      case .coordinate(let coordinate): [(1, coordinate)]
      }
    let own = CoordinateBounds.own(weights.map { ($0.weight, sigma[$0.coordinate, $0.coordinate]) })
    exponent = own.exponent
    // The covariance of the inputs with z, as it is or with every term made positive.
    func covariances(_ term: (Rational) -> Rational) -> [Rational] {
      given.inputs.map { j in
        let sum = weights.reduce(Rational.zero) { $0 + term($1.weight * sigma[$1.coordinate, j]) }
        return sum * Rational.powerOfTwo(-given.scales.exponents[j - given.inputs.lowerBound] - own.exponent)
      }
    }
    let (terms, bounds) = (covariances { $0 }, covariances(\.magnitude))
    var (plain, absolute) = (own.value, own.value)
    if let inverse = given.inverse {
      for i in terms.indices {
        let row = terms.indices.reduce(Rational.zero) { $0 + inverse[i, $1] * terms[$1] }
        let bound = terms.indices.reduce(Rational.zero) { $0 + inverse[i, $1].magnitude * bounds[$1] }
        plain += given.scales.sizes[i] * row.magnitude.asDouble
        absolute += given.scales.sizes[i] * bound.asDouble
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
