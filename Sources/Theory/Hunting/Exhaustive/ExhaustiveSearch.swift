// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import ExactPredicates
import SeededRuns

/// The search of a ``SmallSpace`` for counterexamples of one claim.
///
/// x1 of one coordinate is the teacher itself; of more, the teacher is the least-squares one, and of two candidate modalities the first
/// is the first coordinate. Where n matters and is not given, it is the smallest from p2+2 to 1,000 that works; λ is 1/2 if not
/// given, and a ridge is 1.
public struct ExhaustiveSearch: Sendable {
  /// The claim, n and λ.
  public let hunt: Hunt
  /// The matrices.
  public let space: SmallSpace
  private let usesRows, usesCandidates: Bool

  /// A search up to a height; nil where claims like this one are about parts that matrices of these sizes do not have.
  public init?(_ hunt: Hunt, p1: Int = 1, p2: Int = 1, height: Int) {
    var needless: Set<Assumption> = [
      .severalLabels, .equalCandidates, .secondTeacher, .unlabelledRows, .teacherRows, .rowsForBoth, .design,
      .rowMoments, .otherInstance,
    ]
    if p1 == 1 { needless.insert(.candidates) }
    if p2 == 1 { needless.insert(.severalInputs) }
    let assumptions = Set(hunt.claim.assumptions)
    guard assumptions.isDisjoint(with: needless) else { return nil }
    self.hunt = hunt
    // A claim that leaves an input out, as more-features does, tells the inputs apart.
    space = SmallSpace(p1: p1, p2: p2, height: height, keepsX2: assumptions.contains(.severalInputs))
    usesRows = !assumptions.isDisjoint(with: [.trainingRows, .positiveLambda, .evenDegrees])
    usesCandidates = assumptions.contains(.candidates)
  }

  /// A run over numbers of the space that are all of one height.
  public static func run(over numbers: Range<Int>) -> CaseRun {
    CaseRun(over: numbers, blockSize: SmallSpace.blockSize)
  }

  /// The numbers of `range`, height by height.
  public func levels(in range: Range<Int>) -> [Range<Int>] {
    space.levels.map { $0.clamped(to: range) }.filter { !$0.isEmpty }
  }

  /// The most matrices up to a height that are searched unless more are asked for.
  public static let mostCases = 10_000_000

  /// Searches height after height until one has a counterexample, up to the last that the space, or `mostCases` of its matrices, reach.
  ///
  /// - Parameter willRun: told of every height's run before it begins.
  /// - Returns: what was found, and the first height that was not searched; nil where a run was stopped.
  /// - Throws: never.
  public func callAsFunction(
    mostCases: Int = ExhaustiveSearch.mostCases, threads: Int, willRun: (CaseRun) -> Void
  ) async throws -> (part: ExhaustivePart, below: Int)? {
    var part = ExhaustivePart()
    for (place, level) in space.levels.enumerated() where part.height == nil {
      if level.upperBound > mostCases { return (part, place + 1) }
      let run = ExhaustiveSearch.run(over: level)
      willRun(run)
      part.merge(try await self.part(run, threads: threads))
      if run.wasStopped { return nil }
    }
    return (part, space.height + 1)
  }

  /// Searches the numbers of `run`, which are all of one height.
  ///
  /// - Throws: never.
  public func part(_ run: CaseRun, threads: Int) async throws -> ExhaustivePart {
    try await run.blocks(threads: threads) { (block, part: inout ExhaustivePart) in
      let level = space.level(of: block.lowerBound)
      var (counts, screen) = (ExhaustivePart.Level(), SmallScreen(hunt, space))
      space.forEach(in: block) { index, sigma, orbit in
        counts.orbits += 1
        counts.valid += orbit
        let finding = screen?(sigma) ?? exactly(sigma)
        if finding == .outside { return }
        counts.applicable += 1
        guard finding == .violated else { return }
        counts.violations += 1
        let sum = space.sum(of: sigma)
        if let best = counts.smallest, (best.sum, best.index) < (sum, index) { return }
        // Signs lead; the instance that is kept violates the claim in rational numbers.
        guard let instance = violation(sigma) else { preconditionFailure("signs and rational numbers agree") }
        counts.keep(.init(sum: sum, index: index, instance: instance))
      }
      part.levels = [level: counts]
    }
  }

