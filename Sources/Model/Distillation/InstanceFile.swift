// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON

/// Why a text is not an instance file.
public enum InstanceFileError: Error, Equatable, CustomStringConvertible {
  /// The text is not JSON.
  case syntax(JSONSyntaxError)
  /// The JSON is not of the shape of an instance.
  case shape(JSONShapeError)
  /// The numbers do not make an instance.
  case invalid(InstanceError)

  /// The place and the rule that is broken.
  public var description: String {
    switch self {
    case .syntax(let error): error.description
    case .shape(let error): error.description
    case .invalid(let error): error.description
    }
  }
}

extension Instance {
  /// The schema name of an instance file.
  public static let schema = "cch.instance/1"
  /// The keys of an instance file; `schema`, `p1`, `p2` and `sigma` are needed, and `w1` but beside `p1a`.
  public static let fileKeys =
    ["schema", "p1", "p2", "q", "n", "lambda", "sigma", "w1", "p1a"] + InstanceExtras.fileKeys + ["comment"]

  /// Reads an instance from a JSON document whose schema and keys have been checked.
  ///
  /// - Throws: ``InstanceFileError`` that names the key and the rule that it breaks.
  public init(document: JSONReader) throws(InstanceFileError) {
    let fields: Fields
    do throws(JSONShapeError) { fields = try Fields(document) } catch { throw .shape(error) }
    let extras = try InstanceExtras(document)
    do throws(InstanceError) {
      try self.init(
        sigma: fields.sigma, p1: fields.p1, p2: fields.p2, q: fields.q, w1: fields.w1, n: fields.n,
        lambda: fields.lambda, p1a: fields.p1a, extras: extras, comment: fields.comment)
    } catch { throw .invalid(error) }
  }

  /// The instance as a document of schema ``schema``.
  public var document: JSONValue { .object([.init(key: "schema", value: .string(Instance.schema))] + members) }

  /// The keys and values of the instance, without the schema.
  public var members: [JSONValue.Member] {
    let all: [(String, JSONValue?)] =
      [
        ("p1", JSONValue(p1)), ("p2", JSONValue(p2)), ("q", JSONValue(q)), ("n", n.map { JSONValue($0) }),
        ("lambda", lambda.map { JSONValue($0) }), ("sigma", JSONValue(sigma)), ("w1", weights(w1)),
        ("p1a", p1a.map { JSONValue($0) }),
      ] + extras.members(weights) + [("comment", comment.map { .string($0) })]
    return all.compactMap { key, value in value.map { JSONValue.Member(key: key, value: $0) } }
  }

  /// The weights of a teacher: a flat list for one label.
  private func weights(_ w: RationalMatrix) -> JSONValue {
    q == 1 ? .array(w.values.joined().map { JSONValue($0) }) : JSONValue(w)
  }
}

/// What an instance file says, before it is checked as a whole.
private struct Fields {
  let p1, p2, q: Int
  let sigma: RationalMatrix
  let w1: RationalMatrix?
  let n, p1a: Int?
  let lambda: Rational?
  let comment: String?

  init(_ document: JSONReader) throws(JSONShapeError) {
    p1 = try document.required("p1").integer()
    p2 = try document.required("p2").integer()
    q = try document.member("q")?.integer() ?? 1
    sigma = try document.required("sigma").matrix()
    n = try document.member("n")?.integer()
    p1a = try document.member("p1a")?.integer()
    lambda = try document.member("lambda")?.rational()
    comment = try document.member("comment")?.string()
    // A split x1 is about its two least-squares teachers, so it needs no w1.
    w1 = p1a != nil && document.member("w1") == nil ? nil : try document.required("w1").matrix(allowingColumn: true)
  }
}

extension InstanceExtras {
  /// Their keys in an instance file.
  static let fileKeys = ["unlabelled", "ridge", "w1b", "teacher_rows", "design", "row_moments", "other"]
  /// The keys of the second of two instances, which has no schema of its own.
  fileprivate static let keysOfOther = Instance.fileKeys.filter { $0 != "schema" && $0 != "other" }

  /// Reads those that a document has.
  fileprivate init(_ document: JSONReader) throws(InstanceFileError) {
    do throws(JSONShapeError) { try self.init(plain: document) } catch { throw .shape(error) }
    guard let second = document.member("other") else { return }
    do throws(JSONShapeError) { try second.requireKeys(among: InstanceExtras.keysOfOther) } catch {
      throw .shape(error)
    }
    do throws(InstanceFileError) { other = try Instance(document: second) } catch {
      if case .invalid(let error) = error { throw .invalid(.other("\(error)")) }
      throw error
    }
  }

  private init(plain document: JSONReader) throws(JSONShapeError) {
    self.init(
      unlabelled: try document.member("unlabelled")?.integer(), ridge: try document.member("ridge")?.rational(),
      secondTeacher: try document.member("w1b")?.matrix(allowingColumn: true),
      teacherRows: try document.member("teacher_rows")?.integer(), design: try document.member("design")?.matrix())
    if let rows = document.member("row_moments") {
      rowMoments = try rows.elements().map { row throws(JSONShapeError) in try RowMoments(row) }
    }
  }

  /// Their keys and values, `weights` being how a teacher's are written.
  fileprivate func members(_ weights: (RationalMatrix) -> JSONValue) -> [(String, JSONValue?)] {
    [
      ("unlabelled", unlabelled.map { JSONValue($0) }), ("ridge", ridge.map { JSONValue($0) }),
      ("w1b", secondTeacher.map(weights)), ("teacher_rows", teacherRows.map { JSONValue($0) }),
      ("design", design.map { JSONValue($0) }),
      ("row_moments", rowMoments.map { rows in .array(rows.map(\.document)) }),
      ("other", other.map { .object($0.members) }),
    ]
  }
}

extension RowMoments {
  fileprivate init(_ row: JSONReader) throws(JSONShapeError) {
    try row.requireKeys(among: ["y", "ty", "t"])
    self.init(
      y: try row.required("y").rational(), ty: try row.required("ty").rational(), t: try row.required("t").rational())
  }

  fileprivate var document: JSONValue { ["y": JSONValue(y), "ty": JSONValue(ty), "t": JSONValue(t)] }
}
