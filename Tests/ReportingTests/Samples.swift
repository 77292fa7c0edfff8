// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation

@testable import Reporting

/// The samples of all documents, as the tool printed them; some are shortened.
enum Sample: String, CaseIterable {
  case claims, verify, explain, several = "explain-several-labels", students = "explain-students", hunt,
    huntClasses = "hunt-classes", classes = "explain-classes", comparison, advise, classAdvice = "class-advice",
    student, decision, baseline = "student-baseline", minimumNorm = "student-minimum-norm", experiment,
    images = "experiment-images", synthetic, validate
  case conform, check, proofs, graph = "proof-graph"

  var value: JSONValue {
    get throws {
      let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Documents")
      return try JSONValue(parsing: Array(try Data(contentsOf: folder.appendingPathComponent("\(rawValue).json"))))
    }
  }

  var document: Document { get throws { try Document(name: "\(rawValue).json", value: try value) } }
}

extension JSONValue {
  /// The value with `change` done to every scalar below it; it is told the path.
  func mapped(path: String = "", _ change: (String, JSONValue) -> JSONValue) -> JSONValue {
    switch self {
    case .array(let elements):
      .array(elements.enumerated().map { $1.mapped(path: "\(path)[\($0)]", change) })
    case .object(let members):
      .object(members.map { Member(key: $0.key, value: $0.value.mapped(path: "\(path).\($0.key)", change)) })
    default: change(path, self)
    }
  }

  /// All paths of scalars and of members, in order.
  func paths(_ path: String = "") -> [String] {
    switch self {
    case .array(let elements): [path] + elements.enumerated().flatMap { $1.paths("\(path)[\($0)]") }
    case .object(let members): [path] + members.flatMap { $0.value.paths(path.isEmpty ? $0.key : "\(path).\($0.key)") }
    default: [path]
    }
  }

  /// What stands at a path such as `studies[0].rows`; nil where there is nothing.
  func at(_ path: String) -> JSONValue? {
    // Keys may hold dots: the longest key that fits is taken.
    if path.isEmpty { return self }
    switch self {
    case .array(let elements):
      guard path.hasPrefix("["), let end = path.firstIndex(of: "]"),
        let place = Int(path[path.index(after: path.startIndex)..<end]),
        elements.indices.contains(place)
      else { return nil }
      return elements[place].at(String(path[path.index(after: end)...].drop { $0 == "." }))
    case .object(let members):
      for member in members.sorted(by: { $0.key.count > $1.key.count }) where path.hasPrefix(member.key) {
        let rest = path.dropFirst(member.key.count)
        if rest.isEmpty || rest.hasPrefix(".") || rest.hasPrefix("[") {
          if let found = member.value.at(String(rest.drop { $0 == "." })) { return found }
        }
      }
      return nil
    default: return nil
    }
  }

  /// The document with another value at a path, or without what is there.
  func replacing(_ path: String, with new: JSONValue?, at here: String = "") -> JSONValue {
    switch self {
    case .array(let elements):
      return .array(
        elements.enumerated().compactMap { place, element in
          let own = "\(here)[\(place)]"
          return own == path ? new : element.replacing(path, with: new, at: own)
        })
    case .object(let members):
      return .object(
        members.compactMap { member in
          let own = here.isEmpty ? member.key : "\(here).\(member.key)"
          if own == path { return new.map { Member(key: member.key, value: $0) } }
          return Member(key: member.key, value: member.value.replacing(path, with: new, at: own))
        })
    default: return self
    }
  }
}

/// What a page is made of, read with patterns that know nothing of how it was written.
struct PageReader {
  let html: String

  private func all(_ pattern: some RegexComponent<(Substring, Substring)>) -> [String] {
    html.matches(of: pattern).map { String($0.output.1) }
  }

  var ids: [String] { all(/\ id="([^"]*)"/) }
  var targets: [String] { all(/\ href="#([^"]*)"/) }
  var ways: [String] { all(/\ href="([^"#]*)"/) }
  var tags: [String] { all(/<(\/?[a-zA-Z0-9]+)/) }
  private func plain(_ text: Substring) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
    return entities.reduce(String(text)) { $0.replacing($1.0, with: $1.1) }
  }

  /// Exact text, path and what is shown of every number.
  var numbers: [(exact: String, path: String, shown: String)] {
    html.matches(of: /<data value="([^"]*)" data-path="([^"]*)">([^<]*)<\/data>/).map {
      (plain($0.1), plain($0.2), plain($0.3))
    }
  }
}
