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

  /// The lines that are not blank, from the last one back, as long as they fit in `limit` characters: on one line, printable.
  public func endInOneLine(_ limit: Int) -> String {
    // The end of a long text is all that can be shown, and lines of a few characters only take more than one.
    let lines = suffix(4 * limit).split(whereSeparator: \.isNewline).filter { $0.contains { !$0.isWhitespace } }
    let line = lines.map { String($0).printable }.joined(separator: " ⏎ ")
    return line.count <= limit ? line : "…" + line.suffix(limit - 1)
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
