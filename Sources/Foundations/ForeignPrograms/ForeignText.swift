// SPDX-License-Identifier: GPL-3.0-or-later
extension String {
  /// What a program wrote, for messages: on one line, with nothing in it that a terminal or a reader's eye obeys.
  ///
  /// Control characters and marks that change the direction of writing are shown by their number, as `\u{1b}`.
  public var printable: String {
    guard unicodeScalars.contains(where: \.isObeyed) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isObeyed {
        text += scalar == "\t" ? " " : "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The lines with words, from the last one back, as long as they fit in `limit` characters: on one line, printable.
  ///
  /// Node, R, Java, Swift and Python's faulthandler name the error first and where it happened after it, nearest first: where the end does not
  /// have the last line that names an error, it is that line with what follows.
  public func endInOneLine(_ limit: Int) -> String {
    // Lines of a few characters only take more than one; lines of marks alone point at a place in the line above.
    let end = suffix(max(8192, 4 * limit)).split(whereSeparator: \.isNewline)
      .filter { $0.contains { $0.isLetter || $0.isNumber } }
    let lines = end.suffix(limit).map { line in
      String(line.drop(while: \.isWhitespace).prefix(4 * limit)).printable
    }
    let line = lines.joined(separator: " ⏎ ")
    if line.count <= limit { return line }
    let last = "…" + line.suffix(limit - 1)
    guard let telling = end.lastIndex(where: { String($0).namesAnError }) else { return last }
    let told = end[telling...].prefix(limit).map { String($0.drop(while: \.isWhitespace).prefix(limit)).printable }
    return last.contains(told[0]) ? last : told.joined(separator: " ⏎ ").prefix(limit - 1) + "…"
  }

  /// Whether a line of what a program wrote tells what went wrong, and not where.
  private var namesAnError: Bool {
    guard let first, !first.isWhitespace else { return false }
    let words = lowercased()
    return ["error", "exception", "fatal", "panicked", "abort", "cannot"].contains { words.contains($0) }
  }
}

extension Unicode.Scalar {
  /// Whether a terminal acts on it in place of showing it.
  fileprivate var isObeyed: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
