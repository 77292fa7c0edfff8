// SPDX-License-Identifier: MIT

/// Where a generator's choices come from: bounded whole numbers, one after the other.
///
/// A generator is written as a function of a source, so that the same generator can be driven at random, replayed, or
/// searched: whatever supplies the choices.
public protocol ChoiceSource {
  /// The next choice, a number in `range`.
  mutating func integer(in range: ClosedRange<Int>) -> Int
}

extension ChoiceSource {
  /// True with probability `numerator`/`denominator`.
  public mutating func chance(_ numerator: Int, in denominator: Int) -> Bool {
    integer(in: 1...denominator) <= numerator
  }

  /// One of `elements`, each equally likely.
  ///
  /// - Precondition: `elements` is not empty.
  public mutating func element<Element>(of elements: [Element]) -> Element {
    elements[integer(in: 0...(elements.count - 1))]
  }

  /// A number in 1 … `limit`, small ones more often: the smaller of two uniform draws.
  public mutating func size(upTo limit: Int) -> Int {
    min(integer(in: 1...limit), integer(in: 1...limit))
  }
}
