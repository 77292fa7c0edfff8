// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText

/// `sum over rows i: …`, `mean over rows i: …` and `sum over j < 10: …`, which reach as far to the right as a quantity does.
extension Parser {
  mutating func fold(_ isMean: Bool, _ start: Range<Int>) throws(ConjectureError) -> Expression {
    _ = advance()
    let isOverRows = isNext(word: "rows")
    if isOverRows { _ = advance() }
    guard case .word(let name) = token.kind else {
      throw unexpected(
        isOverRows ? "a name for the row, such as i" : "\"rows\" and a name, or a name that counts, as in j < 10")
    }
    let place = token.place
    if let what = meaning(of: name) {
      throw error(.word, place, "\(quoted(name)) is \(what) already; choose another name")
    }
    if row != nil || counter != nil { throw error(.quantifier, start, "a sum within a sum is not decided") }
    _ = advance()
    var below: Expression?
    if !isOverRows {
      if isMean { throw error(.expected, place, "a mean is over rows: mean over rows \(name): …") }
      try require(.less, "and a number: \(name) counts 0, 1, … below it; or \"rows\" before the name")
      below = try expression(sum())
    }
    try require(.colon, "and a quantity, after what is summed over")
    (row, counter) = isOverRows ? (name, nil) : (nil, name)
    defer { (row, counter) = (nil, nil) }
    let body = try nested { parser throws(ConjectureError) in try parser.expression(parser.sum()) }
    let fold = Fold(isMean: isMean, name: name, below: below, body: body)
    return Expression(.fold(fold), joined(start, body.place))
  }
}
