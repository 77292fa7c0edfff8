// swift-format-ignore-file: made by Tests/Snippets/generate.py from Sources/Claims/Claims.docc/YourOwnClaim.md.

func snippetYourOwnClaim3() async throws {
  let result = await Hunt(QuietTeacher(), seed: 1)(Hunt.run(Budget(cases: 100_000)), threads: 2)
  _ = result.instance   // a counterexample with small whole entries, or nil
  _ = result.replay     // the line that brings it back: try Hunt.replay(line, among: [QuietTeacher()])
}
