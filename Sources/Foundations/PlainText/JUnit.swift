// SPDX-License-Identifier: GPL-3.0-or-later
/// A report in the XML that CI systems read, after JUnit's.
public struct JUnit {
  /// How one case came out.
  public enum Outcome {
    case passed
    case skipped(String)
    /// Wrong: why, and what there is to know besides.
    case failed(String, details: String = "")
    /// No answer: why, and what there is to know besides.
    case errored(String, details: String = "")
  }

  /// Cases that belong together.
  public struct Suite {
    let name: String
    let cases: [(name: String, outcome: Outcome)]

    /// A suite of named cases.
    public init(_ name: String, _ cases: [(name: String, outcome: Outcome)]) { (self.name, self.cases) = (name, cases) }
  }

  private let name: String
  private let properties: [(name: String, value: String)]
  private let suites: [Suite]

  /// A report of `name` with what there is to say about it as a whole.
  public init(_ name: String, properties: [(name: String, value: String)] = [], _ suites: [Suite]) {
    (self.name, self.properties, self.suites) = (name, properties, suites.filter { !$0.cases.isEmpty })
  }

  /// The document.
  public var text: String {
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"\(xmlEscaped(name))\" \(counts(suites.flatMap(\.cases)))>\n"
    for suite in suites {
      text += "  <testsuite name=\"\(xmlEscaped(suite.name))\" \(counts(suite.cases))>\n"
      if !properties.isEmpty {
        text += "    <properties>\n"
        for (name, value) in properties {
          text += "      <property name=\"\(xmlEscaped(name))\" value=\"\(xmlEscaped(value))\"/>\n"
        }
        text += "    </properties>\n"
      }
      for (name, outcome) in suite.cases { text += testcase(name, outcome, in: suite.name) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private func counts(_ cases: [(name: String, outcome: Outcome)]) -> String {
    var (failures, errors, skipped) = (0, 0, 0)
    for (_, outcome) in cases {
      switch outcome {
      case .passed: break
      case .skipped: skipped += 1
      case .failed: failures += 1
      case .errored: errors += 1
      }
    }
    return "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\""
  }

  private func testcase(_ name: String, _ outcome: Outcome, in suite: String) -> String {
    let head = "    <testcase classname=\"\(xmlEscaped(suite))\" name=\"\(xmlEscaped(name))\""
    func element(_ kind: String, _ message: String, _ details: String) -> String {
      let start = "\(head)>\n      <\(kind) message=\"\(xmlEscaped(message))\""
      return (details.isEmpty ? start + "/>" : start + ">\(xmlEscaped(details))</\(kind)>") + "\n    </testcase>\n"
    }
    switch outcome {
    case .passed: return head + "/>\n"
    case .skipped(let reason): return element("skipped", reason, "")
    case .failed(let message, let details): return element("failure", message, details)
    case .errored(let message, let details): return element("error", message, details)
    }
  }
}

/// The text as XML, without the control characters that XML does not allow.
public func xmlEscaped(_ text: String) -> String {
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