  private func exactly(_ sigma: [Int64]) -> ClaimScreen.Finding {
    guard let instance = instance(sigma) else { return .outside }
    if !hunt.claim.hypothesis(Facts(instance)) { return .outside }
    return violation(sigma) == nil ? .holds : .violated
  }

  /// The instance of a matrix with the least n that violates the claim; nil where none does.
  private func violation(_ sigma: [Int64]) -> Instance? {
    guard let instance = instance(sigma) else { return nil }
    if !usesRows || hunt.n != nil { return hunt.claim.evaluate(Facts(instance)).isViolation ? instance : nil }
    guard hunt.claim.hypothesis(Facts(instance)) else { return nil }
    for n in (space.p2 + 2)...1_000 {
      if let candidate = try? instance.with(n: n), hunt.claim.evaluate(Facts(candidate)).isViolation {
        return candidate
      }
    }
    return nil
  }

  private func instance(_ sigma: [Int64]) -> Instance? {
    let size = space.p1 + space.p2 + 1
    return try? Instance(
      sigma: RationalMatrix(rows: size, columns: size) { Rational(Int(sigma[$0 * size + $1])) }, p1: space.p1,
      p2: space.p2, w1: space.p1 == 1 ? .identity(1) : nil, n: usesRows ? hunt.n ?? space.p2 + 2 : nil,
      lambda: usesRows ? hunt.lambda ?? Rational(1, 2) : nil, p1a: usesCandidates ? 1 : nil,
      extras: InstanceExtras(ridge: hunt.claim.assumptions.contains(.ridge) ? 1 : nil))
  }
}

extension SmallSpace {
  /// The sum of |entries| of the upper triangle.
  func sum(of sigma: [Int64]) -> Int {
    let size = p1 + p2 + 1
    return (0..<size).reduce(0) { sum, i in (i..<size).reduce(sum) { $0 + Int(abs(sigma[i * size + $1])) } }
  }
}

/// The signs of a claim's premise and conclusion at the matrices of a space, for claims that whole-number problems say all of.
private struct SmallScreen {
  private let screen: ClaimScreen
  private let claim: any SignClaim
  private let space: SmallSpace
  private let rows: ClosedRange<Int>
  private let lambda: (Int64, Int64)
  private var decider = SignDecider()

  init?(_ hunt: Hunt, _ space: SmallSpace) {
    let sayable: Set<Assumption> = [
      .teacher, .student, .oneLabel, .everyOutput, .fullRank, .leastSquaresTeacher, .trainingRows, .positiveLambda,
      .calibratedTeacher, .severalInputs, .evenDegrees,
    ]
    let assumptions = Set(hunt.claim.assumptions)
    guard space.p1 == 1, let claim = hunt.claim as? any SignClaim, assumptions.isSubset(of: sayable) else { return nil }
    guard let u = (hunt.lambda?.numerator ?? 1).asInt, let v = (hunt.lambda?.denominator ?? 2).asInt else { return nil }
    let usesRows = !assumptions.isDisjoint(with: [.trainingRows, .positiveLambda, .evenDegrees])
    let least = hunt.n ?? space.p2 + 2
    if least < space.p2 + 2 { return nil }
    (self.claim, self.space, lambda) = (claim, space, (Int64(u), Int64(v)))
    (screen, rows) = (ClaimScreen(claim), least...(usesRows && hunt.n == nil ? 1_000 : least))
  }

  mutating func callAsFunction(_ sigma: [Int64]) -> ClaimScreen.Finding {
    sigma.withUnsafeBufferPointer { sigma in
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: 1) { weight in
        weight[0] = 1
        for n in rows {
          let problem = IntegerProblem(
            p1: 1, p2: space.p2, sigma: sigma, w1: UnsafeBufferPointer(weight), n: n, lambda: lambda)
          guard decider.take(problem, needsInputs: claim.needsInputs) else { return .outside }
          let finding = screen(problem, &decider)
          // As where the least n is looked for in rational numbers: the hypothesis at the first n decides.
          if n == rows.lowerBound, finding == .outside { return .outside }
          if finding == .violated { return .violated }
        }
        return .holds
      }
    }
  }
}
