// SPDX-License-Identifier: GPL-3.0-or-later
/// `text` without what a terminal would obey: control characters, line ends and marks of direction as escapes, `\n`, `\u{202E}`.
///
/// Names in messages and in reports come from files and programs of others; this is the one place that makes them harmless.
///
/// - Parameters:
///   - limit: the most bytes of UTF-8 that the result has; of a longer text the middle is left out, and how much. At least 64.
///   - keeping: characters that stay as they are, such as the line ends of a table.
public func printableText(_ text: String, limit: Int = .max, keeping: Set<Unicode.Scalar> = []) -> String {
  precondition(limit >= 64, "the result needs room for both ends")
  let scalars = text.unicodeScalars
  // Most texts are harmless and short; of ASCII that is seen at once.
  if text.utf8.count <= limit {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == UInt8(ascii: "\n") && keeping.contains("\n") }
    if isPlain || !scalars.contains(where: { $0.isObeyed && !keeping.contains($0) }) { return text }
  }
  func printed(_ scalar: Unicode.Scalar) -> String {
    scalar.isObeyed && !keeping.contains(scalar) ? scalar.escape : String(scalar)
  }
  var head = ""
  for scalar in scalars {
    head += printed(scalar)
    if head.utf8.count > limit { break }
  }
  if head.utf8.count <= limit { return head }
  // Room for " … N bytes left out … " beside two thirds from the beginning and a third from the end.
  let room = limit - 48
  var (parts, size, left) = ([String](), 0, scalars.startIndex)
  while left < scalars.endIndex {
    let part = printed(scalars[left])
    if size + part.utf8.count > room * 2 / 3 { break }
    parts.append(part)
    size += part.utf8.count
    left = scalars.index(after: left)
  }
  var (tail, right) = ([String](), scalars.endIndex)
  while right > left {
    let before = scalars.index(before: right)
    let part = printed(scalars[before])
    if size + part.utf8.count > room { break }
    tail.append(part)
    size += part.utf8.count
    right = before
  }
  let omitted = text.utf8.distance(from: left, to: right)
  return parts.joined() + " … \(omitted) bytes left out … " + tail.reversed().joined()
}

extension Unicode.Scalar {
  /// Whether a terminal obeys it instead of showing it: C0, DEL and C1 controls, separators of lines and paragraphs, marks of
  /// direction (Unicode's Bidi_Control), annotations and tags.
  public var isObeyed: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFF9...0xFFFB,
      0xE0000...0xE007F:
      true
    default: false
    }
  }

  /// The escape as Swift writes it.
  fileprivate var escape: String {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(value, radix: 16, uppercase: true))}"
    }
  }
}
