// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import LineProtocol
import Testing

@testable import Estimation

/// What programs write becomes a finite number or a reason, in one place for both protocols.
@Suite struct ReportedEstimateTests {
  private func line(_ nats: JSONValue) -> EstimatorAnswer.Outcome { ReportedEstimate(.result(["nats": nats])).outcome }

  @Test func numbersAreNumbers() {
    for (text, value) in [("0.25", 0.25), ("-1e-3", -1e-3), ("0", 0), ("1e308", 1e308), ("-0.0", -0.0)] {
      #expect(ReportedEstimate(printed: " \(text)\n").outcome == .nats(value))
      #expect(line(.number(text)) == .nats(value) && line(.string(text)) == .nats(value))
    }
    #expect(line("1/4") == .nats(0.25) && line("0.69314718055994530941723212145818") == .nats(0.6931471805599453))
  }

  /// Not one of them is a number, nor in good order refused.
  @Test(arguments: ["nan", "NaN", "-nan", "inf", "Inf", "-inf", "+Infinity", "1e400", "-1e400", "NA", "null", "None"])
  func whatIsNotFiniteIsUndefined(text: String) {
    for outcome in [ReportedEstimate(printed: text).outcome, line(.string(text))] {
      guard case .undefined(let reason) = outcome else {
        Issue.record("\(text): \(outcome)")
        continue
      }
      #expect(reason.contains(text) && reason.contains("not finite"), "\(reason)")
    }
  }

  @Test func whatIsNotFiniteInJSONIsUndefined() {
    for (reply, part) in [
      (Reply.result(["nats": .number("1e400")]), "1e400, which is not finite"),
      (.result(["nats": nil]), "null, which is not finite"),
      (.notFinite("-Infinity"), "-Infinity, which is not finite"),
    ] {
      guard case .undefined(let reason) = ReportedEstimate(reply).outcome else {
        Issue.record("\(reply)")
        continue
      }
      #expect(reason.contains(part), "\(reason)")
    }
    // Whoever says it: a library's respondent has no other way to say it than this.
    for value in [Double.nan, .infinity, -.infinity] {
      let answer = EstimatorAnswer(.nats(value), seconds: 0)
      #expect(answer.nats == nil && answer.problem?.contains("not finite") == true)
    }
  }

  @Test func otherThingsAreFailures() {
    let lines: [(Reply, String)] = [
      (.result(["nats": true]), "true, which is a boolean"),
      (.result(["nats": [.number("0.5")]]), "[0.5], which is an array"),
      (.result(["mi": .number("0.5")]), "without output.nats: {\"mi\": 0.5}"),
      (.result(nil), "without output.nats: null"),
      (.result(["nats": "0,5"]), "use a decimal point"), (.result(["nats": "0x1p-1"]), "no number"),
      (.result(["nats": ""]), "no number"), (.result(["nats": "1/0"]), "no number"), (.broken("it hung"), "it hung"),
    ]
    for (reply, part) in lines {
      guard case .failed(let reason) = ReportedEstimate(reply).outcome else {
        Issue.record("\(reply): \(ReportedEstimate(reply).outcome)")
        continue
      }
      #expect(reason.contains(part), "\(reason)")
    }
    #expect(ReportedEstimate(.errored("singular")).outcome == .declined("singular"))
    #expect(ReportedEstimate(.skipped("two columns")).outcome == .declined("two columns"))
    #expect(ReportedEstimate(.notAsked("over")).outcome == .notAsked("over"))
  }
}
