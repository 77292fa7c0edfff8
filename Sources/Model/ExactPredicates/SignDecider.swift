// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// Decides predicates of distillation problems exactly: in Doubles where a proved bound allows it, else in 128-bit
/// whole numbers where they do not overflow, else in Doubles of twice the precision with their bounds, else with FLINT.
///
/// It keeps its working memory from problem to problem, so that all stages but the last allocate nothing. It belongs to
/// one thread.
public struct SignDecider {
  /// The arithmetic that decided.
  public enum Stage: Int, Sendable, CaseIterable {
    /// Doubles with error bounds.
    case double
    /// 128-bit whole numbers.
    case integer
    /// Doubles of twice the precision with error bounds, for near-ties of large numbers.
    case doubleDouble
    /// Whole numbers of any size.
    case flint
  }

  private let filter: DoubleFilter
  @usableFromInline let moments: ProblemMoments<BoundedDouble>
  // Made where Doubles cannot tell: most deciders of a single problem need neither.
  private lazy var elimination = StagedElimination<FractionFreeArithmetic>()
  private lazy var wideElimination = StagedElimination<DoubleDoubleArithmetic>()
  private var rationals: ProblemMoments<Rational>?
  private var needsInputs = false
  @usableFromInline private(set) var isInDoubles = false
  /// Whether whole numbers of 128 bits were tried, and were enough.
  private var isInIntegers: Bool?
  /// The same of Doubles of twice the precision.
  private var isInDoubleDoubles: Bool?
  /// How many questions each stage answered.
  public private(set) var counts = StageCounts()

  /// How many predicates each stage decided, in the order of ``Stage``.
  public var decided: [Int] { counts.all }

  /// A decider that has decided nothing.
  public init() {
    filter = DoubleFilter()
    moments = filter.moments
  }

  /// Takes up a problem, and tells whether its Σ is positive definite.
  ///
  /// - Parameter needsInputs: whether a predicate will ask for the determinants of Σ11 and of its Schur complement.
  public mutating func take(_ problem: IntegerProblem, needsInputs: Bool = false) -> Bool {
    (self.needsInputs, rationals, isInIntegers, isInDoubleDoubles) = (needsInputs, nil, nil, nil)
    let order = filter(problem, needsInputs: needsInputs)
    isInDoubles = order.map { $0 >= problem.p2 } ?? false
    if order == problem.size { return true }
    if let isDefinite = elimination(problem, needsInputs: needsInputs) {
      isInIntegers = isDefinite
      return isDefinite
    }
    isInIntegers = false
    if let isDefinite = wideElimination(problem, needsInputs: needsInputs) {
      isInDoubleDoubles = isDefinite
      return isDefinite
    }
    isInDoubleDoubles = false
    if isInDoubles, let order, let isDefinite = lastMinorsArePositive(problem, after: order) { return isDefinite }
    rationals = ProblemMoments(problem)
    return rationals != nil
  }

  /// The answer to a question about the problem that was taken up, which must be the same one: in each arithmetic in
  /// turn, until one can tell.
  ///
  /// What is asked of Doubles, which nearly always can tell, is inlined with the question.
  ///
  /// - Precondition: Σ is positive definite.
  @inlinable @inline(__always)
  public mutating func decide<Answer>(
    _ problem: IntegerProblem,
    _ inDoubles: (ProblemMoments<BoundedDouble>) throws(Undecided) -> Answer,
    _ inIntegers: (ProblemMoments<CheckedInteger>) throws(Undecided) -> Answer,
    _ inDoubleDoubles: (ProblemMoments<BoundedDoubleDouble>) throws(Undecided) -> Answer,
    _ inRationals: (ProblemMoments<Rational>) throws(Undecided) -> Answer
  ) -> Answer {
    if isInDoubles, let answer = try? inDoubles(moments) {
      countDouble()
      return answer
    }
    return decideBeyondDoubles(problem, inIntegers, inDoubleDoubles, inRationals)
  }

  @usableFromInline mutating func countDouble() { counts.double += 1 }

