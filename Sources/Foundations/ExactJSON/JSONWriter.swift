// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText

extension JSONValue: CustomStringConvertible {
  /// The document on one line.
  public var description: String { text(indent: nil) }

  /// The document for people: two spaces a level, lists of numbers and strings on one line; ends without a newline.
  public var pretty: String { text(indent: "\n") }

  /// `indent` is a newline and the spaces of this level, or nil for one line.
  private func text(indent: String?) -> String {
    switch self {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .number(let text): return text
    case .string(let text): return quoted(text)
    case .array(let elements):
      let deeper = elements.contains(where: \.isNested) ? indent.map { $0 + "  " } : nil
      return enclosed("[", elements.map { $0.text(indent: deeper) }, "]", deeper, indent)
    case .object(let members):
      let deeper = indent.map { $0 + "  " }
      return enclosed(
        "{", members.map { "\(quoted($0.key)): \($0.value.text(indent: deeper))" }, "}", deeper, indent)
    }
  }

  private var isNested: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }
}

private func enclosed(_ open: String, _ parts: [String], _ close: String, _ deeper: String?, _ indent: String?)
  -> String
{
  guard !parts.isEmpty, let deeper, let indent else { return open + parts.joined(separator: ", ") + close }
  return open + deeper + parts.joined(separator: "," + deeper) + indent + close
}

private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    // Also what a terminal would obey, where the document is looked at.
    case _ where scalar.isObeyed:
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
