// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Datasets

/// The formats of the paper's own sets: TCGA tables, CMU-MOSEI's aligned features.
@Suite struct PaperFormatTests {
  @Test func barcodesAreRead() {
    let aliquot = TCGABarcode("TCGA-OR-A5J2-01A-11R-A29S-07")
    #expect(aliquot?.patient == "TCGA-OR-A5J2" && aliquot?.sampleType == 1 && aliquot?.isPrimaryTumour == true)
    #expect(TCGABarcode("TCGA.OR.A5J2.11")?.patient == "TCGA-OR-A5J2")
    #expect(TCGABarcode("TCGA-OR-A5J2-11")?.isPrimaryTumour == false)
    #expect(TCGABarcode("TCGA-AB-2803-03A")?.isPrimaryTumour == true)
    #expect(TCGABarcode("TCGA-OR-A5J2")?.sampleType == nil && TCGABarcode("TCGA-OR-A5J2")?.isPrimaryTumour == true)
    for text in [
      "", "TCGA", "TCGA-OR", "TCGA-OR-A5J", "TCGA-OR-A5J2-1", "TCGA-OR-A5J2-0x", "TCGA-OR-A5J2-01AB", "GTEX-OR-A5J2",
    ] { #expect(TCGABarcode(text) == nil, "\(text)") }
  }

  @Test func bothLayoutsAreRead() throws {
    let wide = try DataFile(Fixture.path("formats/features-by-samples.tsv")).tcgaTable(missing: .dropFeatures)
    #expect(wide.patients == ["TCGA-OR-A5J1", "TCGA-OR-A5J2", "TCGA-PK-A5H8"] && wide.features == ["TP53"])
    #expect(wide.values == [1.5, -2, 300] && wide.otherSamples == 1 && wide.droppedFeatures == 1)
    let fewer = try DataFile(Fixture.path("formats/features-by-samples.tsv")).tcgaTable(missing: .dropPatients)
    #expect(fewer.patients == ["TCGA-OR-A5J1", "TCGA-OR-A5J2"] && fewer.values == [1.5, 0, -2, 0.25])
    #expect(fewer.droppedPatients == 1 && fewer.droppedFeatures == 0)
    let tall = try Fixture.bytes("samples-by-features.tsv")
    let first = try TCGATable(bytes: tall, duplicates: .keepFirst)
    #expect(first.values == [1.5, 0, -2, 0.25] && first.repeatedSamples == 1 && first.features == ["TP53", "EGFR"])
    #expect(try TCGATable(bytes: tall, duplicates: .average).values == [1.5, 0, -3, 0.5])
    #expect(try first.modality("mrna").rowCount == 2)
  }

  @Test(arguments: [
    ("", TCGAError.empty), ("\n\r\n", .empty), ("sample\tTP53", .empty),
    ("sample\tTP53\nx\t1", .noBarcodes(header: "TP53", column: "x")),
    ("g\tTCGA-OR-A5J1-01\tother\nTP53\t1\t2", .notABarcode(line: 1, column: 3, "other")),
    ("s\tTP53\nTCGA-OR-A5J1\t1\nmean\t2", .notABarcode(line: 3, column: 1, "mean")),
    ("s\tTP53\tEGFR\nTCGA-OR-A5J1\t1", .raggedRow(line: 2, found: 2, expected: 3)),
    ("s\tTP53\tTP53\nTCGA-OR-A5J1\t1\t2", .duplicateFeature("TP53", line: 1, column: 3)),
    ("g\tTCGA-OR-A5J1\nTP53\t1\nTP53\t2", .duplicateFeature("TP53", line: 3, column: 1)),
    ("s,TP53\nTCGA-OR-A5J1-01,1\nTCGA-OR-A5J1-01B,2", .duplicatePatient("TCGA-OR-A5J1", line: 3, column: 1)),
    ("g\tTCGA-OR-A5J1\tTCGA-OR-A5J1\nTP53\t1\t1", .duplicatePatient("TCGA-OR-A5J1", line: 1, column: 3)),
    ("s\tTP53\nTCGA-OR-A5J1\thigh", .notANumber(line: 2, column: 2, "high")),
    ("s\tTP53\nTCGA-OR-A5J1\tinf", .notANumber(line: 2, column: 2, "inf")),
    ("s\tTP53\nTCGA-OR-A5J1\t1e999", .notANumber(line: 2, column: 2, "1e999")),
    ("s\tTP53\nTCGA-OR-A5J1\t0x10", .notANumber(line: 2, column: 2, "0x10")),
    ("s\tTP53\nTCGA-OR-A5J1\tNaN", .missing(line: 2, column: 2)),
    ("s\tTP53\nTCGA-OR-A5J1\t", .missing(line: 2, column: 2)),
    ("s\tTP53\nTCGA-OR-A5J1-11\t1", .noPrimaryTumours(samples: 1)),
  ])
  func badTablesAreNamed(text: String, expected: TCGAError) {
    let error = Fixture.error(TCGAError.self) { try TCGATable(bytes: Array(text.utf8)) }
    #expect(error == expected)
    #expect(error?.description.contains("\n") == false)
  }

  @Test func otherBadTables() {
    #expect(throws: TCGAError.notText(line: 2)) {
      try TCGATable(bytes: Array("s\tTP53\n".utf8) + [0xFF] + Array("\t1".utf8))
    }
    let holes = Array("s\tTP53\nTCGA-OR-A5J1\tNA".utf8)
    #expect(throws: TCGAError.nothingLeft(of: "features")) { try TCGATable(bytes: holes, missing: .dropFeatures) }
    #expect(throws: TCGAError.nothingLeft(of: "patients")) { try TCGATable(bytes: holes, missing: .dropPatients) }
  }

