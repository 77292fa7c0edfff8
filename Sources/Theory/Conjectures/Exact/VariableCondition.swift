import ExactAlgebra

/// A condition on the variable of a quantifier: a combination of comparisons of rational functions.
indirect enum VariableCondition {
  case constant(Truth)
  case comparison(PolynomialFraction, Relation, PolynomialFraction, difference: PolynomialFraction)
  case all([VariableCondition])
  case any([VariableCondition])
  case not(VariableCondition)
  case implies(VariableCondition, VariableCondition)
  case iff([VariableCondition])

  /// The polynomials whose signs decide it.
  var polynomials: [Polynomial] {
    switch self {
    case .constant: []
    case .comparison(_, _, _, let difference): [difference.numerator, difference.denominator]
    case .all(let parts), .any(let parts), .iff(let parts): parts.flatMap(\.polynomials)
    case .not(let part): part.polynomials
    case .implies(let premise, let conclusion): premise.polynomials + conclusion.polynomials
    }
  }

  /// Whether it holds where the polynomials have the signs that `sign` says.
  func holds(_ sign: (Polynomial) -> Int) -> Truth {
    switch self {
    case .constant(let truth): return truth
    case .comparison(_, let relation, _, let difference):
      let below = sign(difference.denominator)
      return below == 0 ? nil : relation.holds(sign(difference.numerator) * below)
    case .all(let parts): return Kleene.all(parts.map { $0.holds(sign) })
    case .any(let parts): return Kleene.any(parts.map { $0.holds(sign) })
    case .not(let part): return part.holds(sign).map { !$0 }
    case .implies(let premise, let conclusion):
      return Kleene.any([premise.holds(sign).map { !$0 }, conclusion.holds(sign)])
    case .iff(let parts): return Kleene.iff(parts.map { $0.holds(sign) })
    }
  }
}

/// The points at which a condition on one real variable is decided: each root of its polynomials in the range, and one
/// point in every interval between them.
struct DecisivePoints {
  private let polynomials: [Polynomial]
  private let squareFree: [Polynomial: Polynomial]
  /// Rational points, in order: the closed ends of the range, and one in each interval.
  private(set) var rational: [Rational] = []
  /// Roots that are not known to be rational.
  private(set) var roots: [IsolatedRoot] = []

  /// The range from `lower` to `upper`, nil standing for no bound.
  ///
  /// - Parameter onlyFirst: only the points before the first root, for what holds near the lower end.
  init(_ polynomials: [Polynomial], from lower: Domain.Bound?, to upper: Domain.Bound?, onlyFirst: Bool = false) {
    let proper = Set(polynomials.filter { $0.degree > 0 })
    self.polynomials = Array(proper)
    squareFree = Dictionary(uniqueKeysWithValues: proper.map { ($0, $0.squareFree) })
    if let low = lower?.value, let high = upper?.value, low >= high {
      if low == high, lower?.isClosed == true, upper?.isClosed == true { rational = [low] }
      return
    }
    let product = squareFree.values.reduce(Polynomial([1])) { product, factor in
      product * factor.divided(by: Polynomial.greatestCommonDivisor(product, factor)).quotient
    }
    let isolated = product.isolatedRoots(from: lower?.value, to: upper?.value)
    for end in [lower, upper] { if let end, end.isClosed, !onlyFirst { rational.append(end.value) } }
    // Between neighbours: halfway; beyond the last one: a step further.
    var left = lower?.value
    for root in isolated {
      rational.append(left.map { $0 == root.lower ? $0 : ($0 + root.lower) / 2 } ?? root.lower - 1)
      if onlyFirst { return }
      if let exact = root.exact { rational.append(exact) } else { roots.append(root) }
      left = root.upper
    }
    switch (left, upper?.value) {
    case (let left?, let right?): rational.append((left + right) / 2)
    case (let left?, nil): rational.append(left + 1)
    case (nil, let right?): rational.append(right - 1)
    case (nil, nil): rational.append(0)
    }
  }

  /// The truth of a condition at every point.
  func truths(_ condition: VariableCondition) -> [Truth] {
    rational.map { x in condition.holds { $0(x).signum } }
      + roots.map { root in condition.holds { sign($0, at: root) } }
  }

  /// The sign of one of the polynomials at a root of their product: its own root, or it keeps its sign around it.
  private func sign(_ polynomial: Polynomial, at root: IsolatedRoot) -> Int {
    guard let own = squareFree[polynomial] else { return polynomial[0].signum }
    if own(root.lower).signum != own(root.upper).signum { return 0 }
    return polynomial(root.lower).signum
  }
}

extension Domain {
  /// An end of a range on one instance.
  struct Bound {
    let value: Rational
    let isClosed: Bool
  }
}
