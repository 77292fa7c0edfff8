// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Hunting
import SeededRuns

/// A part of a hunt, of whatever is hunted, that ends with its first find.
public protocol FindingPart: Mergeable {
  /// A counterexample.
  associatedtype Find: Sendable
  /// The first; nil where none was found.
  var find: Find? { get }
}

extension HuntPart: FindingPart {}
extension ClassHuntPart: FindingPart {}

/// What the shards of a hunt found.
public struct HuntTotal<Part: FindingPart>: Sendable {
  /// What one run of all cases finds: everything up to the first find.
  public private(set) var whole = Part()
  /// The finds of all shards, in the order of their cases.
  public private(set) var finds: [Part.Find] = []

  /// Nothing found.
  public init() {}

  /// Adds the part that comes next: to the whole up to the first find, and its find to the list.
  mutating func add(_ part: Part) {
    if whole.find == nil { whole.merge(part) }
    if let find = part.find { finds.append(find) }
  }
}
