// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import ExactAlgebra

/// What a statement speaks of, found in its text.
struct Needs {
  /// Whether it names the number of labels, one output of several, or matrices; else it is about one label.
  private(set) var namesOutputs = false
  private(set) var hasVectorInformation = false
  private(set) var hasOutputInformation = false
  private(set) var hasRisk = false
  private(set) var hasLambda = false
  private(set) var hasCandidates = false
  private(set) var hasUnlabelled = false
  private(set) var hasRidge = false
  private(set) var hasTeacherRows = false
  private(set) var hasSecondTeacher = false
  private(set) var hasDesign = false
  private(set) var hasRowMoments = false
  /// Whether it names more than the rows of a design.
  private(set) var namesProblem = false

  init(_ formula: Formula) { visit(formula) }

  private mutating func visit(_ formula: Formula) {
    switch formula.kind {
    case .below, .forOutputs: namesOutputs = true
    default: break
    }
    switch formula.kind {
    case .helps, .below, .independent, .leastSquaresTeacher, .jointTeacher, .unitInputs, .same: namesProblem = true
    default: break
    }
    for image in formula.images { visit(image) }
    for expression in formula.expressions { visit(expression) }
    for part in formula.children { visit(part) }
  }

  private mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .word(let word, let index):
      if word.needsRows { hasRisk = true }
      switch word {
      case .q: namesOutputs = true
      case .lambda: hasLambda = true
      case .p1a: hasCandidates = true
      case .unlabelled: hasUnlabelled = true
      case .ridge: hasRidge = true
      case .teacherRows: hasTeacherRows = true
      case .delta: if index == nil { hasVectorInformation = true } else { hasOutputInformation = true }
      default: break
      }
      if case .row? = index {
        if word != .leverage { hasRowMoments = true }
      } else {
        namesProblem = true
        if index != nil { namesOutputs = true }
      }
    case .fold(let fold): if fold.below == nil { hasDesign = true }
    case .risk: (hasRisk, namesProblem) = (true, true)
    case .moment(let moment):
      namesProblem = true
      let images = moment.first + moment.second + moment.given
      for image in images { visit(image) }
      if moment.kind == .determinant { namesOutputs = true }
      let isOfPredictions = images.contains {
        $0.terms.contains { $0.block != .x1 && $0.block != .x2 && $0.block != .y }
      }
      if moment.kind == .information, isOfPredictions {
        if images.contains(where: { $0.terms.contains { $0.index == nil } }) {
          hasVectorInformation = true
        } else {
          hasOutputInformation = true
        }
      }
    default: break
    }
    for part in expression.children { visit(part) }
  }

  private mutating func visit(_ image: LinearImage) {
    for term in image.terms {
      if term.block == .t1 || term.block == .t2 { hasCandidates = true }
      if term.block == .secondTeacher { hasSecondTeacher = true }
      // A coordinate of x1 or x2 says nothing of the labels.
      if term.index != nil, term.block != .x1, term.block != .x2 { namesOutputs = true }
    }
  }
}

extension Conjecture {
  /// What the statement supposes besides its premise: that its quantities exist; and, in the premise, what shapes the
  /// instances.
  var assumptions: [Assumption] {
    let needs = Needs(formula)
    let supposed = premise?.conjuncts ?? []
    let labels = SizeBounds(supposed).q
    var list: [Assumption] = [.teacher, .student]
    if needs.hasCandidates { list = [.student] }
    // What is about given rows alone needs neither teacher nor student.
    if needs.hasDesign, !needs.namesProblem { list = [] }
    if isOfTwo { list.insert(.otherInstance, at: 0) }
    if !needs.namesOutputs || labels == 1...1 || needs.hasCandidates { list.append(.oneLabel) }
    if labels.lowerBound > 1 { list.append(.severalLabels) }
    if needs.namesOutputs, labels != 1...1 {
      if needs.hasVectorInformation { list.append(.fullRank) }
      if needs.hasOutputInformation { list.append(.everyOutput) }
    }
    if supposed.contains(where: { $0.kind == .leastSquaresTeacher }) { list.append(.leastSquaresTeacher) }
    if needs.hasRisk { list.append(.trainingRows) }
    if needs.hasLambda { list.append(.positiveLambda) }
    if needs.hasCandidates {
      list.append(supposed.contains(where: \.saysEqualCandidates) ? .equalCandidates : .candidates)
    }
    if needs.hasUnlabelled { list.append(.unlabelledRows) }
    if needs.hasRidge { list.append(.ridge) }
    if needs.hasTeacherRows { list.append(.teacherRows) }
    if needs.hasSecondTeacher { list.append(.secondTeacher) }
    if needs.hasDesign {
      if !list.contains(.oneLabel) { list.append(.oneLabel) }
      list.append(needs.hasRowMoments ? .rowMoments : .design)
    }
    if supposed.contains(where: \.saysRowsForBoth) { list.append(.rowsForBoth) }
    return list
  }

