// SPDX-License-Identifier: GPL-3.0-or-later
/// A published vector that would become another one, or go.
public struct ChangedVector: Error, Equatable, CustomStringConvertible {
  /// The id of the vector.
  public let id: String

  /// The rule, and what to do instead.
  public var description: String {
    "\(id) would change; a vector never does, so add one with a new id, or name another folder"
  }
}

extension VectorFile {
  /// Checks that every vector of `published` is still here as it was: vectors are only ever added.
  ///
  /// - Throws: ``ChangedVector`` for the first that is not.
  public func requireUnchanged(since published: VectorFile) throws(ChangedVector) {
    let new = Dictionary(uniqueKeysWithValues: tests.map { ($0.id, $0) })
    for test in published.tests where new[test.id]?.document != test.document { throw ChangedVector(id: test.id) }
  }

  /// The number of vectors whose input is to be refused.
  public var refusals: Int { tests.count { test in if case .refused = test.expected { true } else { false } } }
}
