// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import PropertyTesting
import RandomInstances
import SeededRuns

/// A search for a counterexample of one claim.
///
/// Random instances and, led by the claim's margins, changes of the best of them; every verdict is exact. What is found
/// is reduced, then shrunk in the entries of Σ, to a local minimum.
public struct Hunt: Sendable {
  /// The claim.
  public let claim: any Claim
  /// The seed of the search.
  public let seed: UInt64
  /// n and λ of every instance, where they are given.
  public let n: Int?
  /// λ of every instance, where it is given.
  public let lambda: Rational?

  /// How many steps of a random walk are spent on making the numbers of a counterexample small.
  public let walkSteps: Int

  /// A hunt for counterexamples of `claim`.
  public init(
    _ claim: any Claim, seed: UInt64 = 0, n: Int? = nil, lambda: Rational? = nil, walkSteps: Int = 10_000
  ) {
    (self.claim, self.seed, self.n, self.lambda, self.walkSteps) = (claim, seed, n, lambda, walkSteps)
  }

  /// What a hunt found.
  public struct Result: Sendable {
    /// The cases tried before shrinking.
    public let cases: Int
    /// Of them, the cases in which the hypothesis held.
    public let applicable: Int
    /// Of the cases, the whole-number problems, which are tried beside the instances for claims that are made of signs.
    public let screened: Int
    /// How many of the instances, the cases that are no whole-number problems, lie in each of `Region.all`.
    public let regions: [Int]
    /// Of the instances, those on which a part of the statement has no value, so that they do not count.
    public let undefined: Int
    /// The smallest margin of a case in which the hypothesis held, exactly; nil where it never did.
    public let bestMargin: Rational?
    /// The number of the first violation.
    public let firstCase: Int?
    /// How long the search took, without shrinking.
    public let searchTime: Duration
    /// How often the counterexample became simpler.
    public let shrinks: Int
    /// Whether no single step makes it simpler.
    public let isLocalMinimum: Bool
    /// The counterexample.
    public let instance: Instance?
    /// The line that brings it back.
    public let replay: ReplayLine?
    /// The way from the case that was found to the counterexample; empty where nothing was found.
    public let path: [HuntStep]
  }

  /// Hunts until something is found or `run` ends.
  ///
  /// The result is the same for any number of threads where something is found, and for a budget of cases.
  public func callAsFunction(_ run: CaseRun, threads: Int = 1) async -> Result {
    let (found, searchTime) = await part(run, threads: threads)
    return result(of: found, searchTime: searchTime)
  }

  /// What a run finds, in a form that is written down and merged with what other parts of the same hunt find.
  ///
  /// - Parameter pool: cases of earlier rounds, with which the search begins; the part then has a pool of its own. Nil for a hunt
  ///   without rounds.
  /// - Returns: the part, and how long the search took, without shrinking.
  public func part(_ run: CaseRun, threads: Int = 1, from pool: HuntPool? = nil) async -> (
    part: HuntPart, searchTime: Duration
  ) {
    let property = property(generator)
    let settings = CheckSettings(seed: seed, threads: threads, shrinkBudget: 4_000)
    let start = ContinuousClock.now
    let counted = self.property(generator, countsRegions: true, keepsPool: pool != nil)
    let counts = await search(run, counted, settings, from: property.startingCases(pool?.choices ?? []))
    let searchTime = ContinuousClock.now - start
    let statistics = counts.statistics
    var part = HuntPart()
    (part.drawn, part.screened) = (statistics.cases, counts.screened)
    part.applicable = (statistics.labels["hypothesis"] ?? 0) + counts.applicable
    part.undefined = statistics.labels["undefined"] ?? 0
    part.regions = Region.all.map { statistics.labels[$0.name] ?? 0 }
    part.best = statistics.bestScores["margin"].map(HuntPart.Best.init)
    part.pool = pool.map { _ in HuntPool(statistics) }
    if let index = counts.firstViolation, let found = counts.found(property, settings) {
      let simplest = simplified(found.instance, settings)
      part.find = HuntPart.Find(
        index: index, shrinks: found.steps + simplest.steps, isLocalMinimum: simplest.isLocalMinimum,
        instance: simplest.instance, replay: simplest.replay, path: found.path + simplest.way.compactMap(\.step))
    }
    return (part, searchTime)
  }

