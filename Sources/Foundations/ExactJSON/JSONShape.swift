// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText
import ExactAlgebra

/// Why a JSON document is not of the shape that a format asks for.
public struct JSONShapeError: Error, Equatable, CustomStringConvertible {
  /// Where in the document, as in `sigma[1][2]`; empty for the whole document.
  public let path: String
  /// The rule that is broken, in words.
  public let problem: String
  /// The rule as the error of a number or of a matrix; nil where it is another one.
  public let cause: Cause?

  /// What is wrong with a value of the right type.
  public enum Cause: Sendable, Equatable {
    /// The text is no number.
    case number(NumberError)
    /// The rows are no matrix.
    case matrix(MatrixError)
  }

  /// An error at `path`.
  public init(path: String, problem: String, cause: Cause? = nil) {
    (self.path, self.problem, self.cause) = (path, problem, cause)
  }

  /// "sigma[1][2]: "1/0" has denominator 0".
  public var description: String { path.isEmpty ? problem : "\(path): \(problem)" }
}

/// A JSON value and where it stands in its document, for reading strictly with errors that name the place.
public struct JSONReader: Sendable {
  /// The value.
  public let value: JSONValue
  /// Where it stands, as in `sigma[1][2]`.
  public let path: String

  /// The value `value` at `path`; the whole document by default.
  public init(_ value: JSONValue, path: String = "") {
    (self.value, self.path) = (value, path)
  }

  /// An error here.
  @inline(never) public func failure(_ problem: String) -> JSONShapeError {
    JSONShapeError(path: path, problem: problem)
  }

  @inline(never) private func expected(_ what: String) -> JSONShapeError {
    failure("expected \(what), found \(value.kind)")
  }

  /// Checks that this is an object with no other keys than these.
  ///
  /// - Throws: ``JSONShapeError`` that names an unknown key and the nearest known one.
  @inline(never) public func requireKeys(among known: [String]) throws(JSONShapeError) {
    guard case .object(let members) = value else { throw expected("an object") }
    for member in members where !known.contains(member.key) {
      let near = nearestName(to: member.key, among: known).map { "did you mean \"\($0)\"?" }
      throw failure("unknown key \"\(member.key)\"; \(near ?? "known keys: \(known.joined(separator: ", "))")")
    }
  }

  /// The member called `key`, or nil where the object lacks it.
  @inline(never) public func member(_ key: String) -> JSONReader? {
    value[key].map { JSONReader($0, path: path.isEmpty ? key : "\(path).\(key)") }
  }

  /// The member called `key`.
  ///
  /// - Throws: ``JSONShapeError`` where this is no object or lacks the key.
  @inline(never) public func required(_ key: String) throws(JSONShapeError) -> JSONReader {
    guard case .object = value else { throw expected("an object") }
    guard let member = member(key) else { throw failure("the key \"\(key)\" is missing") }
    return member
  }

  /// The elements of an array.
  @inline(never) public func elements() throws(JSONShapeError) -> [JSONReader] {
    guard case .array(let elements) = value else { throw expected("an array") }
    return elements.enumerated().map { JSONReader($1, path: "\(path)[\($0)]") }
  }

  /// The members of an object.
  @inline(never) public func members() throws(JSONShapeError) -> [JSONReader] {
    guard case .object(let members) = value else { throw expected("an object") }
    return members.compactMap { member($0.key) }
  }

  /// A text.
  @inline(never) public func string() throws(JSONShapeError) -> String {
    guard case .string(let text) = value else { throw expected("a string") }
    return text
  }

  /// An exact number: a string such as "3/50", or a JSON number, read by its decimal text.
  public func rational() throws(JSONShapeError) -> Rational {
    switch value {
    case .string(let text), .number(let text):
      do { return try Rational(parsing: text) } catch {
        throw JSONShapeError(path: path, problem: error.description, cause: .number(error))
      }
    default: throw expected("a number or a string like \"3/50\"")
    }
  }

  /// A whole number that fits in an `Int`.
  @inline(never) public func integer() throws(JSONShapeError) -> Int {
    let number = try rational()
    guard let integer = number.asInt else { throw failure("expected a whole number, found \(short(number))") }
    return integer
  }

  /// A matrix: an array of rows of equal length; a flat array is a matrix of one column where `allowingColumn`.
  public func matrix(allowingColumn: Bool = false) throws(JSONShapeError) -> RationalMatrix {
    let rows = try elements()
    guard !rows.isEmpty else { throw failure("expected at least one row") }
    var values: [[Rational]] = []
    for row in rows {
      if allowingColumn, row.isScalar {
        values.append([try row.rational()])
      } else {
        values.append(try row.elements().map { element throws(JSONShapeError) in try element.rational() })
      }
    }
    do { return try RationalMatrix(values) } catch {
      throw JSONShapeError(path: path, problem: error.description, cause: .matrix(error))
    }
  }

  private var isScalar: Bool {
    switch value {
    case .number, .string: true
    default: false
    }
  }
}

private func short(_ number: Rational) -> String {
  let text = number.description
  return text.count <= 40 ? text : text.prefix(40) + "…"
}
