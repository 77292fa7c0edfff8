// SPDX-License-Identifier: MIT

extension Shrinker {
  /// The passes of a round, in the order of their turns.
  static var passes: [ShrinkPass<Value>] {
    [
      ShrinkPass("delete spans") { $0.deleteSpans() },
      ShrinkPass("delete across boundaries") { $0.deleteAcrossBoundaries() },
      ShrinkPass("replace by descendants") { $0.replaceByDescendants() },
      ShrinkPass("simplify runs") { $0.simplifyRuns() },
      ShrinkPass("minimize choices") { $0.minimizeChoices() },
      ShrinkPass("lower lengths") { $0.lowerLengths() },
      ShrinkPass("minimize duplicates") { $0.minimizeDuplicates() },
      ShrinkPass("sort siblings") { $0.sortSiblings() },
      ShrinkPass("lower pairs") { $0.lowerPairs() },
      ShrinkPass("redistribute") { $0.redistribute() },
    ]
  }

  /// Passes that cost much and seldom find something.
  static var costlyPasses: [ShrinkPass<Value>] {
    [
      ShrinkPass("lower digits") { $0.lowerDigits() },
      ShrinkPass("delete groups") { $0.deleteGroups() },
      ShrinkPass("delete choices") { $0.deleteChoices() },
      ShrinkPass("lower over gaps") { $0.lowerOverGaps() },
      ShrinkPass("lower and carry") { $0.lowerAndCarry() },
      ShrinkPass("delete and lower") { $0.deleteAndLower() },
      ShrinkPass("delete and replace") { $0.deleteAndReplace() },
      ShrinkPass("drop optionals") { $0.dropOptionals() },
      ShrinkPass("delete step and shift") { $0.deleteStepAndShift() },
      ShrinkPass("lower kinds") { $0.lowerKinds() },
      ShrinkPass("lower scalars") { $0.lowerScalars() },
      ShrinkPass("enumerate small trees") { $0.enumerateSmallTrees() },
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
    // Where only odd numbers fail, say. Large ones have far to go that way; small ones get there by other passes.
    if lowered == 0, coarse.distance > 2 {
      let most: UInt = coarse.distance > 1 << 32 ? coarse.distance / 2 : 2
      _ = largest { shrinker, steps in
        steps < most && set(&shrinker, from: base, coarse.lowered(by: 2 * steps))
      }
    }
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
    var (numbers, seen) = ([Int](), -1)
    for gap in 1...6 {
      var order = 0
      while !isExhausted {
        if seen != steps { (numbers, seen) = (tape.choices.indices.filter { tape.choices[$0].isNumber }, steps) }
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
}
