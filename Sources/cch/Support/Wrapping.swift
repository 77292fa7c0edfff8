// SPDX-License-Identifier: GPL-3.0-or-later

/// Text broken at blanks into lines of at most `width` characters, each ended by a newline; a longer word stands alone.
///
/// - Parameters:
///   - indent: before the first line.
///   - hanging: before the others; by default as much.
func wrapped(_ text: String, indent: String = "", hanging: String? = nil, width: Int = 80) -> String {
  var (result, line, isEmpty) = ("", indent, true)
  for word in unbroken(text) {
    if !isEmpty, line.count + 1 + word.count > width {
      result += line + "\n"
      (line, isEmpty) = (hanging ?? indent, true)
    }
    line += isEmpty ? word : " \(word)"
    isEmpty = false
  }
  return result + line + "\n"
}

/// The words of a text: "95 %", "± 0.1" and "β = 1" are one each.
private func unbroken(_ text: String) -> [String] {
  var words: [String] = []
  var isOpen = false
  for word in text.split(separator: " ") {
    let isSign = ["=", "±", "<", ">", "≤", "≥"].contains(word)
    if isOpen || isSign || word.hasPrefix("%"), let last = words.popLast() {
      words.append("\(last) \(word)")
    } else {
      words.append(String(word))
    }
    isOpen = isSign
  }
  return words
}
