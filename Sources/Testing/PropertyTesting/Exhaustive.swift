// SPDX-License-Identifier: MIT

/// What the search of a whole small space found.
public enum ExhaustiveResult<Value> {
  /// The property holds for every value up to this height; so many counted, so many were rejected.
  case holds(upTo: Int, valid: Int, rejected: Int)
  /// The simplest failing value of the least height at which any fails.
  case fails(Counterexample<Value>, height: Int, valid: Int)
  /// The budget ended; all heights below this one were searched, and hold.
  case unfinished(height: Int)
}

extension Property {
  /// Tries every value by increasing height: the largest distance of any choice from its simplest value.
  ///
  /// So "no counterexample of height ≤ H" and "the simplest one" are statements about all values, not about those that
  /// chance found. The space grows fast: with m numbers of both signs it has (2H+1)^m values.
  ///
  /// - Parameters:
  ///   - height: the largest height.
  ///   - cases: the budget, in values tried.
  ///   - isSmaller: which of two failing values of the same height to prefer; by default the one with the simpler tape.
  public func checkExhaustively(
    height: Int, cases: Int = 10_000_000, preferring isSmaller: ((Value, Value) -> Bool)? = nil
  ) -> ExhaustiveResult<Value> {
    var (valid, rejected, evaluations) = (0, 0, 0)
    for level in 0...max(0, height) {
      var best: Execution<Value>?
      for tape in SmallTapes(generator, height: UInt(level)) where tape.height == level {
        if evaluations == cases { return .unfinished(height: level) }
        evaluations += 1
        let execution = run(on: ChoiceTape(tape.values))
        switch execution.status {
        case .passed: valid += 1
        case .rejected: rejected += 1
        case .failed:
          valid += 1
          guard let old = best, let new = execution.value, let value = old.value else {
            best = execution
            continue
          }
          let isBetter = isSmaller.map { $0(new, value) } ?? execution.tape.isSimpler(than: old.tape)
          if isBetter { best = execution }
        }
      }
      if let best, let found = Counterexample(best, self, evaluations: evaluations) {
        return .fails(found, height: level, valid: valid)
      }
    }
    return .holds(upTo: height, valid: valid, rejected: rejected)
  }
}

extension Counterexample {
  init?(_ execution: Execution<Value>, _ property: Property<Value>, evaluations: Int) {
    let shrunk = Shrunk(execution: execution, evaluations: evaluations, trail: [], passes: [], isLocalMinimum: true)
    self.init(shrunk, property, property.report(on: execution.tape.values), case: nil)
  }
}
