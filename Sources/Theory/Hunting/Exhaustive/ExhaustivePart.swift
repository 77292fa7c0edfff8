// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import ExactJSON
import SeededRuns

/// What a part of an exhaustive search found, as it is written down; parts are merged in any order.
public struct ExhaustivePart: Mergeable {
  /// What was counted at a height.
  public struct Level: Sendable, Equatable {
    /// Orbits of positive definite matrices.
    public internal(set) var orbits = 0
    /// Positive definite matrices.
    public internal(set) var valid = 0
    /// Orbits on which the hypothesis held.
    public internal(set) var applicable = 0
    /// Orbits that violate the claim.
    public internal(set) var violations = 0
    /// The counterexample of the smallest sum of |entries| of the upper triangle, the first of these.
    public internal(set) var smallest: Smallest?

    /// Nothing counted.
    public init() {}
  }

  /// A counterexample and what it is compared by.
  public struct Smallest: Sendable, Equatable {
    /// The sum of |entries| of the upper triangle.
    public let sum: Int
    /// Its number.
    public let index: Int
    /// The instance.
    public let instance: Instance

    /// Equality by place.
    public static func == (a: Smallest, b: Smallest) -> Bool { (a.sum, a.index) == (b.sum, b.index) }
  }

  /// The counts by height.
  public internal(set) var levels: [Int: Level] = [:]

  /// Nothing counted.
  public init() {}

  /// The least height with a counterexample.
  public var height: Int? { levels.filter { $0.value.smallest != nil }.keys.min() }

  /// Adds what another part counted.
  public mutating func merge(_ other: ExhaustivePart) {
    for (height, counts) in other.levels { levels[height, default: Level()].merge(counts) }
  }
}

extension ExhaustivePart.Level {
  mutating func merge(_ other: ExhaustivePart.Level) {
    orbits += other.orbits
    valid += other.valid
    applicable += other.applicable
    violations += other.violations
    if let candidate = other.smallest { keep(candidate) }
  }

  mutating func keep(_ candidate: ExhaustivePart.Smallest) {
    if smallest.map({ (candidate.sum, candidate.index) < ($0.sum, $0.index) }) ?? true { smallest = candidate }
  }
}

extension ExhaustivePart {
  /// The part as it is written down.
  public var document: JSONValue {
    [
      "levels": .array(
        levels.sorted { $0.key < $1.key }.map { height, level in
          [
            "height": JSONValue(height), "orbits": JSONValue(level.orbits), "valid": JSONValue(level.valid),
            "applicable": JSONValue(level.applicable), "violations": JSONValue(level.violations),
            "smallest": level.smallest.map {
              ["sum": JSONValue($0.sum), "number": JSONValue($0.index), "instance": $0.instance.document]
            } ?? nil,
          ]
        })
    ]
  }

  /// Reads what ``document`` wrote.
  ///
  /// - Throws: `JSONShapeError` or `InstanceFileError` that names the place.
  public init(document: JSONReader) throws {
    for reader in try document.required("levels").elements() {
      var level = Level()
      level.orbits = try reader.required("orbits").integer()
      level.valid = try reader.required("valid").integer()
      level.applicable = try reader.required("applicable").integer()
      level.violations = try reader.required("violations").integer()
      let smallest = try reader.required("smallest")
      if smallest.value != nil {
        level.smallest = Smallest(
          sum: try smallest.required("sum").integer(), index: try smallest.required("number").integer(),
          instance: try Instance(document: try smallest.required("instance")))
      }
      levels[try reader.required("height").integer()] = level
    }
  }
}
