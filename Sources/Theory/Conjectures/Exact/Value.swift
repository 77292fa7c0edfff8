// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// The value of an expression on an instance.
enum Value {
  case rational(Rational)
  /// A quotient of sums of roots.
  case roots(RootSum, over: RootSum)
  case infinity
  case information(LogSum)
  /// A function of the quantifier's variable.
  case function(PolynomialFraction)

  // MARK: Arithmetic

  static func + (a: Value, b: Value) throws(Undefined) -> Value {
    switch (a, b) {
    case (.rational(let x), .rational(let y)): return .rational(x + y)
    case (.infinity, _), (_, .infinity): throw Undefined.infinite
    case (.information(let x), .information(let y)): return .information(x + y)
    case (.information(let x), .rational(let y)), (.rational(let y), .information(let x)):
      return .information(x + LogSum(y))
    case (.function, _), (_, .function): return .function(try a.function() + b.function())
    default:
      let ((p, q), (r, s)) = (try a.rootFraction(), try b.rootFraction())
      return try Value.normal(p * s + r * q, q * s)
    }
  }

  static func * (a: Value, b: Value) throws(Undefined) -> Value {
    switch (a, b) {
    case (.rational(let x), .rational(let y)): return .rational(x * y)
    case (.infinity, _), (_, .infinity): throw Undefined.infinite
    case (.information(let x), .rational(let y)), (.rational(let y), .information(let x)): return .information(y * x)
    case (.information, _), (_, .information): throw Undefined.shape
    case (.function, _), (_, .function): return .function(try a.function() * b.function())
    default:
      let ((p, q), (r, s)) = (try a.rootFraction(), try b.rootFraction())
      return try Value.normal(p * r, q * s)
    }
  }

  var negated: Value {
    switch self {
    case .rational(let x): .rational(-x)
    case .roots(let p, let q): .roots(-p, over: q)
    case .infinity: .infinity
    case .information(let x): .information(-1 * x)
    case .function(let f):
      .function(PolynomialFraction(numerator: Polynomial([-1]) * f.numerator, denominator: f.denominator))
    }
  }

  func inverse() throws(Undefined) -> Value {
    switch self {
    case .rational(let x):
      if x.signum == 0 { throw Undefined.division }
      return .rational(1 / x)
    case .roots(let p, let q):
      if p.sign == 0 { throw Undefined.division }
      return .roots(q, over: p)
    case .infinity: return .rational(0)
    case .information: throw Undefined.shape
    case .function(let f): return .function(try f.inverse())
    }
  }

  func raised(to power: Int) throws(Undefined) -> Value {
    if case .rational(let x) = self {
      if x.signum == 0, power < 0 { throw Undefined.division }
      return .rational(x.raised(to: power))
    }
    var result = Value.rational(1)
    for _ in 0..<abs(power) { result = try result * self }
    return power < 0 ? try result.inverse() : result
  }

  /// A quotient, as a rational number where it is one.
  static func normal(_ p: RootSum, _ q: RootSum) -> Value {
    if let x = p.asRational, let y = q.asRational { return .rational(x / y) }
    return .roots(p, over: q)
  }

  private func rootFraction() throws(Undefined) -> (RootSum, RootSum) {
    switch self {
    case .rational(let x): return (RootSum(x), RootSum(1))
    case .roots(let p, let q): return (p, q)
    default: throw Undefined.shape
    }
  }

  func function() throws(Undefined) -> PolynomialFraction {
    switch self {
    case .rational(let x): return PolynomialFraction(x)
    case .function(let f): return f
    default: throw Undefined.shape
    }
  }

  // MARK: Comparison

  /// The sign of this number, which is no function of a variable.
  func sign() throws(Undefined) -> Int {
    switch self {
    case .rational(let x): return x.signum
    case .roots(let p, let q): return p.sign * q.sign
    case .infinity: return 1
    case .information(let sum): return try sum.sign()
    case .function: throw Undefined.shape
    }
  }

  /// −1, 0 or 1 as this number is smaller than, equal to or larger than `other`.
  func compare(to other: Value) throws(Undefined) -> Int {
    switch (self, other) {
    case (.infinity, .infinity): return 0
    case (.infinity, _): return 1
    case (_, .infinity): return -1
    case (.rational(let x), .rational(let y)): return x == y ? 0 : x < y ? -1 : 1
    default: return try (self + other.negated).sign()
    }
  }

  /// A Double near it, for margins and display; infinite where it is.
  var asDouble: Double {
    switch self {
    case .rational(let x): x.asDouble
    case .roots(let p, let q): p.asDouble / q.asDouble
    case .infinity: .infinity
    case .information(let sum): sum.asDouble
    case .function: .nan
    }
  }
}
