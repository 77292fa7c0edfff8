// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import PropertyTesting

/// The second of two instances as numbers on the tape of the first, behind its extras.
///
/// p1, p2 and q, p1a (and 100 where extras follow), n − p2 − 2 or −1 for the n of the first, λ or a 0 for that of the first, w1,
/// and Σ. Its entries are what they exceed those of the first by, where that has the same coordinates: so what both have in
/// common becomes simple in both at once.
enum OtherTape {
  private static let largest = 1_000_000_000_000_000

  /// Both instances.
  static func pair(_ first: Instance, _ number: ExtrasTape.Number, _ fraction: ExtrasTape.Fraction) throws -> Instance {
    let (p1, p2, q) = (try number(1...99, 1), try number(1...99, 1), try number(1...9, 1))
    let parts = try number(0...199, 0)
    let p1a = parts % 100
    let extraRows = try number(-1...largest, -1)
    let lambda = try number(0...1, 0) == 1 ? fraction(1) : first.lambda
    let isLeastSquares = try number(0...1, 0) == 1
    let w1 = try isLeastSquares ? nil : InstanceTape.matrix(p1, q) { try fraction($0 == $1 ? 1 : 0) }
    let size = p1 + p2 + q
    let places = places(p1: p1, p2: p2, q: q, in: first)
    var sigma = [[Rational]](repeating: [Rational](repeating: 0, count: size), count: size)
    for i in 0..<size {
      for j in i..<size {
        let base = base(i, j, places, first.sigma)
        let range = i == j && base == nil ? 1...largest : -largest...largest
        sigma[i][j] = (base ?? 0) + Rational(try number(range, i == j && base == nil ? 1 : 0))
        sigma[j][i] = sigma[i][j]
      }
    }
    let extras = try parts < 100 ? InstanceExtras() : ExtrasTape.extras(p1: p1, p2: p2, q: q, number, fraction)
    var both = first.extras
    both.other = try Instance(
      sigma: RationalMatrix(rows: size, columns: size) { sigma[$0][$1] }, p1: p1, p2: p2, q: q, w1: w1,
      n: extraRows < 0 ? first.n : p2 + 2 + extraRows, lambda: lambda, p1a: p1a == 0 ? nil : p1a, extras: extras)
    return try first.with(extras: both)
  }

  /// The numbers of `other`; nil where it lacks an n or λ that the first has.
  static func numbers(of other: Instance, beside first: Instance, scale: Rational) -> [Rational]? {
    if other.n == nil, first.n != nil { return nil }
    if other.lambda == nil, first.lambda != nil { return nil }
    let isLeastSquares = other.w1 == other.leastSquaresTeacher
    let parts = (other.p1a ?? 0) + (other.extras.isEmpty ? 0 : 100)
    var numbers = [other.p1, other.p2, other.q, parts].map { Rational($0) }
    numbers.append(other.n == first.n ? -1 : Rational((other.n ?? 0) - other.p2 - 2))
    if other.lambda == first.lambda {
      numbers.append(0)
    } else if let lambda = other.lambda {
      numbers += [1, lambda.denominator, lambda.numerator]
    }
    numbers.append(isLeastSquares ? 1 : 0)
    if !isLeastSquares { numbers += other.w1.values.joined().flatMap { [$0.denominator, $0.numerator] } }
    let places = places(p1: other.p1, p2: other.p2, q: other.q, in: first)
    for i in 0..<other.sigma.rows {
      for j in i..<other.sigma.rows {
        numbers.append(scale * (other.sigma[i, j] - (base(i, j, places, first.sigma) ?? 0)))
      }
    }
    return other.extras.isEmpty ? numbers : numbers + ExtrasTape.numbers(of: other, scale: scale)
  }

  /// Where each coordinate stands in the first instance; nil where that has fewer.
  private static func places(p1: Int, p2: Int, q: Int, in first: Instance) -> [Int?] {
    func places(_ count: Int, _ range: Range<Int>) -> [Int?] {
      (0..<count).map { $0 < range.count ? range.lowerBound + $0 : nil }
    }
    return places(p1, first.x1) + places(p2, first.x2) + places(q, first.y)
  }

  private static func base(_ i: Int, _ j: Int, _ places: [Int?], _ sigma: RationalMatrix) -> Rational? {
    guard let a = places[i], let b = places[j] else { return nil }
    return sigma[a, b]
  }
}
