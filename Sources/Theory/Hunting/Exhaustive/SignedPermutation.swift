// SPDX-License-Identifier: GPL-3.0-or-later
import Claims

/// A change of coordinates that permutes them and turns some around.
struct SignedPermutation: Sendable, Hashable {
  /// The old coordinate at each new place, and whether it is turned around: 1 or −1.
  let source: [Int]
  let sign: [Int64]

  /// The changes that claims about one label do not notice, each once as a map of covariances: all permutations, where x2 is not kept
  /// in order, and signs of x2; the sign
  /// of (x1, y) together, which turns the teacher around with the label, where x1 is a number; of more, whose teacher is the
  /// least-squares one, every sign of x1 and y by itself.
  ///
  /// A change and its negative are the same map of Σ, so one of the two is left out.
  static func all(p1: Int, p2: Int, keepsX2: Bool = false) -> [SignedPermutation] {
    let size = p1 + p2 + 1
    var all: [SignedPermutation] = []
    let inputs = Array(p1..<(p1 + p2))
    for order in keepsX2 ? [inputs] : permutations(inputs) {
      let source = Array(0..<p1) + order + [size - 1]
      for bits in 0..<(1 << size) {
        let sign = (0..<size).map { Int64(bits >> $0 & 1 == 0 ? 1 : -1) }
        // The label keeps its sign, which leaves one of a change and its negative.
        guard sign[size - 1] == 1, p1 > 1 || sign[0] == 1 else { continue }
        all.append(SignedPermutation(source: source, sign: sign))
      }
    }
    return all
  }

  static func permutations(_ elements: [Int]) -> [[Int]] {
    if elements.count <= 1 { return [elements] }
    return elements.indices.flatMap { place in
      var rest = elements
      let first = rest.remove(at: place)
      return permutations(rest).map { [first] + $0 }
    }
  }
}
