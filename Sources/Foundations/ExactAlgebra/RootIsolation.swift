// SPDX-License-Identifier: GPL-3.0-or-later
/// A real root of a polynomial: a rational number, or an open interval that holds it and no other root.
public struct IsolatedRoot: Sendable, Hashable {
  /// The lower end; for a rational root the root itself.
  public let lower: Rational
  /// The upper end; for a rational root the root itself.
  public let upper: Rational

  /// A rational root.
  public init(rational root: Rational) { self.init(lower: root, upper: root) }

  init(lower: Rational, upper: Rational) { (self.lower, self.upper) = (lower, upper) }

  /// The root where it is known to be rational.
  public var exact: Rational? { lower == upper ? lower : nil }
}

extension Polynomial {
  /// The polynomial of the same roots, each once; zero for the zero polynomial.
  public var squareFree: Polynomial {
    guard degree > 1 else { return self }
    return divided(by: Polynomial.greatestCommonDivisor(self, derivative)).quotient
  }

  /// The real roots in the open interval from `lower` to `upper`, in increasing order, each once.
  ///
  /// By Sturm's theorem and bisection. The ends of an interval are no roots; nil stands for no bound.
  ///
  /// - Precondition: the polynomial is not zero.
  public func isolatedRoots(from lower: Rational? = nil, to upper: Rational? = nil) -> [IsolatedRoot] {
    precondition(self != .zero, "every number is a root of the zero polynomial")
    guard degree > 0 else { return [] }
    let chain = SturmChain(squareFree)
    // All roots are smaller in size than this (Cauchy).
    let bound = 1 + (coefficients.dropLast().map { ($0 / self[degree]).magnitude }.max() ?? 0)
    let (low, high) = (lower.map { max($0, -bound) } ?? -bound, upper.map { min($0, bound) } ?? bound)
    guard low < high else { return [] }
    var roots: [IsolatedRoot] = []
    chain.isolate(low, high, chain.variations(low), chain.variations(high), into: &roots)
    return roots.filter { root in upper.map { root.exact != $0 } ?? true }
  }
}

/// The Sturm sequence of a polynomial without multiple roots.
private struct SturmChain {
  private let chain: [Polynomial]

  init(_ polynomial: Polynomial) {
    var chain = [polynomial, polynomial.derivative]
    while let last = chain.last, last.degree > 0 {
      let rest = chain[chain.count - 2].divided(by: last).remainder
      if rest == .zero { break }
      // A positive factor changes no sign and keeps the numbers small.
      chain.append(rest * Polynomial([-1 / rest[rest.degree].magnitude]))
    }
    self.chain = chain
  }

  /// The number of changes of sign at `x`: from one point to a later one it falls by the number of roots in between, the
  /// later point included.
  func variations(_ x: Rational) -> Int {
    let signs = chain.map { $0(x).signum }.filter { $0 != 0 }
    return zip(signs, signs.dropFirst()).count { $0 != $1 }
  }

  /// Appends the roots in (low, high].
  func isolate(_ low: Rational, _ high: Rational, _ atLow: Int, _ atHigh: Int, into roots: inout [IsolatedRoot]) {
    let count = atLow - atHigh
    if count == 0 { return }
    let polynomial = chain[0]
    if count == 1 {
      if polynomial(high).signum == 0 {
        roots.append(IsolatedRoot(lower: high, upper: high))
        return
      }
      if polynomial(low).signum != 0 {
        roots.append(IsolatedRoot(lower: low, upper: high))
        return
      }
    }
    let middle = (low + high) / 2
    let atMiddle = variations(middle)
    isolate(low, middle, atLow, atMiddle, into: &roots)
    isolate(middle, high, atMiddle, atHigh, into: &roots)
  }
}
