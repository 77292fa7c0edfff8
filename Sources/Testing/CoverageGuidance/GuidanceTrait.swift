// SPDX-License-Identifier: MIT

import ForAll
import Foundation
import PropertyTesting
import Testing

/// Guides the search of every `forAll` in a test or suite by what its cases reach, where `CCH_COVERAGE` is set.
public struct GuidanceTrait: TestTrait, SuiteTrait, TestScoping {
  /// A suite hands it down to its tests.
  public var isRecursive: Bool { true }

  /// Whether the environment asks for it: `CCH_COVERAGE` is there, and is not "off".
  public static var isAskedFor: Bool {
    ProcessInfo.processInfo.environment["CCH_COVERAGE"].map { $0 != "off" && !$0.isEmpty } ?? false
  }

  /// Runs the test with guided searches.
  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    guard GuidanceTrait.isAskedFor else { return try await function() }
    guard let counters = CoverageCounters() else {
      Issue.record(
        """
        CCH_COVERAGE is set, but nothing was compiled with counters: compile what is tested with \
        -sanitize=fuzzer -sanitize-coverage=edge,trace-pc-guard,trace-cmp
        """, severity: .warning)
      return try await function()
    }
    try await withCoverage(counters, performing: function)
  }
}

extension Trait where Self == GuidanceTrait {
  /// Searches are guided by what the cases reach, where `CCH_COVERAGE` is set and the code is compiled with counters.
  public static var guidedByCoverage: GuidanceTrait { GuidanceTrait() }
}
