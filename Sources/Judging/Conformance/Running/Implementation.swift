// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import LineProtocol
import Oracle

/// Something that answers the operations of the protocol inside this process.
public protocol Implementation: Sendable {
  /// What it is called and what it can do.
  var introduction: Introduction { get }

  /// The output for an input.
  ///
  /// - Throws: any error, whose description is the message, where the input is to be refused.
  func output(of operation: OracleOperation, input: JSONValue) throws -> JSONValue
}

/// An implementation that is a closure.
public struct ClosureImplementation: Implementation {
  /// What it is called and what it can do.
  public let introduction: Introduction
  private let body: @Sendable (OracleOperation, JSONValue) throws -> JSONValue

  /// An implementation of some operations, by default of all, in floating point or exact.
  public init(
    _ name: String, operations: [OracleOperation] = OracleOperation.allCases, isExact: Bool = false,
    _ body: @escaping @Sendable (OracleOperation, JSONValue) throws -> JSONValue
  ) {
    introduction = Introduction(name: name, operations: operations.map(\.rawValue), isExact: isExact)
    self.body = body
  }

  /// What the closure returns.
  public func output(of operation: OracleOperation, input: JSONValue) throws -> JSONValue { try body(operation, input) }
}

extension ClosureImplementation {
  /// The exact oracle of this project.
  public static let oracle = ClosureImplementation("cch oracle", isExact: true) { operation, input in
    try ExactOracle.answer(operation, input: input).document
  }
}
