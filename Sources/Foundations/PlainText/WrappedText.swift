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

/// The pieces of `text` between blanks at which a line may end: "95 %", "± 0.1", "β = 1" and "3 × 4" are one each.
///
/// Of a long formula the parts are pieces.
func unbreakable(_ text: String) -> [String] {
  var pieces: [String] = []
  var isOpen = false
  for word in text.split(separator: " ").map(String.init) {
    let joinsBoth = ["=", "±", "×", "<", ">", "≤", "≥", "≈", "−", "/"].contains(word)
    let isUnit = word.hasPrefix("%") || ["s", "ms", "nats"].contains(word)
    if isOpen || joinsBoth || isUnit, let last = pieces.last, displayWidth(last) + displayWidth(word) < 20 {
      pieces[pieces.count - 1] = last + " " + word
    } else {
      pieces.append(word)
    }
    isOpen = joinsBoth
  }
  return pieces.isEmpty ? [""] : pieces
}
