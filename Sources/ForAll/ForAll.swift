import Foundation
import PropertyTesting
import Testing

/// Checks, inside a `@Test`, that `holds` is true for every value of `generator`.
///
/// A failure is recorded once, as one issue of the test: with the simplest value that was found, the line that replays it
/// and its labels. What deserves attention, such as many rejected cases, is recorded as a warning. `holds` reports a failure by returning false or by throwing, not by `#expect`, which would record every
/// try. A trap in it ends the test process: Swift cannot catch it.
///
/// The settings are those given; without them those of the ``CheckTrait`` of the test or its suite. The environment
/// variables `CCH_CASES` and `CCH_SEED` override both, for deeper runs.
///
/// - Parameters:
///   - replay: the line of an earlier failure: only that case is run.
/// - Returns: what was found.
@discardableResult
public func forAll<Value>(
  _ generator: Generator<Value>, settings: CheckSettings? = nil, replay: String? = nil,
  sourceLocation: SourceLocation = #_sourceLocation,
  holds: @escaping @Sendable (Value, inout Trial) throws -> Bool
) async -> CheckReport<Value> {
  let property = Property(propertyName(sourceLocation), generator, holds: holds)
  var settings = settings ?? CheckTrait.current
  let environment = ProcessInfo.processInfo.environment
  if let cases = environment["CCH_CASES"].flatMap(Int.init) { settings.budget = Budget(cases: cases) }
  if let seed = environment["CCH_SEED"].flatMap(UInt64.init) { settings.seed = seed }
  let report = await property.report(settings, replay: replay, sourceLocation)
  if !report.isPass { Issue.record(Comment(rawValue: report.message), sourceLocation: sourceLocation) }
  for warning in report.warnings {
    Issue.record(Comment(rawValue: "\(property.name): \(warning)"), severity: .warning, sourceLocation: sourceLocation)
  }
  return report
}

/// The same for a property that classifies nothing.
@discardableResult
public func forAll<Value>(
  _ generator: Generator<Value>, settings: CheckSettings? = nil, replay: String? = nil,
  sourceLocation: SourceLocation = #_sourceLocation, holds: @escaping @Sendable (Value) throws -> Bool
) async -> CheckReport<Value> {
  await forAll(generator, settings: settings, replay: replay, sourceLocation: sourceLocation) { value, _ in
    try holds(value)
  }
}

extension Property {
  fileprivate func report(_ settings: CheckSettings, replay: String?, _ location: SourceLocation) async
    -> CheckReport<Value>
  {
    guard let replay else { return await check(settings) }
    do {
      let report = self.replay(try ReplayLine(parsing: replay), settings)
      guard case .stale = report.outcome else { return report }
      Issue.record(Comment(rawValue: report.message), severity: .warning, sourceLocation: location)
    } catch {
      Issue.record("the replay line cannot be read: \(error)", sourceLocation: location)
    }
    return await check(settings)
  }
}

/// The test's name and line.
private func propertyName(_ location: SourceLocation) -> String {
  let name = Test.current.map { String($0.name.prefix { $0 != "(" }) } ?? location.fileName
  return "\(name)-\(location.line)"
}

/// How many cases ``forAll(_:settings:replay:sourceLocation:holds:)-(Generator<Value>,_,_,_,_)`` tries in a test or suite, and with which seed.
public struct CheckTrait: TestTrait, SuiteTrait, TestScoping {
  @TaskLocal static var current = CheckSettings()
  let settings: CheckSettings
  /// A suite hands its settings down to its tests.
  public var isRecursive: Bool { true }

  /// Runs the test under these settings.
  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await CheckTrait.$current.withValue(settings) { try await function() }
  }
}

extension Trait where Self == CheckTrait {
  /// The settings of every `forAll` in the test or suite that has none of its own.
  public static func checks(cases: Int = 1_000, seed: UInt64 = 0, required: [String: Double] = [:]) -> CheckTrait {
    CheckTrait(settings: CheckSettings(cases: cases, seed: seed, required: required))
  }
}
