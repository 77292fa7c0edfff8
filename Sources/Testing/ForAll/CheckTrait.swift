// SPDX-License-Identifier: MIT

import PropertyTesting
import Testing

/// How many cases every `forAll` in a test or suite tries, and with which seed.
public struct CheckTrait: TestTrait, SuiteTrait, TestScoping {
  @TaskLocal static var current = CheckSettings()
  @TaskLocal static var keepsExamples = true
  let settings: CheckSettings
  let keepsExamples: Bool
  /// A suite hands its settings down to its tests.
  public var isRecursive: Bool { true }

  /// Runs the test under these settings.
  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await CheckTrait.$current.withValue(settings) {
      try await CheckTrait.$keepsExamples.withValue(keepsExamples) { try await function() }
    }
  }
}

extension Trait where Self == CheckTrait {
  /// The settings of every `forAll` in the test or suite that has none of its own.
  ///
  /// - Parameters:
  ///   - caseLimit: how long one case may take; nil for as long as it likes.
  ///   - keepsExamples: whether failures are kept, and tried first in the next run.
  public static func checks(
    cases: Int = 1_000, seed: UInt64 = 0, required: [String: Double] = [:], caseLimit: Duration? = nil,
    keepsExamples: Bool = true
  ) -> CheckTrait {
    CheckTrait(
      settings: CheckSettings(cases: cases, seed: seed, caseLimit: caseLimit, required: required),
      keepsExamples: keepsExamples)
  }
}
