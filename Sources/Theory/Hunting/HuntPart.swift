// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactJSON
import PropertyTesting
import SeededRuns

/// What a part of a hunt found, as it is written down: parts of consecutive cases, merged in their order up to the first that
/// has a find, are what one run of all these cases is.
public struct HuntPart: Mergeable {
  /// A counterexample, made simple.
  public struct Find: Sendable {
    /// The number of the first violating case.
    public let index: Int
    /// How often it became simpler.
    public let shrinks: Int
    /// Whether no single step makes it simpler.
    public let isLocalMinimum: Bool
    /// The counterexample.
    public let instance: Instance
    /// The line that brings it back; nil where its numbers are too large for one.
    public let replay: ReplayLine?
    /// The way from the case that was found to it.
    public let path: [HuntStep]
  }

  /// The case with the smallest margin.
  struct Best: Sendable, Equatable {
    let value: Double
    let index: Int
    let choices: [Int]
  }

  /// Instances and whole-number problems that were tried.
  public internal(set) var drawn = 0, screened = 0
  /// Of both, those on which the hypothesis held.
  public internal(set) var applicable = 0
  /// Of the instances, those on which a part of the statement has no value.
  public internal(set) var undefined = 0
  /// How many of the instances lie in each of `Region.all`; whole-number problems are not looked at.
  public internal(set) var regions = Region.all.map { _ in 0 }
  /// The first violation.
  public internal(set) var find: Find?
  /// The best case of every region, where the hunt has rounds.
  public internal(set) var pool: HuntPool?
  var best: Best?

  /// Nothing tried.
  public init() {}

  /// Adds what a later part found.
  public mutating func merge(_ other: HuntPart) {
    drawn += other.drawn
    screened += other.screened
    applicable += other.applicable
    undefined += other.undefined
    regions = zip(regions, other.regions).map(+)
    if let candidate = other.best, best.map({ (candidate.value, candidate.index) < ($0.value, $0.index) }) ?? true {
      best = candidate
    }
    if let other = other.pool {
      pool = pool ?? HuntPool()
      pool?.merge(other)
    }
    if let candidate = other.find, find.map({ candidate.index < $0.index }) ?? true { find = candidate }
  }
}

extension HuntPart {
  /// The part as it is written down; nothing in it depends on time or place.
  public var document: JSONValue {
    guard let pool, case .object(let members) = withoutPool else { return withoutPool }
    return .object(members + [.init(key: "pool", value: pool.document)])
  }

  private var withoutPool: JSONValue {
    [
      "drawn": JSONValue(drawn), "screened": JSONValue(screened), "applicable": JSONValue(applicable),
      "undefined": JSONValue(undefined), "regions": .array(regions.map { JSONValue($0) }),
      "best": best?.document ?? nil,
      "find": find.map {
        [
          "case": JSONValue($0.index), "shrinks": JSONValue($0.shrinks), "local_minimum": .bool($0.isLocalMinimum),
          "instance": $0.instance.document, "replay": $0.replay.map { .string($0.description) } ?? nil,
          "path": .array($0.path.map(\.document)),
        ]
      } ?? nil,
    ]
  }

  /// Reads what ``document`` wrote.
  ///
  /// - Throws: `JSONShapeError`, `InstanceFileError` or `ReplayLineError` that names the place.
  public init(document: JSONReader) throws {
    func count(_ key: String) throws -> Int { try document.required(key).integer() }
    (drawn, screened, applicable, undefined) = (
      try count("drawn"), try count("screened"), try count("applicable"), try count("undefined")
    )
    let counts = try document.required("regions")
    regions = try counts.elements().map { reader throws(JSONShapeError) in try reader.integer() }
    guard regions.count == Region.all.count else { throw counts.failure("the regions are those of another version") }
    let (best, find) = (try document.required("best"), try document.required("find"))
    if best.value != nil { self.best = try Best(document: best) }
    pool = try document.member("pool").map { try HuntPool(document: $0) }
    if find.value != nil {
      let replay = try find.required("replay")
      self.find = Find(
        index: try find.required("case").integer(), shrinks: try find.required("shrinks").integer(),
        isLocalMinimum: try find.required("local_minimum").value == true,
        instance: try Instance(document: try find.required("instance")),
        replay: replay.value == nil ? nil : try ReplayLine(parsing: try replay.string()),
        path: try find.required("path").elements().map { reader throws(JSONShapeError) in try HuntStep(document: reader)
        })
    }
  }
}

extension HuntPart.Best {
  var document: JSONValue {
    [
      "value": JSONValue(approximate: value), "case": JSONValue(index),
      "choices": .array(choices.map { JSONValue($0) }),
    ]
  }

  init(document: JSONReader) throws(JSONShapeError) {
    guard case .number(let text) = try document.required("value").value, let value = Double(text) else {
      throw document.failure("the margin is no number")
    }
    var choices: [Int] = []
    for choice in try document.required("choices").elements() { choices.append(try choice.integer()) }
    self.init(value: value, index: try document.required("case").integer(), choices: choices)
  }

  init(_ score: CheckStatistics.BestScore) {
    self.init(value: score.value, index: score.index, choices: score.values)
  }

  /// Smaller values come first, then earlier cases.
  static func precedes(_ a: HuntPart.Best, _ b: HuntPart.Best) -> Bool { (a.value, a.index) < (b.value, b.index) }
}
