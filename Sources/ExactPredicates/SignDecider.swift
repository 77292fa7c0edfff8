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
    if let signs = self.signs(problem, by: .double) {
      counts.x += 1
      return signs
    }
    if let signs = self.signs(problem, by: .integer) {
      counts.y += 1
      return signs
    }
    counts.z += 1
    return byDeterminants(problem) ?? byFLINT(problem)
  }

  /// The signs by one stage alone; nil where it cannot tell.
  public mutating func signs(_ problem: IntegerProblem, by stage: Stage) -> DistillationSigns? {
    switch stage {
    case .double:
      filter(problem).flatMap { $0.order == problem.size ? $0.moments.signs(n: problem.n, p2: problem.p2) : nil }
    case .integer: elimination.signs(problem)
    case .flint: byFLINT(problem)
    }
  }

  /// Where all but the last few pivots are certain, the last leading minors are determinants: far cheaper than an exact
  /// elimination of everything.
  private func byDeterminants(_ problem: IntegerProblem) -> DistillationSigns? {
    let d = problem.size
    guard let finding = filter(problem), finding.order < d, d - finding.order <= 3,
      let signs = finding.moments.signs(n: problem.n, p2: problem.p2), let replaced = problem.replaced
    else { return nil }
    let order =
      Array(problem.p1..<(problem.p1 + problem.p2)) + [-1, d - 1] + (0..<problem.p1).filter { $0 != replaced }
    let basis = RationalMatrix(rows: d, columns: d) { i, j in
      order[i] >= 0 ? (order[i] == j ? 1 : 0) : j < problem.p1 ? Rational(Int(problem.w1[j])) : 0
    }
    let covariance = basis * problem.matrix * basis.transposed
    for size in (finding.order + 1)...d where covariance.selecting(0..<size).determinant.signum <= 0 {
      return .notPositiveDefinite
    }
    return signs
  }

  private func byFLINT(_ problem: IntegerProblem) -> DistillationSigns {
    let w1 = RationalMatrix(rows: problem.p1, columns: 1) { i, _ in Rational(Int(problem.w1[i])) }
    guard let instance = try? Instance(sigma: problem.matrix, p1: problem.p1, p2: problem.p2, w1: w1, n: problem.n)
    else {
      return .notPositiveDefinite
    }
    let m = Moments(instance)
    // Rational numbers tell every sign.
    return ResidualMoments(
      varT: m.varT, covTY: m.covTY, varY: m.varY, residualT: m.teacherResidualVariance, c: m.c,
      residualY: m.residualVariance, factor: 1
    ).signs(n: problem.n, p2: problem.p2) ?? .notPositiveDefinite
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
