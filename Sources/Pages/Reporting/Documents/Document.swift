// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import PlainText

/// A document that a command printed with `--json`, ready to become a part of a page.
public struct Document: Sendable {
  /// The file it is from, or another name for it.
  public let name: String
  /// What it is.
  let kind: DocumentKind
  let value: JSONValue

  /// Reads a document.
  ///
  /// - Throws: ``ReportError`` with line and column where it is no JSON, and where it is not of a kind that pages are made of.
  public init(name: String, bytes: some Sequence<UInt8>) throws(ReportError) {
    let value: JSONValue
    do { value = try JSONValue(parsing: bytes) } catch {
      throw ReportError(
        file: name, place: "line \(error.line), column \(error.column)",
        rule: "\(error.problem); a page is made of what cch prints with --json")
    }
    try self.init(name: name, value: value)
  }

  /// A document that is read already.
  ///
  /// - Throws: ``ReportError`` where it is not of a kind that pages are made of.
  public init(name: String, value: JSONValue) throws(ReportError) {
    guard case .object = value else {
      throw ReportError(file: name, rule: "expected an object, as cch prints it with --json, found \(value.kind)")
    }
    guard case .string(let schema)? = value["schema"] else {
      throw ReportError(file: name, rule: "there is no key \"schema\"; a page is made of what cch prints with --json")
    }
    do throws(SchemaProblem) { kind = try DocumentKind(schema: schema) } catch {
      throw ReportError(file: name, place: "schema", rule: error.rule)
    }
    (self.name, self.value) = (name, value)
  }

  /// The document, for reading strictly.
  var reader: JSONReader { JSONReader(value) }
}

/// Why a schema is not one of those that pages are made of.
struct SchemaProblem: Error { let rule: String }

/// The documents that pages are made of.
enum DocumentKind: String, CaseIterable, Sendable {
  case claims = "cch.claims"
  case verify = "cch.verify"
  case hunt = "cch.hunt"
  case explain = "cch.explain"
  case classes = "cch.explain.classes"
  case advise = "cch.advise"
  case classAdvice = "cch.class-advice"
  case student = "cch.student"
  case decision = "cch.student.decision"
  case baselineStudent = "cch.student.baseline"
  case experiment = "cch.experiment"
  case synthetic = "cch.experiment.synthetic"
  case validate = "cch.validate"
  case comparison = "cch.validate.comparison"
  case conform = "cch.conform"
  case check = "cch.check"
  case proofs = "cch.proofs"
  case proofGraph = "cch.proof-graph"

  /// The version of each that is read.
  static let version = 1

  init(schema: String) throws(SchemaProblem) {
    let parts = schema.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let known = DocumentKind.allCases.map { "\($0.rawValue)/\(DocumentKind.version)" }
    guard let kind = DocumentKind(rawValue: parts[0]), parts.count == 2 else {
      let near = nearestName(to: schema, among: known).map { "; did you mean \($0)?" } ?? ""
      throw SchemaProblem(
        rule: "no page is made of \(quoted(schema)), but of \(known.joined(separator: ", "))\(near)")
    }
    guard let version = Int(parts[1]), version > 0 else {
      throw SchemaProblem(rule: "\(quoted(schema)) has no version; expected \(kind.rawValue)/\(DocumentKind.version)")
    }
    guard version == DocumentKind.version else {
      throw SchemaProblem(
        rule:
          "\(quoted(schema)) is newer than what this cch reads, \(kind.rawValue)/\(DocumentKind.version); make the page with the cch that wrote it"
      )
    }
    self = kind
  }
}
