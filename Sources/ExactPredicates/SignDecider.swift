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

  private var filter = DoubleFilter()
  private var elimination = IntegerElimination()
  /// How many problems each stage decided, by ``Stage``'s raw values.
  public private(set) var decided = [0, 0, 0]

  /// A decider that has decided nothing.
  public init() {}

  /// The signs of `problem`.
  ///
  /// - Precondition: w1 ≠ 0.
  public mutating func callAsFunction(_ problem: IntegerProblem) -> DistillationSigns {
    if let signs = self.signs(problem, by: .double) {
      decided[0] += 1
      return signs
    }
    if let signs = self.signs(problem, by: .integer) {
      decided[1] += 1
      return signs
    }
    decided[2] += 1
    return SignDecider.byFLINT(problem)
  }

  /// The signs by one stage alone; nil where it cannot tell.
  public mutating func signs(_ problem: IntegerProblem, by stage: Stage) -> DistillationSigns? {
    switch stage {
    case .double: filter.moments(problem)?.signs(n: problem.n, p2: problem.p2)
    case .integer: elimination.signs(problem)
    case .flint: SignDecider.byFLINT(problem)
    }
  }

  private static func byFLINT(_ problem: IntegerProblem) -> DistillationSigns {
    let d = problem.size
    let sigma = RationalMatrix(rows: d, columns: d) { Rational(Int(problem.sigma[$0 * d + $1])) }
    let w1 = RationalMatrix(rows: problem.p1, columns: 1) { i, _ in Rational(Int(problem.w1[i])) }
    guard let instance = try? Instance(sigma: sigma, p1: problem.p1, p2: problem.p2, w1: w1, n: problem.n) else {
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

extension Rational: SignedScalar {
  /// A whole number.
  public init(whole: Int) { self.init(whole) }

  /// Always known.
  public var sign: Int? { signum }
}
