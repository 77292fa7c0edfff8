// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation

/// An instance to study, and what to call it in messages.
public struct StudyProblem: Sendable {
  /// What to call it, such as its file.
  public let source: String
  /// The instance.
  public let instance: Instance

  /// An instance under a name.
  public init(_ instance: Instance, source: String) { (self.source, self.instance) = (source, instance) }

  /// Whether students can be simulated on this instance: some are so near to singular that double precision cannot draw from
  /// them.
  public static func canSimulate(_ instance: Instance) -> Bool { (try? Population(instance)) != nil }
}

/// Why one of several problems cannot be studied.
public struct StudyProblemError: Error, CustomStringConvertible {
  /// Which one.
  public let source: String
  /// Why; as a rule a ``StudentError``.
  public let reason: any Error

  /// Name and reason.
  public var description: String { "\(source): \(reason)" }

  /// What `body` gives; what it throws becomes an error about `problem`.
  static func about<Value>(_ problem: StudyProblem, _ body: () throws -> Value) throws(StudyProblemError) -> Value {
    do { return try body() } catch { throw StudyProblemError(source: problem.source, reason: error) }
  }
}