  /// The result of a hunt whose parts were merged to `part`.
  public func result(of part: HuntPart, searchTime: Duration = .zero) -> Result {
    let property = property(generator)
    let best = part.best.flatMap { margin(property.run(on: ChoiceTape($0.choices)).value) }
    return Result(
      cases: part.drawn + part.screened, applicable: part.applicable, screened: part.screened, regions: part.regions,
      undefined: part.undefined, bestMargin: best, firstCase: part.find?.index, searchTime: searchTime,
      shrinks: part.find?.shrinks ?? 0, isLocalMinimum: part.find?.isLocalMinimum ?? false,
      instance: part.find?.instance, replay: part.find?.replay, path: part.find?.path ?? [])
  }

  /// The claim as a property of instances, of those with the hunt's n and λ where they are given.
  ///
  /// Its scores lead to the boundary: how far the premise is from holding, and the margin. Labels say which regions an instance
  /// lies in, where they are counted.
  ///
  /// - Parameters:
  ///   - isViolation: what decides where no scores are asked for, as in shrinking.
  ///   - keepsPool: whether the best case of every region is remembered, with `countsRegions`.
  func property(
    _ generator: Generator<Instance>, violatedWhere isViolation: (@Sendable (Instance) -> Bool)? = nil,
    countsRegions: Bool = false, keepsPool: Bool = false
  ) -> Property<Instance> {
    Property(claim.id, generator) { instance, trial in
      try trial.assume(n == nil || instance.n == n, "another n than the given one")
      try trial.assume(lambda == nil || instance.lambda == lambda, "another λ than the given one")
      if let isViolation { return !isViolation(instance) }
      let facts = Facts(instance)
      let verdict = claim.evaluate(facts)
      let regions = countsRegions ? Region.all.filter { $0.contains(facts) }.map(\.name) : []
      for region in regions { trial.label(region) }
      trial.label("hypothesis", if: verdict.hypothesis)
      trial.label("undefined", if: verdict.unmet == .defined || verdict.hypothesis && verdict.conclusion == nil)
      guard verdict.unmet == nil, let margin = verdict.margin else { return true }
      let gap = (try? claim.premiseMargin(facts)).map { max(0, -$0.asDouble) } ?? 0
      trial.minimize(verdict.hypothesis ? "margin" : "margin without the premise", margin.asDouble)
      if !verdict.hypothesis { trial.minimize("gap", max(gap, .leastNonzeroMagnitude)) }
      if keepsPool {
        HuntPool.remember(regions, verdict.hypothesis ? .margin(margin.asDouble) : .gap(gap), in: &trial)
      }
      return !verdict.isViolation
    }
  }

  /// What is drawn: instances of the kind that the claim speaks of.
  var generator: Generator<Instance> { InstanceGenerator(for: claim, n: n, lambda: lambda).generator }

  private func margin(_ instance: Instance?) -> Rational? { instance.flatMap { claim.evaluate(Facts($0)).margin } }

  private struct Simplified {
    let instance: Instance
    var steps = 0
    var isLocalMinimum = false
    var replay: ReplayLine?
    /// The way to it, most of which is never looked at.
    var way: [Waypoint] = []
  }

  /// A step on the way: an instance, or the choices that make one on the tape of entries.
  private enum Waypoint {
    case step(HuntStep)
    case entries([Int])

    var step: HuntStep? {
      switch self {
      case .step(let step): step
      case .entries(let values): InstanceTape.generator.value(of: values).map { HuntStep(.entries, $0) }
      }
    }
  }

  /// Makes a counterexample simple from several starts, and returns the one with the fewest, then the smallest numbers.
  ///
  /// The starts: as it was found, and with predictions in place of modalities, each also with its entries rounded to
  /// few digits.
  private func simplified(_ instance: Instance, _ settings: CheckSettings) -> Simplified {
    let test = RefutationTest(claim)
    let isViolation = { (candidate: Instance) in test(candidate) }
    var starts: [Simplified] = []
    for start in ([instance] + instance.images).filter(isViolation) {
      let small = start.withFewestCoordinates(isViolation)
      let way = small == instance ? [] : [Waypoint.step(HuntStep(.coordinates, small))]
      let rounded = small.firstRounded(isViolation).map {
        Simplified(instance: $0, way: way + ($0 == small ? [] : [.step(HuntStep(.rounding, $0))]))
      }
      // Many images are the same instance.
      for start in [Simplified(instance: small, way: way), rounded].compactMap({ $0 })
      where !starts.contains(where: { $0.instance == start.instance }) { starts.append(start) }
    }
    var ends: [Simplified] = []
    for end in starts.map({ shrunk($0.instance, settings, test, after: $0.way) })
    where !ends.contains(where: { $0.instance == end.instance }) { ends.append(end) }
    // No walk leads to fewer coordinates.
    let fewest = ends.map(\.instance.sigma.rows).min() ?? 0
    let walked = ends.filter { $0.instance.sigma.rows == fewest }.map { end in
      guard end.instance.complexity.sum > 40 else { return (end: end, start: end.instance) }
      return (end: end, start: end.instance.walked(steps: walkSteps, seed: seed, test))
    }
    // What a walk leaves is hardly shrunk any further: for those that are behind it would not be enough.
    let endings = walked.sorted { $0.start.complexity < $1.start.complexity }.prefix(2).map { end, start in
      start == end.instance
        ? end : shrunk(start, settings, test, after: end.way + [.step(HuntStep(.walk, start))])
    }
    let best =
      endings.min { $0.instance.complexity < $1.instance.complexity } ?? Simplified(instance: instance)
    return smallest(atMost: best) ?? best
  }

