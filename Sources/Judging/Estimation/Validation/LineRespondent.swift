// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import ForeignPrograms
import LineProtocol

/// A program that speaks JSON Lines: one process answers many samples.
///
/// It is started with the first sample, and again after a failure. Of the operations that it lists, `estimate` (`x`, `y`,
/// `seed`) is asked for, else `ksg` (`k` 3, `variant` 1), else `gaussian_plugin` (`correction` "none").
public final class LineRespondent: Respondent {
  private let client: LineClient
  private let command: ForeignCommand

  /// A respondent that starts `command`.
  ///
  /// - Parameters:
  ///   - timeLimit: how long it may take for one sample.
  ///   - startLimit: how long it may take to introduce itself.
  public init(_ command: ForeignCommand, timeLimit: Duration, startLimit: Duration = .seconds(30)) {
    var limits = ProgramLimits()
    (limits.answer, limits.start, limits.mostInFlight) = (timeLimit, startLimit, 1)
    // It is asked one request at a time, of one operation: ``prepare(trials:until:)`` finds out.
    limits.breakdownsAtFirst = .max
    (self.command, client) = (command, LineClient(command, limits: limits))
  }

  deinit { client.stop() }

  /// Starts the program, agrees on an operation, and asks for the trials until one does not end it.
  public func prepare(trials: [PairedSample], until isStopped: () -> Bool) throws(StartError) {
    try client.start(until: isStopped)
    guard let operation else { throw unable }
    for sample in trials {
      let (endings, input) = (client.endings, LineRespondent.input(sample, operation: operation, seed: 0))
      _ = client.ask(Request(operation: operation, input: input), until: isStopped)
      if isStopped() || client.endings == endings { return }
    }
    if !trials.isEmpty { throw client.ended("whatever the sample") }
  }

  private static let operations = ["estimate", "ksg", "gaussian_plugin"]

  private var operation: String? {
    LineRespondent.operations.first { client.introduction?.operations.contains($0) == true }
  }

  private var unable: StartError {
    let operations = LineRespondent.operations.joined(separator: ", ")
    return .silent(
      command: "\(command)", reason: "it lists none of the operations \(operations) in its \"started\"")
  }

  /// Sends the sample and waits for the answer with its number.
  public func answer(_ sample: PairedSample, seed: UInt64) -> EstimatorAnswer {
    let start = ContinuousClock.now
    func answer(_ outcome: EstimatorAnswer.Outcome) -> EstimatorAnswer {
      EstimatorAnswer(outcome, seconds: (ContinuousClock.now - start) / .seconds(1))
    }
    do throws(StartError) { try client.start() } catch { return answer(.failed("\(error)")) }
    guard let operation else { return answer(.failed("\(unable)")) }
    let input = LineRespondent.input(sample, operation: operation, seed: seed)
    return answer(ReportedEstimate(client.ask(Request(operation: operation, input: input))).outcome)
  }

  private static func input(_ sample: PairedSample, operation: String, seed: UInt64) -> JSONValue {
    func rows(_ side: Side) -> JSONValue {
      let (values, d) = (sample.values(of: side), sample.dimension(of: side))
      return .array(
        (0..<sample.count).map { row in .array(values[row * d..<(row + 1) * d].map(JSONValue.init(approximate:))) })
    }
    let extra: [JSONValue.Member] =
      switch operation {
      case "ksg": [.init(key: "k", value: 3), .init(key: "variant", value: 1)]
      case "gaussian_plugin": [.init(key: "correction", value: "none")]
      default: [.init(key: "seed", value: .number(String(seed & (1 << 53 - 1))))]
      }
    return .object([.init(key: "x", value: rows(.x)), .init(key: "y", value: rows(.y))] + extra)
  }

  /// Tells the program to stop.
  public func beginToStop() { client.beginToStop() }

  /// Waits for the program's end, and ends it if that does not come.
  public func finish() -> Conduct {
    client.stop()
    var conduct = Conduct()
    (conduct.breaches, conduct.remarks, conduct.noise) = (client.breaches, client.remarks, client.noise)
    conduct.standardError = client.standardError
    return conduct
  }
}
