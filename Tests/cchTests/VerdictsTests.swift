// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// The part of the tool that `make verify` builds first.
@Suite struct VerdictsTests {
  /// What it prints is what the tool prints, to the byte, and it ends as the tool does.
  @Test(arguments: [
    ["explain", "fixtures/instances/first.json"], ["explain", "fixtures/instances/first.json", "--json"],
    ["explain", "fixtures/classes/label-smoothing-informs.json", "--verdict"], ["explain", "--lambda", "x", "y"],
    [
      "explain", "--verdict", "--data", "fixtures/data/autompg.csv", "--teacher", "cylinders,weight", "--student",
      "model_year", "--label", "mpg",
    ],
    ["verify", "theorem1", "unbounded", "soft-labels", "--cases", "12000", "--seed", "1", "--csv"],
    ["verify", "theorem1", "--cases", "10", "--seed", "1"], ["verify", "theorm1"], ["verify", "--nothing"],
  ]) func itSaysWhatTheToolSays(arguments: [String]) throws {
    let (own, whole) = (try Tool.run(arguments, program: Tool.verdicts), try Tool.run(arguments))
    #expect(own.status == whole.status)
    // A run says how long it took.
    func timeless(_ text: String) -> String { text.replacing(/[0-9.]+ s, [0-9,]+ a second/, with: "") }
    #expect(timeless(own.output) == timeless(whole.output))
    guard own.errors != whole.errors else { return }
    // Where to read more is its own help, and it knows of no statements in text.
    #expect(
      own.errors.replacing("see 'verdicts help", with: "see 'cch help") == whole.errors
        || own.errors.contains("'make build' makes the one that has"))
  }

  /// Statements in text are of the whole tool: it says so, and that nothing was decided.
  @Test(arguments: [
    ["verify", "beta < 1 => helps"], ["verify", "--claims", "fixtures/claims/refuted.claims"],
    ["verify", "converse", "--claims", "fixtures/claims/refuted.claims"],
    ["explain", "fixtures/instances/first.json", "--claim", "helps"],
  ]) func statementsAreOfTheWholeTool(arguments: [String]) throws {
    let result = try Tool.run(arguments, program: Tool.verdicts)
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.errors.contains("'make build' makes the one that has, .build/release/cch"), "\(result.errors)")
  }
}
