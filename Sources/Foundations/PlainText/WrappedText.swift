// SPDX-License-Identifier: GPL-3.0-or-later

/// `text` in lines of at most `width` columns of a terminal, broken at blanks; a word that is longer stands alone.
///
/// - Parameters:
///   - indent: before the first line.
///   - hanging: before the others; by default as much.
public func wrapped(_ text: String, width: Int, indent: String = "", hanging: String? = nil) -> [String] {
  var (lines, line, isEmpty) = ([String](), indent, true)
  for piece in unbreakable(text) {
    if !isEmpty, displayWidth(line) + 1 + displayWidth(piece) > width {
      lines.append(line)
      (line, isEmpty) = (hanging ?? indent, true)
    }
    line += isEmpty ? piece : " " + piece
    isEmpty = false
  }
  return lines + [line]
}

/// The pieces of `text` between blanks at which a line may end: "95 %", "± 0.1", "β = 1", "3 × 4", "[0.1, 0.2]" and "0.1 to 0.2" are one each.
///
/// Of a long formula the parts are pieces.
func unbreakable(_ text: String) -> [String] {
  var pieces: [String] = []
  // Whether the next word belongs to the last piece, and whatever its length.
  var (isOpen, isRange) = (false, false)
  let words = text.split(separator: " ").map(String.init)
  for (place, word) in words.enumerated() {
    // The upper end of an interval stands beside the lower one, however long both are.
    if place > 0, let last = pieces.last, last.hasSuffix(words[place - 1]), isInterval(words[place - 1], word) {
      pieces[pieces.count - 1] = last + " " + word
      isOpen = false
      continue
    }
    if word == "to", place > 0, place + 1 < words.count, isNumber(words[place - 1]), isNumber(words[place + 1]),
      let last = pieces.last
    {
      pieces[pieces.count - 1] = last + " " + word
      isOpen = true
      isRange = true
      continue
    }
    let joinsBoth = ["=", "±", "×", "<", ">", "≤", "≥", "≈", "−", "/"].contains(word)
    let isUnit = word.hasPrefix("%") || ["s", "ms", "nats"].contains(word)
    if isOpen || joinsBoth || isUnit, let last = pieces.last,
      isRange || displayWidth(last) + displayWidth(word) < 20
    {
      pieces[pieces.count - 1] = last + " " + word
    } else {
      pieces.append(word)
    }
    (isOpen, isRange) = (joinsBoth, false)
  }
  return pieces.isEmpty ? [""] : pieces
}

/// Whether a word is a number, perhaps with a mark after it.
private func isNumber(_ word: String) -> Bool {
  let digits = word.drop { "−-+".contains($0) }
  return digits.first.map { $0.isNumber || $0 == "∞" } ?? false
}

/// Whether two words are an interval: "[0.1," and "0.2]", perhaps with a mark after it.
private func isInterval(_ lower: String, _ upper: String) -> Bool {
  guard let start = lower.lastIndex(of: "["), lower.hasSuffix(","),
    let end = upper.firstIndex(where: { $0 == "]" || $0 == ")" })
  else { return false }
  let ends = [lower[lower.index(after: start)...].dropLast(), upper[..<end]]
  return ends.allSatisfy { end in !end.isEmpty && !end.contains("[") && end.contains { $0.isNumber || $0 == "∞" } }
}

/// `text` whose lines are at most `width` columns wide where they can be: sentences that are longer are broken at blanks, never within
/// a number or an interval.
///
/// Lines that are laid out, with two blanks next to each other, and those that are commands to copy, after "Replay:" or by themselves,
/// stay as they are.
///
/// - Parameter plain: a line without what takes no room, such as colours.
public func fitted(_ text: String, width: Int, plain: (String) -> String = { $0 }) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
    let line = String(line)
    let indent = String(line.prefix { $0 == " " })
    let rest = line.dropFirst(indent.count)
    guard displayWidth(plain(line)) > width, !rest.contains("  "), !rest.hasPrefix("Replay:"), !rest.hasPrefix("cch ")
    else { return [line] }
    return wrapped(String(rest), width: width, indent: indent, hanging: indent + (rest.hasPrefix("- ") ? "  " : ""))
  }.joined(separator: "\n")
}
