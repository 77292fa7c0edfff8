// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import LineProtocol
import Oracle
import Vectors

/// How one vector came out.
public enum VectorVerdict: Sendable, Hashable {
  /// The answer is right.
  case passed
  /// The answer is wrong.
  case failed(Comparison.Failure)
  /// Nothing was judged: the operation or this valid input is not implemented, or the vector asks for exact arithmetic.
  case skipped(String)
  /// There is no answer: a valid input was refused, or the program crashed, hung, or wrote what is none.
  case errored(String)

  /// The kinds of verdicts; the raw value is the word that reports and records have.
  public enum Kind: String, Sendable, CaseIterable {
    case passed, failed, skipped, errored

    /// Whether it counts against the implementation.
    public var isWrong: Bool { self == .failed || self == .errored }
  }

  /// The verdict without its reason.
  public var kind: Kind {
    switch self {
    case .passed: .passed
    case .failed: .failed
    case .skipped: .skipped
    case .errored: .errored
    }
  }

  /// "passed", "failed", "skipped" or "errored".
  public var word: String { kind.rawValue }

  /// Whether it counts against the implementation.
  public var isWrong: Bool { kind.isWrong }

  /// The verdict on a reply.
  public init(_ reply: Reply, expected: Expected) {
    switch (reply, expected) {
    case (.result(let output), _):
      switch judge(output, against: expected) {
      case .passed: self = .passed
      case .failed(let failure): self = .failed(failure)
      }
    case (.errored, .refused): self = .passed
    case (.errored(let message), .output): self = .errored("refuses a valid input: \(message)")
    case (.skipped(let reason), .refused(let rule)):
      // Whoever leaves it open whether an input is valid gives no protection against it.
      self = .failed(.init(field: "", expected: rule.expectation, got: "skipped: \(reason.prefix(80))"))
    case (.skipped(let reason), .output): self = .skipped(reason)
    case (.notFinite(let word), _):
      self = .errored("its output holds \(word), which is not finite and no JSON")
    case (.broken(let reason), _): self = .errored(reason)
    case (.notAsked(let reason), _): self = .errored("not asked: \(reason)")
    }
  }
}

/// A vector, what was answered and what that is worth.
public struct VectorOutcome: Sendable, Hashable {
  /// The operation.
  public let operation: OracleOperation
  /// The vector.
  public let vector: ConformanceVector
  /// The reply, of a huge output only the beginning; nil where it was not to be asked at all.
  public let reply: Reply?
  /// The verdict.
  public let verdict: VectorVerdict

  /// The outcome of asking `vector`.
  init(_ operation: OracleOperation, _ vector: ConformanceVector, _ reply: Reply) {
    (self.operation, self.vector, self.reply) = (operation, vector, reply.shortened)
    verdict = VectorVerdict(reply, expected: vector.expected)
  }

  /// The outcome of not asking `vector`.
  init(_ operation: OracleOperation, _ vector: ConformanceVector, skipped reason: String) {
    (self.operation, self.vector, reply, verdict) = (operation, vector, nil, .skipped(reason))
  }
}

extension Reply {
  /// The reply as it is kept and shown: of an output beyond 16 kB, ten times the largest right one to the published
  /// vectors, only the beginning, as a text.
  fileprivate var shortened: Reply {
    guard case .result(let output) = self, output.isLarger(than: 1 << 14) else { return self }
    return .result(.string(output.excerpt(1000)))
  }
}
