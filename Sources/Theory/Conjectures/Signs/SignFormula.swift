// SPDX-License-Identifier: GPL-3.0-or-later
import ExactPredicates

/// A condition that is made of signs of computations, decided in any arithmetic; nil where it is undefined, or where the
/// few λ at which a quantified condition is tried do not tell.
indirect enum SignFormula: Sendable {
  case unknown
  case constant(Bool)
  case test(SignTest, Relation)
  /// cov(t) ⪯ cov(y).
  case teacherVariesNoMore
  case all([SignFormula])
  case any([SignFormula])
  case not(SignFormula)
  case implies(SignFormula, SignFormula)
  case iff([SignFormula])
  case forOutputs(Quantifier, SignFormula)
  /// The range, and the condition, which is tried at a few λ.
  case forLambda(Quantifier, within: SignFormula, SignFormula)
  /// A quantified condition, decided on each piece of its range and at its closed ends.
  case forPieces(Quantifier, [SignPiece], ends: [SignFormula])
  /// A comparison that depends on the sign that the polynomial of a piece has: times `factor`, and over the divisor.
  case polynomial(Relation, factor: Int, divisor: SignTest?)
  /// The sign near 0 from above of a quotient of polynomials, by their coefficients from power 0 on.
  case nearZero(above: [SignTest], below: [SignTest], Relation)

  /// The λ = u/v at which quantified conditions are tried.
  private static let probes = [(1, 16), (1, 2), (3, 1), (64, 1)]

  /// Whether it holds.
  ///
  /// - Throws: `Undecided` where this arithmetic cannot tell.
  func holds<N: SignedScalar>(_ m: ProblemMoments<N>, _ point: SignPoint) throws(Undecided) -> Truth {
    switch self {
    case .unknown: return nil
    case .constant(let truth): return truth
    case .test(let test, let relation): return try test.sign(m, point).map { relation.holds($0) }
    case .teacherVariesNoMore: return try m.teacherVariesNoMore()
    case .all(let parts):
      var result: Truth = true
      for part in parts {
        let truth = try part.holds(m, point)
        if truth == false { return false }
        if truth == nil { result = nil }
      }
      return result
    case .any(let parts):
      var result: Truth = false
      for part in parts {
        let truth = try part.holds(m, point)
        if truth == true { return true }
        if truth == nil { result = nil }
      }
      return result
    case .not(let part): return try part.holds(m, point).map { !$0 }
    case .implies(let premise, let conclusion):
      let supposed = try premise.holds(m, point)
      if supposed == false { return true }
      let concluded = try conclusion.holds(m, point)
      return concluded == true ? true : supposed == nil ? nil : concluded
    case .iff(let parts):
      let first = try parts[0].holds(m, point)
      if first == nil { return nil }
      for part in parts.dropFirst() {
        let truth = try part.holds(m, point)
        if truth != first { return truth == nil ? nil : false }
      }
      return true
    case .forOutputs(let quantifier, let body):
      let decisive = quantifier == .some
      var (result, inner): (Truth, SignPoint) = (!decisive, point)
      for output in 0..<m.q {
        inner.output = output
        let truth = try body.holds(m, inner)
        if truth == decisive { return decisive }
        if truth == nil { result = nil }
      }
      return result
    case .forPieces(let quantifier, let pieces, let ends):
      return try holds(quantifier, pieces, ends, m, point)
    case .polynomial(let relation, let factor, let divisor):
      let below = try divisor.map { test throws(Undecided) in try test.sign(m, point) } ?? 1
      guard let below, below != 0 else { return nil }
      return relation.holds(point.sign * factor * below)
    case .nearZero(let above, let below, let relation):
      let divisor = try SignFormula.firstSign(below, m, point)
      guard let divisor, divisor != 0 else { return nil }
      return try SignFormula.firstSign(above, m, point).map { relation.holds($0 * divisor) }
    case .forLambda(let quantifier, let range, let body):
      let decisive = quantifier == .some
      var inner = point
      for (u, v) in SignFormula.probes {
        (inner.u, inner.v) = (u, v)
        if try range.holds(m, inner) == true, try body.holds(m, inner) == decisive { return decisive }
      }
      return nil
    }
  }

  /// The first sign that is not 0; nil where one is undefined before.
  private static func firstSign<N: SignedScalar>(_ tests: [SignTest], _ m: ProblemMoments<N>, _ point: SignPoint)
    throws(Undecided) -> Int?
  {
    for test in tests {
      let sign = try test.sign(m, point)
      if sign != 0 { return sign }
    }
    return 0
  }

  private func holds<N: SignedScalar>(
    _ quantifier: Quantifier, _ pieces: [SignPiece], _ ends: [SignFormula], _ m: ProblemMoments<N>, _ point: SignPoint
  ) throws(Undecided) -> Truth {
    let decisive = quantifier == .some
    var (result, inner): (Truth, SignPoint) = (!decisive, point)
    for piece in pieces {
      guard let signs = try piece.polynomial.signs(m, point) else {
        result = nil
        continue
      }
      for sign in signs {
        inner.sign = sign
        let truth = try piece.body.holds(m, inner)
        if truth == decisive { return decisive }
        if truth == nil { result = nil }
      }
    }
    for end in ends {
      let truth = try end.holds(m, point)
      if truth == decisive { return decisive }
      if truth == nil { result = nil }
    }
    return result
  }

  /// Whether anything in it can be told.
  var isKnown: Bool {
    switch self {
    case .unknown: false
    case .constant, .test, .teacherVariesNoMore, .forPieces, .polynomial, .nearZero: true
    case .all(let parts), .any(let parts), .iff(let parts): parts.contains(where: \.isKnown)
    case .not(let part), .forOutputs(_, let part), .forLambda(_, _, let part): part.isKnown
    case .implies(let premise, let conclusion): premise.isKnown || conclusion.isKnown
    }
  }
}

extension SignFormula {
  /// Whether it tells all that the statement says: nothing is left out, and no real variable is quantified, so that it is undefined
  /// just where a divisor is 0.
  var isWhole: Bool {
    switch self {
    case .unknown, .forLambda, .forPieces, .polynomial, .nearZero: false
    case .constant, .test, .teacherVariesNoMore: true
    case .all(let parts), .any(let parts), .iff(let parts): parts.allSatisfy(\.isWhole)
    case .not(let part), .forOutputs(_, let part): part.isWhole
    case .implies(let premise, let conclusion): premise.isWhole && conclusion.isWhole
    }
  }
}

extension SignQuadratic {
  /// The signs that it takes for t > 0, each once; nil where one is undefined.
  func signs<N: SignedScalar>(_ m: ProblemMoments<N>, _ point: SignPoint) throws(Undecided) -> [Int]? {
    var known = [0, 0, 0]
    for (power, test) in coefficients.enumerated() {
      guard let sign = try test.map({ test throws(Undecided) in try test.sign(m, point) }) ?? 0 else { return nil }
      known[power] = sign
    }
    // Near 0, and far away.
    let low = known.first { $0 != 0 } ?? 0
    let high = known.last { $0 != 0 } ?? 0
    if low == 0 { return [0] }
    if low != high { return [low, 0, high] }
    guard known[0] == low, known[2] == low, known[1] == -low else { return [low] }
    guard let order = try discriminant.map({ test throws(Undecided) in try test.sign(m, point) }) ?? 0 else {
      return nil
    }
    return order < 0 ? [low] : order == 0 ? [low, 0] : [low, 0, -low]
  }
}
