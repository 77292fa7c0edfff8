// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra

/// The extras of an instance as numbers on its tape, behind Σ.
///
/// m + 1, or 0; then for μ, w1b, N − p1 − p2 − 1, the design and its moments each a 0, or how many numbers or rows there are,
/// and the numbers. Row moments are in the unit of Σ, the design's own scale counts for nothing.
enum ExtrasTape {
  typealias Number = (ClosedRange<Int>, _ simplest: Int) throws -> Int
  typealias Fraction = (_ simplest: Int) throws -> Rational

  static func extras(p1: Int, p2: Int, q: Int, _ number: Number, _ fraction: Fraction) throws -> InstanceExtras {
    var extras = InstanceExtras()
    let (labelless, largest) = (try number(0...1_000_000_000, 0), 1_000_000_000)
    if labelless > 0 { extras.unlabelled = labelless - 1 }
    if try number(0...1, 0) == 1 { extras.ridge = try fraction(1) }
    if try number(0...1, 0) == 1 {
      extras.secondTeacher = try InstanceTape.matrix(p1, q) { i, _ in try fraction(i == p1 - 1 ? 1 : 0) }
    }
    let teacherRows = try number(0...largest, 0)
    if teacherRows > 0 { extras.teacherRows = p1 + p2 + 1 + teacherRows }
    let rows = try number(0...999, 0)
    guard rows > 0 else { return extras }
    extras.design = try InstanceTape.matrix(rows, p2) { try fraction($0 == $1 ? 1 : 0) }
    if try number(0...1, 0) == 1 {
      extras.rowMoments = try (0..<rows).map { _ in
        RowMoments(y: try fraction(1), ty: try fraction(0), t: try fraction(1))
      }
    }
    return extras
  }

  static func numbers(of instance: Instance, scale: Rational) -> [Rational] {
    let extras = instance.extras
    func fraction(_ value: Rational) -> [Rational] { [value.denominator, value.numerator] }
    func all(_ matrix: RationalMatrix) -> [Rational] { matrix.values.joined().flatMap(fraction) }
    var numbers = [Rational(extras.unlabelled.map { $0 + 1 } ?? 0)]
    numbers += extras.ridge.map { [1] + fraction($0) } ?? [0]
    numbers += extras.secondTeacher.map { [1] + all($0) } ?? [0]
    numbers.append(extras.teacherRows.map { Rational($0 - instance.p1 - instance.p2 - 1) } ?? 0)
    numbers.append(Rational(extras.design?.rows ?? 0))
    guard let design = extras.design else { return numbers }
    numbers += all(design)
    let moments = extras.rowMoments?.flatMap {
      fraction(scale * $0.y) + fraction(scale * $0.ty) + fraction(scale * $0.t)
    }
    return numbers + (moments.map { [1] + $0 } ?? [0])
  }
}
