// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import PropertyTesting
import RandomInstances

/// Instances for a hunt, on a choice tape: every Σ is positive definite by construction, as LLᵀ.
///
/// The simplest instance has the smallest sizes, small whole numbers and zeros. Each coordinate has a scale of its own,
/// a power of 10: the scales of outputs, inputs and teachers may differ widely.
struct InstanceGenerator: Sendable {
  /// What the claim assumes, which decides the shape of the instances.
  let assumptions: Set<Assumption>
  /// The largest p1 and p2.
  let largestSize: Int
  /// n and λ, where they are not chosen.
  let n: Int?
  let lambda: Rational?
  private let claim: any Claim

  init(for claim: any Claim, largestSize: Int = 4, n: Int? = nil, lambda: Rational? = nil) {
    (assumptions, self.largestSize, self.n, self.lambda) = (Set(claim.assumptions), largestSize, n, lambda)
    self.claim = claim
  }

  var generator: Generator<Instance> {
    Generator { tape in
      var drawn = try plain(&tape)
      do {
        if assumptions.contains(.otherInstance) { drawn = try drawn.with(extras: second(beside: drawn, &tape)) }
        return try withExtras(claim.shaped(drawn) ?? drawn, &tape)
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
    if assumptions.contains(.severalLabels), let drawn = teacher { teacher = bounded(drawn, sigma, shape) }
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

  private var usesLeastSquares: Bool {
    !assumptions.isDisjoint(with: [.leastSquaresTeacher, .calibratedTeacher, .candidates, .equalCandidates])
  }

  private struct Shape {
    let p1, p2, q: Int
    let n, p1a: Int?
    let lambda: Rational?
  }

  private func shape(_ tape: inout ChoiceTape, p2 given: Int?) throws -> Shape {
    func number(_ range: ClosedRange<Int>) throws -> Int {
      try Generator.int(in: range, towards: range.lowerBound)(&tape)
    }
    let q = assumptions.contains(.severalLabels) ? try number(2...3) : 1
    let hasCandidates = assumptions.contains(.candidates)
    // Of equal candidates the second is made from the first.
    let p1 = try number((hasCandidates ? 2 : q)...(assumptions.contains(.equalCandidates) ? 2 : max(largestSize, q)))
    let least = assumptions.contains(.severalInputs) ? 2 : q
    // A given n bounds the number of student inputs: n ≥ p2+2.
    let p2 = try given ?? number(least...max(min(largestSize, (n ?? .max) - 2), least))
    let usesRows = !assumptions.isDisjoint(with: [.trainingRows, .positiveLambda, .rowsForBoth, .evenDegrees])
    var rows = try usesRows && n == nil ? p2 + 2 + number(0...60) : nil
    if assumptions.contains(.rowsForBoth) { rows = rows.map { $0 + p1 } }
    if assumptions.contains(.evenDegrees) { rows = rows.map { 2 * $0 - p2 } }
    let weight =
      try assumptions.contains(.positiveLambda) && lambda == nil
      ? Rational(number(1...20), number(1...20)) : nil
    return Shape(
      p1: p1, p2: p2, q: q, n: n ?? rows, p1a: hasCandidates ? try number(1...(p1 - 1)) : nil,
      lambda: lambda ?? weight)
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
