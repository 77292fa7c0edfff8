// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// The points at which a condition on one real variable is decided: each root of its polynomials in the range, and one
/// point in every interval between them.
struct DecisivePoints {
  /// The polynomials, each with that of the same roots without multiple ones; empty where all roots are rational.
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
    let known = rationalRoots(of: proper)
    squareFree = known == nil ? Dictionary(uniqueKeysWithValues: proper.map { ($0, $0.squareFree) }) : [:]
    if let low = lower?.value, let high = upper?.value, low >= high {
      if low == high, lower?.isClosed == true, upper?.isClosed == true { rational = [low] }
      return
    }
    let isolated: [IsolatedRoot]
    if let known {
      let (low, high) = (lower?.value, upper?.value)
      isolated = known.filter { root in low.map { $0 < root } ?? true && high.map { root < $0 } ?? true }
        .map { IsolatedRoot(rational: $0) }
    } else {
      let product = squareFree.values.reduce(Polynomial([1])) { product, factor in
        product * factor.divided(by: Polynomial.greatestCommonDivisor(product, factor)).quotient
      }
      isolated = product.isolatedRoots(from: lower?.value, to: upper?.value)
    }
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

/// All real roots in increasing order, where each polynomial falls into rational factors of degree 1 and such of degree 2
/// without irrational roots, as risks do; nil where that is not seen at once.
private func rationalRoots(of polynomials: Set<Polynomial>) -> [Rational]? {
  var roots = Set<Rational>()
  for polynomial in polynomials.sorted(by: { $0.degree < $1.degree }) {
    var rest = polynomial
    if rest.degree > 2 {
      for root in roots {
        while rest.degree > 0, rest(root).signum == 0 { rest = rest.divided(by: [-root, 1]).quotient }
      }
    }
    guard let own = try? rest.realRoots() else { return nil }
    for root in own {
      guard let rational = root.asRational else { return nil }
      roots.insert(rational)
    }
  }
  return roots.sorted()
}
