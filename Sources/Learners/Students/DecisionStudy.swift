// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Distillation
import ExactAlgebra
import Gaussian
import SeededRuns

/// How often a practitioner who decides on n rows is wrong: against the exact verdict c < σε².
public struct DecisionStudy: Sendable {
  /// The instance, q = 1.
  public let instance: Instance
  /// Whether distillation helps for small λ, exactly.
  public let helps: Bool
  /// 1 − β, the exact distance from the boundary: positive where distillation helps.
  public let distance: Rational
  private let model: DecisionModel
  private let laws: [DecisionRule: DeltaMethod]
  private let populationSigns: [DecisionRule: Int]

  /// What a rule does on samples of n rows.
  public struct Outcome: Sendable {
    /// The rule.
    public let rule: DecisionRule
    /// The number of rows n.
    public let rows: Int
    /// How many samples were drawn.
    public let samples: Int
    /// How many of them the rule decided wrongly.
    public let wrong: Int
    /// The probability of a wrong decision by the delta method.
    public let byDeltaMethod: Double
    /// That probability exactly, where a closed form is known: for the sign of ĉ − σ̂ε².
    public let exact: Double?

    /// The share of wrong decisions.
    public var share: Double { Double(wrong) / Double(max(1, samples)) }
    /// Its standard error.
    public var standardError: Double { (share * (1 - share) / Double(max(1, samples))).squareRoot() }
    /// An upper bound of the probability that the exact value gives a share so far off; nil without one.
    ///
    /// Chernoff's bound 2·exp(−N·KL(share ‖ exact)).
    public var probability: Double? { exact.map { relativeEntropyBound(share, $0, samples) } }
  }

  /// A study of `instance`, whose n is not used.
  ///
  /// - Throws: ``StudentError``; `InstanceError` where w1 = 0 or w* = 0, so that the informations are not defined.
  public init(_ instance: Instance) throws {
    guard instance.q == 1 else {
      throw StudentError.invalidSetting(name: "q", value: "\(instance.q)", rule: "decisions are about one label, q = 1")
    }
    try instance.requireInformative()
    _ = noAbortOfGSL
    let model = DecisionModel(try Population(instance))
    (self.instance, self.model) = (instance, model)
    let moments = Moments(instance)
    (helps, distance) = (moments.helpsForSmallLambda, 1 - moments.beta)
    laws = Dictionary(uniqueKeysWithValues: DecisionRule.allCases.map { ($0, DeltaMethod($0, model)) })
    // e^2ΔI against 1 and against a².
    let delta = try (moments.teacherInformation() - moments.labelInformation()).argument
    let sharp = (moments.residualVariance - moments.residualCovariance).signum
    populationSigns = [
      .information: (delta - 1).signum, .calibrated: (delta - moments.scaleSquared).signum, .sign: sharp, .test: sharp,
    ]
  }

  /// The same teacher at another scale, at which 1 − β is `distance`.
  ///
  /// - Throws: ``StudentError/invalidSetting(name:value:rule:)`` where no scale does that.
  public func scaled(toDistance distance: Rational) throws -> DecisionStudy {
    let beta = 1 - self.distance
    guard beta.signum > 0, distance < 1 else {
      throw StudentError.invalidSetting(
        name: "distance", value: distance.description,
        rule: "scaling the teacher reaches distances below 1, and only where cov(t, y | x2) > 0")
    }
    return try DecisionStudy(instance.with(w1: ((1 - distance) / beta) * instance.w1))
  }

  /// The fewest rows: the t-test needs one degree of freedom.
  public var fewestRows: Int { instance.p2 + 3 }

  /// What the rule says for n → ∞, exactly: 1 distil, −1 do not, 0 at its boundary.
  public func populationSign(_ rule: DecisionRule) -> Int { populationSigns[rule] ?? 0 }

  /// Draws `run` samples of `rows` rows and counts wrong decisions, one outcome for each rule.
  ///
  /// - Throws: ``StudentError/invalidSetting(name:value:rule:)`` for fewer than ``fewestRows`` rows.
  public func outcomes(rows: Int, _ run: CaseRun, threads: Int, seed: UInt64) async throws -> [Outcome] {
    outcomes(rows: rows, of: try await counts(rows: rows, run, threads: threads, seed: seed))
  }

