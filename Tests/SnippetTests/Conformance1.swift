// swift-format-ignore-file: made by Tests/Snippets/generate.py from Sources/Conformance/Conformance.docc/Conformance.md.

func snippetConformance1() async throws {
  let input: JSONValue = ["sigma": [[2, 1, 1], [1, 2, 1], [1, 1, 3]], "p1": 1, "p2": 1, "w1": [1], "n": 4, "lambda": "1/2"]
  let answer = try ExactOracle.answer(.distillationRisk, input: input)
  _ = answer.document                                   // {"risk": "…"}, a fraction
  let assessment = Assessment(.distillationRisk, input: input)
  _ = judge(["risk": 3.25], against: assessment.expected)   // passed, or the field, the right value and how far it is off
}