  @usableFromInline @inline(never)
  mutating func decideBeyondDoubles<Answer>(
    _ problem: IntegerProblem,
    _ inIntegers: (ProblemMoments<CheckedInteger>) throws(Undecided) -> Answer,
    _ inDoubleDoubles: (ProblemMoments<BoundedDoubleDouble>) throws(Undecided) -> Answer,
    _ inRationals: (ProblemMoments<Rational>) throws(Undecided) -> Answer
  ) -> Answer {
    if isInIntegers == nil { isInIntegers = elimination(problem, needsInputs: needsInputs) ?? false }
    if isInIntegers == true, let answer = try? inIntegers(elimination.moments) {
      counts.integer += 1
      return answer
    }
    if isInDoubleDoubles == nil {
      isInDoubleDoubles = wideElimination(problem, needsInputs: needsInputs) ?? false
    }
    if isInDoubleDoubles == true, let answer = try? inDoubleDoubles(wideElimination.moments) {
      counts.doubleDouble += 1
      return answer
    }
    counts.flint += 1
    let moments = rationals ?? ProblemMoments(problem)
    rationals = moments
    guard let moments, let answer = try? inRationals(moments) else {
      preconditionFailure("a question about a positive definite Σ, which rational numbers always answer")
    }
    return answer
  }

  /// The answer of one arithmetic alone; nil where it cannot tell, or cannot tell that Σ is positive definite, or where
  /// Σ is not.
  public mutating func answer<Answer>(
    _ problem: IntegerProblem, by stage: Stage,
    _ inDoubles: (ProblemMoments<BoundedDouble>) throws(Undecided) -> Answer,
    _ inIntegers: (ProblemMoments<CheckedInteger>) throws(Undecided) -> Answer,
    _ inDoubleDoubles: (ProblemMoments<BoundedDoubleDouble>) throws(Undecided) -> Answer,
    _ inRationals: (ProblemMoments<Rational>) throws(Undecided) -> Answer
  ) -> Answer? {
    switch stage {
    case .double: filter(problem, needsInputs: true) == problem.size ? try? inDoubles(filter.moments) : nil
    case .integer: elimination(problem, needsInputs: true) == true ? try? inIntegers(elimination.moments) : nil
    case .doubleDouble:
      wideElimination(problem, needsInputs: true) == true ? try? inDoubleDoubles(wideElimination.moments) : nil
    case .flint: ProblemMoments(problem).flatMap { try? inRationals($0) }
    }
  }

  /// Whether Σ is positive definite, by one arithmetic alone; nil where it cannot tell.
  public mutating func isPositiveDefinite(_ problem: IntegerProblem, by stage: Stage) -> Bool? {
    switch stage {
    case .double: filter(problem, needsInputs: false) == problem.size ? true : nil
    case .integer: elimination(problem, needsInputs: false)
    case .doubleDouble: wideElimination(problem, needsInputs: false)
    case .flint: ProblemMoments(problem) != nil
    }
  }

  /// The verdict on a problem of one label.
  public mutating func callAsFunction(_ problem: IntegerProblem) -> DistillationSigns {
    guard take(problem) else { return .notPositiveDefinite }
    let (n, p2) = (problem.n, problem.p2)
    return decide(
      problem, { m throws(Undecided) in try m.label.signs(n: n, p2: p2) },
      { m throws(Undecided) in try m.label.signs(n: n, p2: p2) },
      { m throws(Undecided) in try m.label.signs(n: n, p2: p2) },
      { m throws(Undecided) in try m.label.signs(n: n, p2: p2) })
  }

  /// Where all but the last few pivots are certain, the last leading minors are determinants: far cheaper than an exact
  /// elimination of everything.
  ///
  /// - Returns: nil where more than three are uncertain.
  private func lastMinorsArePositive(_ problem: IntegerProblem, after certain: Int) -> Bool? {
    let d = problem.size
    guard certain < d, d - certain <= 3 else { return nil }
    let order = (0..<d).map(problem.source)
    let sigma = problem.matrix.selecting(order)
    return ((certain + 1)...d).allSatisfy { sigma.selecting(0..<$0).determinant.signum > 0 }
  }
}
