// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import ForeignPrograms

extension JSONValue {
  /// The beginning of the value on one line, at most `limit` characters, printable; its time does not grow with the rest.
  public func excerpt(_ limit: Int) -> String {
    var text = ""
    write(to: &text, limit)
    return text.count <= limit ? text : text.prefix(limit) + "…"
  }

  /// Writes as much as `limit` characters need, of which each has 4 bytes at most but for rare ones.
  private func write(to text: inout String, _ limit: Int) {
    guard text.utf8.count <= 4 * limit else { return }
    func quoted(_ text: String) -> String { JSONValue.string(String(text.prefix(limit + 1))).description.printable }
    switch self {
    case .string(let value): text += quoted(value)
    case .number(let value): text += value.prefix(limit + 1)
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += ", " }
        element.write(to: &text, limit)
        if text.utf8.count > 4 * limit { return }
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        text += (index > 0 ? ", " : "") + quoted(member.key) + ": "
        member.value.write(to: &text, limit)
        if text.utf8.count > 4 * limit { return }
      }
      text += "}"
    case .null, .bool: text += description
    }
  }

  /// Whether the text of the value has more than `limit` bytes; looks at no more of it than that takes.
  public func isLarger(than limit: Int) -> Bool {
    var left = limit
    take(from: &left)
    return left < 0
  }

  private func take(from left: inout Int) {
    guard left >= 0 else { return }
    // What separates it from the next one counts as well.
    left -= 2
    switch self {
    case .string(let text), .number(let text): left -= text.utf8.count
    case .array(let elements): for element in elements where left >= 0 { element.take(from: &left) }
    case .object(let members):
      for member in members where left >= 0 {
        left -= member.key.utf8.count
        member.value.take(from: &left)
      }
    case .null, .bool: left -= 4
    }
  }
}
