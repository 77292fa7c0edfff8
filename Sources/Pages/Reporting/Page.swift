// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import PlainText
import Plotting

/// One page of HTML from what commands printed with `--json`, whole in itself: no network, no other file.
///
/// ```swift
/// let document = try Document(name: "run.json", bytes: bytes)
/// let html = try Page([document]).html
/// ```
///
/// The same documents in the same order give the same bytes.
public struct Page {
  /// The page.
  public let html: String

  /// A page of these documents: a section for each in their order, and before them one that compares documents of the same kind,
  /// where several estimators or programs are judged.
  ///
  /// - Parameter title: the title of the page; by default it says what the documents are.
  /// - Throws: ``ReportError`` that names the document, the place in it and the rule where it is not of its shape, or has nothing to show.
  public init(_ documents: [Document], title: String? = nil) throws(ReportError) {
    guard !documents.isEmpty else {
      throw ReportError(file: "page", rule: "there is no document to make a page of; name at least one")
    }
    var composer = Composer()
    var nodes: [Composer.Node] = []
    for comparison in try comparisons(of: documents) { nodes.append(try composer.node(comparison, source: nil)) }
    var titles: [String] = []
    for (place, document) in documents.enumerated() {
      composer.file = document.name
      let section = try section(of: document)
      titles.append(section.title)
      nodes.append(
        try composer.node(
          section, source: "\(name: document.name) · \(code: "\(document.kind.rawValue)/\(DocumentKind.version)")"))
      // Where each number of a section stands in which document.
      nodes[nodes.count - 1]["document"] = place
    }
    let heading = title ?? (titles.count == 1 ? titles[0] : "\(titles.count) results of cch")
    // What the title says already is only heard.
    if nodes.count == 1, heading == titles[0] { nodes[0]["isAlone"] = true }
    html = Page.html(title: heading, lede: nil, nodes: nodes)
  }

  /// The page of sections that are composed already.
  static func html(
    title: String, lede: [Composer.Node]?, nodes: [Composer.Node], up: (text: String, to: String)? = nil,
    hasSearch: Bool = false
  ) -> String {
    var node: Composer.Node = [
      "title": printableText(title), "style": pageStyle, "sections": nodes, "hasScript": hasSearch, "search": false,
      "contents": false, "lede": false, "up": false,
      "footer":
        "Made by cch report: one file, no network, no scripts\(hasSearch ? " but the search" : ""). Numbers are rounded to four digits; the documents have them in full.",
    ]
    if nodes.count > 1 {
      node["contents"] =
        ["entries": nodes.map { ["id": $0["id"] ?? "", "title": $0["title"] ?? ""] as Composer.Node }] as Composer.Node
    }
    if let lede { node["lede"] = ["runs": lede] as Composer.Node }
    if let up { node["up"] = ["text": up.text, "to": up.to] as Composer.Node }
    if hasSearch { node["search"] = ["script": searchScript] as Composer.Node }
    return Templates.page(node)
  }
}

/// The section of one document.
func section(of document: Document) throws(ReportError) -> Section {
  do throws(JSONShapeError) {
    let reader = document.reader
    return switch document.kind {
    case .claims: try claimsSection(reader)
    case .verify: try verifySection(reader)
    case .hunt: try huntSection(reader)
    case .explain: try explainSection(reader)
    case .classes: try classesSection(reader)
    case .advise: try adviseSection(reader)
    case .classAdvice: try classAdviceSection(reader)
    case .student: try studentSection(reader)
    case .decision: try decisionSection(reader)
    case .baselineStudent: try baselineStudentSection(reader)
    case .experiment: try experimentSection(reader)
    case .synthetic: try syntheticSection(reader)
    case .validate: try validateSection(reader)
    case .comparison: try comparisonSection(reader)
    case .conform: try conformSection(reader)
    case .check: try checkSection(reader)
    case .proofs: try proofsSection(reader)
    case .proofGraph: try proofGraphSection(reader)
    }
  } catch { throw ReportError(file: document.name, place: error.path, rule: error.problem) }
}

/// The sections that lay documents of one kind side by side, where there are several.
private func comparisons(of documents: [Document]) throws(ReportError) -> [Section] {
  var sections: [Section] = []
  let validations = documents.filter { $0.kind == .validate }
  if validations.count > 1 { sections.append(try validationComparison(validations)) }
  let conformances = documents.filter { $0.kind == .conform }
  if conformances.count > 1 { sections.append(try conformanceComparison(conformances)) }
  return sections
}
