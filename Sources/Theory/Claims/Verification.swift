// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import RandomInstances
import SeededRuns
import Statistics

/// What random instances showed about one claim.
public struct ClaimTally: Sendable, Equatable {
  /// Instances tried.
  public internal(set) var cases = 0
  /// Instances on which the hypothesis held.
  public internal(set) var applicable = 0
  /// Instances on which the hypothesis held and the conclusion did not.
  public internal(set) var violations = 0
  /// The smallest margin where the hypothesis held, and the first case that reached it.
  public internal(set) var smallestMargin: (value: Rational, index: Int)?
  /// The first violating case.
  public internal(set) var firstViolation: Int?

  /// Nothing counted.
  public init() {}

  mutating func count(_ verdict: ClaimVerdict, index: Int) {
    cases += 1
    guard verdict.hypothesis else { return }
    applicable += 1
    if let margin = verdict.margin { keepSmaller((margin, index)) }
    if verdict.isViolation {
      violations += 1
      firstViolation = min(firstViolation ?? index, index)
    }
  }

  mutating func merge(_ other: ClaimTally) {
    cases += other.cases
    applicable += other.applicable
    violations += other.violations
    if let candidate = other.smallestMargin { keepSmaller(candidate) }
    firstViolation = [firstViolation, other.firstViolation].compactMap { $0 }.min()
  }

  /// Of equal margins the earlier case stays, so that the order of merging does not show.
  private mutating func keepSmaller(_ candidate: (value: Rational, index: Int)) {
    guard let best = smallestMargin else {
      smallestMargin = candidate
      return
    }
    if candidate.value < best.value || candidate.value == best.value && candidate.index < best.index {
      smallestMargin = candidate
    }
  }

  /// Equality of all counts.
  public static func == (a: ClaimTally, b: ClaimTally) -> Bool {
    a.cases == b.cases && a.applicable == b.applicable && a.violations == b.violations
      && a.firstViolation == b.firstViolation && a.smallestMargin?.value == b.smallestMargin?.value
      && a.smallestMargin?.index == b.smallestMargin?.index
  }
}

/// The tallies of several claims, in their order.
public struct Tallies: Mergeable, Equatable {
  /// One for each claim; empty where nothing ran.
  public internal(set) var byClaim: [ClaimTally] = []
  /// What problems of whole numbers showed besides.
  public internal(set) var screening = Screening()
  /// One for each claim about classes; empty where nothing ran.
  public internal(set) var byClassClaim: [ClaimTally] = []
  /// How many instances lay in each region of ``Region/all``.
  public internal(set) var byRegion = Region.all.map { _ in 0 }

  /// Nothing counted.
  public init() {}

  mutating func screen(_ claims: [any Claim], count: Int, seed: UInt64, index: Int) {
    screening.screen(claims, count: count, seed: seed, index: index)
  }

  mutating func count(_ claims: [any Claim], _ facts: Facts, index: Int) {
    if byClaim.isEmpty { byClaim = claims.map { _ in ClaimTally() } }
    for (position, region) in Region.all.enumerated() where region.contains(facts) { byRegion[position] += 1 }
    for (position, claim) in claims.enumerated() {
      let own = (try? claim.shaped(facts.instance)).flatMap { $0 }.map { Facts($0) }
      byClaim[position].count(claim.evaluate(own ?? facts), index: index)
    }
  }

  mutating func count(_ claims: [any ClassClaim], _ model: FiniteModel, index: Int) {
    if byClassClaim.isEmpty { byClassClaim = claims.map { _ in ClaimTally() } }
    for (position, claim) in claims.enumerated() {
      byClassClaim[position].count(claim.evaluate(model), index: index)
    }
  }

  /// Adds what `other` counted.
  public mutating func merge(_ other: Tallies) {
    if byClassClaim.isEmpty {
      byClassClaim = other.byClassClaim
    } else if !other.byClassClaim.isEmpty {
      for position in byClassClaim.indices { byClassClaim[position].merge(other.byClassClaim[position]) }
    }
    for position in byRegion.indices { byRegion[position] += other.byRegion[position] }
    screening.merge(other.screening)
    if byClaim.isEmpty {
      byClaim = other.byClaim
    } else if !other.byClaim.isEmpty {
      for position in byClaim.indices { byClaim[position].merge(other.byClaim[position]) }
    }
  }
}

extension Tallies {
  /// The regions that too few instances lay in: even the upper end of the 95 % interval is below
  /// ``Region/requiredShare``.
  public var uncoveredRegions: [Region] {
    let cases = byClaim.first?.cases ?? 0
    return zip(Region.all, byRegion).filter { _, count in
      WilsonInterval(successes: count, trials: cases).upper < Region.requiredShare
    }.map(\.0)
  }
}

/// The main job: claims over random valid Σ.
public struct Verification: Sendable {
  /// A claim whose hypothesis held in fewer cases was not tested yet.
  public static let leastApplicable = 1_000
  /// A check whose hypothesis holds in a smaller share of the cases is vacuous: more of them would hardly help.
  public static let leastShare = 0.001

