// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import PropertyTesting
import RandomInstances
import SeededRuns

/// A search for a finite model that refutes one claim about classes.
///
/// Random models and, led by the claim's margin, changes of the best of them; every verdict is exact. What is found is made simple on its
/// tape of whole numbers, to a local minimum.
public struct ClassHunt: Sendable {
  /// The claim.
  public let claim: any ClassClaim
  /// The seed of the search.
  public let seed: UInt64

  /// A hunt for counterexamples of `claim`.
  public init(_ claim: any ClassClaim, seed: UInt64 = 0) { (self.claim, self.seed) = (claim, seed) }

  /// What a hunt found.
  public struct Result: Sendable {
    /// The cases tried before shrinking.
    public let cases: Int
    /// Of them, the cases in which the premise held.
    public let applicable: Int
    /// The smallest margin of a case in which the premise held; nil where it never did.
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
    public let model: FiniteModel?
    /// The line that brings it back.
    public let replay: ReplayLine?
    /// The way from the case that was found to the counterexample; empty where nothing was found.
    public let path: [HuntStep]
  }

  /// The cases that are taken at once.
  public static var blockSize: Int { Property<FiniteModel>.blockSize }

  /// A run for a hunt.
  public static func run(_ budget: Budget) -> CaseRun { CaseRun(budget, blockSize: blockSize) }

  /// Hunts until something is found or `run` ends.
  ///
  /// The result is the same for any number of threads where something is found, and for a budget of cases.
  public func callAsFunction(_ run: CaseRun, threads: Int = 1) async -> Result {
    let (found, searchTime) = await part(run, threads: threads)
    return result(of: found, searchTime: searchTime)
  }

  /// What a run finds, in a form that is written down and merged with what other parts of the same hunt find.
  ///
  /// - Returns: the part, and how long the search took, without shrinking.
  public func part(_ run: CaseRun, threads: Int = 1) async -> (part: ClassHuntPart, searchTime: Duration) {
    let report = await property.check(CheckSettings(seed: seed, threads: threads, shrinkBudget: 4_000), run: run)
    let statistics = report.statistics
    var part = ClassHuntPart()
    (part.cases, part.applicable) = (statistics.cases, statistics.labels["premise"] ?? 0)
    part.best = statistics.bestScores["margin"].map(HuntPart.Best.init)
    if let found = report.counterexample, let first = statistics.firstFailure {
      let path = ([first.values] + found.trail).enumerated().compactMap { place, values in
        property.generator.value(of: values).map { HuntStep(place == 0 ? .found : .choices, $0) }
      }
      part.find = ClassHuntPart.Find(
        index: first.index, shrinks: found.steps, isLocalMinimum: found.isLocalMinimum, model: found.value,
        replay: found.replay, path: path)
    }
    return (part, report.searchTime)
  }

  /// The result of a hunt whose parts were merged to `part`.
  public func result(of part: ClassHuntPart, searchTime: Duration = .zero) -> Result {
    let best = part.best.flatMap { property.run(on: ChoiceTape($0.choices)).value }
    return Result(
      cases: part.cases, applicable: part.applicable, bestMargin: best.map(claim.margin), firstCase: part.find?.index,
      searchTime: searchTime, shrinks: part.find?.shrinks ?? 0, isLocalMinimum: part.find?.isLocalMinimum ?? false,
      model: part.find?.model, replay: part.find?.replay, path: part.find?.path ?? [])
  }

  private var property: Property<FiniteModel> {
    Property(claim.id, FiniteModelSampler.generator) { model, trial in
      let verdict = claim.evaluate(model)
      trial.label("premise", if: verdict.hypothesis)
      if verdict.hypothesis, let margin = verdict.margin { trial.minimize("margin", margin.asDouble) }
      return !verdict.isViolation
    }
  }

  /// Runs the case of a replay line again.
  ///
  /// - Throws: ``ReplayedCaseError/noInstance(_:)`` where its numbers make no model.
  public func replay(_ line: ReplayLine) throws -> (model: FiniteModel, isViolation: Bool) {
    let execution = property.run(on: ChoiceTape(line.values))
    guard let model = execution.value, execution.tape.values == line.values else {
      throw ReplayedCaseError.noInstance(execution.status)
    }
    return (model, execution.status.failure != nil)
  }
}
