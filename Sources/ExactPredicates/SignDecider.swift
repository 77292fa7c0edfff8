import Distillation
import ExactAlgebra

/// Decides the signs of distillation problems exactly: in Doubles where a proved bound allows it, else in 128-bit whole
/// numbers where they do not overflow, else with FLINT.
///
/// It keeps its working memory from problem to problem, so that the first two stages allocate nothing. It belongs to one thread.
public struct SignDecider {
  /// The arithmetic that decided.
  public enum Stage: Int, Sendable, CaseIterable {
    /// Doubles with error bounds.
    case double
    /// 128-bit whole numbers.
    case integer
    /// Whole numbers of any size.
    case flint
  }

  private let filter = DoubleFilter()
  private let elimination = IntegerElimination()
  private var counts = SIMD4<Int>.zero

  /// How many problems each stage decided, by ``Stage``'s raw values.
  public var decided: [Int] { Stage.allCases.map { counts[$0.rawValue] } }

  /// A decider that has decided nothing.
  public init() {}

  /// The signs of `problem`.
  ///
  /// - Precondition: w1 ≠ 0.
  public mutating func callAsFunction(_ problem: IntegerProblem) -> DistillationSigns {
    let (n, p2) = (problem.n, problem.p2)
    return decide(
      problem, else: .notPositiveDefinite, { $0.signs(n: n, p2: p2) }, { $0.signs(n: n, p2: p2) },
      { $0.signs(n: n, p2: p2) })
  }

  /// The signs that claims about `problem` are made of.
  ///
  /// - Precondition: w1 ≠ 0 and w* ≠ 0.
  public mutating func claimSigns(_ problem: IntegerProblem) -> ClaimSigns {
    let (n, p2) = (problem.n, problem.p2)
    return decide(
      problem, else: .notPositiveDefinite, { $0.claimSigns(n: n, p2: p2) }, { $0.claimSigns(n: n, p2: p2) },
      { $0.claimSigns(n: n, p2: p2) })
  }

  /// The same predicate, written once, in each arithmetic until one can tell.
  @inline(__always)
  private mutating func decide<Signs>(
    _ problem: IntegerProblem, else notPositiveDefinite: Signs,
    _ inDoubles: (ResidualMoments<BoundedDouble>) -> Signs?,
    _ inIntegers: (ResidualMoments<CheckedInteger>) -> Signs?, _ inRationals: (ResidualMoments<Rational>) -> Signs?
  ) -> Signs {
    let finding = filter(problem)
    let certain = finding.flatMap { inDoubles($0.moments) }
    if let certain, finding?.order == problem.size {
      counts.x += 1
      return certain
    }
    if let exact = elimination(problem), let signs = exact.signs(else: notPositiveDefinite, inIntegers) {
      counts.y += 1
      return signs
    }
    counts.z += 1
    if let certain, let finding, let isDefinite = lastMinorsArePositive(problem, after: finding.order) {
      return isDefinite ? certain : notPositiveDefinite
    }
    // Rational numbers tell every sign.
    return SignDecider.byFLINT(problem).signs(else: notPositiveDefinite, inRationals) ?? notPositiveDefinite
  }

  /// The signs by one stage alone; nil where it cannot tell.
  public mutating func signs(_ problem: IntegerProblem, by stage: Stage) -> ClaimSigns? {
    let (n, p2) = (problem.n, problem.p2)
    switch stage {
    case .double:
      return filter(problem).flatMap { $0.order == problem.size ? $0.moments.claimSigns(n: n, p2: p2) : nil }
    case .integer:
      return elimination(problem)?.signs(else: .notPositiveDefinite) { $0.claimSigns(n: n, p2: p2) }
    case .flint:
      return SignDecider.byFLINT(problem).signs(else: .notPositiveDefinite) { $0.claimSigns(n: n, p2: p2) }
    }
  }

  /// Where all but the last few pivots are certain, the last leading minors are determinants: far cheaper than an exact
  /// elimination of everything.
  ///
  /// - Returns: nil where more than three are uncertain.
  private func lastMinorsArePositive(_ problem: IntegerProblem, after certain: Int) -> Bool? {
    let d = problem.size
    guard certain < d, d - certain <= 3, let replaced = problem.replaced else { return nil }
    let order =
      Array(problem.p1..<(problem.p1 + problem.p2)) + [-1, d - 1] + (0..<problem.p1).filter { $0 != replaced }
    let basis = RationalMatrix(rows: d, columns: d) { i, j in
      order[i] >= 0 ? (order[i] == j ? 1 : 0) : j < problem.p1 ? Rational(Int(problem.w1[j])) : 0
    }
    let covariance = basis * problem.matrix * basis.transposed
    return ((certain + 1)...d).allSatisfy { covariance.selecting(0..<$0).determinant.signum > 0 }
  }

  private static func byFLINT(_ problem: IntegerProblem) -> ExactMoments<Rational> {
    let w1 = RationalMatrix(rows: problem.p1, columns: 1) { i, _ in Rational(Int(problem.w1[i])) }
    guard let instance = try? Instance(sigma: problem.matrix, p1: problem.p1, p2: problem.p2, w1: w1, n: problem.n)
    else { return .notPositiveDefinite }
    return .moments(ResidualMoments(Moments(instance)))
  }
}

/// What an exact stage finds.
enum ExactMoments<Number: SignedScalar> {
  case notPositiveDefinite
  case moments(ResidualMoments<Number>)

  @inline(__always)
  func signs<Signs>(else notPositiveDefinite: Signs, _ signs: (ResidualMoments<Number>) -> Signs?) -> Signs? {
    switch self {
    case .notPositiveDefinite: notPositiveDefinite
    case .moments(let moments): signs(moments)
    }
  }
}

extension ResidualMoments where Number == Rational {
  /// The moments of a problem with one label.
  public init(_ m: Moments) {
    self.init(
      varT: m.varT, covTY: m.covTY, varY: m.varY, residualT: m.teacherResidualVariance, c: m.c,
      residualY: m.residualVariance, factor: 1)
  }
}

extension IntegerProblem {
  fileprivate var matrix: RationalMatrix {
    RationalMatrix(rows: size, columns: size) { Rational(Int(sigma[$0 * size + $1])) }
  }
}

extension Rational: SignedScalar {
  /// A whole number.
  public init(whole: Int) { self.init(whole) }

  /// Always known.
  public var sign: Int? { signum }
}
