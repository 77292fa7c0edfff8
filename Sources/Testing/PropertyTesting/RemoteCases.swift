// SPDX-License-Identifier: MIT

/// A case to be run in another process, which may not survive it.
package struct CaseRequest: Codable, Sendable {
  let given: [Int]
  let random: UInt64?
  let size: Int
  let longest: Int
  let isReported: Bool
  /// Whether only the value is wanted, to know that it can be made.
  var isGeneratedOnly = false
}

/// What came of a case in another process.
package struct CaseAnswer: Codable, Sendable {
  /// The choices drawn.
  package let values: [Int]
  let isTooLarge: Bool
  let passed: Bool
  let rejection: String?
  let failure: Failure?
  let labels: Set<String>
  let scores: [String: Double]
  let notes: [String]

  /// The answer for a case that ended its process after it drew `values`.
  package init(_ failure: Failure, values: [Int]) {
    (self.failure, self.values, isTooLarge, passed, rejection) = (failure, values, false, false, nil)
    (labels, scores, notes) = ([], [:], [])
  }

  init<Value>(_ execution: Execution<Value>) {
    (values, isTooLarge) = (execution.tape.values, execution.tape.isTooLarge)
    passed = execution.status == .passed
    failure = execution.status.failure
    if case .rejected(let reason) = execution.status { rejection = reason } else { rejection = nil }
    (labels, notes) = (execution.trial.labels, execution.trial.notes)
    scores = execution.trial.scores.filter { $0.value.isFinite }
  }

  var status: CaseStatus {
    failure.map { .failed($0) } ?? (passed ? .passed : .rejected(rejection ?? "for no reason"))
  }
}

extension Property {
  /// The same property, whose cases are run by `ask`.
  package func asking(_ ask: @escaping @Sendable (CaseRequest) -> CaseAnswer) -> Property {
    var property = self
    property.ask = ask
    return property
  }

  /// Runs a case for another process.
  package func answer(_ request: CaseRequest, in file: CaseFile) -> CaseAnswer {
    var property = self
    property.slot = file.slot(name, store: nil)
    defer { if let slot = property.slot { file.giveBack(slot) } }
    let (generated, drawn) = property.generate(from: ChoiceTape(request))
    if request.isGeneratedOnly {
      return CaseAnswer(Execution<Value>(tape: drawn, value: nil, status: .passed, trial: Trial()))
    }
    return CaseAnswer(property.run(drawn, generated, isReported: request.isReported))
  }

  /// Nil where the value of `tape` can be made in this process, else the failure of the other one, which tried.
  func trapInGenerator(_ tape: ChoiceTape) -> CaseAnswer? {
    guard let ask else { return nil }
    var request = tape.request(isReported: false)
    request.isGeneratedOnly = true
    let answer = ask(request)
    return answer.failure == nil ? nil : answer
  }

  /// The case as the other process saw it; its value is made here, as far as it can be.
  func execution(_ answer: CaseAnswer) -> Execution<Value> {
    // A process that ended while it drew cannot be followed: its value may end this one too.
    if case .trapped(_, let isGenerator)? = answer.failure, isGenerator {
      return Execution(tape: ChoiceTape(drawn: answer.values), value: nil, status: answer.status, trial: Trial())
    }
    let (generated, drawn) = generate(from: ChoiceTape(answer.values))
    return Execution(
      tape: drawn, value: try? generated.get(), status: answer.status,
      trial: Trial(labels: answer.labels, scores: answer.scores, notes: answer.notes))
  }
}
