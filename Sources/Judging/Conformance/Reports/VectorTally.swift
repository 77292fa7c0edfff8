// SPDX-License-Identifier: GPL-3.0-or-later
/// How many vectors came out how.
public struct VectorTally: Sendable, Hashable {
  /// Right.
  public private(set) var passed = 0
  /// Wrong.
  public private(set) var failed = 0
  /// Not judged.
  public private(set) var skipped = 0
  /// Without an answer.
  public private(set) var errored = 0

  /// The counts of some outcomes.
  public init(_ outcomes: some Sequence<VectorOutcome>) {
    for outcome in outcomes {
      switch outcome.verdict {
      case .passed: passed += 1
      case .failed: failed += 1
      case .skipped: skipped += 1
      case .errored: errored += 1
      }
    }
  }

  /// Failed and errored.
  public var wrong: Int { failed + errored }
  /// All.
  public var total: Int { passed + failed + skipped + errored }
}
