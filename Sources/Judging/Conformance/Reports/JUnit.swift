import Vectors

extension ConformanceReport {
  /// The report as JUnit XML, as CI systems read it: a suite an operation, a case a vector.
  public var junit: String {
    let tally = tally
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"\(escaped(subject))\" \(JUnit.counts(tally, breaches: breaches.count))>\n"
    for operation in operations {
      text += "  <testsuite name=\"\(operation.rawValue)\" \(JUnit.counts(self.tally(of: operation)))>\n"
      for outcome in outcomes where outcome.operation == operation { text += JUnit.testcase(outcome) }
      text += "  </testsuite>\n"
    }
    return text + JUnit.conduct(breaches) + "</testsuites>\n"
  }
}

private enum JUnit {
  static func counts(_ tally: VectorTally, breaches: Int = 0) -> String {
    "tests=\"\(tally.total + breaches)\" failures=\"\(tally.failed + breaches)\" errors=\"\(tally.errored)\" "
      + "skipped=\"\(tally.skipped)\""
  }

  /// What was done against the protocol, as a suite of its own, a case each; nothing where nothing was.
  static func conduct(_ breaches: [String]) -> String {
    if breaches.isEmpty { return "" }
    let cases = breaches.enumerated().map { number, breach in
      "    <testcase classname=\"protocol\" name=\"protocol-\(number + 1)\">\n"
        + "      <failure message=\"\(escaped(breach))\"/>\n    </testcase>\n"
    }
    return "  <testsuite name=\"protocol\" tests=\"\(breaches.count)\" failures=\"\(breaches.count)\" errors=\"0\" "
      + "skipped=\"0\">\n\(cases.joined())  </testsuite>\n"
  }

  static func testcase(_ outcome: VectorOutcome) -> String {
    let (vector, operation) = (outcome.vector, outcome.operation.rawValue)
    let head = "    <testcase classname=\"\(operation)\" name=\"\(escaped(vector.id))\""
    let body: String
    switch outcome.verdict {
    case .passed: return head + "/>\n"
    case .skipped(let reason): body = "<skipped message=\"\(escaped(reason))\"/>"
    case .errored(let message):
      body = "<error message=\"\(escaped(message))\">\(escaped(details(vector)))</error>"
    case .failed(let failure):
      body = "<failure message=\"\(escaped("\(failure)"))\">\(escaped(details(vector)))</failure>"
    }
    return "\(head)>\n      \(body)\n    </testcase>\n"
  }

  private static func details(_ vector: ConformanceVector) -> String {
    "\(vector.comment)\ncatches: \(vector.catches)\nflags: \(vector.flags.joined(separator: ", "))\ninput: \(vector.input)"
  }
}

/// The text as XML, without the control characters that XML does not allow.
private func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "\n": result += "&#10;"
    case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": result += " "
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
