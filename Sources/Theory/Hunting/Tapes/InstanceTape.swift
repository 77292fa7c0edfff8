// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import PropertyTesting

/// Instances written as their own numbers: sizes, n, λ, w1 and the entries of an integer Σ.
///
/// What people read is Σ, not a factor of it; so a counterexample is made simple in this form, and its replay line
/// holds it. Every instance has one up to a common scale of (x1, x2, y), which no claim depends on, if its numbers fit.
/// Most other tapes make no positive definite Σ: those are rejected.
enum InstanceTape {
  private static let largest = 1_000_000_000_000_000

  /// The instance that a tape of numbers says.
  static let generator = Generator<Instance> { tape in
    func number(_ range: ClosedRange<Int>, towards simplest: Int) throws -> Int {
      try Generator.int(in: range, towards: simplest)(&tape)
    }
    func fraction(towards simplest: Int) throws -> Rational {
      let denominator = try number(1...largest, towards: 1)
      return Rational(try number(-largest...largest, towards: simplest), denominator)
    }
    let (p1, p2, q) = (try number(1...99, towards: 1), try number(1...99, towards: 1), try number(1...9, towards: 1))
    // The size of the first of two modalities, and 100 where extras follow at the end, 200 where another instance does.
    let parts = try number(0...399, towards: 0)
    let p1a = parts % 100
    let extraRows = try number(-1...largest, towards: -1)
    let lambda = try number(0...1, towards: 0) == 1 ? fraction(towards: 1) : nil
    let isLeastSquares = try number(0...1, towards: 0) == 1
    let w1 = try isLeastSquares ? nil : matrix(p1, q) { try fraction(towards: $0 == $1 ? 1 : 0) }
    let size = p1 + p2 + q
    var sigma = [Int](repeating: 0, count: size * size)
    for i in 0..<size {
      sigma[i * size + i] = try number(1...largest, towards: 1)
      for j in (i + 1)..<max(size, i + 1) {
        sigma[i * size + j] = try number(-largest...largest, towards: 0)
        sigma[j * size + i] = sigma[i * size + j]
      }
    }
    let hasExtras = parts / 100 % 2 == 1
    let extras = try hasExtras ? ExtrasTape.extras(p1: p1, p2: p2, q: q, number, fraction) : InstanceExtras()
    do {
      let instance = try Instance(
        sigma: RationalMatrix(rows: size, columns: size) { Rational(sigma[$0 * size + $1]) }, p1: p1, p2: p2, q: q,
        w1: w1,
        n: extraRows < 0 ? nil : p2 + 2 + extraRows, lambda: lambda, p1a: p1a == 0 ? nil : p1a, extras: extras)
      return try parts < 200 ? instance : OtherTape.pair(instance, number, fraction)
    } catch { throw Rejection(error) }
  }

  static func matrix(_ rows: Int, _ columns: Int, _ entry: (Int, Int) throws -> Rational) rethrows
    -> RationalMatrix
  {
    let values = try (0..<rows).map { i in try (0..<columns).map { j in try entry(i, j) } }
    return RationalMatrix(rows: rows, columns: columns) { values[$0][$1] }
  }

  /// The numbers that ``generator`` makes the instance of, with Σ times its common denominator; nil where one is too
  /// large.
  static func values(of instance: Instance) -> [Int]? {
    let isLeastSquares = instance.w1 == instance.leastSquaresTeacher
    var own = instance.extras
    own.other = nil
    let other = instance.extras.other
    let parts = (instance.p1a ?? 0) + (own.isEmpty ? 0 : 100) + (other == nil ? 0 : 200)
    var numbers: [Rational] = [instance.p1, instance.p2, instance.q, parts].map { Rational($0) }
    numbers.append(instance.n.map { Rational($0 - instance.p2 - 2) } ?? -1)
    numbers += instance.lambda.map { [1, $0.denominator, $0.numerator] } ?? [0]
    numbers.append(isLeastSquares ? 1 : 0)
    if !isLeastSquares { numbers += instance.w1.values.joined().flatMap { [$0.denominator, $0.numerator] } }
    let scale = commonScale(instance)
    let sigma = scale * instance.sigma
    for i in 0..<sigma.rows { numbers += (i..<sigma.rows).map { sigma[i, $0] } }
    if !own.isEmpty { numbers += ExtrasTape.numbers(of: instance, scale: scale) }
    if let other {
      guard let behind = OtherTape.numbers(of: other, beside: instance, scale: scale) else { return nil }
      numbers += behind
    }
    let values = numbers.compactMap(\.asInt)
    return values.count == numbers.count && values.allSatisfy { abs($0) <= largest } ? values : nil
  }

  /// What makes the entries of Σ whole, of both instances where there are two.
  private static func commonScale(_ instance: Instance) -> Rational {
    let own = instance.sigma.commonDenominator
    guard let other = instance.extras.other?.sigma.commonDenominator else { return own }
    return .leastCommonMultiple(own, other)
  }
}
