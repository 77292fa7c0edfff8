// swift-format-ignore-file: made by Tests/Snippets/generate.py from Sources/PropertyTesting/PropertyTesting.docc/PropertyTesting.md.

func snippetPropertyTesting1() async throws {
  let matrix = Generator.int(in: 1...6, towards: 1).flatMap { size in
    Generator.int(in: -9...9).array(count: size).array(count: size)
  }
  let report = await Property("small entries", matrix) { rows, trial in
    trial.label("one row", if: rows.count == 1)
    return rows.joined().allSatisfy { $0 < 7 }
  }.check(CheckSettings(cases: 1_000, seed: 1))
  _ = report.counterexample?.value   // [[7]]
}
