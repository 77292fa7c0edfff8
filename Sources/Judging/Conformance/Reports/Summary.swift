// SPDX-License-Identifier: GPL-3.0-or-later
extension ConformanceReport: CustomStringConvertible {
  /// A few lines for a test's message: what is wrong, the likely mistakes, the first failures.
  public var description: String {
    let tally = tally
    var lines = [
      "\(subject): \(tally.passed) passed, \(tally.failed) failed, \(tally.skipped) skipped, \(tally.errored) errored"
    ]
    for diagnosis in diagnoses {
      lines.append("\(diagnosis.operation.rawValue): \(diagnosis.wrong) of \(diagnosis.judged) wrong")
      lines += diagnosis.mistakes.map { "  \($0)" }
    }
    for outcome in failures.prefix(5) {
      switch outcome.verdict {
      case .failed(let failure): lines.append("\(outcome.vector.id): \(failure)")
      case .errored(let message): lines.append("\(outcome.vector.id): \(message)")
      default: break
      }
    }
    lines += breaches.map { "against the protocol: \($0)" }
    return (lines + remarks.map { "note: \($0)" }).joined(separator: "\n")
  }
}
