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
  /// The range, and the condition.
  case forLambda(Quantifier, within: SignFormula, SignFormula)

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

  /// Whether anything in it can be told.
  var isKnown: Bool {
    switch self {
    case .unknown: false
    case .constant, .test, .teacherVariesNoMore: true
    case .all(let parts), .any(let parts), .iff(let parts): parts.contains(where: \.isKnown)
    case .not(let part), .forOutputs(_, let part), .forLambda(_, _, let part): part.isKnown
    case .implies(let premise, let conclusion): premise.isKnown || conclusion.isKnown
    }
  }
}
