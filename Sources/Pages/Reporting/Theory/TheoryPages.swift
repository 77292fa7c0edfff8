// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import PlainText

/// The state of the theory: an index, and a page for each claim, each whole in itself.
///
/// Which claims there are, and all that is said of them, comes from the documents: of `cch claims --json`, and, where they are given,
/// `cch verify --json`, `cch explain --json` of the certificates and the index of the proofs.
public struct TheoryPages {
  /// A page: the name of its file and its text.
  public struct File: Sendable, Equatable {
    /// `index.html`, or `claim-` with the id of the claim and `.html`.
    public let name: String
    /// The text.
    public let html: String
  }

  /// The index, then the claims in their order.
  public let files: [File]

  /// The pages of these documents.
  ///
  /// - Throws: ``ReportError`` where there is no list of claims or there are two, where a document is of no use here, and where one is not
  ///   of its shape.
  public init(_ documents: [Document]) throws(ReportError) {
    let theory = try Theory(documents)
    var files: [File] = [File(name: "index.html", html: try indexPage(theory))]
    for place in theory.claims.indices {
      files.append(File(name: theory.claims[place].file, html: try claimPage(theory, place)))
    }
    self.files = files
  }
}

/// One claim of the list.
struct ListedClaim {
  let reader: JSONReader
  let id, says, statement, status: String
  let assumptions: [String]
  let certificate: String?

  init(_ reader: JSONReader) throws(JSONShapeError) {
    self.reader = reader
    id = try reader.string("id")
    guard id == anchor(id), !id.isEmpty else {
      throw reader.failure("the id \(quoted(id)) names a page: small ASCII letters, digits and hyphens, up to 60")
    }
    (says, statement) = (try reader.string("says"), try reader.string("statement"))
    (status, assumptions) = (try reader.string("status"), try reader.strings("assumptions"))
    certificate = try reader.optional("certificate")?.string()
  }

  /// The file of its page.
  var file: String { "claim-\(id).html" }
}

/// What the documents say of each claim.
struct Theory {
  let list: Document
  let claims: [ListedClaim]
  let verification: Document?
  /// By claim: how the run of the verification went.
  private(set) var runs: [String: JSONReader] = [:]
  /// By the path of the instance that is explained.
  private(set) var explanations: [String: Document] = [:]
  let proofs: Document?
  /// Which theorem uses which.
  let graph: ProofGraph?
  /// All statements that are proved to Coq.
  private(set) var statements: [JSONReader] = []

  init(_ documents: [Document]) throws(ReportError) {
    func only(_ kind: DocumentKind) throws(ReportError) -> Document? {
      let found = documents.filter { $0.kind == kind }
      if found.count > 1 {
        throw ReportError(file: found[1].name, rule: "there are two documents \(kind.rawValue); one is needed")
      }
      return found.first
    }
    for document in documents
    where ![.claims, .verify, .explain, .classes, .proofs, .proofGraph].contains(document.kind) {
      throw ReportError(
        file: document.name, rule: "\(document.kind.rawValue) says nothing of the theory; make a page of its own of it")
    }
    guard let list = try only(.claims) else {
      throw ReportError(file: "theory", rule: "there is no list of claims; cch claims --json prints it")
    }
    self.list = list
    (verification, proofs) = (try only(.verify), try only(.proofs))
    graph = try only(.proofGraph).map { document throws(ReportError) in
      try document.reading { reader throws(JSONShapeError) in try ProofGraph(reader) }
    }
    claims = try list.reading { reader throws(JSONShapeError) in
      var claims: [ListedClaim] = []
      for claim in try reader.elements("claims") { claims.append(try ListedClaim(claim)) }
      guard !claims.isEmpty else { throw try reader.required("claims").failure("there is no claim in the list") }
      return claims
    }
    for document in documents where [.explain, .classes].contains(document.kind) {
      explanations[try document.reading { reader throws(JSONShapeError) in try reader.string("source") }] = document
    }
    if let verification {
      runs = try verification.reading { reader throws(JSONShapeError) in
        var runs: [String: JSONReader] = [:]
        for claim in try reader.elements("claims") { runs[try claim.string("id")] = claim }
        return runs
      }
    }
    if let proofs {
      statements = try proofs.reading { reader throws(JSONShapeError) in
        try reader.elements("statements") + (reader.optional("ahead")?.elements() ?? [])
      }
    }
  }

  /// The statements of the proofs about a claim: those named after it in any module.
  func statements(of claim: ListedClaim) throws(JSONShapeError) -> [JSONReader] {
    let name = claim.id.replacing("-", with: "_")
    var found: [JSONReader] = []
    for statement in statements
    where try statement.string("statement").split(separator: ".").last.map(String.init) == name {
      found.append(statement)
    }
    return found
  }
}

extension Document {
  /// Reads the document, with errors that name it.
  func reading<T>(_ read: (JSONReader) throws(JSONShapeError) -> T) throws(ReportError) -> T {
    do throws(JSONShapeError) { return try read(reader) } catch {
      throw ReportError(file: name, place: error.path, rule: error.problem)
    }
  }
}
