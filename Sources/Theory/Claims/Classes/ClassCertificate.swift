// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON
import IndependentCheck

/// A file of a finite model, or a certificate that one refutes a claim about classes, read strictly.
public struct ClassProblemFile: Sendable {
  /// The schema name of a certificate.
  public static let certificate = "cch.classes.certificate/1"
  /// The model.
  public let model: FiniteModel
  /// The claim that a certificate refutes; nil for a file of a model.
  public let claim: (any ClassClaim)?
  /// The whole document, for the independent check.
  public let document: JSONValue

  /// Whether bytes are a document of one of the two schemas.
  public static func isOne(_ bytes: some Sequence<UInt8>) -> Bool {
    guard let schema = (try? JSONValue(parsing: bytes))?["schema"] else { return false }
    return schema == .string(FiniteModel.schema) || schema == .string(certificate)
  }

  /// Reads the bytes of a file.
  ///
  /// - Throws: `InstanceFileError` that names the line or the key, and the rule that it breaks.
  public init(_ bytes: some Sequence<UInt8>) throws(InstanceFileError) {
    do throws(JSONSyntaxError) { document = try JSONValue(parsing: bytes) } catch { throw .syntax(error) }
    let reader = JSONReader(document)
    do throws(JSONShapeError) {
      claim = try ClassProblemFile.claim(in: reader)
      model = try FiniteModel(document: reader)
    } catch { throw .shape(error) }
  }

  private static func claim(in reader: JSONReader) throws(JSONShapeError) -> (any ClassClaim)? {
    let schema = try reader.required("schema")
    switch try schema.string() {
    case FiniteModel.schema:
      try reader.requireKeys(among: FiniteModel.fileKeys)
      return nil
    case certificate:
      try reader.requireKeys(among: FiniteModel.fileKeys + ["claim", "hypothesis", "conclusion"])
      for section in ["hypothesis", "conclusion"] {
        for number in try reader.member(section)?.members() ?? [] { _ = try number.rational() }
      }
      let name = try reader.required("claim")
      let id = try name.string()
      guard let claim = classClaim(id) else {
        throw name.failure(
          "no claim about classes is called \"\(id)\"; there are \(classClaims.map(\.id).joined(separator: ", "))")
      }
      return claim
    case let unknown:
      throw schema.failure(
        "unknown schema \"\(unknown)\"; a model of classes has \"\(FiniteModel.schema)\" or \"\(certificate)\"")
    }
  }

  /// The certificate that a model refutes a claim, with the exact values that decide it; whether it does is not checked here.
  public static func certificate(of claim: any ClassClaim, _ model: FiniteModel) -> JSONValue {
    let quantities = claim.quantities(model)
    func recorded(_ list: [Quantity]) -> JSONValue {
      .object(list.map { .init(key: $0.name, value: JSONValue($0.value)) })
    }
    return .object(
      [
        .init(key: "schema", value: .string(certificate)), .init(key: "claim", value: .string(claim.id)),
      ] + model.members + [
        .init(key: "hypothesis", value: recorded(quantities.hypothesis)),
        .init(key: "conclusion", value: recorded(quantities.conclusion)),
      ])
  }
}
