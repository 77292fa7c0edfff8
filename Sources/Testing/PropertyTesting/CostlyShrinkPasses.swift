// SPDX-License-Identifier: MIT

/// Passes that run only where the others find nothing: they try many combinations.
extension Shrinker {
  /// Deletes runs of choices where the generator then needs fewer, as one that draws until something comes.
  mutating func deleteChoices() {
    var start = 0
    while start < tape.choices.count, !isExhausted {
      let (values, place) = (tape.values, start)
      // The elements of arrays have been deleted as a whole.
      let count = tape.isOneOfSeveral(place) ? values.count - place : 0
      let deleted = largest { shrinker, n in
        guard n <= count else { return false }
        let shorter = values.removing(place..<(place + Int(n)))
        return shrinker.shape(shorter).count < values.count && shrinker.consider(shorter)
      }
      if deleted == 0 { start += 1 }
    }
  }

  /// Deletes two or three elements side by side in long arrays, as a command and the one that undoes it.
  mutating func deleteGroups() {
    var place = 0
    while place < tape.spans.count, !isExhausted {
      let (values, siblings) = (tape.values, tape.siblings(from: place))
      let isShorter =
        isInVariedArray(place)
        && (2...3).contains { n in
          n <= siblings.count && consider(values.removing(siblings[0].start..<siblings[n - 1].end))
        }
      if !isShorter { place += 1 }
    }
  }

  /// Whether the span at `place` is one of more than five that are not all the same: of others, any is as good as those beside it.
  private func isInVariedArray(_ place: Int) -> Bool {
    let (tape, span) = (tape, tape.spans[place])
    let whole = tape.spans[..<place].last { $0.depth < span.depth }?.range ?? 0..<tape.choices.count
    let beside = tape.spans.filter { $0.depth == span.depth && $0.label == span.label && whole.contains($0.start) }
    let values = tape.values
    return beside.count > 5 && beside.contains { values[$0.range] != values[beside[0].range] }
  }

  /// Lowers decimal digits of numbers, the first digit first, as where only whole hundreds fail.
  mutating func lowerDigits() {
    for place in tape.choices.indices {
      var scale: UInt = 1_000_000_000
      while scale > 1 {
        guard place < tape.choices.count, tape.choices[place].isNumber, !isExhausted else { break }
        let (base, choice) = (tape.values, tape.choices[place])
        func lowered(_ steps: UInt) -> [Int] {
          base.replacing(place..<(place + 1), with: [choice.lowered(by: steps * scale)])
        }
        let digit = choice.distance / scale % 10
        if digit > 0, !consider(lowered(digit)) { _ = largest { $1 < digit && $0.consider(lowered($1)) } }
        scale /= 10
      }
    }
  }

  /// Lowers a number past those that its generator does not take.
  mutating func lowerOverGaps() {
    var place = 0
    while place < tape.choices.count, !isExhausted {
      let base = tape
      func lowered(_ steps: UInt) -> [Int] {
        base.values.replacing(place..<(place + 1), with: [base.choices[place].lowered(by: steps)])
      }
      let furthest = min(64, base.choices[place].distance)
      let gap = furthest < 2 ? nil : (1...furthest).first { isDrawn(lowered($0)) }
      if let gap, gap > 1 {
        let times = largest { shrinker, n in
          n <= base.choices[place].distance / gap && shrinker.consider(lowered(n * gap))
        }
        if times > 0 { continue }
      }
      place += 1
    }
  }

  /// Whether the generator takes `values` as they are.
  private func isDrawn(_ values: [Int]) -> Bool {
    let candidate = ChoiceTape(values, longest: values.count)
    guard property.trapInGenerator(candidate) == nil else { return false }
    let (generated, drawn) = property.generate(from: candidate)
    guard case .success = generated else { return false }
    return !drawn.isTooLarge && drawn.values == values
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