  /// Draws the samples and counts.
  func counts(rows: Int, _ run: CaseRun, threads: Int, seed: UInt64) async throws -> DecisionCounts {
    guard rows >= fewestRows, rows <= 1_000_000_000 else {
      throw StudentError.invalidSetting(
        name: "n of the decisions", value: "\(rows)", rule: "must be p2+3 = \(fewestRows) to 1,000,000,000")
    }
    let thresholds = DecisionRule.allCases.map { $0.threshold(rows: rows, inputs: instance.p2) }
    let (model, helps) = (model, helps)
    return try await run.blocks(threads: threads) { (block, counts: inout DecisionCounts) in
      let normals = NormalSource(seed: seed, index: UInt64(block.lowerBound))
      for _ in block {
        let statistics = model.sample(rows: rows, from: normals)
        counts.samples += 1
        for (index, rule) in DecisionRule.allCases.enumerated()
        where (rule.statistic(statistics) > thresholds[index]) != helps { counts.wrong[index] += 1 }
      }
    }
  }

  /// What the counts say of every rule.
  func outcomes(rows: Int, of counts: DecisionCounts) -> [Outcome] {
    DecisionRule.allCases.enumerated().map { index, rule in
      Outcome(
        rule: rule, rows: rows, samples: counts.samples, wrong: counts.wrong[index],
        byDeltaMethod: probabilityOfError(rule, rows: rows), exact: exactProbability(rule, rows: rows))
    }
  }

  /// The probability that `rule` is wrong on `rows` rows, by the delta method.
  public func probabilityOfError(_ rule: DecisionRule, rows: Int) -> Double {
    let threshold = rule.threshold(rows: rows, inputs: instance.p2)
    let distils = laws[rule]?.probability(above: threshold, rows: rows) ?? 0
    return helps ? 1 - distils : distils
  }

  /// The exact probability that the sign of ĉ − σ̂ε² is wrong; nil for other rules.
  ///
  /// (β̂ − β)σε/σ(t|x2,y)·√ν is Student-t with ν = n − 1 − p2 degrees of freedom.
  public func exactProbability(_ rule: DecisionRule, rows: Int) -> Double? {
    guard rule == .sign else { return nil }
    let s = model.population
    guard s.teacherResidualVarianceGivenLabel > 0 else { return s.beta == 1 ? nil : 0 }
    let degrees = Double(rows - 1 - instance.p2)
    let effect =
      distance.asDouble * (s.residualVariance / s.teacherResidualVarianceGivenLabel).squareRoot() * degrees.squareRoot()
    return helps ? gsl_cdf_tdist_P(-effect, degrees) : gsl_cdf_tdist_Q(-effect, degrees)
  }

  /// The fewest rows from which on `rule` is wrong in less than `share` of samples; nil where no number of rows does that.
  public func rowsNeeded(_ rule: DecisionRule, share: Double = 0.05) -> Int? {
    let sign = populationSign(rule)
    let isRightAtLast = rule == .test && !helps || (helps ? sign > 0 : sign < 0)
    guard isRightAtLast else { return nil }
    func isGood(_ rows: Int) -> Bool {
      // A test of size 5 % is wrong in at most 5 % where distillation does not help, exactly.
      if rule == .test, !helps { return true }
      return (exactProbability(rule, rows: rows) ?? probabilityOfError(rule, rows: rows)) < share
    }
    var high = fewestRows
    while !isGood(high) || !isGood(2 * high) {
      high *= 2
      if high > 1_000_000_000 { return nil }
    }
    if high == fewestRows { return high }
    var low = high / 2
    while high - low > 1 {
      let middle = (low + high) / 2
      if isGood(middle) { high = middle } else { low = middle }
    }
    return high
  }
}

/// Counts of wrong decisions.
struct DecisionCounts: Mergeable {
  var samples = 0
  var wrong = DecisionRule.allCases.map { _ in 0 }

  init() {}

  mutating func merge(_ other: DecisionCounts) {
    samples += other.samples
    for index in wrong.indices { wrong[index] += other.wrong[index] }
  }
}
