// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import ExactPredicates
import PropertyTesting
import RandomInstances
import SeededRuns

/// What the blocks of a hunt found.
struct HuntCounts: Mergeable {
  /// Of the instances on the tape.
  var statistics = CheckStatistics()
  /// Whole-number problems, and those of them on which the hypothesis held.
  private(set) var screened = 0, applicable = 0
  /// The first whole-number problem that violates the claim, and the simplest of those that its block holds.
  private(set) var violation: (index: Int, simplest: Instance)?

  init() {}

  /// The number of the first violation, of either kind.
  var firstViolation: Int? { [statistics.firstFailure?.index, violation?.index].compactMap { $0 }.min() }

  mutating func count(_ finding: ClaimScreen.Finding) {
    screened += 1
    if finding != .outside { applicable += 1 }
  }

  mutating func keep(_ instance: Instance, at index: Int) {
    let (first, simplest) = violation ?? (index, instance)
    violation = (min(first, index), instance.complexity < simplest.complexity ? instance : simplest)
  }

  mutating func merge(_ other: HuntCounts) {
    statistics.merge(other.statistics)
    screened += other.screened
    applicable += other.applicable
    if let (index, simplest) = other.violation { keep(simplest, at: index) }
  }

  /// The first violation, which, if it is on the tape, is made simpler there, and the way to it.
  func found(_ property: Property<Instance>, _ settings: CheckSettings) -> (
    instance: Instance, steps: Int, path: [HuntStep]
  )? {
    if let (index, simplest) = violation, index == firstViolation {
      return (simplest, 0, [HuntStep(.found, simplest)])
    }
    guard let failure = statistics.firstFailure else { return nil }
    let report = property.replay(ReplayLine(name: property.name, values: failure.values), settings)
    guard let found = report.counterexample else { return nil }
    let ways = [HuntStep.Way.found] + found.trail.map { _ in .choices }
    let path = zip(ways, [failure.values] + found.trail).compactMap { way, values in
      property.generator.value(of: values).map { HuntStep(way, $0) }
    }
    return (found.value, found.steps, path)
  }
}

extension Hunt {
  /// The cases of a block: most are whole-number problems, which cost a hundredth of an instance on the tape.
  public static let blockSize = 16_384

  /// A run for a hunt, whose cases are searched in blocks.
  public static func run(_ budget: Budget) -> CaseRun { CaseRun(budget, blockSize: blockSize) }

  /// Searches block after block until one has a violation: first instances on the tape, random and led by margins, then
  /// whole-number problems for claims that are written for every arithmetic.
  func search(
    _ run: CaseRun, _ property: Property<Instance>, _ settings: CheckSettings, from starts: [StartingCase]
  ) async -> HuntCounts {
    let sweep = ProblemSweep(self)
    let counts: HuntCounts? = try? await run.blocks(
      threads: settings.threads, last: { (counts: HuntCounts) in counts.firstViolation != nil }
    ) { (block, counts: inout HuntCounts) in
      var rest = block
      while !rest.isEmpty, counts.firstViolation == nil {
        let onTape = rest.prefix(Property<Instance>.blockSize)
        property.search(onTape, settings, &counts.statistics, from: starts)
        rest = rest.dropFirst(onTape.count)
        // A block of a slow statement takes longer than people wait.
        if run.isOver { return }
        guard let sweep, counts.firstViolation == nil else { continue }
        let swept = rest.prefix(onTape.count * ProblemSweep.share)
        sweep(swept, &counts)
        rest = rest.dropFirst(swept.count)
      }
    }
    // The body does not throw.
    return counts ?? HuntCounts()
  }
}

/// Whole-number problems of the kind that a hunted claim speaks of, in the order of their numbers.
private struct ProblemSweep: Sendable {
  let claim: any SignClaim
  let seed: UInt64
  private let sampler: IntegerSampler
  private let fewestRows: Int

  /// How many problems are tried for each instance on the tape, which costs about as much as they.
  static let share = 63

  /// Nil for a claim that is not written for every arithmetic, and for n or λ that do not fit.
  init?(_ hunt: Hunt) {
    guard let claim = hunt.claim as? any SignClaim else { return nil }
    var demand = InstanceDemand(claim.assumptions)
    (demand.n, demand.lambda) = (hunt.n, hunt.lambda)
    (demand.largestP1, demand.largestP2) = claim.largestSizes
    guard let sampler = IntegerSampler(largestSize: 4, demand) else { return nil }
    (self.claim, self.sampler, fewestRows) = (claim, sampler, demand.fewestRows)
    seed = hunt.seed &+ 0x5357_4545_50
  }

  /// Tries the problems `cases`, up to a violation that has as few rows as one can have.
  func callAsFunction(_ cases: Range<Int>, _ counts: inout HuntCounts) {
    var (sampler, decider) = (self.sampler, SignDecider())
    let screen = ClaimScreen(claim)
    var source = RandomSource(seed: seed, index: UInt64(cases.lowerBound))
    for index in cases {
      var violation: Instance?
      sampler.draw(from: &source) { problem in
        guard decider.take(problem, needsInputs: claim.needsInputs) else { return }
        let finding = screen(problem, &decider)
        counts.count(finding)
        if finding == .violated { violation = try? problem.instance(isLeastSquares: problem.candidates != nil) }
      }
      guard let violation else { continue }
      counts.keep(violation, at: index)
      if violation.sigma.rows == fewestRows { return }
    }
  }
}
