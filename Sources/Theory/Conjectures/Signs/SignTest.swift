// SPDX-License-Identifier: GPL-3.0-or-later
import ExactPredicates

/// A computation in any arithmetic, and the sign of its result.
struct SignTest: Sendable {
  /// What the sign is that of.
  enum Result: Sendable {
    /// above/below, for a divisor that is not positive by itself.
    case quotient(Int, Int?)
    /// P + Q√S with S > 0; `gap` has the sign of P² − Q²S. Divisors are positive, or multiplied with.
    case root(first: Int, second: Int, gap: Int)
  }

  /// The steps, each of which uses earlier ones only.
  let operations: [SignOperation]
  let result: Result

  /// What is needed of `steps` for `result`.
  init(_ steps: SignSteps, _ result: Result) {
    var wanted = Set<Int>()
    var stack: [Int] =
      switch result {
      case .quotient(let above, let below): [above] + (below.map { [$0] } ?? [])
      case .root(let first, let second, let gap): [first, second, gap]
      }
    while let place = stack.popLast() {
      guard wanted.insert(place).inserted else { continue }
      stack += steps.operations[place].operands
    }
    let order = wanted.sorted()
    let place = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    operations = order.map { steps.operations[$0].renumbered { place[$0] ?? 0 } }
    self.result =
      switch result {
      case .quotient(let above, let below): .quotient(place[above] ?? 0, below.flatMap { place[$0] })
      case .root(let first, let second, let gap):
        .root(first: place[first] ?? 0, second: place[second] ?? 0, gap: place[gap] ?? 0)
      }
  }

  /// The sign, or nil where a divisor is 0.
  ///
  /// - Throws: `Undecided` where this arithmetic cannot tell.
  @inline(__always)
  func sign<N: SignedScalar>(_ m: ProblemMoments<N>, _ point: SignPoint) throws(Undecided) -> Int? {
    switch outcome(m, point) {
    case .sign(let sign): return sign
    case .undefined: return nil
    case .undecided: throw Undecided()
    }
  }

  private enum Outcome { case sign(Int), undefined, undecided }

  private func outcome<N: SignedScalar>(_ m: ProblemMoments<N>, _ point: SignPoint) -> Outcome {
    withUnsafeTemporaryAllocation(of: N.self, capacity: operations.count) { values in
      for place in operations.indices {
        values.initializeElement(at: place, to: value(operations[place], m, point, values))
      }
      defer { values.deinitialize() }
      switch result {
      case .quotient(let above, let below):
        guard let sign = values[above].knownSign else { return .undecided }
        guard let below else { return .sign(sign) }
        guard let divisor = values[below].knownSign else { return .undecided }
        return divisor == 0 ? .undefined : .sign(sign * divisor)
      case .root(let first, let second, let gap):
        guard let p = values[first].knownSign, let q = values[second].knownSign else { return .undecided }
        if q == 0 || p == q { return .sign(p) }
        if p == 0 { return .sign(q) }
        guard let order = values[gap].knownSign else { return .undecided }
        return .sign(order == 0 ? 0 : order > 0 ? p : q)
      }
    }
  }

  @inline(__always)
  private func value<N: SignedScalar>(
    _ operation: SignOperation, _ m: ProblemMoments<N>, _ point: SignPoint, _ values: UnsafeMutableBufferPointer<N>
  ) -> N {
    switch operation {
    case .add(let a, let b): return values[a] + values[b]
    case .subtract(let a, let b): return values[a] - values[b]
    case .multiply(let a, let b): return values[a] * values[b]
    case .whole(let value): return N(whole: value)
    case .factor: return m.factor
    case .unit: return N(whole: m.n - m.p2 - 1)
    case .p2: return N(whole: m.p2)
    case .n: return N(whole: m.n)
    case .q: return N(whole: m.q)
    case .lambdaAbove: return m.lambda?.u ?? N(whole: 1)
    case .lambdaBelow: return m.lambda?.v ?? N(whole: 1)
    case .firstScale: return m.candidates?.first.scale ?? N(whole: 1)
    case .secondScale: return m.candidates?.second.scale ?? N(whole: 1)
    case .probeAbove: return N(whole: point.u)
    case .probeBelow: return N(whole: point.v)
    case .total(let a, let b, let outputs): return sum(a, b, outputs, m, point) { m.total($0, $1) }
    case .residual(let a, let b, let outputs): return sum(a, b, outputs, m, point) { m.residual($0, $1) }
    case .riskChange(let u, let v): return m.risk.riskChange(values[u], values[v])
    default: return determinant(operation, m)
    }
  }

  @inline(__always)
  private func sum<N: SignedScalar>(
    _ a: SignOperation.Column, _ b: SignOperation.Column, _ outputs: SignOperation.Outputs, _ m: ProblemMoments<N>,
    _ point: SignPoint, _ entry: (Int, Int) -> N
  ) -> N {
    let (i, j) = (column(a, m.q), column(b, m.q))
    if outputs == .bound { return entry(i + point.output, j + point.output) }
    var sum = entry(i, j)
    for output in 1..<max(m.q, 1) { sum = sum + entry(i + output, j + output) }
    return sum
  }

  @inline(__always)
  private func column(_ column: SignOperation.Column, _ q: Int) -> Int {
    switch column {
    case .teacher: 0
    case .label: q
    case .first: 2 * q
    case .second: 2 * q + 1
    }
  }

  private func determinant<N: SignedScalar>(_ operation: SignOperation, _ m: ProblemMoments<N>) -> N {
    let (q, f) = (m.q, m.factor)
    func explained(_ i: Int, _ j: Int) -> N { f * m.total(i, j) - m.residual(i, j) }
    switch operation {
    case .inputs: return m.inputs?.own ?? N(whole: 1)
    case .inputsGivenX2: return m.inputs?.givenX2 ?? N(whole: 1)
    case .detT: return ExactPredicates.determinant(q) { f * m.total($0, $1) }
    case .detS: return ExactPredicates.determinant(q) { explained(q + $0, q + $1) }
    case .detY: return ExactPredicates.determinant(q) { f * m.total(q + $0, q + $1) }
    case .detOpen: return ExactPredicates.determinant(q) { m.residual(q + $0, q + $1) }
    default:
      return ExactPredicates.determinant(2 * q) { $0 < q && $1 < q ? f * m.total($0, $1) : explained($0, $1) }
    }
  }
}

/// Where a test is made: the output and the λ = u/v that quantifiers around it have bound, or the sign that a polynomial has there.
struct SignPoint {
  var output = 0
  var sign = 0
  var (u, v) = (1, 1)
}

extension SignOperation {
  /// The earlier steps that it uses.
  var operands: [Int] {
    switch self {
    case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .riskChange(let a, let b): [a, b]
    default: []
    }
  }

  func renumbered(_ place: (Int) -> Int) -> SignOperation {
    switch self {
    case .add(let a, let b): .add(place(a), place(b))
    case .subtract(let a, let b): .subtract(place(a), place(b))
    case .multiply(let a, let b): .multiply(place(a), place(b))
    case .riskChange(let a, let b): .riskChange(place(a), place(b))
    default: self
    }
  }
}
