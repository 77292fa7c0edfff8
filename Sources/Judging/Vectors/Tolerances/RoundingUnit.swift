// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// The unit that tolerances are made of: the rounding of one operation times what a computation of some dimension adds up.
enum RoundingUnit {
  /// 2⁻⁵³ · 8 · (`dimension` + 4): several times the worst-case γ of sums, solutions and factorizations of that size.
  static func of(dimension: Int) -> Rational { Rational(8 * (dimension + 4)) * Rational.powerOfTwo(-53) }
}

extension Rational {
  /// The value rounded to three decimal digits: what a file of vectors holds of a tolerance.
  var asTolerance: Rational { Rational(decimal(digits: 3)) ?? self }

  /// ⌊log₂|value|⌋ up to 1, for a value that is not 0.
  var binaryExponent: Int {
    var (value, shift) = (magnitude, 0)
    while !value.asDouble.isFinite { (value, shift) = (value * Rational.powerOfTwo(-512), shift + 512) }
    while value.asDouble < Double.leastNormalMagnitude {
      (value, shift) = (value * Rational.powerOfTwo(512), shift - 512)
    }
    return shift + Int(value.asDouble.exponent)
  }

  /// The value of a finite `Double`.
  init(double value: Double) { self = (try? Rational(exactly: value)) ?? 0 }
}

/// Sizes of coordinates as s·2ᵉ, so that matrices of any scale are compared in `Double`s without overflow.
struct CoordinateScales {
  /// The exponents e.
  let exponents: [Int]
  /// The sizes s, between ½ and 4.
  let sizes: [Double]

  /// The square roots of these positive squared sizes.
  init(squares: [Rational]) {
    exponents = squares.map { $0.signum == 0 ? 0 : $0.binaryExponent >> 1 }
    sizes = zip(squares, exponents).map { ($0 * Rational.powerOfTwo(-2 * $1)).asDouble.squareRoot() }
  }

  /// The matrix with row i and column i divided by 2ᵉ.
  func scaled(_ matrix: RationalMatrix) -> RationalMatrix {
    RationalMatrix(rows: matrix.rows, columns: matrix.columns) { i, j in
      matrix[i, j] * Rational.powerOfTwo(-exponents[i] - exponents[j])
    }
  }

  /// Σᵢⱼ |(A⁻¹)ᵢⱼ| sᵢ sⱼ for the covariance A of these sizes: by how much relative errors of A grow in ln det A.
  ///
  /// Programs that take eigenvalues do not see scales; for them it is tr A · tr A⁻¹, allowed up to 2²⁶.
  static func conditionOfLogDeterminant(_ covariance: RationalMatrix) -> Double {
    let scales = CoordinateScales(squares: (0..<covariance.rows).map { covariance[$0, $0] })
    guard let inverse = try? scales.scaled(covariance).inverse() else { return .infinity }
    var sum = 0.0
    for i in 0..<inverse.rows {
      for j in 0..<inverse.columns { sum += abs(inverse[i, j].asDouble) * scales.sizes[i] * scales.sizes[j] }
    }
    return max(sum, growthOfEigenvalues(scales, inverse))
  }

  private static func growthOfEigenvalues(_ scales: CoordinateScales, _ inverse: RationalMatrix) -> Double {
    var (trace, traceOfInverse) = (0.0, 0.0)
    let middle = scales.exponents.reduce(0, +) / max(1, scales.exponents.count)
    for (i, exponent) in scales.exponents.enumerated() {
      guard abs(exponent - middle) < 100 else { return 0 }
      let power = Double(sign: .plus, exponent: 2 * (exponent - middle), significand: 1)
      trace += scales.sizes[i] * scales.sizes[i] * power
      traceOfInverse += inverse[i, i].asDouble / power
    }
    let growth = trace * traceOfInverse
    return growth <= 0x1p26 ? growth : 0
  }
}
