// SPDX-License-Identifier: MIT

import PropertyTesting
import Synchronization
import Testing

/// The issues that one case recorded: they are its failure, and are seen only when the simplest case is reported.
final class CaseIssues: Sendable {
  @TaskLocal static var current: CaseIssues?
  private let recorded = Mutex<[Issue]>([])

  private func add(_ issue: Issue) { recorded.withLock { $0.append(issue) } }

  /// Tells how the issues of a case count, in one `forAll`.
  final class Judge: Sendable {
    private let isExpectedOutside = Mutex<Bool?>(nil)

    init() {}

    /// The failure that `issues` are; nil for none.
    ///
    /// What a `withKnownIssue` in the property expects is no failure. One around the whole `forAll` makes every issue known,
    /// and expects that there is a failure.
    func failure(_ issues: CaseIssues) -> Failure? {
      let errors = issues.recorded.withLock { $0 }.filter { $0.severity == .error }
      guard let first = errors.first(where: { $0.isFailure || isKnownOutside() }) else { return nil }
      let place = first.sourceLocation.map { "\($0.fileName):\($0.line)" } ?? "an unknown place"
      return .unmet(place: place, message: "\(first)")
    }

    /// Asked only where a known issue was seen: an issue outside of the property shows whose it is, and nobody else sees it.
    private func isKnownOutside() -> Bool {
      if let known = isExpectedOutside.withLock({ $0 }) { return known }
      let probe = CaseIssues()
      CaseIssues.$current.withValue(probe) { _ = Issue.record("a failure of a property") }
      let known = probe.recorded.withLock { $0.contains { !$0.isFailure } }
      isExpectedOutside.withLock { $0 = known }
      return known
    }
  }

  /// Runs one case; the issues that it records are thrown as its failure.
  static func collect<Result>(_ judge: Judge, _ body: () throws -> Result) throws -> Result {
    let issues = CaseIssues()
    let result = Swift.Result { try $current.withValue(issues) { try body() } }
    return try judged(result, judge, issues)
  }

  /// The same for a case that waits.
  static func collect<Result>(
    _ judge: Judge, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
  ) async throws -> Result {
    let issues = CaseIssues()
    let result: Swift.Result<Result, any Error>
    do { result = .success(try await $current.withValue(issues) { try await body() }) } catch {
      result = .failure(error)
    }
    return try judged(result, judge, issues)
  }

  private static func judged<Result>(_ result: Swift.Result<Result, any Error>, _ judge: Judge, _ issues: CaseIssues)
    throws -> Result
  {
    if case .failure(let error) = result, error is Rejection { throw error }
    if let failure = judge.failure(issues) { throw failure }
    return try result.get()
  }

  // MARK: What is seen

  /// Runs a search whose cases record no issue of the test.
  static func quietly(
    isolation: isolated (any Actor)? = #isolation, _ body: @escaping () async -> Void
  ) async {
    await handling(body) { issue in
      guard let issues = current else { return issue }
      issues.add(issue)
      return nil
    }
  }

  /// Runs the case that is reported: its issues are those of the test, the first one with `comment`.
  static func openly(
    _ comment: String, isolation: isolated (any Actor)? = #isolation, _ body: @escaping () async -> Void
  ) async -> Bool {
    let isFirst = Mutex(true)
    await handling(body) { issue in
      var issue = issue
      let first = isFirst.withLock { first in
        defer { first = first && issue.severity != .error }
        return first
      }
      if issue.severity == .error { issue.comments.append(Comment(rawValue: first ? comment : "the same case")) }
      return issue
    }
    return isFirst.withLock { !$0 }
  }

  private static func handling(
    isolation: isolated (any Actor)? = #isolation, _ body: @escaping () async -> Void,
    _ transform: @escaping @Sendable (Issue) -> Issue?
  ) async {
    guard let test = Test.current else { return await body() }
    let work = Unchecked(body)
    // The body does not throw.
    try? await IssueHandlingTrait.compactMapIssues(transform).provideScope(for: test, testCase: Test.Case.current) {
      await work.value(on: isolation)
    }
  }
}

/// Something that is used by one task at a time, which the compiler cannot see.
final class Unchecked<Value>: @unchecked Sendable {
  var value: Value
  init(_ value: Value) { self.value = value }
}

extension Unchecked where Value == () async -> Void {
  fileprivate func value(on isolation: isolated (any Actor)?) async { await value() }
}
