// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON

/// A named exact number that a certificate records.
public struct Quantity: Sendable, Hashable {
  /// What it is, as in "e^2I(t;s)".
  public let name: String
  /// Its value.
  public let value: Rational

  /// The quantity `name`.
  public init(_ name: String, _ value: Rational) { (self.name, self.value) = (name, value) }
}

extension Facts {
  /// c and σε², which are compared where a claim says that every small λ helps, or harms.
  var slopeTerms: [Quantity] {
    [Quantity("c", moments.residualCovariance), Quantity("σε²", moments.residualVariance)]
  }

  /// e^(2I(t;s)) and e^(2I(s;y)), whose comparison is that of the two informations.
  ///
  /// - Throws: ``Unmet`` where one of them is not defined.
  func informationArguments() throws(Unmet) -> [Quantity] {
    [
      Quantity("e^2I(t;s)", try teacherInformation().argument), Quantity("e^2I(s;y)", try labelInformation().argument),
    ]
  }
}

/// The exact numbers that decide a claim's hypothesis and conclusion on one instance.
public struct Quantities: Sendable, Hashable {
  /// What the hypothesis compares.
  public let hypothesis: [Quantity]
  /// What the conclusion compares.
  public let conclusion: [Quantity]

  /// The numbers of the hypothesis and of the conclusion.
  public init(hypothesis: [Quantity], conclusion: [Quantity]) {
    (self.hypothesis, self.conclusion) = (hypothesis, conclusion)
  }
}

/// An exact counterexample: an instance, and the claim that it shows to be false.
public struct Certificate: Sendable {
  /// The schema name of a certificate file.
  public static let schema = "cch.certificate/1"
  /// The keys that a certificate has beyond those of an instance; the last two may be left out.
  public static let fileKeys = ["claim", "hypothesis", "conclusion"]

  /// The claim.
  public let claim: any Claim
  /// The instance.
  public let instance: Instance

  /// The certificate that `instance` refutes `claim`; whether it does is not checked here.
  public init(claim: any Claim, instance: Instance) { (self.claim, self.instance) = (claim, instance) }

  /// The certificate as a document, with the exact values of the claim's hypothesis and conclusion.
  public var document: JSONValue {
    let quantities = (try? claim.quantities(Facts(instance))) ?? Quantities(hypothesis: [], conclusion: [])
    let recorded = { (list: [Quantity]) in
      JSONValue.object(list.map { .init(key: $0.name, value: JSONValue($0.value)) })
    }
    let sections = [("hypothesis", quantities.hypothesis), ("conclusion", quantities.conclusion)]
    return .object(
      [
        .init(key: "schema", value: .string(Certificate.schema)), .init(key: "claim", value: .string(claim.id)),
      ] + instance.members
        + sections.filter { !$0.1.isEmpty }.map { .init(key: $0.0, value: recorded($0.1)) })
  }
}

/// An instance file or a certificate file, read strictly; of what `cch explain --json` printed, the instance.
public struct ProblemFile: Sendable {
  /// The schema name of what `cch explain --json` prints.
  public static let explanation = "cch.explain/1"
  /// The instance.
  public let instance: Instance
  /// The claim that a certificate refutes; nil for an instance file.
  public let claim: (any Claim)?
  /// The whole document, for the independent check.
  public let document: JSONValue

  /// Reads the bytes of a file.
  ///
  /// - Parameter lookup: finds the claim that a certificate names; one of ``allClaims`` by default.
  /// - Throws: `InstanceFileError` that names the line or the key, and the rule that it breaks.
  public init(_ bytes: some Sequence<UInt8>, claimNamed lookup: (String) throws -> any Claim = { try Claims.claim($0) })
    throws(InstanceFileError)
  {
    let whole: JSONValue
    do throws(JSONSyntaxError) { whole = try JSONValue(parsing: bytes) } catch { throw .syntax(error) }
    document = whole["schema"] == .string(ProblemFile.explanation) ? whole["instance"] ?? whole : whole
    let reader = JSONReader(document)
    do throws(JSONShapeError) { claim = try ProblemFile.claim(in: reader, lookup) } catch { throw .shape(error) }
    instance = try Instance(document: reader)
  }

  private static func readNumber(_ reader: JSONReader) throws(JSONShapeError) -> Rational { try reader.rational() }

  private static func claim(in reader: JSONReader, _ lookup: (String) throws -> any Claim) throws(JSONShapeError)
    -> (any Claim)?
  {
    let schema = try reader.required("schema")
    switch try schema.string() {
    case Instance.schema:
      try reader.requireKeys(among: Instance.fileKeys)
      return nil
    case Certificate.schema:
      try reader.requireKeys(among: Instance.fileKeys + Certificate.fileKeys)
      for section in ["hypothesis", "conclusion"] { _ = try reader.member(section)?.members().map(readNumber) }
      let name = try reader.required("claim")
      let id = try name.string()
      do { return try lookup(id) } catch { throw name.failure("\(error)") }
    case let unknown:
      throw schema.failure(
        "unknown schema \"\(unknown)\"; this tool reads \"\(Instance.schema)\" and \"\(Certificate.schema)\"")
    }
  }
}
