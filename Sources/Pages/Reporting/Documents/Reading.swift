// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

// What the pages read of documents, beyond what every reader of JSON has.

extension JSONReader {
  var isNull: Bool { value == .null }

  /// The member called `key`, or nil where it is missing or null.
  @inline(never) func optional(_ key: String) -> JSONReader? { member(key).flatMap { $0.isNull ? nil : $0 } }

  func bool() throws(JSONShapeError) -> Bool {
    guard case .bool(let value) = value else { throw failure("expected true or false, found \(value.kind)") }
    return value
  }

  func bool(_ key: String) throws(JSONShapeError) -> Bool { try required(key).bool() }
  @inline(never) func string(_ key: String) throws(JSONShapeError) -> String { try required(key).string() }
  @inline(never) func integer(_ key: String) throws(JSONShapeError) -> Int { try required(key).integer() }
  @inline(never) func elements(_ key: String) throws(JSONShapeError) -> [JSONReader] { try required(key).elements() }
  @inline(never) func quantity(_ key: String) throws(JSONShapeError) -> Quantity { try required(key).quantity() }

  /// The texts of an array.
  func strings(_ key: String) throws(JSONShapeError) -> [String] {
    var texts: [String] = []
    for element in try elements(key) { texts.append(try element.string()) }
    return texts
  }

  /// The number called `key`, or nil where it is missing or null.
  @inline(never) func optionalQuantity(_ key: String) throws(JSONShapeError) -> Quantity? {
    guard let member = optional(key) else { return nil }
    return try member.quantity()
  }

  /// The truth value called `key`, or nil where it is missing or null.
  func optionalBool(_ key: String) throws(JSONShapeError) -> Bool? {
    guard let member = optional(key) else { return nil }
    return try member.bool()
  }

  /// The members of an object with their keys, in its order.
  func entries(_ key: String) throws(JSONShapeError) -> [(key: String, value: JSONReader)] {
    let object = try required(key)
    guard case .object(let members) = object.value else {
      throw object.failure("expected an object, found \(object.value.kind)")
    }
    return members.map { ($0.key, JSONReader($0.value, path: "\(object.path).\($0.key)")) }
  }
}
