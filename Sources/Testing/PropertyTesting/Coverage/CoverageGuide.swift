// SPDX-License-Identifier: MIT

import SeededRuns
import Synchronization

/// The cases of a search that reached something new, to be changed further.
///
/// Those that reach what few others do are taken more often (Böhme, Pham & Roychoudhury 2016, "Coverage-based greybox fuzzing as
/// Markov chain"); a shorter case that reaches the same takes the place of a longer one.
final class CoverageGuide: Sendable {
  fileprivate struct Kept {
    var tape: ChoiceTape
    var comparisons: [Reached.Comparison]
    /// What it was the first to reach.
    let own: [Int]
    var turns = 0
  }

  fileprivate struct State {
    var kept: [Kept] = []
    /// How many cases had each feature.
    var cases: [Int: Int] = [:]
    /// Which kept case was the first to have it.
    var owner: [Int: Int] = [:]
    var places = Set<Int>()
  }

  private let probe: any CoverageProbe
  private let state = Mutex(State())

  init(_ probe: any CoverageProbe) { self.probe = probe }

  /// What was reached so far.
  var summary: CoverageSummary {
    state.withLock { CoverageSummary(places: $0.places.count, kept: $0.kept.count) }
  }

  /// The choices of a kept case.
  func values(ofKept place: Int) -> [Int] { state.withLock { $0.kept[place].tape.values } }

  /// Runs a case, and keeps it if it counts and reaches something new.
  func watch<Value>(_ body: () -> Execution<Value>) -> Execution<Value> {
    var result: Execution<Value>?
    let reached = probe.reached { result = body() }
    guard let execution = result else { fatalError("a coverage probe must run what it is given") }
    if !execution.status.isRejection { offer(execution.tape, reached) }
    return execution
  }

  /// Keeps a case that reached a place, or as often, as none before.
  func offer(_ tape: ChoiceTape, _ reached: Reached) {
    let features = reached.places.map(\.feature)
    state.withLock { state in
      for place in reached.places { state.places.insert(place.number) }
      var new: [Int] = []
      for feature in features {
        if state.cases[feature, default: 0] == 0 { new.append(feature) }
        state.cases[feature, default: 0] += 1
      }
      if !new.isEmpty {
        for feature in new { state.owner[feature] = state.kept.count }
        state.kept.append(Kept(tape: tape, comparisons: reached.comparisons, own: new))
        return
      }
      // The rarest thing that it reached tells whom it may replace.
      guard let rarest = features.min(by: { (state.cases[$0, default: 0], $0) < (state.cases[$1, default: 0], $1) }),
        let owner = state.owner[rarest], tape.isSimpler(than: state.kept[owner].tape),
        Set(state.kept[owner].own).isSubset(of: features)
      else { return }
      (state.kept[owner].tape, state.kept[owner].comparisons) = (tape, reached.comparisons)
    }
  }

  /// A change of a kept case; nil where there is none.
  func change(_ random: inout RandomSource) -> ChoiceTape? {
    state.withLock { state in
      guard let chosen = State.draw(state, &random) else { return nil }
      state.kept[chosen].turns += 1
      let (parent, donor) = (state.kept[chosen], state.kept[random.integer(in: 0...(state.kept.count - 1))])
      let values = parent.tape.guided(with: donor.tape, parent.comparisons, &random)
      return ChoiceTape(values, then: RandomSource(seed: random.next(), index: 0), size: parent.tape.size)
    }
  }
}

extension CoverageGuide.State {
  /// A kept case, the likelier the rarer what it was first to reach, and the fewer turns it had.
  fileprivate static func draw(_ state: Self, _ random: inout RandomSource) -> Int? {
    let weights = state.kept.map { kept in
      let rarest = kept.own.map { state.cases[$0, default: 1] }.min() ?? 1
      return max(1, 1_000_000 / (rarest * (1 + kept.turns / 64)))
    }
    guard !weights.isEmpty else { return nil }
    var rest = random.integer(in: 0...(weights.reduce(0, +) - 1))
    return weights.firstIndex { weight in
      rest -= weight
      return rest < 0
    }
  }
}
