// SPDX-License-Identifier: GPL-3.0-or-later
/// A name or a cell for a message: printable, in double quotes, the middle left out where it is long.
///
/// - Parameter limit: the most bytes between the quotes.
public func quoted(_ text: some StringProtocol, atMost limit: Int = 80) -> String {
  // A long text is cut before anything is done with all of it.
  let ends = text.utf8.count > 8 * limit ? text.prefix(limit) + "…" + text.suffix(limit) : String(text)
  return "\"\(shortened(printableText(ends), atMost: limit))\""
}

/// Several names for a message, separated by commas: the first ones and the last where they are many.
///
/// A name with a comma or with blanks around it is quoted, as it is on a command line.
///
/// - Parameter limit: about the most bytes of all names.
public func listed(_ names: [String], atMost limit: Int = 200) -> String {
  var (parts, size) = ([String](), 0)
  for (place, name) in names.enumerated() {
    let part = listedName(name)
    if size + part.utf8.count > limit, place < names.count - 1 {
      return (parts + ["… (\(names.count) in all)", listedName(names.last ?? "")]).joined(separator: ", ")
    }
    parts.append(part)
    size += part.utf8.count + 2
  }
  return parts.joined(separator: ", ")
}

private func listedName(_ name: String) -> String {
  let text = shortened(printableText(String(name.prefix(61))), atMost: 60)
  return name.contains(",") || name.hasPrefix(" ") || name.hasSuffix(" ") ? "\"\(text)\"" : text
}

/// A text of at most `limit` bytes, the middle left out where there are more.
public func shortened(_ text: String, atMost limit: Int) -> String {
  guard text.utf8.count > limit else { return text }
  let room = max(0, limit - "…".utf8.count)
  var (head, tail) = ("", [Character]())
  var (headSize, tailSize) = (0, 0)
  for character in text {
    let size = character.utf8.count
    if headSize + size > (2 * room + 2) / 3 { break }
    head.append(character)
    headSize += size
  }
  for character in text.reversed() {
    let size = character.utf8.count
    if headSize + tailSize + size > room { break }
    tail.append(character)
    tailSize += size
  }
  return head + "…" + String(tail.reversed())
}
