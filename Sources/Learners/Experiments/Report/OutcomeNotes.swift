// SPDX-License-Identifier: GPL-3.0-or-later
extension [Run] {
  /// How outcomes were measured, or why they are missing: a line for every outcome and note, with the number of runs.
  public var outcomeNotes: [String] {
    var (order, counts) = ([[String]](), [[String]: Int]())
    for run in self {
      for outcome in run.outcomes {
        guard let note = outcome.note else { continue }
        let key = [outcome.name, outcome.value == nil ? "none" : "by", OutcomeNote.general(note)]
        if counts[key, default: 0] == 0 { order.append(key) }
        counts[key, default: 0] += 1
      }
    }
    return order.map { key in
      let runs = "\(counts[key] ?? 0) of \(count) runs"
      return key[1] == "by" ? "\(key[0]): \(key[2]) in \(runs)" : "\(key[0]): no value in \(runs): \(key[2])"
    }
  }
}

private enum OutcomeNote {
  /// The note without its decimals, so that notes which differ by a number only are told once.
  static func general(_ note: String) -> String {
    var words = ""
    for word in note.split(separator: " ", omittingEmptySubsequences: false) {
      let isNumber = word.contains(".") && word.drop { $0 == "−" }.first?.isNumber == true
      words += (words.isEmpty ? "" : " ") + (isNumber ? "…" : String(word))
    }
    return words
  }
}
