// SPDX-License-Identifier: GPL-3.0-or-later
/// One step of a computation in any arithmetic; operands are the places of earlier steps.
enum SignOperation: Hashable, Sendable {
  /// t or y, or a candidate teacher.
  enum Column: Hashable, Sendable { case teacher, label, first, second }
  /// All outputs summed, or the one that a quantifier has bound.
  enum Outputs: Hashable, Sendable { case trace, bound }

  case whole(Int)
  /// What conditional moments are multiplied by, and what the risk is.
  case factor, unit
  case p2, n, q
  /// The instance's λ = u/v, and the scales of the candidate teachers.
  case lambdaAbove, lambdaBelow
  case firstScale, secondScale
  /// The λ at which a quantified condition is tried.
  case probeAbove, probeBelow
  case total(Column, Column, Outputs)
  case residual(Column, Column, Outputs)
  /// (1+λ)²(R(λ) − R0)v², times factor and unit, at λ = u/v.
  case riskChange(Int, Int)
  /// det Σ11, and the determinant of its Schur complement given x2 times the factor.
  case inputs, inputsGivenX2
  /// Determinants of several labels: of T, S, Y, cov(y|x2) and cov(t,s), times their factors.
  case detT, detS, detY, detOpen, detJoint
  case add(Int, Int)
  case subtract(Int, Int)
  case multiply(Int, Int)
}

/// What a statement needs that no arithmetic but the rational one has.
struct NotMadeOfSigns: Error {}

/// The steps of all computations of a statement, each once.
struct SignSteps {
  private(set) var operations: [SignOperation] = []
  private var places: [SignOperation: Int] = [:]
  /// The places of numbers that are positive on every instance that the assumptions allow.
  private(set) var positive: Set<Int> = []

  mutating func place(_ operation: SignOperation) throws(NotMadeOfSigns) -> Int {
    if let place = places[operation] { return place }
    // A statement this long is better evaluated by FLINT.
    guard operations.count < 400 else { throw NotMadeOfSigns() }
    operations.append(operation)
    places[operation] = operations.count - 1
    if isPositive(operation) { positive.insert(operations.count - 1) }
    return operations.count - 1
  }

  mutating func markPositive(_ place: Int) { positive.insert(place) }

  private func isPositive(_ operation: SignOperation) -> Bool {
    switch operation {
    case .whole(let value): value > 0
    case .factor, .unit, .p2, .n, .q, .lambdaAbove, .lambdaBelow, .firstScale, .secondScale, .probeAbove, .probeBelow:
      true
    case .inputs, .inputsGivenX2, .detT, .detS, .detY, .detOpen, .detJoint: true
    case .total(let a, let b, _), .residual(let a, let b, _): a == b
    case .riskChange, .subtract: false
    case .add(let a, let b): positive.contains(a) && positive.contains(b)
    // A square may be 0.
    case .multiply(let a, let b): positive.contains(a) && positive.contains(b)
    }
  }

  mutating func product(_ a: Int, _ b: Int) throws(NotMadeOfSigns) -> Int {
    if operations[a] == .whole(1) { return b }
    if operations[b] == .whole(1) { return a }
    return try place(.multiply(min(a, b), max(a, b)))
  }

  /// The number at a place times a whole power of the number at another.
  mutating func product(_ a: Int, _ b: Int, power: Int) throws(NotMadeOfSigns) -> Int {
    guard power <= 16 else { throw NotMadeOfSigns() }
    var result = a
    for _ in 0..<power { result = try product(result, b) }
    return result
  }
}
