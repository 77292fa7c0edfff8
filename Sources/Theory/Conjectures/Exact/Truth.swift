// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import ExactAlgebra

/// Whether a condition holds: three-valued, nil where it is undefined (Kleene's logic).
typealias Truth = Bool?

enum Kleene {
  static func all(_ parts: [Truth]) -> Truth { parts.contains(false) ? false : parts.contains(nil) ? nil : true }
  static func any(_ parts: [Truth]) -> Truth { parts.contains(true) ? true : parts.contains(nil) ? nil : false }
  static func iff(_ parts: [Truth]) -> Truth { parts.contains(nil) ? nil : parts.allSatisfy { $0 == parts[0] } }
}

extension Evaluator {
  /// Whether `formula` holds; nil where something that decides it is undefined, and then the first reason.
  func truth(_ formula: Formula) -> (holds: Truth, reason: Undefined?) {
    var reason: Undefined?
    let holds = truth(formula, &reason)
    return (holds, holds == nil ? reason : nil)
  }

  func truth(_ formula: Formula, _ reason: inout Undefined?) -> Truth {
    do throws(Undefined) { return try attempt(formula, &reason) } catch {
      reason = reason ?? error
      return nil
    }
  }

  /// What `body` returns; nil where that has no value, and then the first reason.
  private func attempted<Result>(_ reason: inout Undefined?, _ body: () throws(Undefined) -> Result) -> Result? {
    do throws(Undefined) { return try body() } catch {
      reason = reason ?? error
      return nil
    }
  }

  private func attempt(_ formula: Formula, _ reason: inout Undefined?) throws(Undefined) -> Truth {
    // What says of neither of two instances that it is about it is said of both.
    if isOfTwo, !formula.namesInstance {
      return Kleene.all([try of(.a).truth(formula, &reason), try of(.b).truth(formula, &reason)])
    }
    switch formula.kind {
    case .instance(let name, let part): return try of(name).truth(part, &reason)
    case .same(let parts):
      let all = try parts.map { part throws(Undefined) in try isShared(part) }
      return Kleene.all(all)
    case .jointTeacher: return isJointTeacher
    case .comparison(let comparison):
      // Its steps are joined by `and`: one that is false decides, also beside one that has no value.
      var left = attempted(&reason) { () throws(Undefined) in try value(comparison.first) }
      var all: [Truth] = []
      for step in comparison.rest {
        let right = attempted(&reason) { () throws(Undefined) in try value(step.expression) }
        let holds: Truth =
          if let left, let right {
            attempted(&reason) { () throws(Undefined) in step.relation.holds(try left.compare(to: right)) }
          } else { nil }
        if holds == false { return false }
        all.append(holds)
        left = right
      }
      return Kleene.all(all)
    case .helps: return facts.moments.helpsForSmallLambda
    case .below(let first, let second):
      let (a, b) = (try covariance(first, [], given: []).matrix, try covariance(second, [], given: []).matrix)
      guard a.rows == b.rows else { throw Undefined.shape }
      return (b - a).isPositiveSemidefinite
    case .independent(let first, let second, let given):
      let joint = try covariance(first, second, given: given)
      return joint.matrix.selecting(rows: 0..<joint.sizes.first, columns: joint.sizes.first..<joint.matrix.rows).isZero
    case .leastSquaresTeacher: return facts.isLeastSquaresTeacher
    case .unitInputs: return instance.sigma.selecting(instance.x2) == .identity(instance.p2)
    case .all(let parts):
      var result: Truth = true
      for part in parts {
        let holds = truth(part, &reason)
        if holds == false { return false }
        if holds == nil { result = nil }
      }
      return result
    case .any(let parts):
      var result: Truth = false
      for part in parts {
        let holds = truth(part, &reason)
        if holds == true { return true }
        if holds == nil { result = nil }
      }
      return result
    case .not(let part): return truth(part, &reason).map { !$0 }
    case .implies(let premise, let conclusion):
      let supposed = truth(premise, &reason)
      if supposed == false { return true }
      let concluded = truth(conclusion, &reason)
      return concluded == true ? true : supposed == nil ? nil : concluded
    case .iff(let parts): return Kleene.iff(parts.map { truth($0, &reason) })
    case .forVariable(let quantifier, _, let domain, let body):
      return try decided(quantifier, domain, body, &reason)
    case .forOutputs(let quantifier, let name, let body):
      let truths = overOutputs(name) { truth(body, &reason) }
      return quantifier == .some ? Kleene.any(truths) : Kleene.all(truths)
    }
  }

  /// Whether w1ᵀx1 = E[y | x1, x2]: y − t is uncorrelated with x1 and x2.
  private var isJointTeacher: Bool {
    let sigma = instance.sigma
    return facts.isLeastSquaresTeacher
      && sigma.selecting(rows: instance.x2, columns: instance.x1) * instance.w1
        == sigma.selecting(rows: instance.x2, columns: instance.y)
  }

  private func isShared(_ part: SharedPart) throws(Undefined) -> Bool {
    let (a, b) = (try of(.a), try of(.b))
    switch part {
    case .teacherInputs:
      return a.instance.sigma.selecting(a.instance.x1) == b.instance.sigma.selecting(b.instance.x1)
    case .studentInputs:
      return a.instance.sigma.selecting(a.instance.x2) == b.instance.sigma.selecting(b.instance.x2)
    case .quantity(let expression): return try a.value(expression).compare(to: b.value(expression)) == 0
    }
  }

  /// What `body` gives for each output.
  func overOutputs<Result>(_ name: String, _ body: () -> Result) -> [Result] {
    let before = outputs[name]
    defer { outputs[name] = before }
    return (0..<instance.q).map { place in
      outputs[name] = place
      return body()
    }
  }
}
