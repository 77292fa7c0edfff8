// swift-format-ignore-file: made by Tests/Snippets/generate.py from Sources/Students/Students.docc/Students.md.

func snippetStudents1() async throws {
  let instance = try Instance(sigma: sigma, p1: 1, p2: 2, w1: [["1"], ["2"]], n: 20)
  let study = try RiskStudy(instance, StudySettings(lambdas: [0, 1/2]))
  let result = try await study.result(RiskStudy.run(replicates: 20_000), threads: 2, seed: 1)
  _ = result.rows[1].risk.simulated.mean      // beside
  _ = result.rows[1].risk.exact               // R(1/2), exactly
  _ = result.failures                         // empty: within tolerance
}
