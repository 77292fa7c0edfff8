// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import PropertyTesting

/// Instances on a choice tape, of the kind that is demanded: every Σ is positive definite by construction, as LLᵀ.
///
/// The simplest instance has the smallest sizes, small whole numbers and zeros. Each coordinate has a scale of its own,
/// a power of 10: the scales of outputs, inputs and teachers may differ widely.
package struct InstanceGenerator: Sendable {
  /// What is asked of the instances.
  let demand: InstanceDemand
  /// The largest p1 and p2.
  let largestSize: Int
  private let shaped: @Sendable (Instance) throws(InstanceError) -> Instance?

  /// Instances with p1, p2 ≤ `largestSize`; `shaped` brings one into a shape that a demand cannot say, or leaves it with nil.
  package init(
    _ demand: InstanceDemand, largestSize: Int = 4,
    shaped: @escaping @Sendable (Instance) throws(InstanceError) -> Instance? = { _ in nil }
  ) {
    (self.demand, self.largestSize, self.shaped) = (demand, largestSize, shaped)
  }

  /// The generator that a property is tested with.
  package var generator: Generator<Instance> {
    Generator { tape in
      var drawn = try plain(&tape)
      do {
        if demand.hasOther { drawn = try drawn.with(extras: second(beside: drawn, &tape)) }
        return try withExtras(shaped(drawn) ?? drawn, &tape)
      } catch { throw Rejection(error) }
    }
  }

  /// An instance without extras; of p2 inputs of the student where that is given.
  private func plain(_ tape: inout ChoiceTape, p2: Int? = nil) throws -> Instance {
    let shape = try shape(&tape, p2: p2)
    let sigma = try tape.covariance(size: shape.p1 + shape.p2 + shape.q) { tape in
      Rational.powerOfTen(tape.rareExponent(upTo: 6))
    }
    var teacher = try usesLeastSquares ? nil : weights(shape, &tape)
    if demand.labels.upperBound > 1, let drawn = teacher { teacher = bounded(drawn, sigma, shape) }
    do {
      return try Instance(
        sigma: sigma, p1: shape.p1, p2: shape.p2, q: shape.q, w1: teacher, n: shape.n, lambda: shape.lambda,
        p1a: shape.p1a)
    } catch { throw Rejection(error) }
  }

  /// Another instance beside the first, of its p2; mostly one that has the law of (x2, y), and n and λ, in common with it.
  private func second(beside first: Instance, _ tape: inout ChoiceTape) throws -> InstanceExtras {
    let isOfTeachers = try Generator.int(in: 0...3, towards: 0)(&tape) > 0
    let drawn = try plain(&tape, p2: first.p2)
    guard isOfTeachers, let taken = try drawn.withStudentSide(of: first, isWhole: true) else {
      return InstanceExtras(other: drawn)
    }
    return InstanceExtras(other: try taken.with(n: first.n, lambda: first.lambda))
  }

  private var usesLeastSquares: Bool { demand.isLeastSquares || demand.candidates != .none }

  private struct Shape {
    let p1, p2, q: Int
    let n, p1a: Int?
    let lambda: Rational?
  }

  private func shape(_ tape: inout ChoiceTape, p2 given: Int?) throws -> Shape {
    func number(_ range: ClosedRange<Int>) throws -> Int {
      try Generator.int(in: range, towards: range.lowerBound)(&tape)
    }
    let (labels, n) = (demand.labels, demand.n)
    let q = labels.count > 1 ? try number(labels) : labels.lowerBound
    let hasCandidates = demand.candidates == .two
    // Of equal candidates the second is made from the first.
    let p1 = try number((hasCandidates ? 2 : q)...(demand.candidates == .equal ? 2 : max(largestSize, q)))
    let least = demand.hasSeveralInputs ? 2 : q
    // A given n bounds the number of student inputs: n ≥ p2+2.
    let p2 = try given ?? number(least...max(min(largestSize, (n ?? .max) - 2), least))
    var rows = try demand.hasRows && n == nil ? p2 + 2 + number(0...60) : nil
    if demand.hasRowsForBoth { rows = rows.map { $0 + p1 } }
    if demand.hasEvenDegrees { rows = rows.map { 2 * $0 - p2 } }
    let weight =
      try demand.hasPositiveWeight && demand.lambda == nil
      ? Rational(number(1...20), number(1...20)) : nil
    return Shape(
      p1: p1, p2: p2, q: q, n: n ?? rows, p1a: hasCandidates ? try number(1...(p1 - 1)) : nil,
      lambda: demand.lambda ?? weight)
  }

  /// w1, the columns at scales of their own.
  private func weights(_ shape: Shape, _ tape: inout ChoiceTape) throws -> RationalMatrix {
    let columns = try (0..<shape.q).map { j in
      try tape.span("teacher") { tape in
        let scale = Rational.powerOfTwo(tape.rareExponent(upTo: 8))
        return try (0..<shape.p1).map { i in
          scale * Rational(try Generator.int(in: -9...9, towards: i == j ? 1 : 0)(&tape))
        }
      }
    }
    return RationalMatrix(rows: shape.p1, columns: shape.q) { columns[$1][$0] }
  }

  /// The teacher halved until cov(t) ⪯ cov(y): the premise of claims about vectors hardly ever holds by chance.
  ///
  /// The greatest eigenvalue of cov(y)⁻¹cov(t), which must not be above 1, is at most its trace.
  private func bounded(_ w1: RationalMatrix, _ sigma: RationalMatrix, _ shape: Shape) -> RationalMatrix {
    let covY = sigma.selecting((shape.p1 + shape.p2)..<sigma.rows)
    let covT = w1.transposed * sigma.selecting(0..<shape.p1) * w1
    guard let trace = try? covY.solve(covT).trace.asDouble, trace > 1 else { return w1 }
    return Rational.powerOfTwo(-(Int(trace.exponent) + 2) / 2) * w1
  }
}
