// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// First-order error bounds of what is computed from data in double precision.
enum DataTolerances {
  /// The error of each ŵ: by QR or by the normal equations, solved in any way.
  ///
  /// With A = XᵀX, sizes s of its columns and z = (|y| + λ|t|)/(1+λ): U·|A⁻¹|s(sᵀ|A⁻¹||X|ᵀz + ‖z‖).
  static func ofStudent(x2: RationalMatrix, y: RationalMatrix, t: RationalMatrix, lambda: Rational) -> [Rational] {
    let gram = x2.transposed * x2
    let scales = CoordinateScales(squares: (0..<gram.rows).map { gram[$0, $0] })
    guard let inverse = try? scales.scaled(gram).inverse() else { return [] }
    let unit = RoundingUnit.of(dimension: x2.columns + x2.rows / 4)
    var errors = [[Rational]](repeating: [], count: gram.rows)
    for output in 0..<y.columns {
      let z = (0..<y.rows).map { (y[$0, output].magnitude + lambda * t[$0, output].magnitude) / (1 + lambda) }
      let norm = CoordinateScales(squares: [z.reduce(Rational.zero) { $0 + $1.squared }])
      let exponent = norm.exponents[0]
      let products = (0..<gram.rows).map { j -> Double in
        let sum = z.indices.reduce(Rational.zero) { $0 + x2[$1, j].magnitude * z[$1] }
        return (sum * Rational.powerOfTwo(-exponent - scales.exponents[j])).asDouble
      }
      let absolute = (0..<gram.rows).map { i in (0..<gram.rows).map { abs(inverse[i, $0].asDouble) } }
      let bound = absolute.map { row in zip(row, products).reduce(0) { $0 + $1.0 * $1.1 } }
      let size = zip(scales.sizes, bound).reduce(norm.sizes[0]) { $0 + $1.0 * $1.1 }
      for j in 0..<gram.rows {
        let growth = zip(absolute[j], scales.sizes).reduce(0) { $0 + $1.0 * $1.1 }
        errors[j].append(
          unit * Rational(double: growth * size) * Rational.powerOfTwo(exponent - scales.exponents[j]))
      }
    }
    return errors.flatMap { $0 }
  }

  /// The error of a KSG estimate: the counts are right, so only sums of digamma functions round.
  static func ofNeighbours(rows: Int) -> Rational {
    RoundingUnit.of(dimension: 8 * (1 + Rational(rows).binaryExponent))
  }

  /// The error of the plug-in estimate: that of informations, where centring adds errors of the size of the offsets.
  static func ofPlugIn(x: RationalMatrix, y: RationalMatrix) -> Rational {
    let rows = RationalMatrix.joining(x, y)
    let scatter = RationalMatrix.scatter(of: x, y)
    let (n, p1) = (rows.rows, x.columns)
    let scales = CoordinateScales(squares: (0..<scatter.rows).map { scatter[$0, $0] })
    let offsets = (0..<rows.columns).map { j -> Double in
      let largest = (0..<n).reduce(Rational.zero) { max($0, rows[$1, j].magnitude) }
      return (largest * Rational.powerOfTwo(-scales.exponents[j])).asDouble * Double(n).squareRoot()
    }
    func growth(_ indices: [Int]) -> Double {
      guard let inverse = try? scales.scaled(scatter).selecting(indices).inverse() else { return .infinity }
      var sum = 0.0
      for (i, a) in indices.enumerated() {
        for (j, b) in indices.enumerated() {
          let (s, t) = (scales.sizes[a], scales.sizes[b])
          sum += abs(inverse[i, j].asDouble) * (s * t + offsets[a] * t + s * offsets[b])
        }
      }
      return sum
    }
    let all = Array(0..<rows.columns)
    let total = [Array(0..<p1), Array(p1..<rows.columns), all].reduce(0.0) { $0 + growth($1) }
    let sizes = all.reduce(1) { $0 + 2 * abs(scatter[$1, $1].binaryExponent) }
    return RoundingUnit.of(dimension: rows.columns + n / 4) * Rational(double: total / 2 + Double(sizes))
  }
}
