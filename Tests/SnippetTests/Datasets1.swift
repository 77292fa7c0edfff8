// swift-format-ignore-file: made by Tests/Snippets/generate.py from Sources/Datasets/Datasets.docc/Datasets.md.

func snippetDatasets1() async throws {
  let digits = try Dataset.mfeat(folder: "fixtures/data/mfeat")
  let teacher = try digits.modality("fac")     // 2,000 × 216
  let mine = try Modality("genes", file: "genes.csv.gz")
}
