// SPDX-License-Identifier: MIT

/// Something that should hold for every value of a generator.
public struct Property<Value>: Sendable {
  /// What it is called, in reports and in the example store.
  public let name: String
  /// Where its values come from.
  public let generator: Generator<Value>
  package let holds: @Sendable (Value, inout Trial) throws -> Bool
  /// How long a case may take; one that takes longer fails.
  var caseLimit: Duration?
  /// Whether a case blocks its thread, which then must not be one that others wait for.
  var blocks = false
  /// Where the running case is written down.
  var slot: CaseFile.Slot?
  /// Runs cases elsewhere, where that is wanted.
  var ask: (@Sendable (CaseRequest) -> CaseAnswer)?

  /// A property that fails where `holds` returns false or throws; a thrown ``Rejection`` rejects the case instead.
  ///
  /// `holds` may run on several threads at once. A trap in it, such as an index out of range, ends the process: Swift
  /// cannot catch it.
  public init(
    _ name: String, _ generator: Generator<Value>, holds: @escaping @Sendable (Value, inout Trial) throws -> Bool
  ) {
    // A replay line is one line.
    self.name = String(name.map { $0.isNewline ? " " : $0 })
    (self.generator, self.holds) = (generator, holds)
  }
}

/// How a case failed.
///
/// A property may throw one itself, to say what it is.
public enum Failure: Error, Hashable, Codable, CustomStringConvertible {
  /// The property returned false.
  case isFalse
  /// The property or its generator threw: the type of the error, and what it says.
  case threw(type: String, message: String)
  /// An expectation in the property did not hold: where it stands, and what it says.
  case unmet(place: String, message: String)
  /// The case took longer than ``CheckSettings/caseLimit``.
  case tookTooLong(limit: Duration)
  /// The process of the case ended: what it said last, and whether its generator had not yet made the value.
  case trapped(message: String, inGenerator: Bool)

  /// "is false", what was thrown, or what was expected.
  public var description: String {
    switch self {
    case .isFalse: "is false"
    case .threw(let type, let message): "throws \(type): \(message)"
    case .unmet(let place, let message): "does not meet \(place): \(message)"
    case .trapped(let message, _): "traps (\(message))"
    case .tookTooLong(let limit): "takes longer than \(limit)"
    }
  }

  /// Values in a message differ from case to case.
  private static func withoutNumbers(_ message: String) -> String { message.filter { !$0.isNumber } }

  /// Whether two failures have the same cause, as far as can be told: shrinking must not slip from one to another.
  func isLike(_ other: Failure) -> Bool {
    switch (self, other) {
    case (.isFalse, .isFalse): true
    case (.threw(let a, _), .threw(let b, _)), (.unmet(let a, _), .unmet(let b, _)): a == b
    case (.tookTooLong, .tookTooLong): true
    case (.trapped(let a, _), .trapped(let b, _)):
      isInGenerator == other.isInGenerator && Failure.withoutNumbers(a) == Failure.withoutNumbers(b)
    default: false
    }
  }

  /// Whether the value was never made, as its generator ended the process.
  var isInGenerator: Bool {
    if case .trapped(_, inGenerator: true) = self { true } else { false }
  }
}

/// What came of one case.
public enum CaseStatus: Sendable, Hashable {
  /// The property holds.
  case passed
  /// The property fails.
  case failed(Failure)
  /// The case does not count, and why.
  case rejected(String)

  /// The failure, if it failed.
  public var failure: Failure? {
    if case .failed(let failure) = self { failure } else { nil }
  }
}

/// One case that was run.
public struct Execution<Value> {
  /// The choices that the value was made of.
  public let tape: ChoiceTape
  /// The value; nil where the generator made none.
  public let value: Value?
  /// What came of it.
  public let status: CaseStatus
  /// Labels and scores.
  public let trial: Trial
}

extension Property {
  /// Makes a value from `tape` and tries the property on it.
  public func run(on tape: ChoiceTape) -> Execution<Value> {
    if let ask { return execution(ask(tape.request(isReported: false))) }
    let (generated, drawn) = generate(from: tape)
    return run(drawn, generated)
  }

  /// The value that `tape` makes, and the tape with what was drawn.
  func generate(from tape: ChoiceTape) -> (Result<Value, any Error>, ChoiceTape) {
    var tape = tape
    if let slot {
      tape.slot = slot
      slot.begin()
    }
    defer { slot?.end() }
    let result = Result { try generator(&tape) }
    return (result, tape)
  }

  /// The case once more, as it is reported: with its notes.
  func report(on values: [Int]) -> Execution<Value> {
    if let ask { return execution(ask(ChoiceTape(values).request(isReported: true))) }
    let (generated, drawn) = generate(from: ChoiceTape(values))
    return run(drawn, generated, isReported: true)
  }

  func run(_ tape: ChoiceTape, _ generated: Result<Value, any Error>, isReported: Bool = false) -> Execution<Value> {
    if let ask { return execution(ask(ChoiceTape(tape.values).request(isReported: isReported))) }
    slot?.resume()
    defer { slot?.end() }
    var trial = Trial(isReported: isReported)
    if tape.isTooLarge {
      return Execution(
        tape: tape, value: nil, status: .rejected("more than \(ChoiceTape.limit) choices"), trial: trial)
    }
    let value = try? generated.get()
    let start = caseLimit.map { _ in ContinuousClock.now }
    var status: CaseStatus
    do {
      status = try holds(generated.get(), &trial) ? .passed : .failed(.isFalse)
    } catch let rejection as Rejection {
      status = .rejected(rejection.description)
    } catch let failure as Failure {
      status = .failed(failure)
    } catch {
      status = .failed(.threw(type: String(reflecting: type(of: error)), message: "\(error)"))
    }
    if let caseLimit, let start, status == .passed, ContinuousClock.now - start > caseLimit {
      status = .failed(.tookTooLong(limit: caseLimit))
    }
    return Execution(tape: tape, value: value, status: status, trial: trial)
  }
}
