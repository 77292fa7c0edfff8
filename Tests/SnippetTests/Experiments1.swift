// swift-format-ignore-file: made by Tests/Snippets/generate.py from Sources/Experiments/Experiments.docc/Experiments.md.

func snippetExperiments1() async throws {
  let experiment = try ImagesExperiment(folder: "fixtures/data/fetched", isQuick: true)
  let record = try RunRecord(path: "images.jsonl", experiment: experiment, seed: 1)
  let runner = ExperimentRunner(experiment, record: record)
  let runs = try await runner.runs(runner.begin(), threads: 2, seed: 1)
  _ = try experiment.report(runs).agreement.agreement     // share of conditions, with a Clopper–Pearson interval
}
