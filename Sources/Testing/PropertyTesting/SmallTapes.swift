// SPDX-License-Identifier: MIT

/// Every tape of a generator up to a height, each once, in lexicographic order of ranks.
///
/// The height of a tape is the largest distance of a choice from its simplest value.
struct SmallTapes<Value>: Sequence, IteratorProtocol {
  private let generator: Generator<Value>
  private let height: UInt
  private let longest: Int
  private var prefix: [Int]? = []

  /// The tapes of `generator` up to `height`; those longer than `longest` choices are left out.
  init(_ generator: Generator<Value>, height: UInt, longest: Int = ChoiceTape.limit) {
    (self.generator, self.height, self.longest) = (generator, height, longest)
  }

  mutating func next() -> ChoiceTape? {
    while let given = prefix {
      var tape = ChoiceTape(given, longest: longest + 1)
      _ = try? generator(&tape)
      prefix = successor(of: tape)
      if tape.choices.count <= longest { return tape }
    }
    return nil
  }

  /// The first values of the next tape: the last choice that can go up does, and what followed it starts anew.
  private func successor(of tape: ChoiceTape) -> [Int]? {
    let kept = tape.choices.prefix(longest + 1)
    for (place, choice) in kept.enumerated().reversed() {
      let next = Choice(choice.value(ofRank: choice.rank + 1), in: choice.range, simplest: choice.simplest)
      if next.distance <= height, next.rank > choice.rank { return kept.prefix(place).map(\.value) + [next.value] }
    }
    return nil
  }
}

extension ChoiceTape {
  /// The largest distance of a choice from its simplest value.
  var height: UInt { choices.map(\.distance).max() ?? 0 }
}
