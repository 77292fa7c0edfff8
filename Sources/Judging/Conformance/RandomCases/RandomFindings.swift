// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import LineProtocol
import Oracle
import PropertyTesting
import SeededRuns
import Vectors

/// What fresh random cases showed about an implementation, beyond the fixed vectors.
public struct RandomFindings: Sendable {
  /// The seed: the same seed gives the same cases.
  public let seed: UInt64
  /// How many cases were asked.
  public let asked: Int
  /// How many of them came out how.
  public let tally: VectorTally
  /// At most one for each operation: the first failure, made small.
  public let findings: [Finding]

  /// A failure of a random case.
  public struct Finding: Sendable {
    /// The failing case as a vector, made small, and what was answered.
    public let outcome: VectorOutcome
    /// How often it was made simpler.
    public let steps: Int
    /// How many random cases of the operation failed, of how many.
    public let failed, cases: Int
  }
}

/// Asks an implementation about random cases and makes what fails small.
struct RandomSearch {
  let seed: UInt64
  let operations: [OracleOperation]
  /// Asks for replies, of which the second argument gets one for each request, by its number.
  typealias Ask = ([Request], (Int, Reply) -> Void) -> Void
  let ask: Ask

  func findings(count: Int) -> RandomFindings {
    let generator = RandomCase.generator(operations)
    let property = Property("random", generator) { _, _ in true }
    var drawn: [(tape: ChoiceTape, vector: ConformanceVector, operation: OracleOperation)] = []
    var index = 0
    // Cases that double precision does not decide are drawn again; nearly all are decided.
    while drawn.count < count, index < 20 * count {
      let tape = ChoiceTape(random: RandomSource(seed: seed, index: UInt64(index)), size: 1 + index % 100)
      let execution = property.run(on: tape)
      if let value = execution.value, let vector = RandomSearch.vector(value, id: "random-\(seed)-\(index)") {
        drawn.append((execution.tape, vector, value.operation))
      }
      index += 1
    }
    var outcomes = drawn.map { VectorOutcome($0.operation, $0.vector, .notAsked("the run ended")) }
    ask(drawn.map { Request(operation: $0.operation.rawValue, input: $0.vector.input) }) { index, reply in
      outcomes[index] = VectorOutcome(drawn[index].operation, drawn[index].vector, reply)
    }
    let findings = operations.compactMap { operation -> RandomFindings.Finding? in
      let own = outcomes.indices.filter { outcomes[$0].operation == operation }
      guard let first = own.first(where: { outcomes[$0].isFinding }) else { return nil }
      let (outcome, steps) = smallest(outcomes[first], drawn[first].tape, generator)
      return RandomFindings.Finding(
        outcome: outcome, steps: steps, failed: own.count { outcomes[$0].isFinding }, cases: own.count)
    }
    return RandomFindings(seed: seed, asked: outcomes.count, tally: VectorTally(outcomes), findings: findings)
  }

  /// The case as a vector; nil where double precision does not decide the answer.
  private static func vector(_ value: RandomCase, id: String) -> ConformanceVector? {
    let assessment = Assessment(value.operation, input: value.input)
    guard assessment.isRobust, case .output = assessment.expected else { return nil }
    return ConformanceVector(
      id: id, comment: "a random case", flags: [], catches: "what the fixed vectors miss", exactOnly: false,
      input: value.input, expected: assessment.expected)
  }

  /// The simplest case that fails in the same way.
  private func smallest(_ outcome: VectorOutcome, _ tape: ChoiceTape, _ generator: Generator<RandomCase>) -> (
    VectorOutcome, Int
  ) {
    // What takes the program down costs a new start each time.
    let budget = outcome.reply?.isBroken == true ? 40 : 400
    let asker = Asker(ask: ask)
    let property = Property(outcome.vector.id, generator) { value, _ in
      guard value.operation == outcome.operation, let vector = RandomSearch.vector(value, id: outcome.vector.id) else {
        throw Rejection("another operation, or not decided")
      }
      return asker.outcome(value.operation, vector).verdict.kind != outcome.verdict.kind
    }
    let line = ReplayLine(name: outcome.vector.id, values: tape.values)
    let report = property.replay(line, CheckSettings(shrinkBudget: budget))
    guard let found = report.counterexample, let vector = RandomSearch.vector(found.value, id: outcome.vector.id) else {
      return (outcome, 0)
    }
    let again = asker.outcome(outcome.operation, vector)
    return again.isFinding ? (again, found.steps) : (outcome, 0)
  }
}

extension VectorOutcome {
  /// Whether it tells something: not merely that the run had ended.
  fileprivate var isFinding: Bool {
    if case .notAsked? = reply { return false }
    return verdict.isWrong
  }
}

extension Reply {
  fileprivate var isBroken: Bool {
    if case .broken = self { true } else { false }
  }
}

/// Asks one question at a time; used on one thread only, which a property cannot promise.
private final class Asker: @unchecked Sendable {
  private let ask: RandomSearch.Ask

  init(ask: @escaping RandomSearch.Ask) { self.ask = ask }

  func outcome(_ operation: OracleOperation, _ vector: ConformanceVector) -> VectorOutcome {
    var outcome = VectorOutcome(operation, vector, .notAsked("the run ended"))
    ask([Request(operation: operation.rawValue, input: vector.input)]) {
      outcome = VectorOutcome(operation, vector, $1)
    }
    return outcome
  }
}
