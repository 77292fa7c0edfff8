extension Shrinker {
  /// The passes of a round, in the order of their turns.
  static var passes: [(inout Shrinker) -> Void] {
    [
      { $0.deleteSpans() }, { $0.deleteAcrossBoundaries() }, { $0.replaceByDescendants() }, { $0.simplifyRuns() },
      { $0.minimizeChoices() }, { $0.lowerLengths() }, { $0.minimizeDuplicates() }, { $0.sortSiblings() },
      { $0.lowerPairs() }, { $0.redistribute() },
    ]
  }

  /// Passes that cost much and seldom find something.
  static var dearPasses: [(inout Shrinker) -> Void] {
    [
      { $0.lowerAndCarry() }, { $0.deleteAndLower() }, { $0.deleteAndReplace() }, { $0.enumerateSmallTrees() },
    ]
  }

  /// Deletes spans, and runs of spans of the same kind.
  mutating func deleteSpans() {
    var place = 0
    while place < tape.spans.count, !isExhausted {
      let (values, siblings) = (tape.values, tape.siblings(from: place))
      let start = tape.spans[place].start
      let deleted = largest { shrinker, n in
        n <= siblings.count && siblings[Int(n) - 1].end > start
          && shrinker.consider(values.removing(start..<siblings[Int(n) - 1].end))
      }
      if deleted == 0 { place += 1 }
    }
  }

  /// Puts a part in the place of the whole, where both are of the same kind.
  mutating func replaceByDescendants() {
    var place = 0
    while place < tape.spans.count, !isExhausted {
      let (values, span) = (tape.values, tape.spans[place])
      let isReplaced = tape.nearestDescendants(of: place).contains { part in
        consider(values.replacing(span.range, with: values[part.range]))
      }
      if !isReplaced { place += 1 }
    }
  }

  /// Makes runs of numbers as simple as can be, all at once.
  mutating func simplifyRuns() {
    var place = 0
    while place < tape.choices.count, !isExhausted {
      let tape = tape
      let complex = tape.choices.indices.filter {
        $0 >= place && tape.choices[$0].rank > 0 && tape.choices[$0].isNumber
      }
      guard let first = complex.first else { return }
      let count = largest { shrinker, n in
        guard n <= complex.count else { return false }
        var values = tape.values
        for index in complex.prefix(Int(n)) { values[index] = tape.choices[index].simplest }
        return shrinker.consider(values)
      }
      place = first + (count == 0 ? 1 : 0)
    }
  }

  /// Moves each choice towards its simplest value, from both sides.
  mutating func minimizeChoices() {
    var place = 0
    while place < tape.choices.count, !isExhausted {
      if !tape.isContinuation(place) { minimize([place]) }
      place += 1
    }
  }

  /// Moves equal choices together, as where a key must be found again.
  mutating func minimizeDuplicates() {
    let groups = Dictionary(grouping: tape.choices.indices.filter { tape.choices[$0].rank > 1 }) { tape.choices[$0] }
    for (choice, group) in groups.sorted(by: { $0.value[0] < $1.value[0] }) where group.count > 1 {
      let places = group.filter { $0 < tape.choices.count && tape.choices[$0] == choice }
      if places.count > 1, !isExhausted { minimize(places) }
    }
  }

  /// Moves the equal choices at `places` to the simplest value at which the property still fails.
  private mutating func minimize(_ places: [Int]) {
    func choice(_ shrinker: Shrinker) -> Choice? {
      places[0] < shrinker.tape.choices.count ? shrinker.tape.choices[places[0]] : nil
    }
    func set(_ shrinker: inout Shrinker, from base: [Int], _ value: Int) -> Bool {
      var values = base
      for place in places where place < values.count { values[place] = value }
      return shrinker.consider(values)
    }
    guard let start = choice(self), start.rank > 0 else { return }
    if set(&self, from: tape.values, start.simplest) { return }
    if start.rank > 1, set(&self, from: tape.values, start.value(ofRank: 1)) { return }
    if start.value < start.simplest {
      // The same distance on the other side is simpler by one rank.
      _ = set(&self, from: tape.values, start.simplest.advanced(upBy: start.distance))
    }
    guard let mirrored = choice(self), mirrored.distance > 1 else { return }
    // First by powers of two, then by steps.
    var base = tape.values
    _ = largest { shrinker, bits in
      bits < 64 && mirrored.distance >> bits > 0
        && set(&shrinker, from: base, mirrored.lowered(by: mirrored.distance - mirrored.distance >> bits))
    }
    guard let coarse = choice(self) else { return }
    base = tape.values
    let lowered = largest { shrinker, steps in
      steps < coarse.distance && set(&shrinker, from: base, coarse.lowered(by: steps))
    }
    if lowered == 0, coarse.distance > 2 { _ = set(&self, from: base, coarse.lowered(by: 2)) }
    guard let fine = choice(self), fine.rank <= 8 else { return }
    _ = (2..<max(2, fine.rank)).contains { set(&self, from: tape.values, fine.value(ofRank: $0)) }
  }

  /// Lowers a choice on which the number of later choices depends, such as a length, and deletes as many later spans.
  mutating func lowerLengths() {
    for place in tape.choices.indices {
      guard place < tape.choices.count, tape.choices[place].rank > 0, !tape.isContinuation(place), !isExhausted else {
        continue
      }
      var lower = tape.values
      lower[place] = tape.choices[place].lowered(by: 1)
      guard shape(lower).count != tape.choices.count else { continue }
      var next = 0
      while next < tape.spans.count, place < tape.choices.count, !isExhausted {
        let (base, siblings) = (tape, tape.siblings(from: next))
        guard base.spans[next].start > place, !siblings.isEmpty else {
          next += 1
          continue
        }
        let count = largest { shrinker, n in
          guard n <= siblings.count, n <= base.choices[place].distance else { return false }
          var values = base.values
          values[place] = base.choices[place].lowered(by: n)
          return shrinker.consider(values.removing(siblings[0].start..<siblings[Int(n) - 1].end))
        }
        if count == 0 { next += 1 }
      }
    }
  }

  /// Lowers a choice on which the number of later choices depends, and saves one of the later numbers to another place.
  ///
  /// As where a matrix becomes smaller and its one important entry would be cut off.
  mutating func lowerAndCarry() {
    for place in tape.choices.indices {
      guard place < tape.choices.count, tape.choices[place].rank > 0, !tape.isContinuation(place) else { continue }
      let base = tape
      var lower = base.values
      lower[place] = base.choices[place].lowered(by: 1)
      let ranges = shape(lower)
      guard ranges.count < base.choices.count else { continue }
      let saved = base.choices.indices.filter { $0 > place && base.choices[$0].rank > 0 && base.choices[$0].isNumber }
      for number in saved.prefix(8) {
        for target in ranges.indices.dropFirst(place + 1).prefix(32)
        where ranges[target] == base.choices[number].range {
          var values = lower
          values[target] = base.choices[number].value
          if consider(values) { return lowerAndCarry() }
        }
      }
    }
  }

  /// Puts neighbouring spans of the same kind in order, simplest first.
  mutating func sortSiblings() {
    var place = 0
    while place < tape.spans.count, !isExhausted {
      let siblings = tape.siblings(from: place)
      place += 1
      guard siblings.count > 1 else { continue }
      let (values, first, second) = (tape.values, siblings[0], siblings[1])
      let swapped = values[second.range] + values[first.range]
      if consider(values.replacing(first.start..<second.end, with: swapped)) { place = max(0, place - 2) }
    }
  }

  /// Lowers two choices by the same amount, as where their difference matters.
  mutating func lowerPairs() {
    forEachPair { shrinker, i, j in
      let base = shrinker.tape
      let (first, second) = (base.choices[i], base.choices[j])
      guard second.rank > 0 else { return }
      _ = shrinker.largest { shrinker, n in
        guard n <= min(first.distance, second.distance) else { return false }
        var values = base.values
        (values[i], values[j]) = (first.lowered(by: n), second.lowered(by: n))
        return shrinker.consider(values)
      }
    }
  }

  /// Lowers a choice and raises or lowers a later one by as much, as where their sum matters.
  mutating func redistribute() {
    forEachPair { shrinker, i, j in
      let base = shrinker.tape
      let (first, second) = (base.choices[i], base.choices[j])
      let down = first.value > first.simplest
      _ = shrinker.largest { shrinker, n in
        guard n <= first.distance else { return false }
        let raised = down ? second.value.advanced(upBy: n) : second.value.advanced(downBy: n)
        guard second.range.contains(raised) else { return false }
        var values = base.values
        (values[i], values[j]) = (first.lowered(by: n), raised)
        return shrinker.consider(values)
      }
    }
  }

  /// Calls `body` with the places of choices i < j that count something (not two-way decisions), i not simplest, near each other first.
  private mutating func forEachPair(_ body: (inout Shrinker, Int, Int) -> Void) {
    for gap in 1...6 {
      var order = 0
      while !isExhausted {
        let numbers = tape.choices.indices.filter { tape.choices[$0].isNumber }
        guard order + gap < numbers.count else { break }
        let (i, j) = (numbers[order], numbers[order + gap])
        if tape.choices[i].rank > 0 { body(&self, i, j) }
        order += 1
      }
    }
  }

  /// Deletes two choices of which the first ends a span and the second begins the next: this joins two collections.
  mutating func deleteAcrossBoundaries() {
    var place = 1
    while place < tape.choices.count, !isExhausted {
      let isBoundary = tape.spans.contains { $0.start == place } && tape.spans.contains { $0.end == place }
      guard isBoundary, consider(tape.values.removing((place - 1)..<(place + 1))) else {
        place += 1
        continue
      }
    }
  }

  /// Deletes a span and lowers up to two other choices by one, as where elements point at each other's places.
  mutating func deleteAndLower() {
    var place = 0
    next: while place < tape.spans.count, !isExhausted {
      let (base, span) = (tape, tape.spans[place])
      place += 1
      guard !span.range.isEmpty else { continue }
      let numbers = base.choices.indices.filter {
        !span.range.contains($0) && base.choices[$0].rank > 0 && base.choices[$0].isNumber
      }
      for (order, i) in numbers.prefix(12).enumerated() {
        for j in [i] + numbers.prefix(12).dropFirst(order + 1) {
          var values = base.values
          for index in Set([i, j]) { values[index] = base.choices[index].lowered(by: 1) }
          if consider(values.removing(span.range)) {
            place = 0
            continue next
          }
        }
      }
    }
  }

  /// Deletes a span and sets a number beside it to their sum, modulo the width of its range, or to an end of the range.
  ///
  /// As where two numbers do what one can do.
  mutating func deleteAndReplace() {
    var place = 0
    next: while place < tape.spans.count, !isExhausted {
      let (base, span) = (tape, tape.spans[place])
      place += 1
      guard let own = span.range.last(where: { base.choices[$0].isNumber }) else { continue }
      let numbers = base.choices.indices.filter { !span.range.contains($0) && base.choices[$0].isNumber }
      for other in [numbers.last { $0 < span.start }, numbers.first { $0 >= span.end }].compactMap({ $0 }) {
        let range = base.choices[other].range
        // Small numbers have been tried in all ways.
        guard max(base.choices[own].rank, base.choices[other].rank) > 8 else { continue }
        let sum = base.choices[other].value &+ base.choices[own].value
        for value in [sum.wrapped(into: range), range.lowerBound, range.upperBound] {
          var values = base.values
          values[other] = value
          if consider(values.removing(span.range)) {
            place = 0
            continue next
          }
        }
      }
    }
  }

  /// Tries every simpler tape of choices at most 1 from their simplest values, where the value is a small tree.
  ///
  /// Small counterexamples of recursive structures are too sparse for steps from larger ones.
  mutating func enumerateSmallTrees() {
    let isTree = tape.spans.indices.contains { !tape.nearestDescendants(of: $0).isEmpty }
    guard isTree, tape.choices.count <= 24 else { return }
    let last = evaluations + 1_000
    for tape in SmallTapes(property.generator, height: 1, longest: tape.choices.count) {
      if evaluations >= last || consider(tape.values) { return }
    }
  }
}

extension ChoiceTape {
  /// Whether the choice at `place` says that an array goes on: deleting elements, not lowering it, makes arrays shorter.
  func isContinuation(_ place: Int) -> Bool {
    !choices[place].isNumber && spans.contains { $0.start == place && $0.label == "element" }
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
  fileprivate func removing(_ range: Range<Int>) -> [Element] { replacing(range, with: []) }

  fileprivate func replacing(_ range: Range<Int>, with new: some Collection<Element>) -> [Element] {
    var copy = self
    copy.replaceSubrange(range, with: new)
    return copy
  }
}