  @Test func alignedFeaturesAreRead() throws {
    let npz = try NPZ(Fixture.bytes("mosei.npz"))
    let features = try AlignedFeatures(npz, notFinite: .zero)
    #expect(features.replaced == [0, 1, 1] && features.sentiments == [-1.5, 0, 2.25])
    let set = try features.dataset("mosei")
    #expect(set.labels.classes == ["negative", "not negative"] && set.labels.indices == [0, 1, 1])
    #expect(set.modalities.map(\.features.count) == [2, 3, 1])
    // Of text's 3i − 7 halved: the steps' means, and of three steps in the second sample, the fourth being padding.
    let text = Fixture.values(24, type: "f4")
    func mean(_ sample: Int, _ feature: Int, steps: Int) -> Double {
      (0..<steps).map { text[(sample * 4 + $0) * 2 + feature] }.reduce(0, +) / Double(steps)
    }
    let expected = [(0, 4), (1, 3), (2, 4)].flatMap { sample, steps in (0..<2).map { mean(sample, $0, steps: steps) } }
    #expect(try set.modality("text").values == expected)
    // −∞ became a step of zeros in audio, which has one feature: three steps are left.
    let audio = Fixture.values(4, type: "f4")
    #expect(try set.modality("audio").values[0] == (audio[0] + audio[2] + audio[3]) / 3)
  }

  @Test func badFeaturesAreNamed() throws {
    let npz = try NPZ(Fixture.bytes("mosei.npz"))
    #expect(throws: NPZArrayError(name: "vision", reason: .notFinite(index: [2, 0, 1], value: "nan"))) {
      try AlignedFeatures(npz)
    }
    #expect(throws: NPZArrayError(name: "audio", reason: .notFinite(index: [0, 1, 0], value: "-inf"))) {
      try AlignedFeatures(npz, modalities: ["text", "audio"])
    }
    #expect(throws: ZipError.missingEntry("train_labels", available: ["text", "vision", "audio", "labels"])) {
      try AlignedFeatures(npz, prefix: "train_")
    }
    #expect(throws: ZipError.missingEntry("visual", available: ["text", "vision", "audio", "labels"])) {
      try AlignedFeatures(npz, modalities: ["visual"])
    }
    let shapes = ["labels": [2, 1], "text": [2, 3, 1], "flat": [2, 3], "longer": [3, 3, 1]]
    let good = try NPZ(StoredArchive(shapes).bytes)
    #expect(try AlignedFeatures(good, modalities: ["text"]).pooled[0].values == [2, 2])
    #expect(
      throws: NPZArrayError(name: "flat", reason: .wrongShape(expected: "samples × steps × features", found: [2, 3]))
    ) {
      try AlignedFeatures(good, modalities: ["flat"])
    }
    #expect(throws: DatasetError.unequalRows(first: "array \"longer\"", rows: 3, second: "\"labels\"", otherRows: 2)) {
      try AlignedFeatures(good, modalities: ["text", "longer"])
    }
    let two = try NPZ(StoredArchive(["labels": [2, 2], "text": [2, 3, 1]]).bytes)
    #expect(
      throws: NPZArrayError(name: "labels", reason: .wrongShape(expected: "n, n × 1 or n × 1 × 1", found: [2, 2]))
    ) {
      try AlignedFeatures(two, modalities: ["text"])
    }
    // All sentiments are 2.
    #expect(throws: DatasetError.oneClass("not negative", rows: 2)) {
      try AlignedFeatures(good, modalities: ["text"]).dataset("mosei")
    }
  }
}
