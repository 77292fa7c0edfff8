// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactJSON
import PropertyTesting
import SeededRuns

/// What a part of a hunt for a claim about classes found, as it is written down: parts of consecutive cases, merged in their order up
/// to the first that has a find, are what one run of all these cases is.
public struct ClassHuntPart: Mergeable {
  /// A counterexample, made simple.
  public struct Find: Sendable {
    /// The number of the first violating case.
    public let index: Int
    /// How often it became simpler.
    public let shrinks: Int
    /// Whether no single step makes it simpler.
    public let isLocalMinimum: Bool
    /// The counterexample.
    public let model: FiniteModel
    /// The line that brings it back.
    public let replay: ReplayLine
    /// The way from the case that was found to it.
    public let path: [HuntStep]
  }

  /// Models that were tried, and those of them in which the premise held.
  public internal(set) var cases = 0, applicable = 0
  /// The first violation.
  public internal(set) var find: Find?
  /// The case with the smallest margin.
  var best: HuntPart.Best?

  /// Nothing tried.
  public init() {}

  /// Adds what a later part found.
  public mutating func merge(_ other: ClassHuntPart) {
    cases += other.cases
    applicable += other.applicable
    if let candidate = other.best, best.map({ HuntPart.Best.precedes(candidate, $0) }) ?? true { best = candidate }
    if let candidate = other.find, find.map({ candidate.index < $0.index }) ?? true { find = candidate }
  }
}

extension ClassHuntPart {
  /// The part as it is written down; nothing in it depends on time or place.
  public var document: JSONValue {
    [
      "cases": JSONValue(cases), "applicable": JSONValue(applicable), "best": best?.document ?? nil,
      "find": find.map {
        [
          "case": JSONValue($0.index), "shrinks": JSONValue($0.shrinks), "local_minimum": .bool($0.isLocalMinimum),
          "model": $0.model.document, "replay": .string($0.replay.description),
          "path": .array($0.path.map(\.document)),
        ]
      } ?? nil,
    ]
  }

  /// Reads what ``document`` wrote.
  ///
  /// - Throws: `JSONShapeError` or `ReplayLineError` that names the place.
  public init(document: JSONReader) throws {
    cases = try document.required("cases").integer()
    applicable = try document.required("applicable").integer()
    let (best, find) = (try document.required("best"), try document.required("find"))
    if best.value != nil { self.best = try HuntPart.Best(document: best) }
    guard find.value != nil else { return }
    self.find = Find(
      index: try find.required("case").integer(), shrinks: try find.required("shrinks").integer(),
      isLocalMinimum: try find.required("local_minimum").value == true,
      model: try FiniteModel(document: try find.required("model")),
      replay: try ReplayLine(parsing: try find.required("replay").string()),
      path: try find.required("path").elements().map { reader throws(JSONShapeError) in
        try HuntStep(document: reader)
      })
  }
}

extension ClassHunt {
  /// The counterexamples among `models`, each once, smallest first, as documents that `cch check` reads.
  public func distinct(_ models: [FiniteModel]) -> [JSONValue] {
    var seen = Set<FiniteModel>()
    let sized = models.filter { seen.insert($0).inserted }.enumerated().map { place, model in
      (step: HuntStep(.found, model), place: place, model: model)
    }
    return sized.sorted { ($0.step.size, $0.step.numbers, $0.place) < ($1.step.size, $1.step.numbers, $1.place) }
      .map { ClassProblemFile.certificate(of: claim, $0.model) }
  }
}
