// SPDX-License-Identifier: GPL-3.0-or-later
import ExactPredicates
import SeededRuns

/// Draws random problems of whole numbers into memory of its own: Σ = FFᵀ is positive definite by construction, as F
/// has a positive diagonal and zeros above it.
///
/// What claims are about is frequent: exact ties c = σε², teachers that follow s, least-squares teachers, several
/// labels, two candidate modalities. A hunt asks for the kind that its claim speaks of.
package struct IntegerSampler: Sendable {
  private let largestSize: Int
  let demand: InstanceDemand?
  var factor: [Int64]
  private var sigma: [Int64]
  var teachers: [Int64]
  /// λ = u/v, where it is demanded.
  private let weight: (u: Int64, v: Int64)?

  /// A sampler of problems of all kinds with p1, p2 ≤ `largestSize`.
  package init(largestSize: Int = 8) { self.init(largestSize: largestSize, nil, weight: nil) }

  /// A sampler of problems that are demanded; nil where none has that n, or their λ is not made of machine numbers.
  package init?(largestSize: Int, _ demand: InstanceDemand) {
    if let n = demand.n, n < demand.labels.lowerBound + 2 { return nil }
    guard let lambda = demand.lambda else {
      self.init(largestSize: largestSize, demand, weight: nil)
      return
    }
    guard let u = lambda.numerator.asInt, let v = lambda.denominator.asInt else { return nil }
    self.init(largestSize: largestSize, demand, weight: (Int64(u), Int64(v)))
  }

  private init(largestSize: Int, _ demand: InstanceDemand?, weight: (u: Int64, v: Int64)?) {
    (self.largestSize, self.demand, self.weight) = (largestSize, demand, weight)
    let d = 2 * largestSize + 3
    factor = [Int64](repeating: 0, count: d * d)
    sigma = factor
    teachers = [Int64](repeating: 0, count: 4 * largestSize)
  }

  /// Sizes, and where each block begins in the rows of F.
  struct Shape {
    let p1, p2, q: Int
    let isLeastSquares, hasCandidates: Bool
    var d: Int { p1 + p2 + q }
    /// In F the label comes after what it depends on: x2, or, for a least-squares teacher, x1.
    var x1: Int { isLeastSquares ? 0 : p2 + q }
    var y: Int { isLeastSquares ? p1 : p2 }
    var x2: Int { isLeastSquares ? p1 + q : 0 }

    /// The row of Σ in the order x1, x2, y.
    func place(_ row: Int) -> Int {
      if row >= x1, row < x1 + p1 { return row - x1 }
      return row >= y && row < y + q ? p1 + p2 + row - y : p1 + row - x2
    }
  }

  /// Draws a problem and gives it to `body`, which must not keep it.
  package mutating func draw(from source: inout RandomSource, _ body: (IntegerProblem) throws -> Void) rethrows {
    // Choices about extras are of another stream, so that they change nothing else.
    var side = RandomSource(state: ~source.state)
    let shape = shape(from: &source)
    for i in 0..<shape.d {
      for j in 0..<i { factor[i * shape.d + j] = Int64(source.integer(in: -3...3)) }
      let isLabel = i >= shape.y && i < shape.y + shape.q
      factor[i * shape.d + i] = Int64(source.integer(in: isLabel ? 1...9 : 1...4))
    }
    drawTeacher(shape, from: &source)
    shapeRows(shape, from: &side)
    fillSigma(shape)
    let candidates = shape.hasCandidates ? drawCandidates(shape, from: &source) : nil
    let extras = drawExtras(shape, behind: candidates == nil ? shape.q : shape.q + 2, from: &side)
    let (p1, p2, q) = (shape.p1, shape.p2, shape.q)
    let count = q + (candidates == nil ? 0 : 2) + (extras.hasSecondTeacher ? 1 : 0)
    let n = demand?.n ?? source.trainingRows(p2: p2)
    let lambda = weight ?? drawnWeight(from: &source)
    try sigma.withUnsafeBufferPointer { sigma in
      try teachers.withUnsafeBufferPointer { teachers in
        try body(
          IntegerProblem(
            p1: p1, p2: p2, q: q, sigma: UnsafeBufferPointer(rebasing: sigma[..<(shape.d * shape.d)]),
            w1: UnsafeBufferPointer(rebasing: teachers[..<(p1 * count)]), n: n, lambda: lambda,
            candidates: candidates, extras: extras))
      }
    }
  }

  private func drawnWeight(from source: inout RandomSource) -> (u: Int64, v: Int64) {
    let weight = source.distillationWeight()
    return (Int64(weight.u), Int64(weight.v))
  }

  private func shape(from source: inout RandomSource) -> Shape {
    let kind = demand == nil ? source.integer(in: 0...9) : 9
    let q =
      demand.map { source.chance(3, in: 4) ? $0.labels.lowerBound : source.integer(in: $0.labels) }
      ?? (kind < 2 ? source.integer(in: 2...3) : 1)
    let (isLeastSquares, hasCandidates) = (
      demand?.isLeastSquares ?? (kind == 2), demand.map { $0.candidates != .none } ?? (kind == 3)
    )
    let (largestP1, largestP2) = demand.map { ($0.largestP1, $0.largestP2) } ?? (.max, .max)
    let most = min(
      largestP1, hasCandidates ? min(largestSize, demand?.candidates == .equal ? 2 : 5) : largestSize)
    let p1 = max(source.size(upTo: most), hasCandidates ? 2 : q)
    // A given n bounds the number of student inputs: n ≥ p2+2.
    let p2 = max(source.size(upTo: max(1, min(largestSize, largestP2, (demand?.n ?? .max) - 2))), q)
    return Shape(p1: p1, p2: p2, q: q, isLeastSquares: isLeastSquares, hasCandidates: hasCandidates)
  }

  /// w1, and what it asks of F.
  private mutating func drawTeacher(_ shape: Shape, from source: inout RandomSource) {
    let (p1, d, q) = (shape.p1, shape.d, shape.q)
    if q > 1, !shape.isLeastSquares, source.chance(1, in: 2) { return drawOutputsOfManyScales(shape, from: &source) }
    // x1[j] shares with label j what x2 explains, and in a tie the rest too.
    let isTie = !shape.isLeastSquares && q == 1 && source.chance(1, in: 4)
    let follows = !shape.isLeastSquares && source.chance(1, in: 2)
    if isTie || follows {
      for j in 0..<q {
        let (y, t) = ((shape.y + j) * d, (shape.x1 + j) * d)
        for k in 0..<(isTie ? shape.y + 1 : shape.p2) { factor[t + k] = factor[y + k] }
      }
    }
    if follows, q > 1 {
      // Labels at a larger scale than their teachers: what claims about vectors suppose is rare otherwise.
      let scale = Int64(source.integer(in: 1...4))
      for place in (shape.y * d)..<((shape.y + q) * d) { factor[place] *= scale }
    }
    let isAlone = isTie || follows && source.chance(1, in: 2)
    for j in 0..<q {
      for i in 0..<p1 { teachers[j * p1 + i] = isAlone ? (i == j ? 1 : 0) : Int64(source.integer(in: -3...3)) }
      if follows, !isTie { teachers[j * p1 + j] = Int64(source.integer(in: 1...4)) }
      if (0..<p1).allSatisfy({ teachers[j * p1 + $0] == 0 }) { teachers[j * p1 + j] = 1 }
    }
    if shape.isLeastSquares {
      // y = w1ᵀx1 + noise of its own, so that Σ13 = Σ11w1.
      for j in 0..<q {
        for k in 0..<p1 {
          factor[(shape.y + j) * d + k] = (0..<p1).reduce(0) { $0 + teachers[j * p1 + $1] * factor[$1 * d + k] }
        }
      }
    }
  }

  /// Teachers with an input for each output, of which some tell all of what x2 explains and others, at another scale, only
  /// repeat what it does not: what informations say of all outputs together then says little of traces.
  private mutating func drawOutputsOfManyScales(_ shape: Shape, from source: inout RandomSource) {
    let (p1, d) = (shape.p1, shape.d)
    for place in 0..<(shape.q * p1) { teachers[place] = 0 }
    for j in 0..<shape.q {
      teachers[j * p1 + j] = 1
      let (y, t) = ((shape.y + j) * d, (shape.x1 + j) * d)
      guard source.chance(1, in: 2) else {
        for k in 0..<shape.p2 { factor[t + k] = factor[y + k] }
        continue
      }
      let (scale, explained) = (Int64(source.integer(in: 1...6)), Int64(source.integer(in: 1...3)))
      for k in 0..<shape.p2 { (factor[t + k], factor[y + k]) = (0, scale * explained * factor[y + k]) }
      let noise = scale * factor[y + shape.y + j]
      (factor[y + shape.y + j], factor[t + shape.y + j]) = (noise, noise * Int64(source.integer(in: 1...2)))
    }
  }

  /// The two candidates' weights behind the teacher's; nil where their numbers are too large.
  private mutating func drawCandidates(_ shape: Shape, from source: inout RandomSource) -> IntegerProblem.Candidates? {
    let (p1, d) = (shape.p1, shape.d)
    let split = source.integer(in: 1...(p1 - 1))
    for place in p1..<(3 * p1) { teachers[place] = 0 }
    return sigma.withUnsafeBufferPointer { sigma in
      teachers.withUnsafeMutableBufferPointer { teachers in
        func weights(_ block: Range<Int>, at start: Int) -> Int64? {
          IntegerProblem.leastSquaresWeights(
            UnsafeBufferPointer(rebasing: sigma[..<(d * d)]), size: d, block: block, label: d - 1,
            into: UnsafeMutableBufferPointer(
              rebasing: teachers[(start + block.lowerBound)..<(start + block.upperBound)]))
        }
        guard let first = weights(0..<split, at: p1), let second = weights(split..<p1, at: 2 * p1) else { return nil }
        return IntegerProblem.Candidates(p1a: split, scales: (first, second))
      }
    }
  }

  /// Σ = FFᵀ in the order x1, x2, y.
  private mutating func fillSigma(_ shape: Shape) {
    let d = shape.d
    for i in 0..<d {
      let row = shape.place(i)
      for j in 0...i {
        var sum: Int64 = 0
        for k in 0...j { sum += factor[i * d + k] * factor[j * d + k] }
        let column = shape.place(j)
        sigma[row * d + column] = sum
        sigma[column * d + row] = sum
      }
    }
  }
}