  /// The claims about joint Gaussians that are tested.
  public let claims: [any Claim]
  /// The claims about classes that are tested.
  public let classClaims: [any ClassClaim]
  /// The seed of the instances.
  public let seed: UInt64
  /// Where instances come from.
  public let sampler: InstanceSampler
  /// How many problems of whole numbers are screened for each block of 64 instances.
  public let screenedPerBlock: Int

  /// All of them, the former first.
  public var listed: [any ListedClaim] { claims + classClaims }

  /// A verification of `claims` over the instances that `sampler` draws under `seed`, or over finite models.
  public init(
    of claims: [any ListedClaim] = listedClaims, seed: UInt64, sampler: InstanceSampler = InstanceSampler(),
    screenedPerBlock: Int = 1_024
  ) {
    (self.claims, classClaims) = (claims.compactMap { $0 as? any Claim }, claims.compactMap { $0 as? any ClassClaim })
    (self.seed, self.sampler, self.screenedPerBlock) = (seed, sampler, screenedPerBlock)
  }

  /// Instance number `index`: the same on every machine.
  ///
  /// - Throws: what `InstanceSampler.instance(from:)` throws.
  public func facts(ofCase index: Int) throws -> Facts {
    var source = RandomSource(seed: seed, index: UInt64(index))
    return Facts(try sampler.instance(from: &source))
  }

  /// Tests every claim on every instance of `run`, on `threads` threads, and screens whole-number problems beside them
  /// for the claims that are made of signs.
  ///
  /// - Throws: what `InstanceSampler.instance(from:)` throws.
  public func tallies(_ run: CaseRun, threads: Int) async throws -> Tallies {
    try await run.blocks(threads: threads) { (block, tallies: inout Tallies) in
      for index in block {
        if !claims.isEmpty { tallies.count(claims, try facts(ofCase: index), index: index) }
        if !classClaims.isEmpty {
          tallies.count(classClaims, try FiniteModelSampler.model(seed: seed, index: index), index: index)
        }
      }
      tallies.screen(claims, count: screenedPerBlock, seed: seed, index: block.lowerBound)
    }
  }
}

/// Whether the tests of a claim came out as its status says.
public enum Outcome: Sendable, Equatable {
  /// A claim, true or open, that no instance violated.
  case noViolation
  /// A false claim whose certificate holds.
  case certificateHolds
  /// A claim called true or open that instances violate.
  case violated
  /// The hypothesis holds in so small a share of the cases that nothing is tested, however many there are.
  case vacuous
  /// The cases were too few to tell anything; about so many are needed in all.
  case tooFewCases(needed: Int)
  /// A claim called false whose certificate is missing or does not hold; why.
  case certificateFails(String)

  /// Judges a claim by its tally and, for a false claim, by its certificate's check.
  ///
  /// - Parameters:
  ///   - claim: the claim.
  ///   - tally: what its tests counted.
  ///   - screened: what screening counted of the claim.
  ///   - certificateFailure: why the certificate does not hold; nil where it does or none is needed.
  public init(
    _ claim: any ListedClaim, _ tally: ClaimTally, screened: Screening.Count = Screening.Count(),
    certificateFailure: String?
  ) {
    // What is false is said first, however few cases showed it.
    let isRefuted = claim.status.isRefuted
    if isRefuted, let certificateFailure {
      self = .certificateFails(certificateFailure)
    } else if !isRefuted, tally.violations + screened.violations > 0 {
      self = .violated
    } else if tally.applicable < Verification.leastApplicable {
      self = tally.isVacuous ? .vacuous : .tooFewCases(needed: tally.casesNeeded)
    } else {
      self = isRefuted ? .certificateHolds : .noViolation
    }
  }

  /// Whether all is as expected.
  public var isExpected: Bool { self == .noViolation || self == .certificateHolds }

  /// Whether something is not as it is said to be.
  public var isFalse: Bool { !isExpected && casesNeeded == nil }

  /// About how many cases would tell; nil where these did.
  public var casesNeeded: Int? { if case .tooFewCases(let needed) = self { needed } else { nil } }
}

extension ClaimTally {
  /// Whether even the upper end of the 95 % interval for the share of applicable cases is below
  /// ``Verification/leastShare``.
  var isVacuous: Bool { WilsonInterval(successes: applicable, trials: cases).upper < Verification.leastShare }

  /// About how many cases are needed for ``Verification/leastApplicable`` applicable ones, to two digits.
  ///
  /// Three standard deviations more than at the share that was seen; where the hypothesis held in fewer than ten cases, a
  /// lower bound, by the upper end of the 95 % interval for the share.
  var casesNeeded: Int {
    let interval = WilsonInterval(successes: applicable, trials: cases)
    let share = applicable < 10 ? interval.upper : Double(applicable) / Double(cases)
    let least = Double(Verification.leastApplicable)
    let needed = (least + 3 * least.squareRoot()) / share
    let unit = Rational.powerOfTen(max(0, Int(needed).description.count - 2)).asInt ?? 1
    return (Int(needed) / unit + 1) * unit
  }
}
