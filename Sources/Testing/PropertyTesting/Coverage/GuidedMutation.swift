// SPDX-License-Identifier: MIT

import SeededRuns

extension ChoiceTape {
  /// The values of this tape changed: a few choices, perhaps to numbers that the program compared, and perhaps a part put in, left
  /// out or replaced.
  func guided(with donor: ChoiceTape, _ comparisons: [Reached.Comparison], _ random: inout RandomSource) -> [Int] {
    let moves = random.integer(in: 0...3)
    // Choices first: they keep the places of the spans.
    var changed = values
    if !changed.isEmpty, moves != 0 {
      repeat {
        if comparisons.isEmpty || random.integer(in: 0...1) == 0 {
          let place = random.integer(in: 0...(changed.count - 1))
          changed[place] = self.changed(place, &random)
        } else {
          substitute(random.element(of: comparisons), in: &changed, &random)
        }
      } while random.integer(in: 0...2) == 0
    }
    if moves < 2 { changed = restructured(changed, with: donor, &random) }
    return changed
  }

  /// Makes a choice that is one side of a comparison the other side, so that it holds the next time.
  private func substitute(_ comparison: Reached.Comparison, in values: inout [Int], _ random: inout RandomSource) {
    let isSwapped = random.integer(in: 0...1) == 1
    let (from, to) = isSwapped ? (comparison.b, comparison.a) : (comparison.a, comparison.b)
    // A choice is the number itself or, in a text, the place of a scalar.
    let equal = values.indices.compactMap { place -> (place: Int, isScalar: Bool)? in
      if values[place] == from { return (place, false) }
      return Scalars.code(at: values[place]) == from ? (place, true) : nil
    }
    var (place, isScalar) = (random.integer(in: 0...(values.count - 1)), random.integer(in: 0...1) == 1)
    // What was compared may have been computed from a choice: then any place may do.
    if !equal.isEmpty, random.integer(in: 0...7) > 0 { (place, isScalar) = random.element(of: equal) }
    let range = choices[place].range
    // Negative numbers of fewer bits are compared as positive ones.
    let readings = [
      to, Int(Int8(truncatingIfNeeded: to)), Int(Int16(truncatingIfNeeded: to)), Int(Int32(truncatingIfNeeded: to)),
    ]
    let wanted =
      isScalar
      ? UInt32(exactly: to).flatMap(Unicode.Scalar.init).map { Scalars.place(of: $0) }
      : readings.first { range.contains($0) }
    guard let wanted else { return }
    // The comparison may be of an order.
    values[place] = Choice.clamp(
      random.integer(in: 0...7) == 0 ? wanted &+ random.integer(in: -1...1) : wanted, range)
  }

  /// A part is put in again, left out, or replaced by one of `donor`, or the end is that of `donor`.
  private func restructured(_ values: [Int], with donor: ChoiceTape, _ random: inout RandomSource) -> [Int] {
    guard !spans.isEmpty else { return values }
    let span = spans[random.integer(in: 0...(spans.count - 1))]
    let fitting = donor.spans.filter { $0.label == span.label && $0.end > $0.start }
    let part = fitting.isEmpty ? Array(values[span.range]) : Array(donor.values[random.element(of: fitting).range])
    switch random.integer(in: 0...5) {
    case 0, 1: return values.replacing(span.start..<span.start, with: part)
    case 2: return values.replacing(span.end..<span.end, with: part)
    case 3: return values.removing(span.range)
    case 4: return values.replacing(span.range, with: part)
    default:
      guard let other = fitting.isEmpty ? nil : random.element(of: fitting) else { return values }
      return Array(values[..<span.start]) + Array(donor.values[other.start...])
    }
  }
}
