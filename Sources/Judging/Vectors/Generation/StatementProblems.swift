// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON

/// What statements are asked about.
enum StatementProblems {
  /// One label and every key that an instance may have: a risk that falls and rises again, candidates, extras, a design.
  static let full = complete(2000)
  /// Another one.
  static let other = complete(2020)
  /// The first without n, λ and extras.
  static let bare = instance { try Instance(sigma: full.sigma, p1: 2, p2: 2, w1: full.w1) }
  /// Two labels.
  static let two = ProblemSource.first(2040, Shape(p1: 2, p2: 3, q: 2))
  /// c > σε²: no λ helps.
  static let harmed = ProblemSource.first(2050, Shape(p1: 2, p2: 2)) { !$0.moments.helpsForSmallLambda }
  /// D < 0: every λ > 0 helps.
  static let endless = ProblemSource.first(2060, Shape(isAligned: true), rows: 3) { $0.windowDivisor.signum < 0 }
  /// c < 0.
  static let negative = ProblemSource.first(2070, Shape(p1: 2, p2: 2)) {
    $0.moments.residualCovariance.signum < 0 && $0.moments.covTY.signum > 0
  }

  /// c = σε² = 1 of zeros and powers of two, so that every order of operations is exact.
  static let tied = small([[2, 0, 1], [0, 1, 1], [1, 1, 2]], n: 4)
  /// w* = 0, exactly.
  static let blind = small([[2, 1, 1], [1, 4, 0], [1, 0, 3]], n: 6)
  /// I(t; s) = I(s; y) = ½ ln 4/3, exactly.
  static let alike = small([[1, half, 0], [half, 1, half], [0, half, 1]], n: 5)
  /// I(s; y) is larger by about 10⁻⁴⁰.
  static let close = small([[1, half, 0], [half, 1, half + tiny], [0, half + tiny, 1]], n: 5)
  /// The window is (0, 2), exactly.
  static let even = small([[3, 1, 1], [1, 1, 1], [1, 1, 2]], n: 3)
  /// x1 and x2 are independent given y.
  static let independent = small([[2, half, 1], [half, 1, half], [1, half, 1]], n: 4)
  /// The teacher is E[y | x1, x2].
  static let joint = small([[2, 1, 2], [1, 1, 1], [2, 1, 3]], n: 4)

  /// Two instances of one Σ22, var(y|x2) and n.
  static let pair = paired(full, teacher: 2)
  /// Two instances with nothing in common.
  static let strangers = instance {
    let bare = try Instance(sigma: other.sigma, p1: 2, p2: 2, w1: other.w1, n: (other.n ?? 0) + 1, lambda: 2)
    let first = try Instance(sigma: full.sigma, p1: 2, p2: 2, w1: full.w1, n: full.n, lambda: full.lambda)
    return try first.with(extras: InstanceExtras(other: bare))
  }

  private static let half = Rational(1, 2)
  private static let tiny = Rational("1e-40") ?? 0

  @inline(never) private static func instance(_ body: () throws -> Instance) -> Instance {
    do { return try body() } catch { preconditionFailure("\(error)") }
  }

  private static func small(_ sigma: [[Rational]], n: Int) -> Instance {
    instance {
      try Instance(sigma: try RationalMatrix(sigma), p1: 1, p2: 1, w1: RationalMatrix.column([1]), n: n, lambda: 1)
    }
  }

  private static func complete(_ index: Int) -> Instance {
    let base = ProblemSource.first(index, Shape(p1: 2, p2: 2)) {
      $0.moments.helpsForSmallLambda && $0.windowDivisor.signum > 0 && $0.bestLambda != .infinity
        && $0.moments.residualCovariance.signum > 0
    }
    var data = DataSource(index)
    let design = data.rows(5, 2) { $0.integer(-3...3) } + RationalMatrix(rows: 5, columns: 2) { $0 % 2 == $1 ? 4 : 0 }
    let rows = (0..<5).map { row in
      RowMoments(y: Rational(row + 2, 2), ty: Rational(row - 1, 4), t: Rational(row + 1))
    }
    let extras = InstanceExtras(
      unlabelled: 3, ridge: Rational(1, 2), secondTeacher: RationalMatrix.column([1, -2]), teacherRows: 9,
      design: design, rowMoments: rows)
    return instance {
      try Instance(
        sigma: base.sigma, p1: 2, p2: 2, w1: base.w1, n: base.n, lambda: Rational(3, 4), p1a: 1, extras: extras)
    }
  }

  /// The problem beside itself with another teacher.
  private static func paired(_ base: Instance, teacher factor: Rational) -> Instance {
    instance {
      let second = try Instance(
        sigma: base.sigma, p1: 2, p2: 2, w1: RationalMatrix.column([factor, -1]), n: base.n, lambda: base.lambda)
      let first = try Instance(sigma: base.sigma, p1: 2, p2: 2, w1: base.w1, n: base.n, lambda: base.lambda)
      return try first.with(extras: InstanceExtras(other: second))
    }
  }
}

extension Instance {
  /// The input of `evaluate`, its numbers as exact strings or as Doubles.
  package func input(statement: String, exactly isExact: Bool) -> JSONValue {
    let values = members.filter { $0.key != "comment" }
    let numbers = isExact ? JSONValue.object(values) : JSONValue.object(values).withDoubles
    guard case .object(let members) = numbers else { return numbers }
    return .object([.init(key: "statement", value: .string(statement))] + members)
  }
}

extension JSONValue {
  /// The same with every fraction as the decimal text of a `Double`.
  fileprivate var withDoubles: JSONValue {
    switch self {
    case .string(let text): Rational(text).map { .double($0) } ?? self
    case .array(let elements): .array(elements.map(\.withDoubles))
    case .object(let members): .object(members.map { .init(key: $0.key, value: $0.value.withDoubles) })
    default: self
    }
  }
}
