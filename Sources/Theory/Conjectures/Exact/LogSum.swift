// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// An information: Σ cᵢ·½ ln rᵢ + s with rational cᵢ, rᵢ > 0 and s.
struct LogSum {
  /// The precision, in decimal digits, at which a sign is given up.
  static let mostDigits = 4_096

  private(set) var terms: [(coefficient: Rational, argument: Rational)]
  private(set) var shift: Rational

  init(_ logarithm: HalfLogarithm) { (terms, shift) = ([(1, logarithm.argument)], 0) }

  /// A rational number of nats.
  init(_ shift: Rational) { (terms, self.shift) = ([], shift) }

  static func + (a: LogSum, b: LogSum) -> LogSum {
    var sum = a
    sum.shift += b.shift
    for (coefficient, argument) in b.terms {
      if let place = sum.terms.firstIndex(where: { $0.argument == argument }) {
        sum.terms[place].coefficient += coefficient
      } else {
        sum.terms.append((coefficient, argument))
      }
    }
    sum.terms.removeAll { $0.coefficient.signum == 0 || $0.argument == 1 }
    return sum
  }

  static func * (factor: Rational, a: LogSum) -> LogSum {
    var product = LogSum(factor * a.shift)
    if factor.signum != 0 { product.terms = a.terms.map { (factor * $0.coefficient, $0.argument) } }
    return product
  }

  /// The r of ½ ln r where all is whole and nothing is shifted: e to twice the information.
  var argument: Rational? {
    guard shift.signum == 0 else { return nil }
    var product = Rational(1)
    for (coefficient, argument) in terms {
      guard let power = coefficient.asInt, abs(power) <= 64 else { return nil }
      product *= argument.raised(to: power)
    }
    return product
  }

  /// −1, 0 or 1; exact.
  ///
  /// - Throws: ``Undefined/undecided`` where ``mostDigits`` digits cannot tell.
  func sign() throws(Undefined) -> Int {
    if terms.isEmpty { return shift.signum }
    if shift.signum == 0 {
      // Times the common denominator the coefficients are whole: then it is the logarithm of one number.
      let common = terms.reduce(Rational(1)) { .leastCommonMultiple($0, $1.coefficient.denominator) }
      if let power = (common * self).argument { return (power - 1).signum }
      if hasDependentLogarithms { return 0 }
    }
    return try signByEnclosures()
  }

  /// Whether Σ cᵢ ln rᵢ = 0, exactly: over a base of numbers without common divisors every exponent must vanish.
  ///
  /// With a shift it never is: e to a rational number other than 0 is transcendental (Lindemann).
  var hasDependentLogarithms: Bool {
    var base = CoprimeBase()
    for term in terms {
      base.add(term.argument.numerator)
      base.add(term.argument.denominator)
    }
    return base.elements.allSatisfy { element in
      terms.reduce(Rational(0)) { sum, term in
        let exponent =
          element.multiplicity(in: term.argument.numerator) - element.multiplicity(in: term.argument.denominator)
        return sum + term.coefficient * Rational(exponent)
      }.signum == 0
    }
  }

  /// The sign of a number that is not 0, by enclosures of doubled precision until they leave 0.
  func signByEnclosures() throws(Undefined) -> Int {
    var digits = 24
    while digits <= LogSum.mostDigits {
      let (lower, upper) = enclosure(digits: digits)
      if lower.signum > 0 { return 1 }
      if upper.signum < 0 { return -1 }
      digits *= 2
    }
    throw Undefined.undecided
  }

  private func enclosure(digits: Int) -> (lower: Rational, upper: Rational) {
    terms.reduce((shift, shift)) { sum, term in
      let interval = HalfLogarithm(of: term.argument).enclosure(digits: digits)
      let ends = (Rational(interval.lower) ?? 0, Rational(interval.upper) ?? 0)
      let (low, high) = term.coefficient.signum < 0 ? (ends.1, ends.0) : ends
      return (sum.0 + term.coefficient * low, sum.1 + term.coefficient * high)
    }
  }

  /// A Double near it, for margins and for display.
  var asDouble: Double {
    terms.reduce(shift.asDouble) { $0 + $1.coefficient.asDouble * HalfLogarithm(of: $1.argument).asDouble }
  }
}

/// Whole numbers above 1 without common divisors, of whose powers given numbers are products.
private struct CoprimeBase {
  private(set) var elements: [Rational] = []

  mutating func add(_ number: Rational) {
    if number <= 1 { return }
    for (place, element) in elements.enumerated() {
      let divisor = Rational.greatestCommonDivisor(number, element)
      if divisor == 1 { continue }
      elements.remove(at: place)
      // Both fall into smaller numbers, so that it ends.
      for part in [divisor, element / divisor, number / divisor] { add(part) }
      return
    }
    elements.append(number)
  }
}

extension Rational {
  /// How often this whole number above 1 divides `number`.
  fileprivate func multiplicity(in number: Rational) -> Int {
    var (rest, count) = (number / self, 0)
    while rest.isInteger {
      count += 1
      rest = rest / self
    }
    return count
  }
}
