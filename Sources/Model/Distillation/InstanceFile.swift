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
  /// The keys of an instance file; `n`, `lambda`, `p1a`, `q` (1) and `comment` may be left out, and `w1` beside `p1a`.
  public static let fileKeys = ["schema", "p1", "p2", "q", "n", "lambda", "sigma", "w1", "p1a", "comment"]

  /// Reads an instance from a JSON document whose schema and keys have been checked.
  ///
  /// - Throws: ``InstanceFileError`` that names the key and the rule that it breaks.
  public init(document: JSONReader) throws(InstanceFileError) {
    let fields: Fields
    do throws(JSONShapeError) { fields = try Fields(document) } catch { throw .shape(error) }
    do throws(InstanceError) {
      try self.init(
        sigma: fields.sigma, p1: fields.p1, p2: fields.p2, q: fields.q, w1: fields.w1, n: fields.n,
        lambda: fields.lambda, p1a: fields.p1a, comment: fields.comment)
    } catch { throw .invalid(error) }
  }

  /// The instance as a document of schema ``schema``.
  public var document: JSONValue { .object([.init(key: "schema", value: .string(Instance.schema))] + members) }

  /// The keys and values of the instance, without the schema.
  public var members: [JSONValue.Member] {
    let teacher: JSONValue = q == 1 ? .array(w1.values.joined().map { JSONValue($0) }) : JSONValue(w1)
    let all: [(String, JSONValue?)] = [
      ("p1", JSONValue(p1)), ("p2", JSONValue(p2)), ("q", JSONValue(q)), ("n", n.map { JSONValue($0) }),
      ("lambda", lambda.map { JSONValue($0) }), ("sigma", JSONValue(sigma)), ("w1", teacher),
      ("p1a", p1a.map { JSONValue($0) }), ("comment", comment.map { .string($0) }),
    ]
    return all.compactMap { key, value in value.map { JSONValue.Member(key: key, value: $0) } }
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
