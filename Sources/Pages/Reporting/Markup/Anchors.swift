// SPDX-License-Identifier: GPL-3.0-or-later
/// Hands out the ids of a page: made of words, so that they stay the same from one run to the next, and each once.
struct Anchors {
  private var taken = Set<String>()

  /// An id of ASCII letters, digits and hyphens that begins with a letter.
  mutating func next(_ words: String) -> String {
    var id = anchor(words)
    if !taken.insert(id).inserted {
      var number = 2
      while !taken.insert("\(id)-\(number)").inserted { number += 1 }
      id = "\(id)-\(number)"
    }
    return id
  }
}

/// The words in small ASCII letters with hyphens between them; "part" where no such letter is left.
func anchor(_ words: String) -> String {
  var id = ""
  for scalar in words.lowercased().unicodeScalars {
    if scalar.isASCII, scalar.properties.isAlphabetic || ("0"..."9").contains(Character(scalar)) {
      id.unicodeScalars.append(scalar)
    } else if !id.isEmpty, !id.hasSuffix("-") {
      id += "-"
    }
    if id.utf8.count >= 60 { break }
  }
  while id.hasSuffix("-") { id.removeLast() }
  guard let first = id.first else { return "part" }
  return first.isLetter ? id : "n" + id
}
