// SPDX-License-Identifier: GPL-3.0-or-later
/// How two numbers are compared.
enum Relation: String, Sendable {
  case less = "<", lessOrEqual = "≤", greater = ">", greaterOrEqual = "≥", equal = "=", unequal = "≠"

  /// Whether it holds of two numbers whose difference has this sign.
  func holds(_ sign: Int) -> Bool {
    switch self {
    case .less: sign < 0
    case .lessOrEqual: sign <= 0
    case .greater: sign > 0
    case .greaterOrEqual: sign >= 0
    case .equal: sign == 0
    case .unequal: sign != 0
    }
  }
}

/// How a quantifier binds its variable.
enum Quantifier: String, Hashable, Sendable {
  case all = "for all"
  case some = "for some"
  /// For all values that are near enough to 0 from above.
  case allSmall = "for all small"
}

/// The values of a quantifier's variable: an interval; nil stands for no bound.
struct Domain: Hashable, Sendable {
  struct End: Hashable, Sendable {
    var value: Expression
    var isClosed: Bool
  }

  var lower: End?
  var upper: End?
}

/// What two instances have in common.
enum SharedPart: Hashable, Sendable {
  /// Σ11 or Σ22.
  case teacherInputs, studentInputs
  case quantity(Expression)
}

/// A condition.
struct Formula: Hashable, Sendable {
  struct Comparison: Hashable, Sendable {
    var first: Expression
    var rest: [Step]

    struct Step: Hashable, Sendable {
      var relation: Relation
      var expression: Expression
    }
  }

  indirect enum Kind: Hashable, Sendable {
    case comparison(Comparison)
    /// c < σε².
    case helps
    /// cov of the first ⪯ cov of the second.
    case below([LinearImage], [LinearImage])
    case independent([LinearImage], [LinearImage], given: [LinearImage])
    /// The teacher is the least-squares one.
    case leastSquaresTeacher
    /// The teacher is E[y | x1, x2].
    case jointTeacher
    /// Σ22 is the unit matrix.
    case unitInputs
    /// Two instances have these parts in common.
    case same([SharedPart])
    /// It holds of one of two instances.
    case instance(InstanceName, Formula)
    case all([Formula])
    case any([Formula])
    case not(Formula)
    case implies(Formula, Formula)
    /// All of them hold, or none.
    case iff([Formula])
    case forVariable(Quantifier, String, Domain, Formula)
    case forOutputs(Quantifier, String, Formula)
  }

  var kind: Kind
  /// Where it stands in the text; it does not count for equality.
  var place: Range<Int>

  init(_ kind: Kind, _ place: Range<Int> = 0..<1) { (self.kind, self.place) = (kind, place) }

  static func == (a: Formula, b: Formula) -> Bool { a.kind == b.kind }
  func hash(into hasher: inout Hasher) { hasher.combine(kind) }

  /// The formulas in it.
  var children: [Formula] {
    switch kind {
    case .comparison, .helps, .below, .independent, .leastSquaresTeacher, .jointTeacher, .unitInputs, .same: []
    case .all(let parts), .any(let parts), .iff(let parts): parts
    case .not(let part), .forVariable(_, _, _, let part), .forOutputs(_, _, let part), .instance(_, let part): [part]
    case .implies(let premise, let conclusion): [premise, conclusion]
    }
  }

  /// The expressions that stand in it, but not in the formulas in it.
  var expressions: [Expression] {
    switch kind {
    case .comparison(let comparison): [comparison.first] + comparison.rest.map(\.expression)
    case .same(let parts):
      parts.compactMap { if case .quantity(let expression) = $0 { expression } else { nil } }
    case .forVariable(_, _, let domain, _): [domain.lower?.value, domain.upper?.value].compactMap { $0 }
    default: []
    }
  }

  /// The images that stand in it, but not in what is in it.
  var images: [LinearImage] {
    switch kind {
    case .below(let first, let second): first + second
    case .independent(let first, let second, let given): first + second + given
    default: []
    }
  }
}
