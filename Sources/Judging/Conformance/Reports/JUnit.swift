// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText
import Vectors

extension ConformanceReport {
  /// The report as JUnit XML, as CI systems read it: a suite an operation, a case a vector, and a suite for what was done
  /// against the protocol.
  public var junit: String {
    let suites = operations.map { operation in
      JUnit.Suite(
        operation.rawValue,
        outcomes.filter { $0.operation == operation }.map { (name: $0.vector.id, outcome: $0.junit) })
    }
    let conduct = JUnit.Suite(
      "protocol", breaches.enumerated().map { (name: "protocol-\($0 + 1)", outcome: .failed($1)) })
    return JUnit(
      subject, properties: [("suite.version", suiteVersion ?? ""), ("suite.digest", suiteDigest)], suites + [conduct]
    ).text
  }
}

extension VectorOutcome {
  fileprivate var junit: JUnit.Outcome {
    let details =
      "\(vector.comment)\ncatches: \(vector.catches)\nflags: \(vector.flags.joined(separator: ", "))\n"
      + "input: \(vector.input)"
    return switch verdict {
    case .passed: .passed
    case .skipped(let reason): .skipped(reason)
    case .errored(let message): .errored(message, details: details)
    case .failed(let failure): .failed("\(failure)", details: details)
    }
  }
}
