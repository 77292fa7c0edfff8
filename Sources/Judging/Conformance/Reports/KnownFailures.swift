// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PlainText
import Vectors

/// The vectors that an implementation is known to get wrong: CI stays green until that changes, in either direction.
public struct KnownFailures: Sendable, Hashable {
  /// The ids of vectors.
  public let ids: Set<String>

  /// These ids.
  public init(_ ids: Set<String>) { self.ids = ids }

  /// What a report gets wrong.
  public init(_ report: ConformanceReport) { self.init(Set(report.failures.map(\.vector.id))) }

  /// Reads a list: an id a line; empty lines, and what follows a `#`, say nothing.
  ///
  /// - Throws: ``KnownFailuresError`` for an id that is there twice, or text that is no id.
  public init(parsing text: String) throws(KnownFailuresError) {
    var ids = Set<String>()
    for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let id = line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
      if id.isEmpty { continue }
      guard id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }) else {
        throw KnownFailuresError("line \(place + 1): \(quoted(id)) is no id of a vector, such as kd_risk-017")
      }
      guard ids.insert(id).inserted else { throw KnownFailuresError("line \(place + 1): \(id) is listed twice") }
    }
    self.ids = ids
  }

  /// The list as a file that ``init(parsing:)`` reads, in the order of ids.
  public var text: String {
    "# Vectors that are known to fail, an id a line.\n" + ids.sorted().map { $0 + "\n" }.joined()
  }

  /// How a report differs from what is known.
  public func difference(to report: ConformanceReport) -> Difference {
    let outcomes = Dictionary(report.outcomes.map { ($0.vector.id, $0) }) { $1 }
    return Difference(
      unexpectedFailures: report.failures.filter { !ids.contains($0.vector.id) }.map(\.vector.id),
      unexpectedPasses: ids.filter { if case .passed? = outcomes[$0]?.verdict { true } else { false } }.sorted(),
      unasked: ids.filter { outcomes[$0] == nil }.sorted())
  }

  /// What is otherwise than it was known to be.
  public struct Difference: Sendable, Hashable {
    /// Vectors that fail and are not listed.
    public let unexpectedFailures: [String]
    /// Vectors that are listed and pass: the list is to be renewed, so that they cannot fail again unseen.
    public let unexpectedPasses: [String]
    /// Listed ids that no vector of this run has.
    public let unasked: [String]

    /// Whether exactly what is listed fails; ids that were not asked do not count.
    public var isEmpty: Bool { unexpectedFailures.isEmpty && unexpectedPasses.isEmpty }
  }
}

/// Why a list of known failures cannot be read.
public struct KnownFailuresError: Error, Hashable, CustomStringConvertible {
  /// The line and the rule that it breaks.
  public let description: String

  init(_ description: String) { self.description = description }
}