  /// Whether it is about two instances.
  var isOfTwo: Bool { formula.namesInstance }
}

extension Formula {
  /// I(t1;s) = I(t2;s), with which cov(t1,s) > 0 and cov(t2,s) > 0 shape what is drawn.
  fileprivate var saysEqualCandidates: Bool {
    guard case .comparison(let comparison) = kind, comparison.rest.count == 1, comparison.rest[0].relation == .equal
    else { return false }
    func candidate(_ expression: Expression) -> Block? {
      guard case .moment(let moment) = expression.kind, moment.kind == .information, moment.given.isEmpty,
        moment.second == [LinearImage(.s)], moment.first.count == 1
      else { return nil }
      return moment.first[0].single?.block
    }
    return Set([candidate(comparison.first), candidate(comparison.rest[0].expression)]) == [.t1, .t2]
  }

  /// n ≥ p1 + p2 + 2.
  fileprivate var saysRowsForBoth: Bool {
    guard case .comparison(let comparison) = kind, comparison.rest.count == 1 else { return false }
    let (n, step) = (Expression(.word(.n, nil)), comparison.rest[0])
    let parts: [Expression.Kind] = [.word(.p1, nil), .word(.p2, nil), .number(2)]
    let sum = Expression(.sum(parts.map { .init(isInverse: false, expression: Expression($0)) }))
    return comparison.first == n && step.relation == .greaterOrEqual && step.expression == sum
      || comparison.first == sum && step.relation == .lessOrEqual && step.expression == n
  }
}

/// The bounds that conditions such as `q > 1` or `p2 = 1` put on sizes.
struct SizeBounds {
  private(set) var p1 = 1...Int.max
  private(set) var p2 = 1...Int.max
  private(set) var q = 1...Int.max
  /// n − p2, where it is given.
  private(set) var rowsBeyondInputs: Int?

  init(_ conditions: [Formula]) {
    for condition in conditions {
      guard case .comparison(let comparison) = condition.kind else { continue }
      var left = comparison.first
      for step in comparison.rest {
        note(left, step.relation, step.expression)
        note(step.expression, step.relation.reversed, left)
        left = step.expression
      }
    }
  }

  private mutating func note(_ left: Expression, _ relation: Relation, _ right: Expression) {
    guard case .word(let word, nil) = left.kind else { return }
    if word == .n, relation == .equal, let beyond = right.rowsBeyondInputs { rowsBeyondInputs = beyond }
    guard case .number(let value) = right.kind, let bound = value.asInt, (1...1_000).contains(bound) else { return }
    let range: ClosedRange<Int>
    switch relation {
    case .less: range = 1...max(1, bound - 1)
    case .lessOrEqual: range = 1...bound
    case .greater: range = (bound + 1)...Int.max
    case .greaterOrEqual: range = bound...Int.max
    case .equal: range = bound...bound
    case .unequal: return
    }
    switch word {
    case .p1: p1 = p1.clamped(to: range)
    case .p2: p2 = p2.clamped(to: range)
    case .q: q = q.clamped(to: range)
    default: break
    }
  }
}

extension Relation {
  /// The relation seen from the other side.
  var reversed: Relation {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal, .unequal: self
    }
  }
}

extension Expression {
  /// The m of `p2 + m`; nil for anything else.
  fileprivate var rowsBeyondInputs: Int? {
    guard case .sum(let parts) = kind, parts.count == 2, !parts[0].isInverse, !parts[1].isInverse else { return nil }
    switch (parts[0].expression.kind, parts[1].expression.kind) {
    case (.word(.p2, nil), .number(let value)), (.number(let value), .word(.p2, nil)): return value.asInt
    default: return nil
    }
  }
}
