// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import ExactAlgebra
import ExactJSON
import PlainText

/// The option of commands that print a table: the same numbers, in full, for a spreadsheet.
///
/// There is one way from results to CSV: the rows are a list of the document that `--json` prints, and the columns its keys.
package struct TableOption: ParsableArguments {
  @Flag(help: "Print the table as CSV: the numbers of --json in full, a column a key.")
  package var csv = false

  package init() {}

  /// The list called `key` of a document as CSV: a line each, after one with the names of the columns.
  ///
  /// An object in a row has a column for each of its members, `beta.lower`; texts of a list stand in one field, separated by semicolons. Lists of
  /// lists or of objects are in the document alone.
  package static func rows(_ document: JSONValue, _ key: String) -> String {
    guard case .array(let elements)? = document[key] else { return "\n" }
    let rows = elements.map { $0.fields("") }
    var (columns, known) = ([String](), Set<String>())
    for (name, _) in rows.joined() where known.insert(name).inserted { columns.append(name) }
    // What is null in one row and an object in another has the columns of its members alone.
    let objects = Set(columns.flatMap { name in name.indices.filter { name[$0] == "." }.map { String(name[..<$0]) } })
    columns.removeAll(where: objects.contains)
    let lines = rows.map { row in
      let values = Dictionary(row, uniquingKeysWith: { first, _ in first })
      return columns.map { quotedField(values[$0]?.decimalText ?? "") }.joined(separator: ",")
    }
    return ([columns.map(quotedField).joined(separator: ",")] + lines).map { $0 + "\n" }.joined()
  }

  /// All values of a document but the instance as CSV: `key,value,exact`, where `exact` is a fraction.
  package static func values(_ document: JSONValue) -> String {
    guard case .object(let members) = document else { return "\n" }
    let kept = JSONValue.object(members.filter { !["schema", "instance"].contains($0.key) })
    let lines = kept.fields("", entersLists: true).map { name, value in
      let text = value.decimalText
      return [name, text, text == value.plainText ? "" : value.plainText].map(quotedField).joined(separator: ",")
    }
    return (["key,value,exact"] + lines).map { $0 + "\n" }.joined()
  }
}

extension JSONValue {
  /// The values below it that stand in a field each, by name.
  ///
  /// - Parameter entersLists: whether members of lists of objects are fields too, under the id that they have.
  fileprivate func fields(_ name: String, entersLists: Bool = false) -> [(name: String, value: JSONValue)] {
    func below(_ key: String) -> String { name.isEmpty ? key : "\(name).\(key)" }
    switch self {
    case .object(let members):
      return members.flatMap { $0.value.fields(below($0.key), entersLists: entersLists) }
    case .array(let elements) where elements.contains(where: \.isContainer):
      guard entersLists else { return [] }
      return elements.enumerated().flatMap { place, element in
        let id = [element["id"], element["student"]].lazy.compactMap { $0?.plainText }.first ?? "\(place)"
        return element.fields(below(id), entersLists: true)
      }
    default: return [(name, self)]
    }
  }

  private var isContainer: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }

  /// The value as the document writes it, without quotes.
  fileprivate var plainText: String {
    switch self {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .number(let text), .string(let text): text
    case .array(let elements): elements.map(\.plainText).joined(separator: "; ")
    case .object: ""
    }
  }

  /// The same, a fraction as the decimal number next to it.
  fileprivate var decimalText: String {
    guard case .string(let text) = self, text.wholeMatch(of: /-?[0-9]+\/[1-9][0-9]*/) != nil,
      let value = try? Rational(parsing: text)
    else { return plainText }
    return field(value)
  }
}
