// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

/// How a program introduces itself: its answer to `start`.
public struct Introduction: Sendable, Hashable {
  /// What it calls itself.
  public let name: String
  /// Which of its releases this is; empty where it does not say.
  public let version: String
  /// The operations that it lists.
  public let operations: [String]
  /// Whether it computes exactly, so that it can be asked about fractions and ties.
  public let isExact: Bool

  /// An introduction.
  public init(name: String, version: String = "", operations: [String], isExact: Bool = false) {
    (self.name, self.version, self.operations, self.isExact) = (name, version, operations, isExact)
  }

  /// The version of the protocol that is spoken.
  public static let protocolVersion = 1

  /// Reads a `started` message.
  ///
  /// - Throws: `JSONShapeError` where a key is missing or wrong, or the protocol is another.
  init(_ message: JSONReader) throws(JSONShapeError) {
    let spoken = try message.required("protocol")
    guard try spoken.integer() == Introduction.protocolVersion else {
      throw spoken.failure("it speaks version \(spoken.value), this tool version \(Introduction.protocolVersion)")
    }
    name = try message.member("name")?.string() ?? "unnamed"
    version = try message.member("version")?.string() ?? ""
    operations = try message.required("operations").elements().map { element throws(JSONShapeError) in
      try element.string()
    }
    isExact = message.value["exact"] == .bool(true)
  }
}
