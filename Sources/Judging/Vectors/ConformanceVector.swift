// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

/// One question, its exact answer, and the mistake that it is there to catch.
public struct ConformanceVector: Sendable, Hashable {
  /// The stable name, such as "kd_risk-017"; a vector of this name never changes.
  public let id: String
  /// What the case is, in words.
  public let comment: String
  /// Kinds of bugs that failing it points to; each is explained in the notes of the file.
  public let flags: [String]
  /// The mistake that it is there to catch.
  public let catches: String
  /// Whether only programs that compute exactly can answer it; its numbers are then strings.
  public let exactOnly: Bool
  /// The `input` of the request.
  public let input: JSONValue
  /// The answer of a right implementation.
  public let expected: Expected

  /// A vector.
  public init(
    id: String, comment: String, flags: [String], catches: String, exactOnly: Bool, input: JSONValue, expected: Expected
  ) {
    (self.id, self.comment, self.flags, self.catches) = (id, comment, flags, catches)
    (self.exactOnly, self.input, self.expected) = (exactOnly, input, expected)
  }
}

extension ConformanceVector {
  private static let keys = ["id", "comment", "flags", "catches", "exact_only", "input", "expected"]

  /// The vector as it stands in a file.
  public var document: JSONValue {
    [
      "id": .string(id), "comment": .string(comment), "flags": .array(flags.map { .string($0) }),
      "catches": .string(catches), "exact_only": .bool(exactOnly), "input": input, "expected": expected.document,
    ]
  }

  /// Reads a vector, strictly.
  ///
  /// - Throws: `JSONShapeError` that names the place and the rule.
  public init(_ reader: JSONReader) throws(JSONShapeError) {
    try reader.requireKeys(among: ConformanceVector.keys)
    guard case .bool(let exactOnly) = try reader.required("exact_only").value else {
      throw reader.failure("\"exact_only\" must be true or false")
    }
    let input = try reader.required("input")
    guard case .object = input.value else { throw input.failure("expected an object, found \(input.value.kind)") }
    self.init(
      id: try reader.required("id").string(), comment: try reader.required("comment").string(),
      flags: try reader.required("flags").elements().map { element throws(JSONShapeError) in try element.string() },
      catches: try reader.required("catches").string(), exactOnly: exactOnly, input: input.value,
      expected: try Expected(try reader.required("expected")))
  }
}
