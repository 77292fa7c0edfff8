// SPDX-License-Identifier: GPL-3.0-or-later
/// Which samples a group holds: what joins the plan, the answers and the judgement.
enum ProbeGroupID: Hashable, Sendable {
  /// Samples of a task, by its id, for one of the uses of it.
  case task(Use, String)
  /// Samples of a bivariate normal.
  case pair
  /// Samples of a normal (x1, x2) and y, of which x1 alone tells nothing about y.
  case triple
  /// The pair's samples in a random order of their rows.
  case shuffled(Int)
  /// The samples of a check, transformed.
  case check(MetamorphicCheck.ID)
  /// One sample of a bivariate normal, cut to several numbers of rows near a round one.
  case sizes(near: Int)

  /// What samples of a task are asked about for.
  enum Use: String, Sendable {
    case easy, few, many, reported, decision
  }

  /// Samples of `task`.
  static func task(_ use: Use, _ task: EstimationTask) -> ProbeGroupID { .task(use, task.id) }

  /// The stream of random numbers of the group: fixed by its words, which must not change.
  var stream: UInt64 { words.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) } }

  private var words: String {
    switch self {
    case .task(let use, let id): "\(use.rawValue): \(id)"
    case .pair: "base"
    case .triple: "base of two columns"
    case .shuffled(let turn): "base, shuffled \(turn)"
    case .check(let id): id.rawValue
    case .sizes(let rows): "number of rows near \(rows)"
    }
  }
}
