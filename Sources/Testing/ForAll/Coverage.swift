// SPDX-License-Identifier: MIT

import PropertyTesting

/// What guides the searches of a test.
enum Coverage {
  @TaskLocal static var probe: (any CoverageProbe)?
}

/// Runs `function` so that every `forAll` in it is guided by `probe`.
///
/// - Throws: what `function` throws.
public func withCoverage<Result>(
  _ probe: any CoverageProbe, isolation: isolated (any Actor)? = #isolation,
  performing function: () async throws -> Result
) async rethrows -> Result {
  try await Coverage.$probe.withValue(probe, operation: function, isolation: isolation)
}
