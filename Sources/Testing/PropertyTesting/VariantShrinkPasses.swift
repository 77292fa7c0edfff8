// SPDX-License-Identifier: MIT

/// Passes for values that chance alone does not lead from one form to a simpler one.
extension Shrinker {
  /// Leaves out optional values: the choice before them says that they are there.
  mutating func dropOptionals() {
    var place = 0
    while place < tape.spans.count, !isExhausted {
      let span = tape.spans[place]
      place += 1
      guard span.label == ChoiceTape.Span.optional, span.start > 0 else { continue }
      let isDropped = consider(tape.values.replacing((span.start - 1)..<span.end, with: [0]))
      if isDropped { place = 0 }
    }
  }

  /// Deletes a command and moves a number of a later one by one: it may be the place of something in a list.
  mutating func deleteStepAndShift() {
    var place = 0
    next: while place < tape.spans.count, !isExhausted {
      let (base, step) = (tape, tape.spans[place])
      place += 1
      guard step.label == ChoiceTape.Span.step,
        let element = base.spans.last(where: { $0.label == "element" && $0.end == step.end && $0.start < step.start })
      else { continue }
      // A decision between two may be a place too.
      let later = base.choices.indices.filter {
        $0 >= step.end && base.choices[$0].range.lowerBound < base.choices[$0].range.upperBound
      }
      for number in later.filter({ !base.isContinuation($0) }).prefix(24) {
        for moved in [base.choices[number].value &- 1, base.choices[number].value &+ 1] {
          var values = base.values
          values[number] = moved
          if consider(values.removing(element.range)) {
            place = 0
            continue next
          }
        }
      }
    }
  }

  /// Gives a value of several kinds a simpler kind, with its numbers at the ends of their ranges.
  mutating func lowerKinds() {
    var place = 0
    next: while place < tape.spans.count, !isExhausted {
      let (base, span) = (tape, tape.spans[place])
      place += 1
      guard span.label == ChoiceTape.Span.variant, !span.range.isEmpty, base.choices[span.start].rank > 0 else {
        continue
      }
      for rank in 0..<base.choices[span.start].rank {
        var values = base.values
        values[span.start] = base.choices[span.start].value(ofRank: rank)
        let ranges = shape(values)
        guard ranges.count == values.count else { continue }
        let (prefix, suffix) = (values[...span.start], values[span.end...])
        if fills(span, ranges).contains(where: { consider(Array(prefix) + $0 + suffix) }) {
          place = 0
          continue next
        }
      }
    }
  }

  /// What may stand after the kind of `span`: every number at one of its ends, or a well-known scalar.
  private func fills(_ span: ChoiceTape.Span, _ ranges: [ClosedRange<Int>]) -> [[Int]] {
    let rest = Array(ranges[span.range.dropFirst()])
    let numbers = rest.indices.filter { rest[$0].lowerBound < rest[$0].upperBound }.prefix(3)
    let lowest = rest.map { Choice.clamp(0, $0) }
    let ends = (0..<(1 << numbers.count)).map { ends in
      numbers.enumerated().reduce(into: lowest) { fill, number in
        let range = rest[number.element]
        fill[number.element] = ends >> number.offset & 1 == 0 ? range.upperBound : range.lowerBound
      }
    }
    guard let first = rest.first, first == 0...(Scalars.count - 1) else { return ends }
    return Scalars.examples.map { [$0] + lowest.dropFirst() } + ends
  }

  /// Tries the well-known scalars in the place of a rare one: what they have in common is no matter of more and less.
  mutating func lowerScalars() {
    var place = 0
    while place < tape.spans.count, !isExhausted {
      let (base, span) = (tape, tape.spans[place])
      place += 1
      guard span.label == ChoiceTape.Span.scalar, !span.range.isEmpty else { continue }
      let current = base.choices[span.start].value
      // The passes of a round have seen to the common ones.
      guard current >= 26 else { continue }
      for example in Scalars.examples.prefix(while: { $0 < current }) {
        var values = base.values
        values[span.start] = example
        if consider(values) { break }
      }
    }
  }
}
