// swift-format-ignore-file: made by Tests/Snippets/generate.py from Sources/Estimation/Estimation.docc/Estimation.md.

func snippetEstimation1() async throws {
  let task = EstimationTask.benchmark("1v1-normal-0.75")!          // I = ½ ln 16/7
  let sample = try task.sample(rows: 1_000, seed: 1)
  let estimate = try KSG(.square, k: 3).estimate(sample)
  _ = estimate.nats                                                     // near task.nats
  _ = estimate.standardError                                            // where the method has one
}
