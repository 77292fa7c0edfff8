// swift-format-ignore-file: made by Tests/Snippets/generate.py from README.md.
import Conformance
import ExactJSON
import Testing

struct README2 {
  @Test(arguments: try VectorSuite.standard().files)
  func agrees(file: VectorFile) {
    let mine = ClosureImplementation("mine", operations: [.baselineRisk]) { operation, input in
      ["risk": JSONValue(approximate: try myBaselineRisk(input))]
    }
    let report = VectorSuite([file]).report(on: mine)
    #expect(report.tally.wrong == 0, "\(report)")
  }
}
