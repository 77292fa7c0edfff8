// SPDX-License-Identifier: GPL-3.0-or-later
/// `text` as content or attribute of XML and HTML: each scalar that means something there is escaped, and what no XML document
/// may hold, or would turn the direction of what follows (Unicode's Bidi_Control), is replaced by U+FFFD.
///
/// It goes by scalars and not by characters: a quote with a combining accent is one character, and no quote to a comparison of
/// characters, while a browser takes the quote for what it is.
public func escapedMarkup(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "&": result += "&amp;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\t", "\n": result.unicodeScalars.append(scalar)
    case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE,
      "\u{061C}", "\u{200E}", "\u{200F}", "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}":
      result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// The width of a text of letters of size 1, about: 0.63 for most characters, as in DejaVu Sans, 1 for wide ones, nothing for those that combine.
func textWidth(_ text: String) -> Double {
  text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
}

private func width(of scalar: Unicode.Scalar) -> Double {
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format, .control: return 0
  default: break
  }
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
    0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
    return 1
  case 0x41...0x5A: return 0.7
  case 0x20, 0x2C, 0x2E, 0x3A, 0x3B, 0x69, 0x6A, 0x6C: return 0.33
  default: return 0.63
  }
}

/// `text`, its middle left out where it is wider than `limit` at letters of size 1; two thirds are from its beginning.
func fitted(_ text: String, within limit: Double) -> String {
  // As much as fits, from either end; only that much is looked at of a text of any length.
  func part(_ characters: some Sequence<Character>, _ room: Double) -> (text: [Character], width: Double, isAll: Bool) {
    var (kept, size, count) = ([Character](), 0.0, 0)
    for character in characters {
      let own = textWidth(String(character))
      count += character.unicodeScalars.count
      // A letter with marks without end is no letter.
      if size + own > room || count > 1_000 { return (kept, size, false) }
      kept.append(character)
      size += own
    }
    return (kept, size, true)
  }
  if part(text, limit).isAll { return text }
  let room = max(0, limit - textWidth("…"))
  let head = part(text, room * 2 / 3)
  let tail = part(text.reversed(), room - head.width)
  return String(head.text) + "…" + String(tail.text.reversed())
}
