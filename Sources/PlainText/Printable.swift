/// A text that a terminal shows as it is: what would steer it is written as `\u{1B}`.
///
/// These are control characters, line and paragraph ends, and the invisible ones that turn the direction of writing or
/// join letters (Unicode's categories Cc, Cf, Zl and Zp). Files, names and other programs may hold any of them.
///
/// - Parameters:
///   - text: what a file, a name or a program says.
///   - keepingLines: whether line feeds and tabs stay, as in a page of several lines.
public func printable(_ text: String, keepingLines: Bool = false) -> String {
  func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F || keepingLines && (byte == 0x0A || byte == 0x09) }
  // Nearly all text is plain ASCII, where there is nothing to do.
  if text.utf8.allSatisfy(isPlain) { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if isSteering(scalar), !(keepingLines && (scalar == "\n" || scalar == "\t")) {
      let escape = escapes[scalar] ?? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      result.append(contentsOf: escape.unicodeScalars)
    } else {
      result.append(scalar)
    }
  }
  return String(result)
}

/// Whether a terminal, or a reader's eye, would be steered by this character rather than shown it.
public func isSteering(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.value >= 0x20, scalar.value < 0x7F { return false }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator: return true
  default: return false
  }
}

private let escapes: [Unicode.Scalar: String] = ["\n": "\\n", "\r": "\\r", "\t": "\\t"]

/// A name or a cell for a message: printable, in double quotes, the middle left out where it is long.
///
/// - Parameter limit: the most bytes between the quotes.
public func quoted(_ text: some StringProtocol, atMost limit: Int = 80) -> String {
  // A long text is cut before anything is done with all of it.
  let ends = text.utf8.count > 8 * limit ? text.prefix(limit) + "…" + text.suffix(limit) : String(text)
  return "\"\(shortened(printable(ends), atMost: limit))\""
}

/// Several names for a message, separated by commas: the first ones and the last where they are many.
///
/// - Parameter limit: about the most bytes of all names.
public func listed(_ names: [String], atMost limit: Int = 200) -> String {
  var (parts, size) = ([String](), 0)
  for (place, name) in names.enumerated() {
    let part = shortened(printable(String(name.prefix(61))), atMost: 60)
    if size + part.utf8.count > limit, place < names.count - 1 {
      let last = shortened(printable(String((names.last ?? "").prefix(61))), atMost: 60)
      return (parts + ["… (\(names.count) in all)", last]).joined(separator: ", ")
    }
    parts.append(part)
    size += part.utf8.count + 2
  }
  return parts.joined(separator: ", ")
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
