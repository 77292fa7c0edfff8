// SPDX-License-Identifier: MIT

/// The cases that none other beats in every score: what the targeted search changes further.
struct ParetoPool {
  struct Member {
    let tape: ChoiceTape
    let scores: [String: Double]
  }

  private(set) var members: [Member] = []
  private(set) var isFlat = true
  private var first: [String: Double]?
  private let capacity = 16

  /// Keeps a case unless a member is as good in every score and better in one; a new equal takes the place of an old one.
  ///
  /// - Returns: whether it was kept.
  @discardableResult mutating func offer(_ tape: ChoiceTape, _ scores: [String: Double]) -> Bool {
    guard !scores.isEmpty else { return false }
    if let first { isFlat = isFlat && first == scores } else { first = scores }
    if members.contains(where: { ParetoPool.beats($0.scores, scores) }) { return false }
    members.removeAll { ParetoPool.beats(scores, $0.scores) || $0.scores == scores }
    if members.count == capacity { members.removeFirst() }
    members.append(Member(tape: tape, scores: scores))
    return true
  }

  private static func beats(_ a: [String: Double], _ b: [String: Double]) -> Bool {
    var isBetter = a.count > b.count
    for (name, value) in b {
      guard let own = a[name], own <= value else { return false }
      if own < value { isBetter = true }
    }
    return isBetter
  }
}
