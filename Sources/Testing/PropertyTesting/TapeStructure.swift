// SPDX-License-Identifier: MIT

extension ChoiceTape {
  /// Whether the choice at `place` says that an array goes on: deleting elements, not lowering it, makes arrays shorter.
  func isContinuation(_ place: Int) -> Bool {
    !choices[place].isNumber && spans.contains { $0.start == place && $0.label == "element" }
  }

  /// Whether the choice at `place` is one of several that make a value together, without spans that tell them apart.
  func isOneOfSeveral(_ place: Int) -> Bool {
    guard let inner = spans.last(where: { $0.range.contains(place) }) else { return true }
    let isElement = inner.label == "element"
    return inner.label != "array" && !isContinuation(place) && inner.range.count > (isElement ? 2 : 1)
  }

  /// The span at `place` and those of its label that follow it directly, side by side.
  func siblings(from place: Int) -> [Span] {
    var run = [spans[place]]
    for span in spans[(place + 1)...] {
      if span.depth < run[0].depth { break }
      guard span.depth == run[0].depth else { continue }
      guard span.label == run[0].label, span.start == run[run.count - 1].end else { break }
      run.append(span)
    }
    return run
  }

  /// The spans of the same label inside the one at `place`, without those inside of them.
  ///
  /// An array in an array is no part of the same kind: it has other elements.
  func nearestDescendants(of place: Int) -> [Span] {
    let whole = spans[place]
    if Span.builtInLabels.contains(whole.label) { return [] }
    var found: [Span] = []
    for span in spans[(place + 1)...] {
      if span.depth <= whole.depth { break }
      if span.label == whole.label, span.start >= found.last?.end ?? 0 { found.append(span) }
    }
    return found
  }
}

extension Array {
  func removing(_ range: Range<Int>) -> [Element] { replacing(range, with: []) }

  func replacing(_ range: Range<Int>, with new: some Collection<Element>) -> [Element] {
    var copy = self
    copy.replaceSubrange(range, with: new)
    return copy
  }
}