  /// The smallest counterexample of all with p1 = p2 = q = 1, where the one at hand has these sizes and is not smaller.
  private func smallest(atMost best: Simplified) -> Simplified? {
    guard canBeExhaustive, best.instance.sigma.rows == 3 else { return nil }
    let fixed = Hunt(claim, seed: seed, n: n ?? best.instance.n, lambda: lambda ?? best.instance.lambda)
    guard case .fails(let found, _, _) = fixed.smallestCounterexample(height: 5, cases: 250_000),
      found.value.complexity < best.instance.complexity
    else { return nil }
    return Simplified(
      instance: found.value, steps: best.steps + 1, isLocalMinimum: true, replay: Hunt.replayLine(claim, found.value),
      way: best.way + [.step(HuntStep(.exhaustive, found.value))])
  }

  /// Shrinks the entries of Σ of an instance to which `path` led.
  private func shrunk(_ instance: Instance, _ settings: CheckSettings, _ test: RefutationTest, after way: [Waypoint])
    -> Simplified
  {
    guard let values = InstanceTape.values(of: instance) else { return Simplified(instance: instance, way: way) }
    let line = ReplayLine(name: claim.id, values: values)
    func counterexample(_ isViolation: @escaping @Sendable (Instance) -> Bool) -> Counterexample<Instance>? {
      property(InstanceTape.generator, violatedWhere: isViolation).replay(line, settings).counterexample
    }
    // Margins cost more than signs, and nearly every violation has one: it is asked of the end alone.
    var found = counterexample { test($0) }
    if let end = found?.value, !test.counts(end) { found = counterexample(test.counts) }
    guard let found else { return Simplified(instance: instance, replay: line, way: way) }
    return Simplified(
      instance: found.value, steps: found.steps, isLocalMinimum: found.isLocalMinimum, replay: found.replay,
      way: way + found.trail.map(Waypoint.entries))
  }

  /// The line that brings a counterexample of `claim` back; nil where its numbers are too large.
  public static func replayLine(_ claim: any Claim, _ instance: Instance) -> ReplayLine? {
    InstanceTape.values(of: instance).map { ReplayLine(name: claim.id, values: $0) }
  }

  /// Runs the case of a replay line again.
  ///
  /// - Throws: ``ReplayedCaseError`` where its name is that of none of `claims`, or its numbers make no instance.
  public static func replay(_ line: ReplayLine, among claims: [any Claim] = allClaims) throws -> (
    claim: any Claim, instance: Instance, isViolation: Bool
  ) {
    guard let claim = claims.first(where: { $0.id == line.name }) else {
      throw ReplayedCaseError.unknownClaim(line.name)
    }
    let execution = Hunt(claim).property(InstanceTape.generator).run(on: ChoiceTape(line.values))
    guard let instance = execution.value, execution.tape.values == line.values else {
      throw ReplayedCaseError.noInstance(execution.status)
    }
    return (claim, instance, execution.status.failure != nil)
  }
}

/// Why a replay line brings no case back.
public enum ReplayedCaseError: Error, CustomStringConvertible {
  /// It names none of the claims that are at hand.
  case unknownClaim(String)
  /// Its numbers make no instance; how running them ended.
  case noInstance(CaseStatus)

  /// The rule that it breaks, and what to do.
  public var description: String {
    switch self {
    case .unknownClaim(let id):
      "no claim here is called \"\(id)\"; a claim of a package of its own is replayed there: "
        + "Hunt.replay(line, among: [the claim])"
    case .noInstance(.rejected(let reason)): "its choices make no instance: \(reason)"
    case .noInstance: "its choices are not those of an instance"
    }
  }
}
