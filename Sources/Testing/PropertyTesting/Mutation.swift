// SPDX-License-Identifier: MIT

import SeededRuns

extension ChoiceTape {
  /// The values of this tape with a random change: a few choices, or a span that another takes the place of.
  func mutated(with donor: ChoiceTape, _ random: inout RandomSource) -> [Int] {
    var values = values
    guard !values.isEmpty else { return values }
    if random.integer(in: 0...9) == 0, let copied = spliced(from: donor, &random) { return copied }
    for _ in 0..<random.size(upTo: 4) {
      let place = random.integer(in: 0...(values.count - 1))
      values[place] = changed(place, &random)
    }
    return values
  }

  func changed(_ place: Int, _ random: inout RandomSource) -> Int {
    let choice = choices[place]
    let (value, range) = (choice.value, choice.range)
    let moved: Int
    switch random.integer(in: 0...9) {
    case 0, 1, 2: moved = value &+ (random.integer(in: 0...1) == 0 ? 1 : -1)
    case 3: moved = value &+ random.integer(in: -4...4)
    case 4: moved = value &* 2
    case 5: moved = value / 2
    case 6: moved = choice.simplest
    case 7: moved = choices[random.integer(in: 0...(choices.count - 1))].value
    case 8: moved = 0 &- value
    default: moved = random.integer(in: range)
    }
    return Choice.clamp(moved, range)
  }

  /// The values with a span replaced by one of the same label from `donor`; nil where there is none.
  private func spliced(from donor: ChoiceTape, _ random: inout RandomSource) -> [Int]? {
    guard !spans.isEmpty else { return nil }
    let span = spans[random.integer(in: 0...(spans.count - 1))]
    let candidates = donor.spans.filter { $0.label == span.label }
    guard !candidates.isEmpty else { return nil }
    let other = candidates[random.integer(in: 0...(candidates.count - 1))]
    return Array(values[..<span.start]) + Array(donor.values[other.range]) + Array(values[span.end...])
  }
}
