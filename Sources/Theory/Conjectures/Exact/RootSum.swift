// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A sum of rational multiples of products of square roots: Σ c·√(r·r′·…), kept exactly.
struct RootSum {
  /// The most different roots; the number of products of them doubles with each.
  static let mostRoots = 6

  /// The numbers under the roots, none of them, nor the quotient of two, a square.
  private var radicands: [Rational] = []
  /// The coefficient of each product of roots, by the set of its roots as bits.
  private var coefficients: [Int: Rational]

  /// A rational number.
  init(_ value: Rational) { coefficients = value.signum == 0 ? [:] : [0: value] }

  /// √`radicand`, which is not negative.
  init(rootOf radicand: Rational) {
    if let root = radicand.exactSquareRoot {
      self.init(root)
    } else {
      self.init(0)
      (radicands, coefficients) = ([radicand], [1: 1])
    }
  }

  /// The number where no root is left in it.
  var asRational: Rational? { coefficients.keys.allSatisfy { $0 == 0 } ? coefficients[0] ?? 0 : nil }

  /// Where it is c·√r with c > 0 and r > 0: c²r.
  var squareOfSingle: Rational? {
    guard coefficients.count == 1, let (roots, coefficient) = coefficients.first, coefficient.signum > 0 else {
      return nil
    }
    return coefficient.squared * product(of: roots)
  }

  private func product(of roots: Int) -> Rational {
    radicands.indices.reduce(1) { roots >> $1 & 1 == 1 ? $0 * radicands[$1] : $0 }
  }

  // MARK: Arithmetic

  static func + (a: RootSum, b: RootSum) throws(Undefined) -> RootSum {
    var (sum, other) = (a, b)
    try other.adopt(&sum)
    for (roots, coefficient) in other.coefficients { sum.add(coefficient, roots) }
    return sum
  }

  static func * (a: RootSum, b: RootSum) throws(Undefined) -> RootSum {
    var (first, other) = (a, b)
    try other.adopt(&first)
    var product = first
    product.coefficients = [:]
    for (roots, coefficient) in first.coefficients {
      for (others, factor) in other.coefficients {
        product.add(coefficient * factor * first.product(of: roots & others), roots ^ others)
      }
    }
    return product
  }

  static prefix func - (a: RootSum) -> RootSum {
    var opposite = a
    opposite.coefficients = a.coefficients.mapValues { -$0 }
    return opposite
  }

  private mutating func add(_ value: Rational, _ roots: Int) {
    let sum = (coefficients[roots] ?? 0) + value
    coefficients[roots] = sum.signum == 0 ? nil : sum
  }

  /// Writes this sum over the roots of `other`, which gets those that it lacks.
  private mutating func adopt(_ other: inout RootSum) throws(Undefined) {
    if radicands == other.radicands { return }
    var places: [(place: Int, factor: Rational)] = []
    for radicand in radicands {
      let known = other.radicands.enumerated().lazy.compactMap { place, own in
        (radicand / own).exactSquareRoot.map { (place, $0) }
      }.first
      if let known {
        places.append(known)
      } else {
        other.radicands.append(radicand)
        places.append((other.radicands.count - 1, 1))
      }
    }
    guard other.radicands.count <= RootSum.mostRoots else { throw Undefined.tooManyRoots }
    var moved = RootSum(0)
    moved.radicands = other.radicands
    for (roots, coefficient) in coefficients {
      var (set, value) = (0, coefficient)
      for (bit, (place, factor)) in places.enumerated() where roots >> bit & 1 == 1 {
        value *= factor
        if set >> place & 1 == 1 { value *= other.radicands[place] }
        set ^= 1 << place
      }
      moved.add(value, set)
    }
    self = moved
  }

  // MARK: Sign

  /// −1, 0 or 1; exact.
  var sign: Int {
    if let single = coefficients.first, coefficients.count == 1 { return single.value.signum }
    return RootSum.sign(coefficients, radicands, radicands.count)
  }

  /// The sign of x + y√r, r the last root, by those of x, y and x² − y²r, in which r does not occur.
  private static func sign(_ terms: [Int: Rational], _ radicands: [Rational], _ count: Int) -> Int {
    if count == 0 { return terms[0]?.signum ?? 0 }
    let bit = 1 << (count - 1)
    var (x, y) = ([Int: Rational](), [Int: Rational]())
    for (roots, value) in terms { if roots & bit == 0 { x[roots] = value } else { y[roots ^ bit] = value } }
    let (first, second) = (sign(x, radicands, count - 1), sign(y, radicands, count - 1))
    if second == 0 || first == second { return first }
    if first == 0 { return second }
    var sum = RootSum(0)
    sum.radicands = Array(radicands.prefix(count - 1))
    for (terms, factor) in [(x, Rational(1)), (y, -radicands[count - 1])] {
      for (a, value) in terms {
        for (b, other) in terms { sum.add(factor * value * other * sum.product(of: a & b), a ^ b) }
      }
    }
    return first * sign(sum.coefficients, radicands, count - 1)
  }

  /// A Double near it, for margins and for display.
  var asDouble: Double {
    coefficients.reduce(0) { $0 + $1.value.asDouble * product(of: $1.key).asDouble.squareRoot() }
  }
}
